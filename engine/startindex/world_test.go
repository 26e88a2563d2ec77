package startindex_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zeebo/xxh3"

	"spoor/engine/input"
	"spoor/engine/startindex"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// world is a folder of logs, of which each line is the start of a process that it names, and what is kept of them.
type world struct {
	t          *testing.T
	logs, kept string
	partSize   int64
	build      string
	warned     []string
	read       int64 // bytes, in the last search
	members    []*timeindex.Member
	index      *startindex.Logs
}

func newWorld(t *testing.T) *world {
	return &world{t: t, logs: t.TempDir(), kept: filepath.Join(t.TempDir(), "state"), partSize: 40 << 10, build: "one"}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) path(name string) string { return filepath.Join(w.logs, name) }

// lines is the starts of some processes. It takes 700 of them for a log that is long enough to be sure what it is.
func lines(from, to int) string {
	var b strings.Builder
	for n := range to - from {
		at := time.Date(2026, 5, 6, 0, 0, from+n, 0, time.UTC).Format("2006-01-02 15:04:05.000")
		fmt.Fprintf(&b, `{"EventID":"1","Channel":"Linux-Sysmon/Operational","Computer":"web1","EventRecordID":"%d","UtcTime":"%s","Image":"p%d"}`+"\n", from+n, at, (from+n)%500)
	}
	return b.String()
}

func (w *world) write(name, text string) {
	w.t.Helper()
	file, err := os.OpenFile(w.path(name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	w.must(err)
	_, err = file.WriteString(text)
	w.must(err)
	w.must(file.Close())
}

// look begins a run.
func (w *world) look() {
	w.t.Helper()
	in, errs := input.Resolve([]string{w.logs}, nil)
	if errs.Failed() {
		w.t.Fatal(errs)
	}
	say := func(d *source.Diagnostic) { w.warned = append(w.warned, d.Code) }
	members, err := timeindex.OpenFolder(w.kept, say).Look(w.t.Context(), in, timeindex.Options{Now: time.Now(), BlockSize: 4 << 10})
	w.must(err)
	w.members = slices.DeleteFunc(members, func(m *timeindex.Member) bool { return m.Within != "" })
	w.index = startindex.OpenFolder(w.kept, startindex.Options{Now: time.Now(), Build: w.build, PartSize: w.partSize, Warn: say}).Of(w.members)
	w.read = 0
}

// note notes the starts of a part of a log.
func (w *world) note(_ context.Context, log int, within input.Range, note func(uint64, int64)) error {
	in := w.members[log].Input
	text, err := in.Text()
	if err != nil {
		return err
	}
	defer text.Close()
	var all bytes.Buffer
	if _, err := all.ReadFrom(text); err != nil {
		return err
	}
	w.read += within.To - within.From
	for at := within.From; at < within.To; {
		line, _, _ := bytes.Cut(all.Bytes()[at:], []byte("\n"))
		if _, name, ok := bytes.Cut(line, []byte(`"Image":"`)); ok {
			note(xxh3.Hash(name[:len(name)-2]), at)
		}
		at += int64(len(line)) + 1
	}
	return nil
}

// find is the lines that start a process, of all logs, by what is kept. What is damaged is noticed once.
func (w *world) find(definition, process string) []string {
	w.t.Helper()
	ask := func() (map[int][]int64, bool) {
		return w.index.Find(w.t.Context(), definition, []uint64{xxh3.HashString(process), xxh3.HashString("nobody")}, w.note)
	}
	at, ok := ask()
	if !ok {
		at, ok = ask()
	}
	if !ok {
		w.t.Fatal("it is not known")
	}
	var out []string
	for log, offsets := range at {
		text, err := w.members[log].Input.Text()
		w.must(err)
		var all bytes.Buffer
		_, err = all.ReadFrom(text)
		w.must(err)
		for _, offset := range offsets {
			line, _, _ := strings.Cut(string(all.Bytes()[offset:]), "\n")
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

// check looks for some processes, of which the logs hold the starts of the first so many lines.
func (w *world) check(what string, n int) {
	w.t.Helper()
	all := strings.Split(strings.TrimSpace(lines(0, n)), "\n")
	for _, p := range []string{"p0", "p77", "p499"} {
		var want []string
		for _, line := range all {
			if strings.Contains(line, `"`+p+`"`) {
				want = append(want, line)
			}
		}
		slices.Sort(want)
		if got := w.find("starts", p); !slices.Equal(got, want) {
			w.t.Errorf("%s: %s starts at\n%s\nwant\n%s", what, p, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// parts is the files in which parts are kept.
func (w *world) parts() []string {
	w.t.Helper()
	out, err := filepath.Glob(filepath.Join(w.kept, "starts-*.index"))
	w.must(err)
	return out
}
