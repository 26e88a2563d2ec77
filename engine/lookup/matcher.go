package lookup

import (
	"math"
	"net/netip"
	"slices"
	"strings"

	"spoor/engine/column"
)

// Matcher finds the rows of a table that match values. It is never changed, and several workers may use it at once.
type Matcher struct {
	*Definition
	Table *Table

	keys  []key
	first candidates
	index *indexed  // the same, if it is one
	rest  []key     // what remains to be compared of a candidate
	times []float64 // of the rows, in seconds, if time plays a part; NaN: none
}

// Parse reads texts as times in seconds by a format; null is what is no time.
type Parse func(format string, texts []column.Value) []column.Value

// key is one of the columns that are compared.
type key struct {
	column   int
	match    Match
	at       int // its place among the values
	fold     bool
	codes    []uint32       // of the rows, unless the match is Exact
	patterns []pattern      // by code; of Wildcard
	networks []netip.Prefix // likewise; of CIDR
}

// candidates gives the rows that match some of the values, in the order of the file.
type candidates interface {
	find(values []string, to []uint32) []uint32
}

func newMatcher(d *Definition, t *Table, columns []string, parse Parse) *Matcher {
	m := &Matcher{Definition: d, Table: t}
	var exact []key
	for i, c := range columns {
		k := newKey(d, t, c, i)
		m.keys = append(m.keys, k)
		if k.match == Exact {
			exact = append(exact, k)
		} else {
			m.rest = append(m.rest, k)
		}
	}
	switch {
	case len(exact) > 0:
		m.index = newIndexed(t, exact)
		m.first = m.index
	case m.rest[0].match == Wildcard:
		m.first, m.rest = newGlobbed(m.rest[0]), m.rest[1:]
	default:
		m.first, m.rest = newRouted(m.rest[0]), m.rest[1:]
	}
	if d.Time != nil && t.Has(d.Time.Field) {
		m.times = readTimes(t, d.Time, parse)
	}
	return m
}

func newKey(d *Definition, t *Table, name string, at int) key {
	k := key{column: t.column(name), match: d.Match[name], at: at, fold: d.IgnoreCase}
	if k.match == Exact {
		return k
	}
	cells := t.Cells[k.column].coded()
	k.codes = cells.Codes
	for code := range cells.Dictionary.Len() {
		text := cells.Dictionary.Value(uint32(code)).Text()
		switch k.match {
		case Wildcard:
			k.patterns = append(k.patterns, newPattern(k.folded(text)))
		case CIDR:
			k.networks = append(k.networks, network(text))
		}
	}
	return k
}

// network is the addresses that a cell stands for: a network, or a single one. The zero one holds none.
func network(text string) netip.Prefix {
	text = strings.TrimSpace(text)
	if p, err := netip.ParsePrefix(text); err == nil {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()).Masked()
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen())
	}
	return netip.Prefix{}
}

func (k *key) folded(s string) string {
	if k.fold {
		return strings.ToLower(s)
	}
	return s
}

// holds says whether the cell of a row matches a value, which is folded if the key is. The match is not Exact.
func (k *key) holds(row uint32, value string) bool {
	code := k.codes[row]
	if code == 0 || k.match == Wildcard {
		return code != 0 && k.patterns[code].match(value)
	}
	address, err := netip.ParseAddr(value)
	return err == nil && k.networks[code].Contains(address.Unmap())
}

// Costly says whether finding rows goes through many of them, so that answers are worth remembering.
func (m *Matcher) Costly() bool { return m.index == nil }

// Timed says whether the time of an event plays a part.
func (m *Matcher) Timed() bool { return m.times != nil }

// Find appends the rows that match the values, one for each column, to a list: at most as many as the definition allows, in the order
// of the file. Of a lookup bounded in time these are the rows that hold at the given second, the latest first.
func (m *Matcher) Find(values []string, second float64, to []uint32) []uint32 {
	for i, k := range m.keys {
		if k.fold {
			values[i] = strings.ToLower(values[i])
		}
	}
	start := len(to)
	to = m.first.find(values, to)
	kept := to[:start]
	for _, row := range to[start:] {
		if m.confirmed(row, values, second) {
			kept = append(kept, row)
		}
	}
	if m.times != nil {
		slices.SortStableFunc(kept[start:], func(a, b uint32) int {
			switch {
			case m.times[a] > m.times[b]:
				return -1
			case m.times[a] < m.times[b]:
				return 1
			}
			return 0
		})
	}
	return kept[:min(len(kept), start+m.Max)]
}

func (m *Matcher) confirmed(row uint32, values []string, second float64) bool {
	for i := range m.rest {
		if k := &m.rest[i]; !k.holds(row, values[k.at]) {
			return false
		}
	}
	if m.times == nil {
		return true
	}
	behind := second - m.times[row]
	return behind >= m.Time.MinOffset && behind <= m.Time.MaxOffset
}

// readTimes is the time of each row, each text read once.
func readTimes(t *Table, d *Time, parse Parse) []float64 {
	cells := t.Cells[t.column(d.Field)].coded()
	texts := make([]column.Value, cells.Dictionary.Len())
	for code := range texts {
		texts[code] = cells.Dictionary.Value(uint32(code))
	}
	read := parse(d.Format, texts)
	out := make([]float64, t.Rows)
	for row, code := range cells.Codes {
		seconds, ok := read[code].Number()
		if !ok {
			seconds = math.NaN()
		}
		out[row] = seconds
	}
	return out
}

// Crowd is the most rows that have the same values, if that is known; more than Max of them are never all found.
func (m *Matcher) Crowd() int {
	if m.index == nil || m.times != nil || len(m.rest) > 0 {
		return 0
	}
	return m.index.Most()
}

// Single says whether values never have more than one row, and none stands in for a missing one: Firsts finds them all.
func (m *Matcher) Single() bool {
	crowd := m.Crowd()
	return crowd > 0 && min(crowd, m.Max) == 1 && m.Min == 0
}

// Firsts is Find for many rows at once, of a matcher that is Single. The values are given column by column; what is found of each is put
// into to: the row plus one, or 0.
func (m *Matcher) Firsts(values [][]string, to []uint32) {
	own := make([][]string, len(values))
	for i, k := range m.index.keys {
		if own[i] = values[k.at]; k.fold {
			own[i] = slices.Clone(own[i])
			fold(own[i])
		}
	}
	m.index.Firsts(own, to)
}
