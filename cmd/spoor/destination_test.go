package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func put(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func alone(t *testing.T, folder string, names int) {
	t.Helper()
	if entries, _ := os.ReadDir(folder); len(entries) != names {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestWriteFile(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "out.csv")
	if err := writeFile(name, put("one")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, name); got != "one" {
		t.Errorf("got %q", got)
	}
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(name, put("two")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(name); read(t, name) != "two" || info.Mode().Perm() != 0o640 {
		t.Errorf("got %q, mode %v", read(t, name), info.Mode())
	}
	alone(t, folder, 1)
}

func TestWriteFileFails(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "out.csv")
	if err := writeFile(name, put("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := writeFile(name, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return broken
	})
	if err != broken || read(t, name) != "old" {
		t.Errorf("error %v, file %q", err, read(t, name))
	}
	alone(t, folder, 1)
	if err := writeFile(folder, put("x")); err == nil {
		t.Error("a folder was written to")
	}
	if err := writeFile(filepath.Join(folder, "none", "x"), put("x")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestWriteFileThroughALink(t *testing.T) {
	folder := t.TempDir()
	target, link := filepath.Join(folder, "target"), filepath.Join(folder, "link")
	if err := os.WriteFile(target, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(link, put("x")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 || read(t, target) != "x" {
		t.Errorf("link %v, target %q", info.Mode(), read(t, target))
	}
}

func TestWriteFileInPlace(t *testing.T) {
	if err := writeFile(os.DevNull, put("x")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s was replaced", os.DevNull)
	}
}

func TestWritable(t *testing.T) {
	folder := t.TempDir()
	there := filepath.Join(folder, "there")
	if err := os.WriteFile(there, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file string
		want bool
	}{{there, true}, {filepath.Join(folder, "other"), true}, {"/dev/null", true}, {folder, false}, {filepath.Join(folder, "missing", "file"), false}} {
		if err := writable([]string{c.file}); (err == nil) != c.want {
			t.Errorf("%s: %v", c.file, err)
		}
	}
	if body, err := os.ReadFile(there); err != nil || string(body) != "kept" {
		t.Errorf("what was there is %q now: %v", body, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestLeftovers(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out")
	d, err := create(name)
	if err != nil {
		t.Fatal(err)
	}
	unfinishedFiles.remove()
	if exists(d.Name()) {
		t.Errorf("%s is still there", d.Name())
	}
	d.discard()
}

// TestSyncedWhileWritten holds that a file whose bytes are sent to the disk as they come is the same, and that an error on the way there is told.
func TestSyncedWhileWritten(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "out.csv")
	for _, stride := range []int{1, 5, 64, 1 << 20} {
		want := ""
		d, err := create(name)
		if err != nil {
			t.Fatal(err)
		}
		d.stride = stride
		for i := range 200 {
			piece := strings.Repeat("x", i%7) + "\n"
			want += piece
			if n, err := d.Write([]byte(piece)); n != len(piece) || err != nil {
				t.Fatal(n, err)
			}
		}
		if err := d.commit(); err != nil {
			t.Fatal(err)
		}
		if got := read(t, name); got != want {
			t.Errorf("every %d bytes: %d bytes, want %d", stride, len(got), len(want))
		}
		d.discard()
		alone(t, folder, 1)
	}
	d, err := create(name)
	if err != nil {
		t.Fatal(err)
	}
	<-d.synced
	d.synced <- errors.New("the disk is broken")
	if err := d.commit(); err == nil || err.Error() != "the disk is broken" {
		t.Errorf("got %v", err)
	}
	alone(t, folder, 1)
}
