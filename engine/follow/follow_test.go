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

func TestFollow(t *testing.T) {
	tests := []struct {
		name   string
		before map[string]string
		args   []string
		o      Options
		do     func(f *follower)
		want   []string
	}{
		{"only what comes", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) { f.write("log", "a\nb\n") }, []string{"a", "b"}},
		{"what is there too", map[string]string{"log": "old\n"}, []string{"log"}, Options{Existing: true}, func(f *follower) { f.write("log", "a\n") }, []string{"old", "a"}},
		{"a line waits for its end", map[string]string{"log": "old\nhal"}, []string{"log"}, Options{}, func(f *follower) {
			f.still()
			f.write("log", "f\nmo")
			f.until(1)
			f.still()
			f.write("log", "re\n")
		}, []string{"half", "more"}},
		{"not there yet", nil, []string{"sub/log"}, Options{}, func(f *follower) {
			f.must(os.Mkdir(f.path("sub"), 0o700))
			f.write("sub/log", "a\n")
		}, []string{"a"}},
		{"a folder and those in it", map[string]string{"logs/x": "old\n"}, []string{"logs"}, Options{}, func(f *follower) {
			f.write("logs/x", "a\n")
			f.until(1)
			f.must(os.MkdirAll(f.path("logs/deep/deeper"), 0o700))
			f.write("logs/deep/deeper/y", "b\n")
			f.until(2)
			f.write("logs/deep/deeper/y", "c\n")
		}, []string{"a", "b", "c"}},
		{"a pattern", map[string]string{"h1/app.log": "old\n"}, []string{"h*/app.log"}, Options{}, func(f *follower) {
			f.write("h1/app.log", "a\n")
			f.until(1)
			f.must(os.Mkdir(f.path("h2"), 0o700))
			f.write("h2/app.log", "b\n")
			f.write("h2/other.log", "no\n")
		}, []string{"a", "b"}},
		{"renamed, by name", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "a\n")
			f.must(os.Rename(f.path("log"), f.path("log.1")))
			f.write("log.1", "b\n")
			f.write("log", "c\n")
			f.until(3)
			f.write("log.1", "late\n")
			f.until(4)
			f.write("log", "d\n")
		}, []string{"a", "b", "c", "late", "d"}},
		{"renamed, in a folder", map[string]string{"l/log": "old\n"}, []string{"l"}, Options{}, func(f *follower) {
			f.write("l/log", "a\n")
			f.must(os.Rename(f.path("l/log"), f.path("l/log-20261121")))
			f.write("l/log", "c\n")
		}, []string{"a", "c"}},
		{"older parts are not new", map[string]string{"log": "old\n", "log.1": "older\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.must(os.Rename(f.path("log.1"), f.path("log.2")))
			f.must(os.Rename(f.path("log"), f.path("log.1")))
			f.write("log", "a\n")
		}, []string{"a"}},
		{"compressed afterwards", map[string]string{"l/log": "old\n"}, []string{"l"}, Options{}, func(f *follower) {
			f.write("l/log", "a\n")
			f.until(1)
			f.must(os.Rename(f.path("l/log"), f.path("l/log.1")))
			f.still()
			f.write("l/log.1.gz", squeezed("old\na\n"))
			f.must(os.Remove(f.path("l/log.1")))
			f.write("l/log", "b\n")
		}, []string{"a", "b"}},
		{"an archive that is new", nil, []string{"l"}, Options{}, func(f *follower) {
			f.must(os.Mkdir(f.path("l"), 0o700))
			f.still()
			f.write("l/one.gz", squeezed("a\nb\n"))
		}, []string{"a", "b"}},
		{"copied and emptied", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "a\n")
			f.until(1)
			f.write("log", "b\n")
			f.write("log.1", "old\na\nb\n")
			f.must(os.Truncate(f.path("log"), 0))
			f.write("log", "c\n")
		}, []string{"a", "b", "c"}},
		{"copied and emptied, in a folder", map[string]string{"l/log": "old\n"}, []string{"l"}, Options{}, func(f *follower) {
			f.write("l/log", "a\n")
			f.until(1)
			f.write("l/log.1", "old\na\n")
			f.still()
			f.must(os.Truncate(f.path("l/log"), 0))
			f.write("l/log", "c\n")
		}, []string{"a", "c"}},
		{"emptied, and at once longer than it was", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "a\n")
			f.until(1)
			f.must(os.WriteFile(f.path("log"), []byte("a longer line\nand more\n"), 0o600))
		}, []string{"a", "a longer line", "and more"}},
		{"replaced by a shorter one", map[string]string{"log": "old\nold\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("new", "a\n")
			f.must(os.Rename(f.path("new"), f.path("log")))
		}, []string{"a"}},
		{"replaced by a folder, and back", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.must(os.Remove(f.path("log")))
			f.must(os.Mkdir(f.path("log"), 0o700))
			f.write("log/in", "a\n")
			f.until(1)
			f.must(os.RemoveAll(f.path("log")))
			f.still()
			f.write("log", "b\n")
		}, []string{"a", "b"}},
		{"an event of several lines", map[string]string{"log": ""}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "<Event>\n<Data>\n")
			f.still()
			f.write("log", "</Data></Event>\n")
		}, []string{"<Event>", "<Data>", "</Data></Event>"}},
		{"a JSON document", map[string]string{"log": "[\n{\"a\":1}"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", ",\n{\"a\":")
			f.until(1)
			f.still()
			f.write("log", "2}")
		}, []string{",", `{"a":2}`}},
		{"rounds are bounded", map[string]string{"log": "1\n2\n3\n4\n5\n"}, []string{"log"}, Options{Existing: true, Most: 4}, func(*follower) {}, []string{"1", "2", "3", "4", "5"}},
	}
	for _, tt := range tests {
		bothWays(t, tt.name, func(t *testing.T, polling bool) {
			f := prepare(t, tt.before)
			o := tt.o
			o.Polling = polling
			f.start(o, tt.args...)
			tt.do(f)
			f.want(tt.want...)
		})
	}
}
