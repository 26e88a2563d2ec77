package aggregate

import (
	"bufio"
	"cmp"
	"math"
	"strconv"
	"strings"

	"spoor/engine/column"
)

var minimum = &Func{
	Name: "min", Syntax: "min(<field>)", Whole: true,
	Doc:     "The least value: of the numbers if there are any, else of the texts by their bytes. Times give seconds since 1970.",
	Example: "min(n)", Want: "1",
	New: func(float64) State { return newExtremes(1) },
}

var maximum = &Func{
	Name: "max", Syntax: "max(<field>)", Whole: true,
	Doc:     "The greatest value: of the texts by their bytes if there are any, else of the numbers. Times give seconds since 1970.",
	Example: "max(n)", Want: "10",
	New: func(float64) State { return newExtremes(-1) },
}

// extremes is the least value of each group, or the greatest if the sign is -1.
type extremes struct {
	part  // an extremeInt: the best integer
	sign  int
	times []extremeInt   // of columns of times, in nanoseconds
	other []column.Value // all else, plain; it may end before

	plain column.PerCode[column.Value] // the entries of dictionaries
	texts int
}

func newExtremes(sign int) *extremes { return &extremes{part: alone(len(extremeInt{})), sign: sign} }

// extremeInt is a number, and whether there is one: 1 or 0.
type extremeInt [2]int64

// int is the best integer of a group.
func (e *extremes) int(g uint32) *extremeInt { return (*extremeInt)(e.words[int(g)*e.width+e.at:]) }

func (e *extremes) Add(groups []uint32, args []column.Vector) {
	e.extend(groups) // even if there are no integers: who shares the records relies on the first of them
	switch v := args[0].(type) {
	case *column.Times:
		e.times = extend(e.times, groups)
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				e.times[g].offer(int64(v.Values[i]), e.sign)
			}
		}
	case *column.Ints:
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				e.int(g).offer(v.Values[i], e.sign)
			}
		}
	case *column.Strings:
		e.addTexts(groups, v)
	case *column.Dict:
		entries := e.entries(v.Dictionary)
		for i, g := range groups {
			x := entries[v.Codes[i]]
			if x.Kind() != column.List {
				e.offer(g, x)
				continue
			}
			for _, item := range x.Items() {
				e.offer(g, item)
			}
		}
	default:
		each(groups, v, func(g uint32, x column.Value) { e.offer(g, plain(x)) })
	}
}

// addTexts takes texts that are whole numbers for integers, which take less room.
func (e *extremes) addTexts(groups []uint32, v *column.Strings) {
	for i, g := range groups {
		if v.Null != nil && v.Null[i] {
			continue
		}
		if n, ok := column.ParseWhole(v.Values[i]); ok {
			e.int(g).offer(n, e.sign)
			continue
		}
		e.offer(g, plain(column.Str(v.Values[i])))
	}
}

func (b *extremeInt) offer(x int64, sign int) {
	if b[1] == 0 || sign > 0 && x < b[0] || sign < 0 && x > b[0] {
		*b = extremeInt{x, 1}
	}
}

// entries is a dictionary's entries as plain values.
func (e *extremes) entries(d *column.Dictionary) []column.Value {
	entries := e.plain.Of(d)
	for code := len(*entries); code < d.Len(); code++ {
		v := d.Value(uint32(code))
		if v.Kind() == column.List {
			items := make([]column.Value, 0, len(v.Items()))
			for _, x := range v.Items() {
				items = append(items, plain(x))
			}
			v = column.Multi(items)
		} else {
			v = plain(v)
		}
		*entries = append(*entries, v)
	}
	return *entries
}

func (e *extremes) offer(g uint32, v column.Value) {
	switch {
	case v.IsNull():
		return
	case v.Kind() == column.Int:
		e.int(g).offer(v.Int(), e.sign)
		return
	case int(g) >= len(e.other):
		e.other = extend(e.other, []uint32{g})
	}
	best := &e.other[g]
	if best.IsNull() || e.sign*compare(v, *best) < 0 {
		e.texts += len(v.Text()) - len(best.Text())
		*best = v.Clone()
	}
}

// plain brings equal values into one form: an Int if it is an integer of 64 bits, a Float for other numbers and for times, a String for all else.
// What is no number, nan, is null.
func plain(v column.Value) column.Value {
	switch v.Kind() {
	case column.Null, column.Int:
		return v
	case column.String:
		n, ok := v.Number()
		if !ok {
			return v
		}
		if i, err := strconv.ParseInt(v.Text(), 10, 64); err == nil {
			return column.Integer(i)
		}
		return plainFloat(n)
	case column.Float:
		return plainFloat(v.Float())
	case column.Time:
		return column.Real(column.Seconds(v.Int()))
	}
	return column.Str(v.String())
}

func plainFloat(f float64) column.Value {
	switch {
	case math.IsNaN(f):
		return column.Value{}
	case f == math.Trunc(f) && math.Abs(f) < 1<<63:
		return column.Integer(int64(f))
	}
	return column.Real(f)
}

// compare orders plain values: numbers before texts.
func compare(a, b column.Value) int {
	if a.Kind() == column.Int && b.Kind() == column.Int {
		return cmp.Compare(a.Int(), b.Int())
	}
	switch textA, textB := a.Kind() == column.String, b.Kind() == column.String; {
	case textA && textB:
		return strings.Compare(a.Text(), b.Text())
	case textA:
		return 1
	case textB:
		return -1
	}
	x, _ := a.Number()
	y, _ := b.Number()
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Kind(), b.Kind()))
}

func (e *extremes) Merge(from State, groups []uint32) {
	f := from.(*extremes)
	e.extend(groups)
	for i, g := range e.met(&f.part, groups) {
		if x := f.int(uint32(i)); x[1] != 0 {
			e.int(g).offer(x[0], e.sign)
		}
	}
	if f.times != nil {
		e.times = extend(e.times, groups)
	}
	for i, x := range f.times {
		if x[1] != 0 {
			e.times[groups[i]].offer(x[0], e.sign)
		}
	}
	for i, v := range f.other {
		e.offer(groups[i], v)
	}
}

// Result is null, Int, Float or String per group; of a column of times, always Float.
func (e *extremes) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		best := at(e.other, g)
		if g < e.len() {
			if x := e.int(uint32(g)); x[1] != 0 {
				best = e.better(best, column.Integer(x[0]))
			}
		}
		if x := at(e.times, g); x[1] != 0 {
			best = e.better(best, column.Real(column.Seconds(x[0])))
		}
		return best
	})
}

func (e *extremes) better(a, b column.Value) column.Value {
	if a.IsNull() || e.sign*compare(b, a) < 0 {
		return b
	}
	return a
}

func (e *extremes) Size() int {
	return e.bytes() + 16*cap(e.times) + 48*(cap(e.other)+e.plain.Room()) + e.texts
}

func (e *extremes) Save(to *bufio.Writer, groups []uint32) {
	w := writer{to}
	save := func(w writer, x *extremeInt) {
		w.flag(x[1] != 0)
		w.int(x[0])
	}
	w.uint(uint64(len(groups)))
	for _, g := range groups {
		if int(g) < e.len() {
			save(w, e.int(g))
		} else {
			save(w, &extremeInt{})
		}
	}
	saveSlice(w, e.times, groups, save)
	saveSlice(w, e.other, groups, func(w writer, v *column.Value) { w.value(*v) })
}

func (e *extremes) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	load := func(r *reader, x *extremeInt) {
		if r.flag() {
			x[1] = 1
		}
		x[0] = r.int()
	}
	for i := range r.items {
		e.extend([]uint32{i})
		load(r, e.int(i))
	}
	e.times = loadSlice(r, load)
	e.other = loadSlice(r, func(r *reader, v *column.Value) {
		*v = r.value()
		e.texts += len(v.Text())
	})
	return r.err
}
