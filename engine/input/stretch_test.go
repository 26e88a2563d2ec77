package input

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStretch(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	text := "one\n\n" + long + "\nlast"
	dir := t.TempDir()
	plain, packed := filepath.Join(dir, "log"), filepath.Join(dir, "log.gz")
	if err := os.WriteFile(plain, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(packed)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	_, _ = z.Write([]byte(text))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	for _, path := range []string{plain, packed} {
		for line, want := range []string{1: "one", 2: "", 3: long, 4: "last"} {
			from, to, _, ok, err := Stretch(Input{Path: path}, int64(line))
			if err != nil || ok != (line > 0) || ok && text[from:to] != want {
				t.Errorf("%s:%d: from %d to %d, ok %v, %v", filepath.Base(path), line, from, to, ok, err)
			}
		}
		if _, _, lines, ok, err := Stretch(Input{Path: path}, 5); ok || lines != 4 || err != nil {
			t.Errorf("beyond the end: %d lines, ok %v, %v", lines, ok, err)
		}
	}
	if _, _, _, _, err := Stretch(Input{Path: filepath.Join(dir, "none")}, 1); err == nil {
		t.Error("no error for a file that is not there")
	}
}
