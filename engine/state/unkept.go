package state

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"
)

// Unkept is a failure of the disk under a state folder: nothing of what was to be kept is, and what was kept before is as it was.
type Unkept struct {
	Dir string
	Err error
}

func (u *Unkept) Error() string {
	if caused(u.Err, full) {
		return fmt.Sprintf("there is no room for the state in %s: %s", u.Dir, u.Err)
	}
	return fmt.Sprintf("the state in %s cannot be read or written: %s", u.Dir, u.Err)
}

// Unwrap is what the system says.
func (u *Unkept) Unwrap() error { return u.Err }

// What the system says of a disk that is full, and of one that fails: a local one, or one of another machine.
var (
	full    = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	failing = []syscall.Errno{syscall.EIO, syscall.ESTALE, syscall.EROFS, syscall.ENODEV, syscall.ENXIO, syscall.ENOTCONN, syscall.EHOSTDOWN, syscall.ETIMEDOUT}
)

// caused says whether one of the codes is behind an error. bbolt does not always wrap what it says.
func caused(err error, by []syscall.Errno) bool {
	return slices.ContainsFunc(by, func(e syscall.Errno) bool { return errors.Is(err, e) || strings.Contains(err.Error(), e.Error()) })
}

// kept is an error that says so if it is one of the disk.
func (s *Store) kept(err error) error {
	var known *Unkept
	if err == nil || errors.As(err, &known) || !caused(err, full) && !caused(err, failing) {
		return err
	}
	return &Unkept{s.dir, err}
}
