package output

import (
	"slices"
	"strings"

	"spoor/engine/column"
)

// measure is what the layout knows of a column.
type measure struct {
	header int  // width of its name
	cells  int  // width of its widest line
	rigid  bool // numbers, times, addresses: cut off they would mislead
	right  bool // numbers only
}

// see takes a value of the column into account.
func (m *measure) see(v column.Value, width int) {
	m.cells = max(m.cells, width)
	m.right = m.right && (v.Kind() == column.Int || v.Kind() == column.Float)
	m.rigid = m.rigid && rigid(v, width)
}

func rigid(v column.Value, width int) bool {
	if v.Kind() != column.String {
		return true
	}
	s := v.Text()
	return s == "" || width <= 35 && s[0] >= '0' && s[0] <= '9' && !strings.Contains(s, " ")
}

// The least widths worth showing of a name and of text.
const (
	leastHeader = 10
	leastText   = 12
)

func (m *measure) natural() int { return max(m.header, m.cells, 1) }

func (m *measure) least() int {
	if m.rigid {
		return max(min(m.header, leastHeader), m.cells, 1)
	}
	return min(m.natural(), leastText)
}

func natural(columns []measure) []int {
	out := make([]int, len(columns))
	for i := range columns {
		out[i] = columns[i].natural()
	}
	return out
}

// fit narrows columns, the widest first, until the grid is no wider than room. It says false if no sensible widths are that narrow.
func fit(columns []measure, room int) ([]int, bool) {
	room -= frame(len(columns))
	wanted := natural(columns)
	if sum(wanted) <= room {
		return wanted, true
	}
	capped := func(limit int) []int {
		out := make([]int, len(columns))
		for i := range columns {
			out[i] = max(min(wanted[i], limit), columns[i].least())
		}
		return out
	}
	if sum(capped(0)) > room {
		return wanted, false
	}
	limit := 1 // grows to the largest limit that still fits
	for top := slices.Max(wanted); limit < top; {
		middle := (limit + top + 1) / 2
		if sum(capped(middle)) <= room {
			limit = middle
		} else {
			top = middle - 1
		}
	}
	return spread(capped(limit), wanted, room), true
}

// spread gives what is left of the room to the columns that want more, from the left.
func spread(widths, wanted []int, room int) []int {
	left := room - sum(widths)
	for i := range widths {
		if left > 0 && widths[i] < wanted[i] {
			widths[i]++
			left--
		}
	}
	return widths
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}

// shorten cuts s to a width, the last place of which is an ellipsis then.
func shorten(s string, width int) (string, bool) {
	if len(s) <= width || textWidth(s) <= width {
		return s, false
	}
	used := 0
	for i, r := range s {
		used += textWidth(string(r))
		if used > width-1 {
			return s[:i] + "…", true
		}
	}
	return s, false
}
