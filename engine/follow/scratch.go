package follow

import (
	"os"
	"path/filepath"
)

// scratch is a folder for what is kept until it is answered. It is locked as long as its process lives, and those of processes that were killed go
// with the next that is made.
type scratch struct {
	parent string
	dir    string // made when it is needed
	lock   *os.File
}

const (
	scratchName = "spoor-follow-"
	lockName    = "lock"
)

// folder is the path of the folder.
func (s *scratch) folder() (string, error) {
	if s.dir != "" {
		return s.dir, nil
	}
	s.sweep()
	dir, err := os.MkdirTemp(s.parent, scratchName)
	if err != nil {
		return "", err
	}
	if s.lock, err = locked(dir); err != nil {
		_ = os.RemoveAll(dir)
		return "", err
	}
	s.dir = dir
	return dir, nil
}

// locked is the lock of a folder, which has its name only once it is locked.
func locked(dir string) (*os.File, error) {
	path := filepath.Join(dir, lockName)
	f, err := os.Create(path + "-")
	if err != nil {
		return nil, err
	}
	if err = lockFile(f); err == nil {
		err = os.Rename(path+"-", path)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// sweep removes the folders of processes that are gone.
func (s *scratch) sweep() {
	parent := s.parent
	if parent == "" {
		parent = os.TempDir()
	}
	left, _ := filepath.Glob(filepath.Join(parent, scratchName+"*", lockName))
	for _, path := range left {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			continue
		}
		if lockFile(f) == nil {
			_ = os.RemoveAll(filepath.Dir(path))
		}
		f.Close()
	}
}

func (s *scratch) close() {
	if s.dir == "" {
		return
	}
	_ = os.RemoveAll(s.dir)
	s.lock.Close()
	s.dir = ""
}
