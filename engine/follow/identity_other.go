//go:build !unix

package follow

import (
	"hash/fnv"
	"os"
)

// identity is what a file is by: where nothing better can be had, its name.
type identity struct{ name uint64 }

func identityOf(info os.FileInfo) identity {
	h := fnv.New64a()
	_, _ = h.Write([]byte(info.Name()))
	return identity{h.Sum64()}
}

func unlinked(os.FileInfo) bool { return false }

// lockFile never finds out that another is gone.
func lockFile(f *os.File) error {
	if info, err := f.Stat(); err != nil || info.Size() > 0 {
		return os.ErrExist
	}
	_, err := f.WriteString("locked")
	return err
}

const atOnce = 0

func openFiles() int { return 3 * mostOpen }

func openNamed(path string) (*os.File, error) { return os.Open(path) }

func again(f *os.File) (*os.File, error) { return os.Open(f.Name()) }
