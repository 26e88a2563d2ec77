package input

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"spoor/engine/column"
	"spoor/engine/input/needle"
)

// sieve finds the rows of a batch that hold needles, by the values of their columns: a value of a dictionary is searched once.
type sieve struct {
	search
	hands   []*hand
	needles [][]string // by hand
	columns []sifted
}

// sifted is a column of a sieve.
type sifted struct {
	readers    []bool // by hand: it looks for needles there
	read       bool   // one of them does
	digits     bool   // and looks for what a number may hold
	dictionary *column.Dictionary
	codes      []int32   // by entry of the dictionary: whose needles it holds, as an index of lists
	lists      [][]*hand // the first is nobody's
}

// finders is the finders of a lane's kinds, which its workers share.
type finders struct {
	sync.Mutex
	by map[string]*finder
}

func (f *finders) of(kind string, needles func() [][]string) *finder {
	f.Lock()
	defer f.Unlock()
	if f.by == nil {
		f.by = map[string]*finder{}
	}
	if f.by[kind] == nil {
		f.by[kind] = newFinder(needles(), false)
	}
	return f.by[kind]
}

// texts is the needles that wanted events of a kind hold, and where; there are none if that is not known.
func (d *Demand) texts(kind string) (needles, fields []string) {
	texts, ok := d.Texts[kind]
	if !ok && d.Kinds == nil && !slices.Contains(d.Known, kind) {
		texts = d.Texts[""]
	}
	return needle.Cut(texts.Any), texts.In
}

// newSieve makes the sieve of a kind. Hands that look for needles learn in which columns.
func newSieve(l *lane, kind string, hands []*hand) *sieve {
	s := &sieve{hands: hands}
	needles := make([][]string, len(hands))
	for i, h := range hands {
		if h == nil || h.seat.member.places != nil {
			continue
		}
		var fields []string
		needles[i], fields = h.seat.member.share.Demand.texts(kind)
		if needles[i] != nil {
			h.sought = make([]string, len(fields))
			for k, name := range fields {
				h.sought[k] = h.seat.column(name)
			}
		}
	}
	s.needles = needles
	s.finder = l.finders.of(kind, func() [][]string { return needles })
	return s
}

// open learns the columns of the batches.
func (s *sieve) open(names []string) {
	for _, name := range names {
		c := sifted{readers: make([]bool, len(s.hands)), lists: [][]*hand{nil}}
		for i, h := range s.hands {
			c.readers[i] = h != nil && slices.Contains(h.sought, name)
			c.read = c.read || c.readers[i]
			c.digits = c.digits || c.readers[i] && slices.ContainsFunc(s.needles[i], numeral)
		}
		s.columns = append(s.columns, c)
	}
}

// sift marks the rows of the batch that hold needles.
func (s *sieve) sift(b *column.Batch) {
	if s.columns == nil {
		s.open(b.Schema.Names)
	}
	for _, h := range s.hands {
		if h != nil && h.sought != nil {
			h.held = slices.Grow(h.held[:0], (b.Rows+63)/64)[:(b.Rows+63)/64]
			clear(h.held)
		}
	}
	for i := range s.columns {
		if c := &s.columns[i]; c.read {
			s.column(c, b.Cols[i])
		}
	}
}

func (s *sieve) column(c *sifted, v column.Vector) {
	switch v := v.(type) {
	case *column.Dict:
		s.learn(c, v.Dictionary)
		for row, code := range v.Codes {
			if list := c.codes[code]; list != 0 {
				mark(c.lists[list], row)
			}
		}
	case *column.Strings:
		for row, text := range v.Values {
			s.text(c, text, func(h *hand) { h.held[row/64] |= 1 << (row % 64) })
		}
	case *column.Const:
	case *column.Times, *column.Ints:
		if c.digits {
			s.each(c, v)
		}
	default:
		s.each(c, v)
	}
}

// each searches the values of a column one by one.
func (s *sieve) each(c *sifted, v column.Vector) {
	for row := range v.Len() {
		s.value(c, v.Value(row), func(h *hand) { h.held[row/64] |= 1 << (row % 64) })
	}
}

// numeral says whether a whole number or a time, which is written in seconds, may hold a text.
func numeral(needle string) bool { return strings.Trim(needle, "-.0123456789") == "" }

func mark(hands []*hand, row int) {
	for _, h := range hands {
		h.held[row/64] |= 1 << (row % 64)
	}
}

// learn searches the entries that a dictionary has got since the last batch.
func (s *sieve) learn(c *sifted, d *column.Dictionary) {
	if c.dictionary != d {
		c.dictionary, c.codes, c.lists = d, nil, c.lists[:1]
	}
	for code := len(c.codes); code < d.Len(); code++ {
		var hands []*hand
		s.value(c, d.Value(uint32(code)), func(h *hand) {
			if !slices.Contains(hands, h) {
				hands = append(hands, h)
			}
		})
		list := 0
		if hands != nil {
			list = len(c.lists)
			c.lists = append(c.lists, hands)
		}
		c.codes = append(c.codes, int32(list))
	}
}

// value finds the hands that read the column and look for what a value holds.
func (s *sieve) value(c *sifted, v column.Value, found func(*hand)) {
	switch v.Kind() {
	case column.Null:
	case column.List:
		for _, item := range v.Items() {
			s.value(c, item, found)
		}
	default:
		s.text(c, v.String(), found)
	}
}

func (s *sieve) text(c *sifted, text string, found func(*hand)) {
	s.within(unsafe.Slice(unsafe.StringData(text), len(text)), func(owner int) {
		if c.readers[owner] {
			found(s.hands[owner])
		}
	})
}

// sifted makes the hand's rows those that hold a needle and are eligible.
func (h *hand) sifted(e *eligible) {
	held := func(r uint32) bool { return h.held[r/64]&(1<<(r%64)) != 0 }
	h.rows = h.rows[:0]
	if e.gaps {
		for _, r := range e.rows {
			if held(r) {
				h.rows = append(h.rows, r)
			}
		}
		return
	}
	for i, word := range h.held {
		for ; word != 0; word &= word - 1 {
			h.rows = append(h.rows, uint32(64*i+bits.TrailingZeros64(word)))
		}
	}
}
