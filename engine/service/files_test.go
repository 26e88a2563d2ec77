package service

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestFiles(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("rules/a.yml", "a")
	write("macros.conf", "m")
	paths := []string{filepath.Join(folder, "rules"), filepath.Join(folder, "macros.conf"), filepath.Join(folder, "lookups")}
	f := NewFiles(paths)
	defer f.Close()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if changed, again := f.Look(paths, now); changed || again != 0 {
		t.Errorf("nothing has changed: %v, %s", changed, again)
	}
	for name, edit := range map[string]func(){
		"a longer file":      func() { write("rules/a.yml", "a long file") },
		"a new file":         func() { write("rules/deep/er/b.yml", "b") },
		"a file by name":     func() { write("macros.conf", "more") },
		"what was not there": func() { write("lookups/hosts.csv", "host\n") },
		"a file that goes":   func() { _ = os.Remove(filepath.Join(folder, "rules/a.yml")) },
	} {
		for len(f.Notices) > 0 {
			<-f.Notices
		}
		edit()
		select {
		case <-f.Notices:
		case <-time.After(10 * time.Second):
			t.Errorf("%s: no notice", name)
		}
		if changed, again := f.Look(paths, now); changed || again != time.Second {
			t.Errorf("%s: %v, %s, want to wait for a second", name, changed, again)
		}
		if changed, again := f.Look(paths, now.Add(600*time.Millisecond)); changed || again != 400*time.Millisecond {
			t.Errorf("%s: %v, %s, want to wait for the rest of it", name, changed, again)
		}
		now = now.Add(time.Minute)
		if changed, _ := f.Look(paths, now); !changed {
			t.Errorf("%s: no change", name)
		}
		if changed, again := f.Look(paths, now); changed || again != 0 {
			t.Errorf("%s: a change is told twice", name)
		}
	}
}

// Edits that follow one another are one change, and what was undone is none.
func TestSettle(t *testing.T) {
	f := &Files{loaded: "1", seen: "1"}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		state   string
		after   time.Duration
		changed bool
	}{
		{"1", 0, false}, {"2", 0, false}, {"3", 900 * time.Millisecond, false}, {"4", 900 * time.Millisecond, false}, {"4", 900 * time.Millisecond, false}, {"4", 100 * time.Millisecond, true},
		{"4", 0, false}, {"5", 0, false}, {"4", 500 * time.Millisecond, false}, {"4", 5 * time.Second, false},
		{"6", 0, false}, {"6", -time.Hour, false}, {"6", time.Second, true}, // the clock went back
	} {
		now = now.Add(c.after)
		if changed, _ := f.settle(c.state, now); changed != c.changed {
			t.Errorf("%v: %v", c, changed)
		}
	}
}
