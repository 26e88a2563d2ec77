package timeindex_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine/input"
	"spoor/engine/timeindex"
)

// A text is known again by what stood before an offset: when it has grown, was renamed, copied or packed; and not when something else stands there.
func TestTextKnownAgain(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) input.Input {
		t.Helper()
		if err := os.WriteFile(path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return input.Input{Path: path(name)}
	}
	for _, c := range []struct {
		name string
		text string
	}{{"short", line(1, 1)}, {"long", strings.Repeat(line(2, 2), 100)}} {
		in := write(c.name, c.text)
		text, err := timeindex.OpenText(in)
		if err != nil {
			t.Fatal(err)
		}
		end := int64(len(c.text))
		key, tail, err := text.At(end)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := text.At(end + 1); err == nil {
			t.Error("there is something behind the end")
		}
		text.Close()
		packed, err := os.Create(path(c.name + ".gz"))
		if err != nil {
			t.Fatal(err)
		}
		zip := gzip.NewWriter(packed)
		if _, err := zip.Write([]byte(c.text)); err != nil || zip.Close() != nil || packed.Close() != nil {
			t.Fatal(err)
		}
		for _, other := range []struct {
			in   input.Input
			want bool
		}{
			{in, true},
			{write(c.name+".grown", c.text+line(3, 3)), true},
			{input.Input{Path: packed.Name()}, true},
			{write(c.name+".cut", c.text[:len(c.text)-1]), false},
			{write(c.name+".other", line(4, 4)+c.text), false},
			{write(c.name+".changed", c.text[:len(c.text)-3]+"?}\n"), false},
			{write(c.name+".empty", ""), false},
		} {
			again, err := timeindex.OpenText(other.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := again.Holds(key, end, tail); got != other.want {
				t.Errorf("%s: known again is %v", other.in.Path, got)
			}
			again.Close()
		}
	}
}
