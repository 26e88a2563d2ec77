package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/pflag"

	"spoor/engine/state"
	"spoor/grammar/source"
)

// locking is the flag that lets no two runs at once.
type locking struct{ lock string }

func (l *locking) flags(f *pflag.FlagSet) {
	f.Var((*filled)(&l.lock), "lock", "let no two runs at once: while another one holds the lock `FILE`, do nothing and exit 0")
}

// held runs something while it holds the lock, which the system gives back however the process ends. If another process holds it, nothing is run,
// which is no error: a line says so when verbose.
func (l *locking) held(s *shell, verbose bool, run func() error) error {
	if l.lock == "" {
		return run()
	}
	holder, err := l.holder()
	if err != nil {
		return err
	}
	release, err := state.Lock(l.lock)
	switch {
	case errors.Is(err, state.ErrBusy):
		if verbose {
			s.skipped(field{"lock", l.lock}, field{"pid", holder})
		}
		return nil
	case err != nil:
		return err
	}
	defer release()
	if err := os.WriteFile(l.lock, fmt.Appendln(nil, os.Getpid()), 0o600); err != nil {
		return err
	}
	return run()
}

// skipped says in a line for the journal that another run is at work.
func (s *shell) skipped(where ...field) {
	s.say("%s", line(append([]field{{"skipped", "locked"}}, where...)...))
}

// holder is the process that is said in the file to hold the lock, or to have held it last. The folder is made if it is missing. What is in a file that is
// no lock would be lost: that is an error.
func (l *locking) holder() (string, error) {
	if err := os.MkdirAll(filepath.Dir(l.lock), 0o700); err != nil {
		return "", err
	}
	info, err := os.Stat(l.lock)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", usage("--lock: %s is no file", l.lock)
	}
	f, err := os.Open(l.lock)
	if err != nil {
		return "", usage("--lock: %s cannot be opened: %s", l.lock, source.Reason(err)).hint("who made it is the only one who may use it")
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, 64))
	if err != nil {
		return "", err
	}
	pid := string(bytes.TrimSpace(body))
	if _, err := strconv.ParseUint(pid, 10, 32); err != nil && len(body) > 0 {
		return "", usage("--lock: %s is no lock: there is something in it", l.lock).hint("name a file of its own, such as /run/lock/spoor")
	}
	return pid, nil
}
