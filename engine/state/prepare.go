package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"spoor/grammar/source"
)

// Damage is a database that cannot be used as it is.
type Damage struct {
	Path string
	Err  error // what is wrong with it
}

func (d *Damage) Error() string {
	return fmt.Sprintf("%s is damaged: %s", d.Path, d.Err)
}

// Unwrap is what is wrong with it.
func (d *Damage) Unwrap() error { return d.Err }

// damaged is damage of what was read, unless reading itself failed: then nobody knows.
func damaged(path string, err error) error {
	if caused(err, failing) {
		return fmt.Errorf("%s cannot be read: %w", path, err)
	}
	return &Damage{path, err}
}

// readable looks whether the database can be used as it is.
func (s *Store) readable() error {
	release, err := s.hold(false)
	if err != nil {
		return err
	}
	defer release()
	has, _, err := s.inspect(s.path())
	if err == nil && has != version {
		err = &VersionError{s.path(), has, version}
	}
	return err
}

// prepare makes the database usable. The caller has the lock of runs, so that nobody else does the same.
func (s *Store) prepare() error {
	release, err := s.hold(true)
	if err != nil {
		return err
	}
	defer release()
	s.tidy()
	has, h, err := s.inspect(s.path())
	cut := h.cut
	if err == nil && has != version {
		if err = s.migrate(has); err == nil {
			_, h, err = s.inspect(s.path())
		}
	}
	var d *Damage
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s.create()
	case errors.As(err, &d):
		if err := s.aside(d); err != nil {
			return err
		}
		return s.create()
	case err != nil:
		return err
	}
	s.shrink(h)
	if cut {
		s.options.Warn(source.Warnf(source.Span{}, "state-cut", "%s was cut off in the middle of a transaction: going on from the one before", s.path()))
	}
	return nil
}

// inspect looks whether the database is whole and of which version it is. The values of another version may be sealed in another way, and are
// not looked at.
func (s *Store) inspect(path string) (has int, h head, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, h, err
	}
	if !info.Mode().IsRegular() { // a pipe would never open
		return 0, h, &Damage{path, errors.New("it is not a file")}
	}
	f, err := os.Open(path)
	if err != nil {
		return 0, h, err
	}
	defer f.Close()
	has = -1
	tables := map[string]bool{}
	h, err = inspect(f, info.Size(), func(path []string, sum uint32, key, value []byte) error {
		if len(path) == 0 {
			return errors.New("a value is outside of all tables")
		}
		tables[path[0]] = true
		if has >= 0 && has != version {
			return nil
		}
		payload, err := unsealed(sum, key, value)
		if err == nil && path[0] == about && string(key) == keyVersion {
			has, err = versionOf(payload)
		}
		return err
	})
	if err == nil && has < 0 {
		err = errors.New("it is a database, but not of spoor's state")
	}
	if err != nil {
		return 0, h, damaged(path, err)
	}
	return has, h, nil
}

// aside moves a damaged database out of the way, where whoever wants to can look at it.
func (s *Store) aside(d *Damage) error {
	name := d.Path + ".damaged-" + s.options.Now.UTC().Format("20060102T150405Z")
	to := name
	for i := 2; ; i++ {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s-%d", name, i)
	}
	if err := os.Rename(d.Path, to); err != nil {
		return fmt.Errorf("%w, and cannot be moved aside: %w", d, err)
	}
	s.options.Warn(source.Errorf(source.Span{}, "damaged-state", "%s; it was moved to %s, and a new state begins", d, filepath.Base(to)).
		WithHint("what was found before may be reported again, silences are gone, and rules begin as if they had never run"))
	return s.settle()
}

// create makes a new database beside its place and moves it there when it is whole: an empty one is always damage.
func (s *Store) create() error {
	made := filepath.Join(s.dir, madeName)
	db, err := bbolt.Open(made, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return s.failed(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range tables {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		return setNumber(at(tx, about), keyVersion, version)
	})
	if err = errors.Join(err, db.Close()); err == nil {
		err = os.Rename(made, s.path())
	}
	if err != nil {
		_ = os.Remove(made)
		return s.failed(err)
	}
	return s.settle()
}

// settle puts the names of the folder on the disk, where the system can.
func (s *Store) settle() error {
	if d, err := os.Open(s.dir); err == nil {
		_ = d.Sync()
		return d.Close()
	}
	return nil
}
