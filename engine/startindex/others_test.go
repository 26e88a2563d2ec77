//go:build unix

package startindex_test

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"spoor/engine/nobody"
)

// TestWhatIsNoIndex passes over what is called like an index and is none: a pipe would be waited for.
func TestWhatIsNoIndex(t *testing.T) {
	w := newWorld(t)
	w.write("log", lines(0, 2000))
	w.look()
	w.check("first", 2000)
	w.must(syscall.Mkfifo(filepath.Join(w.kept, "starts-pipe.index"), 0o600))
	w.must(os.Mkdir(filepath.Join(w.kept, "starts-folder.index"), 0o700))
	w.must(os.Symlink("nothing", filepath.Join(w.kept, "starts-link.index")))
	w.look()
	if w.check("beside others", 2000); w.read != 0 {
		t.Errorf("%d bytes were read again", w.read)
	}
	if len(w.warned) > 0 {
		t.Error(w.warned)
	}
}

// TestIndexThatMayNotBeRead says so, and does not call it damaged: who may read it has use for it.
func TestIndexThatMayNotBeRead(t *testing.T) {
	if nobody.Runs(t) {
		return
	}
	w := newWorld(t)
	w.partSize = 1 << 20
	w.write("log", lines(0, 2000))
	w.look()
	w.check("first", 2000)
	path := w.parts()[0]
	w.must(os.Chmod(path, 0))
	w.look()
	if want := []string{"starts-unreadable"}; !slices.Equal(w.warned, want) {
		t.Errorf("%q was said, not %q", w.warned, want)
	}
	if len(w.parts()) != 1 {
		t.Error("it was removed")
	}
	w.check("unreadable", 2000)
}
