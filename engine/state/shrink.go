package state

import (
	"errors"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// What a database is called before it takes its place: one that is made, and one that is a smaller copy.
const (
	madeName   = fileName + ".new"
	smallName  = fileName + ".small"
	copiedOnce = 4 << 20 // bytes that are copied in one transaction
)

// wasteful says whether a database is worth copying: more than half of it is unused, and that is much.
var wasteful = func(h head) bool {
	return h.unused > h.pages/2 && h.unused*uint64(h.pageSize) > 16<<20
}

// tidy removes what was not finished by a process that was killed. The caller has the lock of runs.
func (s *Store) tidy() {
	for _, name := range []string{madeName, smallName} {
		_ = os.Remove(filepath.Join(s.dir, name))
	}
}

// shrink puts a copy in the place of a database that is mostly unused: what was forgotten leaves room that a database never gives back. Should
// that fail, for want of room perhaps, the database stays as it is. The caller has both locks.
func (s *Store) shrink(h head) {
	if !wasteful(h) {
		return
	}
	small := filepath.Join(s.dir, smallName)
	if s.copyTo(small) == nil && os.Rename(small, s.path()) == nil {
		_ = s.settle()
		return
	}
	_ = os.Remove(small)
}

// copyTo makes a copy of the database that is whole, and on the disk.
func (s *Store) copyTo(name string) error {
	to, err := bbolt.Open(name, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = s.open(false, func(from *bbolt.DB) error { return bbolt.Compact(to, from, copiedOnce) })
	if err = errors.Join(err, to.Close()); err != nil {
		return err
	}
	_, _, err = s.inspect(name)
	return err
}
