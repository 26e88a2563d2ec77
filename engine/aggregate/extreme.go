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
	New: func(float64) State { return &extremes{sign: 1} },
}

var maximum = &Func{
	Name: "max", Syntax: "max(<field>)", Whole: true,
	Doc:     "The greatest value: of the texts by their bytes if there are any, else of the numbers. Times give seconds since 1970.",
	Example: "max(n)", Want: "10",
	New: func(float64) State { return &extremes{sign: -1} },
}

// extremes is the least value of each group, or the greatest if the sign is -1.
type extremes struct {
	sign  int
	times []extremeInt // of columns of times, in nanoseconds
	ints  []extremeInt
	other []column.Value // of all other columns, plain

	from  *column.Dictionary
	plain []column.Value // the entries of from
	texts int
}

type extremeInt struct {
	v  int64
	ok bool
}

func (e *extremes) Add(groups []uint32, args []column.Vector) {
	switch v := args[0].(type) {
	case *column.Times:
		e.times = extend(e.times, groups)
		addInts(e.times, groups, v, e.sign)
	case *column.Ints:
		e.ints = extend(e.ints, groups)
		addInts(e.ints, groups, v, e.sign)
	case *column.Strings:
		e.addTexts(groups, v)
	case *column.Dict:
		e.other = extend(e.other, groups)
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
		e.other = extend(e.other, groups)
		each(groups, v, func(g uint32, x column.Value) { e.offer(g, plain(x)) })
	}
}

// addTexts takes texts that are whole numbers for integers, which take less room.
func (e *extremes) addTexts(groups []uint32, v *column.Strings) {
	e.ints = extend(e.ints, groups)
	for i, g := range groups {
		if v.Null != nil && v.Null[i] {
			continue
		}
		if n, ok := column.ParseWhole(v.Values[i]); ok {
			e.ints[g].offer(n, e.sign)
			continue
		}
		if len(e.other) <= int(g) {
			e.other = extend(e.other, groups)
		}
		e.offer(g, plain(column.Str(v.Values[i])))
	}
}

func (b *extremeInt) offer(x int64, sign int) {
	if !b.ok || sign > 0 && x < b.v || sign < 0 && x > b.v {
		*b = extremeInt{x, true}
	}
}

func addInts[T int64 | column.Instant](best []extremeInt, groups []uint32, v *column.Flat[T], sign int) {
	for i, g := range groups {
		if v.Null != nil && v.Null[i] {
			continue
		}
		best[g].offer(int64(v.Values[i]), sign)
	}
}

// entries is a dictionary's entries as plain values.
func (e *extremes) entries(d *column.Dictionary) []column.Value {
	if e.from != d {
		e.from, e.plain = d, e.plain[:0]
	}
	for code := len(e.plain); code < d.Len(); code++ {
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
		e.plain = append(e.plain, v)
	}
	return e.plain
}

func (e *extremes) offer(g uint32, v column.Value) {
	if v.IsNull() {
		return
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
	e.times = mergeInts(e.times, f.times, groups, e.sign)
	e.ints = mergeInts(e.ints, f.ints, groups, e.sign)
	if f.other != nil {
		e.other = extend(e.other, groups)
	}
	for i, v := range f.other {
		e.offer(groups[i], v)
	}
}

func mergeInts(to, from []extremeInt, groups []uint32, sign int) []extremeInt {
	if from == nil {
		return to
	}
	to = extend(to, groups)
	for i, x := range from {
		if x.ok {
			to[groups[i]].offer(x.v, sign)
		}
	}
	return to
}

// Result is null, Int, Float or String per group; of a column of times, always Float.
func (e *extremes) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		best := at(e.other, g)
		if x := at(e.ints, g); x.ok {
			best = e.better(best, column.Integer(x.v))
		}
		if x := at(e.times, g); x.ok {
			best = e.better(best, column.Real(column.Seconds(x.v)))
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
	return 16*(cap(e.times)+cap(e.ints)) + 48*(cap(e.other)+cap(e.plain)) + e.texts
}

func (e *extremes) Save(w *bufio.Writer, groups []uint32) {
	for _, ints := range [][]extremeInt{e.times, e.ints} {
		saveSlice(writer{w}, ints, groups, func(w writer, x *extremeInt) {
			w.flag(x.ok)
			w.int(x.v)
		})
	}
	saveSlice(writer{w}, e.other, groups, func(w writer, v *column.Value) { w.value(*v) })
}

func (e *extremes) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	for _, ints := range []*[]extremeInt{&e.times, &e.ints} {
		*ints = loadSlice(r, func(r *reader, x *extremeInt) { x.ok, x.v = r.flag(), r.int() })
	}
	e.other = loadSlice(r, func(r *reader, v *column.Value) {
		*v = r.value()
		e.texts += len(v.Text())
	})
	return r.err
}
