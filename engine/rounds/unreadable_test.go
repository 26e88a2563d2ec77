package rounds_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/timeindex"
)

// aLog is a log that can be away, and what a run over it tells.
type aLog struct {
	t        *testing.T
	dir      string // of the state
	path     string
	rules    []*rules.Rule
	remember time.Duration
}

func (l *aLog) write(events ...event) {
	l.t.Helper()
	var text strings.Builder
	for _, e := range events {
		text.WriteString(e.line + "\n")
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(l.path), 0o700), os.WriteFile(l.path, []byte(text.String()), 0o600)); err != nil {
		l.t.Fatal(err)
	}
}

func (l *aLog) run(minute int) (told, late int, said string) {
	l.t.Helper()
	now := at(minute)
	store := openStore(l.t, l.dir, now)
	defer store.Close()
	in, _ := input.Resolve([]string{l.path}, nil)
	members, err := timeindex.OpenFolder(l.dir, nil).Look(l.t.Context(), in, timeindex.Options{Now: now})
	if err != nil {
		l.t.Fatal(err)
	}
	o := options(now, time.UTC)
	o.Catchup, o.Remember = 2*time.Hour, l.remember
	round, err := rounds.Answer(l.t.Context(), store, l.rules, rounds.FilesOf(members), o)
	if err != nil {
		l.t.Fatal(err)
	}
	if err := round.Announce(); err != nil {
		l.t.Fatal(err)
	}
	if err := round.Commit(now.UnixNano(), 0); err != nil {
		l.t.Fatal(err)
	}
	for range round.Findings() {
		told++
	}
	if len(round.Problems) != len(round.Run.Problems)+len(round.Run.Gaps) {
		l.t.Errorf("at %d the run remembers %q and %v of %v", minute, round.Run.Problems, round.Run.Gaps, round.Problems)
	}
	for _, d := range round.Problems {
		said += d.Message
	}
	return told, round.Run.Late, said
}

// unreadable is a file that can be opened, and not read.
const unreadable = "/sys/class/net/lo/speed"

// A log that is away, for a run or two, goes on where it was when it is back: what was added is told, some of it late, and what was told is not looked at
// again, for which it would be too old.
func TestAway(t *testing.T) {
	for _, c := range []struct {
		name string
		away func(path string) error
		said string // with the path before it
	}{
		{"the file is gone", os.Remove, ""},
		{"the folder is gone", func(path string) error { return os.RemoveAll(filepath.Dir(path)) }, ""},
		{"a folder instead", func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) }, ""},
		{"a shorter file instead", func(path string) error { return os.WriteFile(path, []byte(evil(9, 5, 5).line[:40]), 0o600) }, ""},
		{"an empty file instead", func(path string) error { return os.Truncate(path, 0) }, ""},
		{"its beginning only", func(path string) error { return os.Truncate(path, int64(len(evil(1, 10, 10).line)/2)) }, ""},
		{"a disk that fails", func(path string) error { return errors.Join(os.Remove(path), os.Symlink(unreadable, path)) }, ": invalid argument"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &aLog{t: t, dir: t.TempDir(), path: filepath.Join(t.TempDir(), "logs", "log"), rules: []*rules.Rule{ruleOf(t, event1)}}
			said := ""
			if c.said != "" {
				if _, err := os.ReadFile(unreadable); !errors.Is(err, syscall.EINVAL) {
					t.Skipf("%s can be read: %v", unreadable, err)
				}
				said = l.path + c.said
			}
			step := func(minute, told, late int, said string) {
				t.Helper()
				if gotTold, gotLate, gotSaid := l.run(minute); gotTold != told || gotLate != late || gotSaid != said {
					t.Errorf("at %d: told %d, %d late, and said %q; want %d, %d and %q", minute, gotTold, gotLate, gotSaid, told, late, said)
				}
			}
			l.write(evil(1, 10, 10))
			step(60, 1, 0, "")
			if err := c.away(l.path); err != nil {
				t.Fatal(err)
			}
			step(120, 0, 0, said)
			step(121, 0, 0, said)
			if err := os.RemoveAll(l.path); err != nil {
				t.Fatal(err)
			}
			l.write(evil(1, 10, 10), evil(2, 75, 75), evil(3, 125, 125))
			step(180, 2, 1, "")
			step(181, 0, 0, "")
		})
	}
}

// What is away for longer than runs remember is as if it had never been there.
func TestAwayForLong(t *testing.T) {
	l := &aLog{t: t, dir: t.TempDir(), path: filepath.Join(t.TempDir(), "log"), rules: []*rules.Rule{ruleOf(t, event1)}, remember: time.Hour}
	l.write(evil(1, 10, 10))
	if told, _, said := l.run(60); told != 1 || said != "" {
		t.Errorf("told %d, said %q", told, said)
	}
	if err := os.Remove(l.path); err != nil {
		t.Fatal(err)
	}
	for _, minute := range []int{120, 180, 240} {
		l.run(minute)
	}
	l.write(evil(1, 10, 10), evil(2, 235, 235))
	if told, late, said := l.run(300); told != 1 || late != 0 || !strings.Contains(said, "late events longer ago than --catch-up") {
		t.Errorf("told %d, %d late, said %q", told, late, said)
	}
}

// Rules that had not come equally far when a log went away each go on where they were.
func TestAwayFromSeveralRules(t *testing.T) {
	l := &aLog{t: t, dir: t.TempDir(), path: filepath.Join(t.TempDir(), "log")}
	often, seldom := ruleOf(t, event1), ruleOf(t, strings.NewReplacer("title: r", "title: seldom", "0 * * * *", "0 */2 * * *", "-70m", "-130m").Replace(event1))
	l.rules = []*rules.Rule{often, seldom}
	l.write(evil(1, 10, 10))
	if told, _, _ := l.run(120); told != 1 { // both are due; the first window of the one is too short
		t.Errorf("told %d", told)
	}
	l.write(evil(1, 10, 10), evil(2, 125, 150))
	if told, _, _ := l.run(180); told != 1 { // only that which runs often
		t.Errorf("told %d", told)
	}
	if err := os.Remove(l.path); err != nil {
		t.Fatal(err)
	}
	if told, _, _ := l.run(240); told != 0 {
		t.Errorf("told %d", told)
	}
	l.write(evil(1, 10, 10), evil(2, 125, 150))
	if told, late, said := l.run(241); told != 1 || late != 1 || said != "" {
		t.Errorf("told %d, %d late, said %q", told, late, said)
	}
}
