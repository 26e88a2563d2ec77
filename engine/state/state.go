// Package state is the folder in which a detection that runs again and again keeps what it must know of its earlier runs: how far each rule
// was evaluated, how far each file was read, what was told, what is silenced.
//
// The folder holds a database, state.db, of which only transactions that were done whole are seen, however a process ends. It is locked for the
// time of a transaction only, so that `spoor status` and `spoor silence` work beside a service. Runs exclude each other by a lock of their own.
package state

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"spoor/grammar/source"
)

// ErrBusy says that somebody else has the folder.
var ErrBusy = errors.New("another run has the state folder")

// Options is how a folder is opened.
type Options struct {
	Now      time.Time
	ReadOnly bool                     // nothing is changed or made, and no run is in the way
	Shared   bool                     // beside a run: only silences can be changed
	Warn     func(*source.Diagnostic) // is told of damage; may be nil
}

// Store is an open state folder. Its methods may be called at once.
type Store struct {
	dir     string
	options Options
	release func() // gives the lock of runs back

	mu     sync.Mutex
	broken error // what went wrong in the database: it is not used any more
	marks  map[Set]map[string]mark
	last   uint64 // the last run
}

// The files of a folder.
const (
	fileName = "state.db"
	runLock  = "lock"
	fileLock = "state.lock"
)

// Open opens a state folder, and makes it if there is none. A damaged database is moved aside and begun anew, which Warn is told.
func Open(dir string, o Options) (*Store, error) {
	if o.Warn == nil {
		o.Warn = func(*source.Diagnostic) {}
	}
	s := &Store{dir: dir, options: o, release: func() {}, marks: map[Set]map[string]mark{}}
	if !o.ReadOnly {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, s.kept(fmt.Errorf("the state folder: %w", err))
		}
	}
	if err := s.begin(); err != nil {
		s.release()
		return nil, s.kept(err)
	}
	return s, nil
}

// begin takes the lock, and looks whether the database is whole and ours.
func (s *Store) begin() (err error) {
	switch {
	case s.options.ReadOnly:
		err = s.readable()
	case s.options.Shared:
		if s.readable() == nil {
			break
		}
		fallthrough // it must be made, mended or brought up to date, which only one may do
	default:
		if s.release, err = Lock(filepath.Join(s.dir, runLock)); err != nil {
			s.release = func() {}
			return err
		}
		err = s.prepare()
	}
	if err == nil {
		err = s.load()
	}
	if s.options.Shared {
		s.release()
		s.release = func() {}
	}
	return err
}

// load reads what is held in memory.
func (s *Store) load() error {
	return s.view(func(tx *bbolt.Tx) error {
		last, err := number(at(tx, about), keyRun)
		if err != nil {
			return err
		}
		s.last = last
		return s.loadMarks(tx)
	})
}

// Close gives the folder back.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.release()
	s.release = func() {}
	if s.broken == nil {
		s.broken = errors.New("the state folder was closed")
	}
	return nil
}

func (s *Store) path() string { return filepath.Join(s.dir, fileName) }
