package column

import (
	"iter"
	"strconv"
	"strings"
	"sync"
)

// Schema is an ordered list of distinct column names. Schemas are interned: two with the same names are nearly always the same pointer,
// so that what was worked out for one need not be worked out again.
type Schema struct {
	Names []string // must not be changed
	slots map[string]int
}

// mostInterned is how many schemas are remembered; beyond, all are forgotten.
const mostInterned = 4096

var interned = struct {
	sync.Mutex
	by map[string]*Schema
}{by: map[string]*Schema{}}

// NewSchema is the schema of the given names, of which a repeated one counts once.
func NewSchema(names ...string) *Schema {
	s := &Schema{slots: make(map[string]int, len(names))}
	for _, n := range names {
		if _, dup := s.slots[n]; !dup {
			s.slots[n] = len(s.Names)
			s.Names = append(s.Names, n)
		}
	}
	var key strings.Builder
	for _, n := range s.Names {
		key.WriteString(strconv.Itoa(len(n)))
		key.WriteByte(':') // a name may hold any byte
		key.WriteString(n)
	}
	interned.Lock()
	defer interned.Unlock()
	if old := interned.by[key.String()]; old != nil {
		return old
	}
	if len(interned.by) > mostInterned { // logs choose the names of unknown JSON: do not let them fill the memory
		clear(interned.by)
	}
	interned.by[key.String()] = s
	return s
}

// Slot is the index of a name, or -1.
func (s *Schema) Slot(name string) int {
	if i, ok := s.slots[name]; ok {
		return i
	}
	return -1
}

// Plus is the schema with a further name at its end.
func (s *Schema) Plus(name string) *Schema {
	return NewSchema(append(append(make([]string, 0, len(s.Names)+1), s.Names...), name)...)
}

// Visible is the names without hidden columns.
func (s *Schema) Visible() []string {
	out := make([]string, 0, len(s.Names))
	for _, n := range s.Names {
		if !Hidden(n) {
			out = append(out, n)
		}
	}
	return out
}

// Position is the hidden column that orders events: the file's ordinal and the record's offset in it, packed by PackPosition.
const Position = "\x00position"

// Hidden says whether a column is the engine's own and not for the user's eyes.
func Hidden(name string) bool { return strings.HasPrefix(name, "\x00") }

// PackPosition puts a file's ordinal (up to 8 million) and a byte offset (up to 1 TiB) into one ordered number.
func PackPosition(file int, offset int64) int64 { return int64(file)<<40 | offset&(1<<40-1) }

// UnpackPosition is the file's ordinal and the offset of a packed position.
func UnpackPosition(p int64) (file int, offset int64) { return int(p >> 40), p & (1<<40 - 1) }

// Batch is a table of a few thousand rows at most. It is read-only.
type Batch struct {
	Schema *Schema
	Cols   []Vector // one per name, each of Rows rows
	Rows   int
}

// NewBatch makes a batch; the columns must be as many as the names and all of one length, which is given for the sake of batches without columns.
func NewBatch(schema *Schema, cols []Vector, rows int) *Batch {
	return &Batch{Schema: schema, Cols: cols, Rows: rows}
}

// Col is the column of a name; of a name that the batch lacks, a column of nulls.
func (b *Batch) Col(name string) Vector {
	if i := b.Schema.Slot(name); i >= 0 {
		return b.Cols[i]
	}
	return Nulls(b.Rows)
}

// Pick is the batch of the given rows, in their order.
func (b *Batch) Pick(rows []uint32) *Batch {
	out := &Batch{Schema: b.Schema, Cols: make([]Vector, len(b.Cols)), Rows: len(rows)}
	for i, c := range b.Cols {
		out.Cols[i] = c.Pick(rows)
	}
	return out
}

// Slice is the batch of rows from up to, not including, to.
func (b *Batch) Slice(from, to int) *Batch {
	out := &Batch{Schema: b.Schema, Cols: make([]Vector, len(b.Cols)), Rows: to - from}
	for i, c := range b.Cols {
		out.Cols[i] = c.Slice(from, to)
	}
	return out
}

// With is the batch with a column set: added at the end, or put in the place of one with the same name.
func (b *Batch) With(name string, v Vector) *Batch {
	out := &Batch{Schema: b.Schema, Cols: append(make([]Vector, 0, len(b.Cols)+1), b.Cols...), Rows: b.Rows}
	if i := b.Schema.Slot(name); i >= 0 {
		out.Cols[i] = v
		return out
	}
	out.Schema = b.Schema.Plus(name)
	out.Cols = append(out.Cols, v)
	return out
}

// Row is the cells of row i, for output and tests.
func (b *Batch) Row(i int) []Value {
	out := make([]Value, len(b.Cols))
	for c, v := range b.Cols {
		out[c] = v.Value(i)
	}
	return out
}

// Stream is batches one after another, ended by the first error. Stopping early is leaving the range. A batch is valid until the next
// one is asked for; who keeps rows copies them with Keep.
type Stream = iter.Seq2[*Batch, error]
