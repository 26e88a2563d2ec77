package input

import (
	"math"
	"strconv"
	"strings"
	"unsafe"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// cells gathers the values of one column of a batch.
type cells interface {
	put(*format.Cell)
	len() int
	vector() column.Vector // takes the values out
}

// pad adds nulls until there are so many rows.
func pad(c cells, rows int) {
	if t, ok := c.(*texts); ok {
		t.addNulls(rows - t.len())
		return
	}
	for c.len() < rows {
		c.put(missing)
	}
}

// numbers gathers values that are known as such.
type numbers[T column.Element] struct {
	values []T
	null   []bool // nil: none is missing so far
}

func (n *numbers[T]) put(*format.Cell) { var zero T; n.add(zero, false) }
func (n *numbers[T]) len() int         { return len(n.values) }

func (n *numbers[T]) add(v T, ok bool) {
	n.values = append(n.values, v)
	if !ok || n.null != nil {
		n.mark(!ok)
	}
}

// mark says whether the last value is missing.
func (n *numbers[T]) mark(missing bool) {
	if n.null == nil {
		n.null = make([]bool, len(n.values)-1, cap(n.values))
	}
	n.null = append(n.null, missing)
}

func (n *numbers[T]) vector() column.Vector {
	out := &column.Flat[T]{Values: n.values, Null: n.null}
	*n = numbers[T]{values: make([]T, 0, len(n.values))}
	return out
}

// typed gathers text that is to be read as another type.
type typed struct {
	kind   column.Kind
	values []column.Value
}

func (t *typed) len() int { return len(t.values) }

func (t *typed) put(c *format.Cell) {
	v := column.Value{}
	if c.Set {
		v = coerce(t.kind, c.Text)
		if len(c.More) > 0 {
			items := []column.Value{v}
			for _, m := range c.More {
				items = append(items, coerce(t.kind, m))
			}
			v = column.Multi(items)
		}
	}
	t.values = append(t.values, v)
}

func (t *typed) vector() column.Vector {
	out := column.FromValues(t.values)
	t.values = t.values[:0]
	return out
}

// coerce reads text as a type; it is null if it cannot be read so.
func coerce(kind column.Kind, text []byte) column.Value {
	s := strings.TrimSpace(string(text))
	switch kind {
	case column.Int:
		whole, fraction, _ := strings.Cut(s, ".")
		if i, err := strconv.ParseInt(whole, 10, 64); err == nil && strings.Trim(fraction, "0") == "" {
			return column.Integer(i)
		}
		if f, ok := column.ParseNumber(s); ok && f == math.Trunc(f) && math.Abs(f) < 1<<63 {
			return column.Str(s) // 1e3: a search for the digits of 1000 would not find them in the record
		}
	case column.Float:
		if i, err := strconv.ParseInt(s, 10, 64); err == nil {
			return column.Integer(i) // which divides as whole numbers do
		}
		if f, ok := column.ParseNumber(s); ok {
			return column.Real(f)
		}
	case column.Bool:
		if strings.EqualFold(s, "true") || strings.EqualFold(s, "false") {
			return column.Boolean(len(s) == len("true"))
		}
	case column.Time:
		if ns, ok := parseTime([]byte(s)); ok {
			return column.Nanos(ns)
		}
	default:
		return column.Str(string(text))
	}
	return column.Value{}
}

// texts gathers strings, in the encoding that suits the field. The encoding changes only between batches.
type texts struct {
	encoder *encoder
	dict    *column.Dictionary // of this batch; nil: flat
	begun   bool
	codes   []uint32
	flat    []string
	null    []bool
	nulls   bool
	mixed   []column.Value // in place of the others, once an event has several values
}

func (t *texts) len() int { return max(len(t.codes), len(t.flat), len(t.mixed)) }

// at is the code of the text in a row, the last one if it is there at all, and the dictionary; 0: there is none.
func (t *texts) at(row int) (*column.Dictionary, uint32) {
	if t.mixed != nil || len(t.codes) != row+1 {
		return nil, 0
	}
	return t.dict, t.codes[row]
}

func (t *texts) begin() {
	if !t.begun {
		t.begun, t.dict = true, t.encoder.begin()
	}
}

func (t *texts) put(c *format.Cell) {
	switch {
	case c.Set && len(c.More) == 0 && t.dict != nil && t.mixed == nil:
		t.codes = append(t.codes, t.encoder.intern(t.dict, c.Text))
	case !c.Set:
		t.addNull()
	case len(c.More) > 0:
		t.addList(c)
	default:
		t.add(c.Text)
	}
}

func (t *texts) add(s []byte) {
	t.begin()
	switch {
	case t.mixed != nil:
		t.mixed = append(t.mixed, column.Str(t.encoder.copy(s)))
	case t.dict != nil:
		t.codes = append(t.codes, t.encoder.intern(t.dict, s))
	default:
		t.flat, t.null = append(t.flat, t.encoder.copy(s)), append(t.null, false)
	}
}

func (t *texts) addString(s string) {
	t.add(unsafe.Slice(unsafe.StringData(s), len(s))) // only read, and copied if kept
}

// orNull adds a string, or null for an empty one.
func (t *texts) orNull(s string) {
	if s == "" {
		t.addNull()
		return
	}
	t.addString(s)
}

func (t *texts) addNull() { t.addNulls(1) }

func (t *texts) addNulls(n int) {
	if n <= 0 {
		return
	}
	t.begin()
	switch {
	case t.mixed != nil:
		t.mixed = append(t.mixed, make([]column.Value, n)...)
	case t.dict != nil:
		t.codes = append(t.codes, make([]uint32, n)...)
	default:
		t.flat, t.nulls = append(t.flat, make([]string, n)...), true
		for range n {
			t.null = append(t.null, true)
		}
	}
}

func (t *texts) addList(c *format.Cell) {
	t.begin()
	if t.mixed == nil {
		t.mixed = append(make([]column.Value, 0, t.len()+1), column.ToValues(t.plain())...)
		t.codes, t.flat, t.null, t.nulls = t.codes[:0], t.flat[:0], nil, false
	}
	items := []column.Value{column.Str(t.encoder.copy(c.Text))}
	for _, m := range c.More {
		items = append(items, column.Str(t.encoder.copy(m)))
	}
	t.mixed = append(t.mixed, column.Multi(items))
}

// plain is the rows so far without the lists.
func (t *texts) plain() column.Vector {
	if t.dict != nil {
		return &column.Dict{Codes: t.codes, Dictionary: t.dict}
	}
	out := &column.Strings{Values: t.flat}
	if t.nulls {
		out.Null = t.null
	}
	return out
}

func (t *texts) vector() column.Vector {
	out := t.plain()
	if t.mixed != nil {
		out = column.FromValues(t.mixed)
	} else if t.dict != nil && allNull(t.codes) {
		out = column.Nulls(len(t.codes))
	}
	n := t.len()
	next := texts{encoder: t.encoder}
	if t.dict != nil {
		next.codes = make([]uint32, 0, n)
	} else {
		next.flat, next.null = make([]string, 0, n), make([]bool, 0, n)
	}
	*t = next
	return out
}

func allNull(codes []uint32) bool {
	for _, c := range codes {
		if c != 0 {
			return false
		}
	}
	return true
}
