package state

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"spoor/grammar/source"
)

// filled is a folder with several days, branch pages, small tables and unused pages.
func filled(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	s := opened(t, dir)
	for id := range uint64(6) {
		r := Run{ID: id + 1, Set: "set", Began: at0(float64(id)), Remember: 3 * 24 * time.Hour}
		c := Change{
			Marks: map[string]Mark{}, Hosts: []Host{{Name: "web1", Last: r.Began}}, Counts: map[string]Count{"rule": {New: 1}},
			Throttles: []Throttled{{print(id), Throttle{Until: r.Began}}}, Positions: make([]Position, 50),
		}
		for i := range 300 {
			c.Told = append(c.Told, Told{print("told", id, "-", i), Sighting{Rule: fmt.Sprint("rule ", i%7), Last: int64(i), Seen: 1}})
			c.Marks[fmt.Sprint("rule ", i%40)] = Mark{Until: int64(i), Run: r.ID}
		}
		must[Silence](t)(s.AddSilence(Silence{Reason: fmt.Sprint(id)}))
		if err := errors.Join(s.Announce(r, append(c.Told, Told{print("pending", id), Sighting{}})), s.Commit(r, c)); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	return dir
}

// everything is all that a folder says.
func everything(t testing.TB, s *Store) map[string]any {
	var all []Fingerprint
	for id := range uint64(6) {
		all = append(all, print("pending", id))
		for i := range 300 {
			all = append(all, print("told", id, "-", i))
		}
	}
	out := map[string]any{"marks": s.Marks("set"), "next": s.NextRun()}
	put := func(name string, v any, err error) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		out[name] = v
	}
	add := func(name string) func(v any, err error) { return func(v any, err error) { put(name, v, err) } }
	seen, err := s.Sightings(all)
	add("sightings")(seen, err)
	runs, err := s.Runs("", 0)
	add("runs")(runs, err)
	for id := range uint64(7) {
		list, err := s.Positions(id)
		add(fmt.Sprint("positions ", id))(list, err)
	}
	hosts, err := s.Hosts("set")
	add("hosts")(hosts, err)
	counts, err := s.Counts("set")
	add("counts")(counts, err)
	throttles, err := s.Throttles(all)
	add("throttles")(throttles, err)
	silences, err := s.Silences()
	add("silences")(silences, err)
	return out
}

// openedSaying opens a folder and is what was said about it.
func openedSaying(t testing.TB, dir string) (*Store, source.Errors, error) {
	t.Helper()
	var said source.Errors
	s, err := Open(dir, Options{Now: noon, Warn: func(d *source.Diagnostic) { said = append(said, d) }})
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, said, err
}

func TestDamaged(t *testing.T) {
	whole := must[[]byte](t)(os.ReadFile(filepath.Join(filled(t), fileName)))
	page := os.Getpagesize()
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	db := must[*bbolt.DB](t)(bbolt.Open(foreign, 0o600, nil))
	if err := errors.Join(db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("stranger"))
		return err
	}), db.Close()); err != nil {
		t.Fatal(err)
	}
	file := func(b []byte) func(path string) error {
		return func(path string) error { return os.WriteFile(path, b, 0o600) }
	}
	for _, c := range []struct {
		name string
		put  func(path string) error
		want string
	}{
		{"empty", file(nil), "it is no database of ours"},
		{"zeros", file(make([]byte, 1<<16)), "it is no database of ours"},
		{"text", file([]byte(strings.Repeat("text ", 9999))), "it is no database of ours"},
		{"one byte", file([]byte{1}), "it is no database of ours"},
		{"its first page", file(whole[:page]), "it is cut off"},
		{"its first half", file(whole[:len(whole)/2]), "it is cut off"},
		{"all but its last used page", file(whole[:must[head](t)(readHead(bytes.NewReader(whole), int64(len(whole)))).pages*uint64(page)-1]), "it is cut off"},
		{"both heads lost", file(append(make([]byte, 2*page), whole[2*page:]...)), "it is no database of ours"},
		{"a database of others", file(must[[]byte](t)(os.ReadFile(foreign))), "it is a database, but not of spoor's state"},
		{"all pages lost", file(append(bytes.Clone(whole[:2*page]), make([]byte, len(whole)-2*page)...)), "calls itself 0"},
		{"a letter in a value", file(bytes.ReplaceAll(whole, []byte(`"Set":"set"`), []byte(`"Set":"sed"`))), "the checksum of a value is wrong"},
		{"a folder", func(path string) error { return os.MkdirAll(filepath.Join(path, "sub"), 0o700) }, "it is not a file"},
		{"a pipe", func(path string) error { return syscall.Mkfifo(path, 0o600) }, "it is not a file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			if err := c.put(path); err != nil {
				t.Fatal(err)
			}
			var d *Damage
			if _, err := Open(dir, Options{ReadOnly: true}); !errors.As(err, &d) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("for reading: %v, want %s", err, c.want)
			}
			content := func(path string) (out []byte) { // of a file
				if info := must[os.FileInfo](t)(os.Stat(path)); info.Mode().IsRegular() {
					out = must[[]byte](t)(os.ReadFile(path))
				}
				return out
			}
			before := content(path)
			s, said, err := openedSaying(t, dir)
			if err != nil {
				t.Fatal(err)
			}
			if len(said) != 1 || said[0].Code != "damaged-state" || !strings.Contains(said[0].Message, c.want) || !strings.Contains(said[0].Message, "state.db.damaged-20260329T120000Z") {
				t.Errorf("said: %v, want %s", said, c.want)
			}
			if err := s.Commit(Run{ID: s.NextRun()}, Change{Marks: map[string]Mark{"r": {Until: 1}}}); err != nil {
				t.Error(err)
			}
			s.Close()
			if kept := content(path + ".damaged-20260329T120000Z"); !bytes.Equal(kept, before) {
				t.Errorf("what was moved aside has %d bytes, not %d", len(kept), len(before))
			}
			if got := opened(t, dir).Mark("", "r"); got.Until != 1 {
				t.Errorf("the new state says %v", got)
			}
		})
	}
}

// What is moved aside never takes the place of what was before.
func TestDamagedTwice(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 {
		if err := os.WriteFile(filepath.Join(dir, fileName), []byte{byte(i)}, 0o600); err != nil {
			t.Fatal(err)
		}
		s, said, err := openedSaying(t, dir)
		if err != nil || len(said) != 1 {
			t.Fatal(said, err)
		}
		s.Close()
	}
	for i, end := range []string{"", "-2", "-3"} {
		got, err := os.ReadFile(filepath.Join(dir, fileName+".damaged-20260329T120000Z"+end))
		if err != nil || !bytes.Equal(got, []byte{byte(i)}) {
			t.Errorf("%s: %v, %v", end, got, err)
		}
	}
}

// What is done to the file while it is in use is an error.
func TestDamagedInUse(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(path string) error
		want string
	}{
		{"cut off", func(path string) error { return os.Truncate(path, 3*int64(os.Getpagesize())) }, "cut off"},
		{"emptied", func(path string) error { return os.Truncate(path, 0) }, "no database of ours"},
		{"removed", os.Remove, "was removed"},
	} {
		dir := filled(t)
		s := opened(t, dir)
		if err := c.do(filepath.Join(dir, fileName)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Runs("", 0); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: reading: %v", c.name, err)
		}
		if err := s.Commit(Run{ID: 1}, Change{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: writing: %v", c.name, err)
		}
		s.Close()
	}
}

// Cut off in the very middle of a transaction, the file is an error too, and does not end the process.
func TestCutOffInTransaction(t *testing.T) {
	dir := filled(t)
	s := opened(t, dir)
	err := s.view(func(tx *bbolt.Tx) error {
		if err := os.Truncate(filepath.Join(dir, fileName), int64(os.Getpagesize())); err != nil {
			return err
		}
		return at(tx, runs).each(func(_, _ []byte) error { return nil })
	})
	if err == nil || !strings.Contains(err.Error(), "cannot be used any more") {
		t.Errorf("the error is %v", err)
	}
	if _, again := s.Runs("", 0); again == nil {
		t.Error("the database was used again")
	}
}
