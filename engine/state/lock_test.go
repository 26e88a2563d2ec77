package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// Runs exclude each other; silences are added, and everything is read, while one is under way.
func TestBeside(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
	if entries := must[[]fs.DirEntry](t)(os.ReadDir(dir)); len(entries) != 0 {
		t.Errorf("reading made %v", entries)
	}
	first := must[*Store](t)(Open(dir, Options{Now: noon, Shared: true})) // makes it
	s := opened(t, dir)
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrBusy) {
		t.Errorf("two runs at once: %v", err)
	}
	reading := must[*Store](t)(Open(dir, Options{ReadOnly: true}))
	second := must[*Store](t)(Open(dir, Options{Shared: true}))
	for _, x := range []*Store{first, second} {
		must[Silence](t)(x.AddSilence(Silence{}))
		if x.Commit(Run{ID: 1}, Change{}) == nil || x.Announce(Run{ID: 1}, nil) == nil {
			t.Error("a shared folder was changed")
		}
	}
	for _, x := range []*Store{s, reading, first} {
		if got := must[[]Silence](t)(x.Silences()); len(got) != 2 {
			t.Errorf("silences are %v", got)
		}
	}
	if _, err := reading.AddSilence(Silence{}); err == nil {
		t.Error("a folder open for reading was changed")
	}
	s.Close()
	if err := s.Commit(Run{ID: 1}, Change{}); err == nil {
		t.Error("a closed folder was changed")
	}
	opened(t, dir)
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	release := must[func()](t)(Lock(path))
	if _, err := Lock(path); err != ErrBusy {
		t.Errorf("a lock that is taken: %v", err)
	}
	release()
	again := must[func()](t)(Lock(path))
	release() // gives nothing of others back
	if _, err := Lock(path); err != ErrBusy {
		t.Errorf("a lock that is taken again: %v", err)
	}
	again()
	if _, err := Lock(filepath.Join(path, "x")); err == nil || err == ErrBusy {
		t.Errorf("a lock in a file: %v", err)
	}
}

// A transaction that somebody else does not end is a failure, not another run.
func TestHeld(t *testing.T) {
	defer func(before time.Duration) { patience = before }(patience)
	patience = 50 * time.Millisecond
	dir := t.TempDir()
	s := opened(t, dir)
	release := must[func()](t)(Lock(filepath.Join(dir, fileLock)))
	_, reading := s.Runs("", 0)
	for what, err := range map[string]error{"reading": reading, "writing": s.Commit(Run{ID: 1}, Change{})} {
		if err == nil || errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "was in use by another process for 50ms") {
			t.Errorf("%s: %v", what, err)
		}
	}
	release()
	db := must[*bbolt.DB](t)(bbolt.Open(filepath.Join(dir, fileName), 0o600, nil)) // as another program does that knows nothing of our lock
	if err := s.Commit(Run{ID: 1}, Change{}); err == nil || !strings.Contains(err.Error(), "was in use by another process") {
		t.Errorf("beside another program: %v", err)
	}
	if err := errors.Join(db.Close(), s.Commit(Run{ID: 1}, Change{})); err != nil {
		t.Errorf("later: %v", err)
	}
}
