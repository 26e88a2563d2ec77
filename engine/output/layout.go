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

// longestTime is the width of a time, the longest text that begins with a digit and is cut off nowhere.
const longestTime = len("2006-01-02T15:04:05.999999999+07:00")

func rigid(v column.Value, width int) bool {
	if v.Kind() != column.String {
		return true
	}
	s := v.Text()
	return s == "" || width <= longestTime && s[0] >= '0' && s[0] <= '9' && !strings.Contains(s, " ")
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

// fit narrows columns, the widest first, until the grid is no wider than room. The first column, which tells the rows apart, is left
// as it is if that is possible at all. It says false if no sensible widths are that narrow.
func fit(columns []measure, room int) ([]int, bool) {
	room -= frame(len(columns))
	wanted := natural(columns)
	if sum(wanted) <= room {
		return wanted, true
	}
	least := make([]int, len(columns))
	for i := range columns {
		least[i] = columns[i].least()
	}
	if first := wanted[0]; 3*first <= 2*room && sum(least)-least[0]+first <= room {
		least[0] = first
	}
	if sum(least) > room {
		return wanted, false
	}
	limit := 1 // grows to the largest limit that still fits
	for top := slices.Max(wanted); limit < top; {
		middle := (limit + top + 1) / 2
		if sum(capped(wanted, least, middle)) <= room {
			limit = middle
		} else {
			top = middle - 1
		}
	}
	return spread(capped(wanted, least, limit), wanted, room), true
}

// capped is the widths that are wanted, but none over the limit unless the least is.
func capped(wanted, least []int, limit int) []int {
	out := make([]int, len(wanted))
	for i := range wanted {
		out[i] = max(min(wanted[i], limit), least[i])
	}
	return out
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

// Shorten cuts a text without control characters to a width, the last place of which is an ellipsis then.
func Shorten(s string, width int) (string, bool) {
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
