package rounds_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine/input"
	"spoor/engine/rounds"
)

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	part := func(name string, from, to int) input.Input {
		return input.Input{Path: path(name), Bounds: &input.Range{From: int64(from), To: int64(to)}}
	}
	p := rounds.NewPlaces(nil)
	read := func(name string, from, to int) {
		t.Helper()
		if err := p.Advance(part(name, from, to), int64(to)); err != nil {
			t.Fatal(err)
		}
	}
	want := func(want ...string) {
		t.Helper()
		var got []string
		for _, x := range p.Positions() {
			got = append(got, filepath.Base(x.Path)+strings.Repeat("+", int(x.Offset)))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	write("a", "aaaabbbb")
	write("b", "xyz")
	read("a", 0, 4)
	read("b", 0, 3)
	want("a++++", "b+++")
	read("a", 4, 8)
	want("a++++++++", "b+++")
	p = rounds.NewPlaces(p.Positions())
	if err := os.Rename(path("a"), path("a.1")); err != nil {
		t.Fatal(err)
	}
	write("a", "cccc")
	read("a", 0, 4)   // another log of this name
	read("a.1", 0, 5) // once more what was read before
	want("a.1++++++++", "b+++", "a++++")
	for name, want := range map[string]int64{"a.1": 8, "b": 3, "a": 4} {
		if at, ok := p.Reached(part(name, 0, 1)); at != want || !ok {
			t.Errorf("%s was read up to %d", name, at)
		}
	}
	write("d", "another")
	if at, ok := p.Reached(part("d", 0, 1)); ok {
		t.Errorf("what was not read was read up to %d", at)
	}
	if err := p.Advance(part("b", 3, 9), 0); err == nil {
		t.Error("b does not have so much")
	}
}

// Places of logs that are gone are dropped when there are many; those of logs of which nobody can say what they hold stay.
func TestPlacesOfLogsThatAreGone(t *testing.T) {
	dir := t.TempDir()
	p := rounds.NewPlaces(nil)
	names := []string{}
	for i := range 1100 {
		name := filepath.Join(dir, fmt.Sprintf("%d.log", i))
		if err := os.WriteFile(name, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := p.Advance(input.Input{Path: name, Bounds: &input.Range{To: int64(len(name))}}, 0); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	p.Tidy(func() input.Inputs { return input.Inputs{{Path: names[7]}, {Path: dir}} })
	if got := p.Positions(); len(got) != 1 || got[0].Path != names[7] {
		t.Errorf("%d are left", len(got))
	}
}
