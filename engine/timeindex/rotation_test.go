package timeindex_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/input"
	"spoor/engine/timeindex"
)

// logger writes a log as a daemon does, and rotates it as logrotate does.
type logger struct {
	t       *testing.T
	random  *rand.Rand
	dir     string
	seconds []int // of the events, by number
	days    int
}

func (l *logger) path(name string) string { return filepath.Join(l.dir, name) }

func (l *logger) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *logger) write(n int) {
	file, err := os.OpenFile(l.path("syslog"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	l.must(err)
	for range n {
		second := 10*len(l.seconds) + l.random.IntN(60) - 30
		_, err := file.WriteString(line(len(l.seconds), second))
		l.must(err)
		l.seconds = append(l.seconds, second)
	}
	l.must(file.Close())
}

func (l *logger) exists(name string) bool {
	_, err := os.Stat(l.path(name))
	return err == nil
}

// shift moves syslog.1 to syslog.2 and so on.
func (l *logger) shift() {
	for n := 40; n > 0; n-- {
		for _, end := range []string{"", ".gz"} {
			if name := fmt.Sprintf("syslog.%d%s", n, end); l.exists(name) {
				l.must(os.Rename(l.path(name), l.path(fmt.Sprintf("syslog.%d%s", n+1, end))))
			}
		}
	}
}

func (l *logger) compress(name string, mode string) {
	if !l.exists(name) {
		return
	}
	data, err := os.ReadFile(l.path(name))
	l.must(err)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err = w.Write(data)
	l.must(err)
	l.must(w.Close())
	stored := b.Bytes()
	if mode == "half" {
		stored = stored[:len(stored)/2]
	}
	l.must(os.WriteFile(l.path(name+".gz"), stored, 0o600))
	if mode == "" {
		l.must(os.Remove(l.path(name)))
	}
}

// step does something to the log, and says what.
func (l *logger) step() string {
	if !l.exists("syslog") {
		l.write(1 + l.random.IntN(5))
		return "write"
	}
	switch l.random.IntN(9) {
	case 0:
		l.shift()
		l.must(os.Rename(l.path("syslog"), l.path("syslog.1")))
		l.write(l.random.IntN(5))
		return "rename"
	case 1:
		l.shift()
		data, err := os.ReadFile(l.path("syslog"))
		l.must(err)
		l.must(os.WriteFile(l.path("syslog.1"), data, 0o600))
		l.must(os.Truncate(l.path("syslog"), 0))
		l.write(l.random.IntN(40))
		return "copytruncate"
	case 2:
		l.days++
		name := fmt.Sprintf("syslog-202605%02d", l.days)
		l.must(os.Rename(l.path("syslog"), l.path(name)))
		if l.random.IntN(2) == 0 {
			l.compress(name, "")
		}
		return "date"
	case 3:
		l.compress("syslog.1", "")
		return "compress"
	case 4:
		l.compress("syslog.2", "both")
		return "compressed, and not yet removed"
	case 5:
		l.compress("syslog.3", "half")
		return "being compressed"
	}
	l.write(l.random.IntN(30))
	return "write"
}

// mend ends a compression that was seen half done.
func (l *logger) mend() {
	for n := range 42 {
		if name := fmt.Sprintf("syslog.%d", n); l.exists(name) && l.exists(name+".gz") {
			l.compress(name, "")
		}
	}
}

type position struct {
	key  timeindex.Key
	end  int64
	tail timeindex.Tail
}

// TestRotation writes and rotates logs in every way between looks. Every event of a window is read once, and none is new twice.
func TestRotation(t *testing.T) {
	seed := rand.Uint64()
	left := int64(0)
	for round := range uint64(5) {
		l := &logger{t: t, random: rand.New(rand.NewPCG(seed, round)), dir: t.TempDir()}
		index, known := t.TempDir(), map[int]bool{}
		var before []position
		l.write(20)
		what := []string{"write"}
		for range 25 {
			f := openFolder(t, index)
			members := look(t, f, l.dir, timeindex.Options{Workers: 2})
			fresh := map[int]int{}
			var now []position
			froms := map[*timeindex.Member]int64{}
			for _, m := range members {
				if m.Failed != nil {
					t.Fatalf("seed %d: %v: %s: %v", seed, what, m.Input.Path, m.Failed)
				}
				now = append(now, position{m.Key, m.End, m.Tail})
				from := int64(0)
				for _, p := range before {
					if offset, ok := m.Seen(p.key, p.end, p.tail); ok {
						from = max(from, offset)
					}
				}
				froms[m] = from
				if m.Within != "" {
					continue
				}
				rest := *m.Input.Bounds
				rest.From = from
				in := m.Input
				in.Bounds = &rest
				ids, _ := found(t, []*timeindex.Member{{Input: in}}, input.Beginning, input.End)
				for id, n := range ids {
					fresh[id] += n
				}
				checkSince(t, l, m, from, ids)
			}
			before = now
			for id := range l.seconds {
				if want := 1; known[id] && fresh[id] != 0 || !known[id] && fresh[id] != want {
					var all []string
					for _, m := range members {
						ids, _ := found(t, []*timeindex.Member{m}, input.Beginning, input.End)
						all = append(all, fmt.Sprint(filepath.Base(m.Input.Path), " from ", froms[m], " to ", m.End, *m.Input.Bounds, m.Within, " ", slices.Sorted(maps.Keys(ids))))
					}
					t.Fatalf("seed %d: %v: event %d, known %t, is new %d times in\n%s", seed, what, id, known[id], fresh[id], strings.Join(all, "\n"))
				}
				known[id] = true
			}
			left += l.window(members, fmt.Sprint("seed ", seed, " ", what))
			l.mend()
			for range l.random.IntN(4) {
				what = append(what, l.step())
			}
		}
	}
	if left == 0 {
		t.Error("nothing was left out")
	}
}

// checkSince compares the times behind a position with those of the events there.
func checkSince(t *testing.T, l *logger, m *timeindex.Member, from int64, ids map[int]int) {
	t.Helper()
	first, last, ok := m.Since(from)
	if ok != (len(ids) > 0) {
		t.Fatalf("%s: times behind %d: %t, events: %d", m.Input.Path, from, ok, len(ids))
	}
	if !ok {
		return
	}
	var seconds []int
	for id := range ids {
		seconds = append(seconds, l.seconds[id])
	}
	at := func(second int) int64 { return begin.Add(time.Duration(second) * time.Second).UnixNano() }
	if want := at(slices.Min(seconds)); first != want {
		t.Fatalf("%s: behind %d the first is of %d, want %d", m.Input.Path, from, first, want)
	}
	if want := at(slices.Max(seconds)); last != want {
		t.Fatalf("%s: behind %d the last is of %d, want %d", m.Input.Path, from, last, want)
	}
}

// window asks for some minutes.
func (l *logger) window(members []*timeindex.Member, what string) int64 {
	l.t.Helper()
	from := l.random.IntN(10 * len(l.seconds))
	to := from + l.random.IntN(300)
	at := func(second int) int64 { return begin.Add(time.Duration(second) * time.Second).UnixNano() }
	have, ledger := found(l.t, members, at(from), at(to))
	want := map[int]int{}
	for id, second := range l.seconds {
		if second >= from && second < to {
			want[id] = 1
		}
	}
	if !maps.Equal(have, want) {
		l.t.Fatalf("%s: from %d to %d: %v, want %v", what, from, to, have, want)
	}
	return ledger.Total.LeftOut
}
