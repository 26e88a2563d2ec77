package state

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// What a run forgets leaves the file as large as it was, until the folder is opened: then it is a copy, with all that is known.
func TestShrinking(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, fileName)
	size := func() int64 { return must[os.FileInfo](t)(os.Stat(path)).Size() }
	s := opened(t, dir)
	must[Silence](t)(s.AddSilence(Silence{Rule: "r"}))
	for id := range uint64(8) {
		r := Run{ID: id + 1, Set: "set", Began: at0(float64(id))}
		c := Change{Told: fullTold(id, 40_000), Marks: map[string]Mark{"r": {Until: int64(id), Run: id + 1}}, Positions: []Position{{Path: "/a", Offset: 1}}}
		if err := errors.Join(s.Announce(r, c.Told), s.Commit(r, c)); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	full := size()
	s = opened(t, dir)
	if got := size(); got != full {
		t.Errorf("with all of it in use the file went from %d to %d bytes", full, got)
	}
	r := Run{ID: 9, Set: "set", Began: at0(9), Remember: 2 * 24 * time.Hour}
	if err := s.Commit(r, Change{Told: fullTold(9, 10), Marks: map[string]Mark{"r": {Until: 9, Run: 9}}}); err != nil {
		t.Fatal(err)
	}
	want := everything(t, s)
	known := must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{print(7, "-", 5), print(9, "-", 5), print(1, "-", 5)}))
	s.Close()
	if got := size(); got < full {
		t.Errorf("it went from %d to %d bytes while it was in use", full, got)
	}
	for _, name := range []string{madeName, smallName} { // of runs that were killed
		if err := os.WriteFile(filepath.Join(dir, name), []byte("unfinished"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = opened(t, dir)
	if got := size(); got > full/2 {
		t.Errorf("it went from %d to %d bytes", full, got)
	}
	if got := everything(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("what is known changed: %v, and was %v", got, want)
	}
	if got := must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{print(7, "-", 5), print(9, "-", 5), print(1, "-", 5)})); len(known) != 2 || !reflect.DeepEqual(got, known) {
		t.Errorf("known is %v, and was %v", got, known)
	}
	for _, e := range must[[]os.DirEntry](t)(os.ReadDir(dir)) {
		switch e.Name() {
		case fileName, fileLock, runLock:
		default:
			t.Errorf("there is %s", e.Name())
		}
	}
	if info := must[os.FileInfo](t)(os.Stat(path)); info.Mode().Perm() != 0o600 {
		t.Errorf("others may %v", info.Mode())
	}
	checked(t, dir)
}
