package rounds_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/timeindex"
)

// A log that cannot be read for a while is named, and when it can be read again just what was added to it is searched.
func TestUnreadable(t *testing.T) {
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "log")
	write := func(events ...event) {
		t.Helper()
		var text strings.Builder
		for _, e := range events {
			text.WriteString(e.line + "\n")
		}
		if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list := []*rules.Rule{ruleOf(t, event1)}
	run := func(minute int) (told int, said string) {
		t.Helper()
		now := at(minute)
		store := openStore(t, dir, now)
		defer store.Close()
		members, err := timeindex.OpenFolder(dir, nil).Look(t.Context(), input.Inputs{{Path: path, Size: 1}}, timeindex.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		o := options(now, time.UTC)
		o.Catchup = time.Hour
		round, err := rounds.Answer(t.Context(), store, list, rounds.FilesOf(members), o)
		if err != nil {
			t.Fatal(err)
		}
		if err := round.Announce(); err != nil {
			t.Fatal(err)
		}
		if err := round.Commit(now.UnixNano(), 0); err != nil {
			t.Fatal(err)
		}
		for range round.Findings() {
			told++
		}
		if len(round.Problems) != len(round.Run.Problems)+len(round.Run.Gaps) {
			t.Errorf("at %d the run remembers %q and %v of %v", minute, round.Run.Problems, round.Run.Gaps, round.Problems)
		}
		for _, d := range round.Problems {
			said += d.Message
		}
		return told, said
	}
	write(evil(1, 10, 10))
	for _, c := range []struct {
		minute int
		change func()
		told   int
		said   string
	}{
		{60, func() {}, 1, ""},
		{120, func() { os.Remove(path); os.Mkdir(path, 0o700) }, 0, path + ": is a folder now"},
		{121, func() {}, 0, path + ": is a folder now"},
		{180, func() { os.Remove(path); write(evil(1, 10, 10), evil(2, 125, 125)) }, 1, ""},
		{181, func() {}, 0, ""},
	} {
		t.Run(fmt.Sprint(c.minute), func(t *testing.T) {
			c.change()
			if told, said := run(c.minute); told != c.told || said != c.said {
				t.Errorf("told %d and said %q, want %d and %q", told, said, c.told, c.said)
			}
		})
	}
}
