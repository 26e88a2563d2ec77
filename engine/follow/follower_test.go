package follow

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/input"
)

// follower reads rounds in the test's time.
type follower struct {
	t     *testing.T
	dir   string
	w     *Watcher
	lines []string
	where []string // the files in which they stood
	says  []string
}

func begin(t *testing.T, o Options, args ...string) *follower {
	t.Helper()
	f := &follower{t: t, dir: t.TempDir()}
	f.start(o, args...)
	return f
}

func (f *follower) path(name string) string { return filepath.Join(f.dir, name) }

func (f *follower) start(o Options, args ...string) {
	f.t.Helper()
	paths := make([]string, len(args))
	for i, a := range args {
		if paths[i] = a; a != "-" && !filepath.IsAbs(a) {
			paths[i] = filepath.Join(f.dir, a)
		}
	}
	o.Rest, o.Poll, o.TempDir = cmp.Or(o.Rest, time.Millisecond), cmp.Or(o.Poll, 5*time.Millisecond), f.t.TempDir()
	w, err := Watch(paths, o)
	if err != nil {
		f.t.Fatal(err)
	}
	f.w = w
	f.t.Cleanup(w.Close)
}

// until takes rounds until there are so many lines, or all has ended.
func (f *follower) until(lines int) {
	f.t.Helper()
	f.till(func() bool { return len(f.lines) >= lines })
	if len(f.lines) != lines {
		f.t.Fatalf("%d lines, want %d: %.300q; said %q", len(f.lines), lines, f.lines, f.says)
	}
}

// still takes what rounds there are, and wants no further line.
func (f *follower) still() {
	f.t.Helper()
	n := len(f.lines)
	for range 3 {
		f.w.lookAround()
		f.take(f.w.round())
	}
	if len(f.lines) != n {
		f.t.Fatalf("lines again, or too early: %q", f.lines[n:])
	}
}

func (f *follower) till(enough func() bool) {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if enough() {
		return
	}
	for r := range f.w.Rounds(ctx) {
		f.take(r)
		if enough() {
			return
		}
	}
	if ctx.Err() != nil {
		f.t.Fatalf("nothing more came: %d lines, said %q", len(f.lines), f.says)
	}
}

func (f *follower) take(r *Round) {
	f.t.Helper()
	for _, in := range r.Inputs {
		f.lines = append(f.lines, content(f.t, in)...)
		f.where = append(f.where, slices.Repeat([]string{fmt.Sprintf("%s%v", filepath.Base(in.Path), *in.Bounds)}, len(f.lines)-len(f.where))...)
	}
	for _, p := range r.Problems {
		f.says = append(f.says, p.Code)
	}
	r.Done()
}

// content is the lines of a bounded input.
func content(t *testing.T, in input.Input) []string {
	t.Helper()
	var text io.ReadCloser
	var err error
	if text, err = in.Text(); in.Still != nil {
		text, err = in.Still()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	if _, err := io.CopyN(io.Discard, text, in.Bounds.From); err != nil {
		t.Fatal(err)
	}
	n := in.Bounds.To - in.Bounds.From
	body, err := io.ReadAll(io.LimitReader(text, n))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")
}

func (f *follower) write(name, text string) {
	f.t.Helper()
	file, err := os.OpenFile(f.path(name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(text)
		err = errors.Join(err, file.Close())
	}
	f.must(err)
}

func (f *follower) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *follower) want(lines ...string) {
	f.t.Helper()
	f.until(len(lines))
	if !slices.Equal(f.lines, lines) {
		f.t.Fatalf("lines %q, want %q", f.lines, lines)
	}
	f.still()
}

func prepare(t *testing.T, files map[string]string) *follower {
	t.Helper()
	f := &follower{t: t, dir: t.TempDir()}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f.must(os.MkdirAll(filepath.Dir(f.path(name)), 0o700))
		f.write(name, files[name])
	}
	return f
}

func squeezed(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

// bothWays runs a test where the system tells of changes, and where logs are looked at by the clock.
func bothWays(t *testing.T, name string, test func(t *testing.T, polling bool)) {
	t.Run(name, func(t *testing.T) { test(t, false) })
	t.Run(name+", by the clock", func(t *testing.T) { test(t, true) })
}
