package state

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Lock takes the lock that a file stands for, which the system gives back when the process ends however it ends. If another process has it, the
// error is ErrBusy.
func Lock(path string) (release func(), err error) {
	l := flock.New(path)
	got, err := l.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("the lock %s: %w", path, err)
	case !got:
		return nil, ErrBusy
	}
	return sync.OnceFunc(func() { _ = l.Unlock() }), nil
}

// patience is how long a transaction waits for those of other processes, which take tenths of a second, and interval how often it asks.
var patience, interval = 30 * time.Second, 5 * time.Millisecond

// hold takes the lock of the database for one transaction.
func (s *Store) hold(write bool) (release func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	flags := os.O_RDONLY
	if !s.options.ReadOnly {
		flags |= os.O_CREATE
	}
	l := flock.New(filepath.Join(s.dir, fileLock), flock.SetFlag(flags))
	try := l.TryRLockContext
	if write {
		try = l.TryLockContext
	}
	_, err = try(ctx, interval)
	var unopened *fs.PathError
	switch {
	case err == nil:
		return func() { _ = l.Unlock() }, nil
	case errors.Is(err, context.DeadlineExceeded):
		return nil, s.held()
	case s.options.ReadOnly && errors.As(err, &unopened): // where there is none, nobody writes
		return func() {}, nil
	}
	return nil, fmt.Errorf("the lock of %s: %w", s.path(), err)
}

// held is the error of a transaction that waited in vain. It is not ErrBusy, which is no failure.
func (s *Store) held() error {
	return fmt.Errorf("%s was in use by another process for %s", s.path(), patience)
}
