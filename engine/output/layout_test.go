package output

import (
	"slices"
	"strings"
	"testing"
)

func TestFit(t *testing.T) {
	text := func(header, cells int) measure { return measure{header: header, cells: cells} }
	number := func(header, cells int) measure { return measure{header: header, cells: cells, rigid: true} }
	for _, c := range []struct {
		name    string
		columns []measure
		room    int
		want    []int // nil: does not fit
	}{
		{"as wanted", []measure{text(4, 20), number(5, 3)}, 30, []int{20, 5}},
		{"the widest gives first", []measure{text(4, 20), text(4, 60)}, 65, []int{20, 40}},
		{"both give", []measure{text(4, 50), text(4, 60)}, 46, []int{21, 20}},
		{"not the first", []measure{text(4, 20), text(4, 60)}, 46, []int{20, 21}},
		{"the first too if it must", []measure{text(4, 20), text(4, 60), text(4, 60)}, 48, []int{14, 13, 13}},
		{"numbers never give", []measure{number(5, 19), text(4, 60)}, 40, []int{19, 16}},
		{"long names give", []measure{number(40, 2), text(4, 60)}, 40, []int{18, 17}},
		{"not even so", []measure{number(5, 19), text(4, 60)}, 35, nil},
	} {
		got, fits := fit(c.columns, c.room)
		if fits != (c.want != nil) || fits && !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v (%v), want %v", c.name, got, fits, c.want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"systemctl", 9, "systemctl"},
		{"systemctl", 8, "systemc…"},
		{"日本語", 6, "日本語"},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日…"},
		{"ab", 1, "…"},
	} {
		got, cut := Shorten(c.in, c.width)
		if got != c.want || cut != (got != c.in) {
			t.Errorf("%q in %d: got %q (%v), want %q", c.in, c.width, got, cut, c.want)
		}
	}
}

// A table stays within the terminal, whatever its width; where it does not fit it becomes blocks, in which long values may wrap.
func TestTableStaysWithinTheTerminal(t *testing.T) {
	grids := 0
	for width := 60; width < 160; width++ {
		got, summary := write(t, events(), Options{Terminal: true, Width: width})
		if strings.Contains(got, "row 1") {
			continue
		}
		grids++
		for line := range strings.Lines(got) {
			if n := textWidth(strings.TrimRight(line, "\n")); n > width && strings.ContainsAny(line, "│┼") {
				t.Errorf("width %d: a line is %d wide: %s", width, n, line)
			}
		}
		if strings.Count(got, "…")-strings.Count(got, "(…)") != summary.Shortened {
			t.Errorf("width %d: %d shortened cells counted in\n%s", width, summary.Shortened, got)
		}
	}
	if grids < 50 {
		t.Errorf("only %d widths gave a grid", grids)
	}
}
