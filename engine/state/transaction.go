package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// update changes the database in one transaction, which is on the disk when it returns without an error and has changed nothing otherwise.
func (s *Store) update(f func(*bbolt.Tx) error) error {
	if s.options.ReadOnly {
		return errors.New("the state folder is open for reading only")
	}
	return s.use(true, func(db *bbolt.DB) error { return db.Update(f) })
}

// run changes what only a run may change.
func (s *Store) run(f func(*bbolt.Tx) error) error {
	if s.options.Shared {
		return errors.New("the state folder is shared with a run, which alone may change this")
	}
	return s.update(f)
}

// view reads the database.
func (s *Store) view(f func(*bbolt.Tx) error) error {
	return s.use(false, func(db *bbolt.DB) error { return db.View(f) })
}

func (s *Store) use(write bool, f func(*bbolt.DB) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	release, err := s.hold(write)
	if err != nil {
		return err
	}
	defer release()
	return s.failed(s.open(write, f))
}

// open opens the database for one transaction. It was looked through when the folder was opened; what was done to the file since then makes an
// error of what is otherwise a crash. A database that this happened with is not closed, which might wait for its own locks, but its file is.
func (s *Store) open(write bool, f func(*bbolt.DB) error) (err error) {
	var file *os.File
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			file.Close()
			s.broken = fmt.Errorf("%s cannot be used any more: %v", s.path(), r)
			err = s.broken
		}
	}()
	db, err := bbolt.Open(s.path(), 0o600, &bbolt.Options{
		Timeout: patience, ReadOnly: !write, FreelistType: bbolt.FreelistMapType, InitialMmapSize: s.space(),
		OpenFile: func(path string, flag int, mode os.FileMode) (*os.File, error) {
			file, err = existing(path, flag, mode)
			return file, err
		},
	})
	if err != nil {
		return err
	}
	db.AllocSize = step
	return errors.Join(f(db), db.Close())
}

// The file grows by so much at a time, and is mapped to more memory than it needs: to map it anew while it grows costs a copy of all that was
// changed.
const (
	step   = 256 << 10
	growth = 64 << 20
)

// space is how much memory the file is mapped to.
func (s *Store) space() int {
	info, err := os.Stat(s.path())
	if err != nil {
		return 0
	}
	return int(info.Size()) + growth
}

// existing opens a database that must be there, and as long as it says.
func existing(path string, flag int, mode os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(path, flag&^os.O_CREATE, mode)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		if _, bad := readHead(f, info.Size()); bad != nil {
			err = damaged(path, bad)
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// failed says what an error of the database means to somebody who must do something about it.
func (s *Store) failed(err error) error {
	if err == nil {
		return nil
	}
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return s.held()
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s was removed while it was in use: %w", s.path(), err)
	case errors.Is(err, errSeal), errors.Is(err, errForm):
		return &Damage{s.path(), err}
	}
	return s.kept(err)
}
