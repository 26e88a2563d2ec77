package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

type half struct{ total int64 }

func (h half) Progress() (done, total int64) { return h.total / 2, h.total }

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		name   string
		scan   half
		hidden bool
		piped  bool
		width  int
		wait   time.Duration
		shown  bool
	}{
		{"long scan", half{2_000_000_000}, false, false, 80, shortScan + 300*time.Millisecond, true},
		{"narrow terminal", half{2_000_000_000}, false, false, 40, shortScan + 300*time.Millisecond, true},
		{"short scan", half{2_000_000_000}, false, false, 80, 0, false},
		{"size unknown", half{0}, false, false, 80, shortScan + 50*time.Millisecond, false},
		{"hidden", half{2_000_000_000}, true, false, 80, shortScan + 50*time.Millisecond, false},
		{"no terminal", half{2_000_000_000}, false, true, 80, shortScan + 50*time.Millisecond, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newScreen(t, "")
			s.errTerminal = !c.piped
			s.errWidth = func() int { return c.width }
			p := startProgress(&s.shell, c.scan, c.hidden)
			time.Sleep(c.wait)
			p.stop()
			got := s.stderr.String()
			if strings.Contains(got, "50%") != c.shown {
				t.Errorf("wrote %q", got)
			}
			for line := range strings.SplitSeq(got, "\r") {
				if utf8.RuneCountInString(line) >= c.width {
					t.Errorf("too long for %d columns: %q", c.width, line)
				}
			}
			if c.shown && strings.TrimSpace(got[strings.LastIndex(got, "\r"):]) != "" {
				t.Errorf("the bar was left on the screen: %q", got)
			}
		})
	}
}
