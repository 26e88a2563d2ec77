package startindex_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/zeebo/xxh3"

	"spoor/engine/input"
)

// TestGrowingLog reads of a log only what is new, and never keeps many parts of it.
func TestGrowingLog(t *testing.T) {
	w := newWorld(t)
	for n := 0; n < 20_000; n += 1000 {
		w.write("log", lines(n, n+1000))
		w.look()
		w.check("grown", n+1000)
		if want := int64(len(lines(n, n+1000))); w.read != want {
			t.Errorf("with %d lines %d bytes were read, not %d", n+1000, w.read, want)
		}
		if parts := len(w.parts()); parts > 4 {
			t.Errorf("%d parts of %d lines", parts, n+1000)
		}
	}
	w.look()
	if w.check("nothing is new", 20_000); w.read != 0 {
		t.Errorf("%d bytes were read again", w.read)
	}
}

// TestUnfinishedLog keeps nothing of a text that may yet change its meaning, and nothing of a line that may go on.
func TestUnfinishedLog(t *testing.T) {
	w := newWorld(t)
	text := lines(0, 3000)
	cut := len(text) - 20
	w.write("log", text[:cut])
	w.must(os.Chtimes(w.path("log"), time.Time{}, time.Now().Add(-2*time.Hour))) // it is believed to be whole
	w.look()
	w.find("starts", "p0")
	w.write("log", text[cut:]+lines(3000, 3300))
	w.look()
	w.check("the line went on", 3300)

	w = newWorld(t)
	w.write("log", lines(0, 300))
	w.look()
	if w.check("short", 300); len(w.parts()) > 0 {
		t.Error("what is known of a short text is kept")
	}
	w.write("log", lines(300, 1500))
	w.look()
	w.check("not short any more", 1500)
}

// TestRotation knows a log by its text, whatever it is called.
func TestRotation(t *testing.T) {
	w := newWorld(t)
	w.write("log", lines(0, 2000))
	w.look()
	w.check("first", 2000)
	w.must(os.Rename(w.path("log"), w.path("log.1")))
	w.write("log", lines(2000, 4000))
	w.look()
	if w.check("renamed", 4000); w.read != int64(len(lines(2000, 4000))) {
		t.Errorf("%d bytes were read", w.read)
	}
	text, err := os.ReadFile(w.path("log.1"))
	w.must(err)
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err = z.Write(text)
	w.must(err)
	w.must(z.Close())
	w.write("log.1.gz", b.String())
	w.must(os.Remove(w.path("log.1")))
	w.look()
	if w.check("compressed", 4000); w.read != 0 {
		t.Errorf("%d bytes were read", w.read)
	}
	copied, err := os.ReadFile(w.path("log"))
	w.must(err)
	w.write("log.0", string(copied))
	w.must(os.Truncate(w.path("log"), 0))
	w.write("log", lines(4000, 4800))
	w.look()
	if w.check("copied and truncated", 4800); w.read != int64(len(lines(4000, 4800))) {
		t.Errorf("%d bytes were read", w.read)
	}
}

// TestLogThatIsAnother does not take a log for one that merely begins and ends as it did.
func TestLogThatIsAnother(t *testing.T) {
	w := newWorld(t)
	w.write("log", lines(0, 2000))
	w.look()
	w.check("first", 2000)
	text, err := os.ReadFile(w.path("log"))
	w.must(err)
	middle := len(text) / 2
	w.must(os.WriteFile(w.path("log"), slices.Concat(text[:middle], bytes.ReplaceAll(text[middle:middle+30_000], []byte(`"p77"`), []byte(`"p78"`)), text[middle+30_000:]), 0o600))
	w.must(os.Chtimes(w.path("log"), time.Time{}, time.Now().Add(time.Minute)))
	w.look() // nobody asks
	w.look()
	if n := len(w.find("starts", "p77")); n != 3 {
		t.Errorf("%d starts of a process that has three in the changed log", n)
	}
}

// TestDefinitions keeps apart what different readings made of the same text, and what another program kept.
func TestDefinitions(t *testing.T) {
	w := newWorld(t)
	w.write("log", lines(0, 2000))
	size := int64(len(lines(0, 2000)))
	w.look()
	w.find("starts", "p1")
	if w.find("ends", "p1"); w.read != 2*size {
		t.Errorf("%d bytes were read for two definitions", w.read)
	}
	w.look()
	w.find("starts", "p1")
	if w.find("ends", "p1"); w.read != 0 {
		t.Errorf("%d bytes were read again", w.read)
	}
	w.build = "two"
	w.look()
	if w.check("another build", 2000); w.read != size {
		t.Errorf("%d bytes were read by another program", w.read)
	}
	if len(w.warned) > 0 {
		t.Error(w.warned)
	}
}

// TestDamage finds the same whatever became of what was kept, or says that it does not know.
func TestDamage(t *testing.T) {
	w := newWorld(t)
	w.partSize = 1 << 20
	w.write("log", lines(0, 2000))
	w.look()
	w.check("first", 2000)
	path := w.parts()[0]
	whole, err := os.ReadFile(path)
	w.must(err)
	want := w.find("starts", "p77")
	ask := func(what string) {
		w.look()
		w.warned = nil
		at, ok := w.index.Find(t.Context(), "starts", []uint64{xxh3.HashString("p77")}, w.note)
		if ok && len(at[0]) != len(want) {
			t.Errorf("%s: %d starts", what, len(at[0]))
		}
		if w.check(what+", then", 2000); !ok && len(w.warned) == 0 {
			t.Errorf("%s: nothing was said", what)
		}
	}
	for _, at := range []int{3, 12, 20, 70, 110, 140, 900, 5000, len(whole) / 2, len(whole) - 30, len(whole) - 1} {
		bad := slices.Clone(whole)
		bad[at] ^= 4
		w.must(os.WriteFile(path, bad, 0o600))
		ask("a bit")
	}
	for _, n := range []int{0, 5, 100, 4000, len(whole) - 1} {
		w.must(os.WriteFile(path, whole[:n], 0o600))
		ask("cut off")
	}
	w.must(os.Remove(path))
	ask("removed")
}

// TestFailure does not know what could not be read, and keeps nothing of it.
func TestFailure(t *testing.T) {
	w := newWorld(t)
	w.write("log", lines(0, 2000))
	w.look()
	broken := func(context.Context, int, input.Range, func(uint64, int64)) error { return errors.New("broken") }
	if _, ok := w.index.Find(t.Context(), "starts", []uint64{1}, broken); ok {
		t.Error("what could not be read is known")
	}
	w.check("readable again", 2000)
}

// TestForgotten removes what nobody used for long, and nothing else.
func TestForgotten(t *testing.T) {
	w := newWorld(t)
	w.write("log", lines(0, 2000))
	w.look()
	w.check("first", 2000)
	age := func(days int) {
		for _, p := range w.parts() {
			w.must(os.Chtimes(p, time.Time{}, time.Now().AddDate(0, 0, -days)))
		}
	}
	age(20)
	w.look()
	if w.check("used", 2000); w.read != 0 {
		t.Errorf("%d bytes were read", w.read)
	}
	age(11) // which counts from when it was used
	w.look()
	if w.check("used again", 2000); w.read != 0 {
		t.Errorf("%d bytes were read", w.read)
	}
	age(31)
	w.look()
	if len(w.parts()) > 0 {
		t.Error("it is still there")
	}
}
