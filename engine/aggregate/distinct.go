package aggregate

import (
	"bufio"
	"cmp"
	"slices"

	"spoor/engine/column"
)

var distinct = &Func{
	Name: "dc", Aliases: []string{"distinct_count"}, Syntax: "dc(<field>)",
	Doc:     "The number of different values, compared as text.",
	Example: "dc(n)", Want: "3",
	New: func(float64) State {
		return &distincts{result: distinctCount, count: func(different int) int64 { return int64(different) }}
	},
}

var estimatedDistinct = &Func{
	Name: "estdc", Syntax: "estdc(<field>)",
	Doc:     "The number of different values. Splunk estimates it; here it is exact, like dc.",
	Example: "estdc(n)", Want: "3",
	New: func(float64) State {
		return &distincts{result: distinctCount, count: func(different int) int64 { return int64(different) }}
	},
}

var estimatedDistinctError = &Func{
	Name: "estdc_error", Syntax: "estdc_error(<field>)",
	Doc:     "The relative error of estdc, which is always 0.",
	Example: "estdc_error(n)", Want: "0",
	New: func(float64) State {
		return &distincts{
			result: func(_ *distincts, n int) column.Vector { return &column.Ints{Values: make([]int64, n)} },
			count:  func(int) int64 { return 0 },
		}
	},
}

var values = &Func{
	Name: "values", Syntax: "values(<field>)",
	Doc:     "The different values as a multivalue of texts, in the order of their bytes.",
	Example: "values(name)", Want: "a b c",
	New: func(float64) State { return &distincts{result: distinctValues} },
}

var mode = &Func{
	Name: "mode", Syntax: "mode(<field>)",
	Doc:     "The most frequent value, as text; of several, the first in the order of sort.",
	Example: "mode(n)", Want: "4",
	New: func(float64) State { return &distincts{pairs: pairs{counted: true}, result: mostFrequent} },
}

// distincts is the different values of each group.
type distincts struct {
	words  words
	pairs  pairs
	last   []uint32 // the value of each group's last row, which is often the next one's too
	repeat []uint64 // how often it came again without being told to pairs
	result func(d *distincts, n int) column.Vector
	count  func(different int) int64 // the result, if it follows from how many values are different; else nil
}

func (d *distincts) Add(groups []uint32, args []column.Vector) {
	d.last, d.repeat = extend(d.last, groups), extend(d.repeat, groups)
	d.pairs.rows = nil
	switch v := args[0].(type) {
	case *column.Dict:
		ids := d.words.translated(v.Dictionary)
		for i, g := range groups {
			switch id := ids[v.Codes[i]]; id {
			case missing:
			case several:
				each(groups[i:i+1], v.Slice(i, i+1), d.add)
			default:
				d.addID(g, id)
			}
		}
	case *column.Const:
		for _, x := range v.V.Items() {
			id := d.words.id(x)
			for _, g := range groups {
				d.addID(g, id)
			}
		}
	default:
		each(groups, v, d.add)
	}
}

func (d *distincts) add(g uint32, v column.Value) { d.addID(g, d.words.id(v)) }

func (d *distincts) addID(g, id uint32) {
	if d.last[g] == id {
		d.repeat[g]++
		return
	}
	d.flush(int(g))
	d.last[g] = id
	d.pairs.add(g, id, 1)
}

// flush tells pairs of the repetitions of a group's last value.
func (d *distincts) flush(g int) {
	if d.repeat[g] > 0 {
		d.pairs.add(uint32(g), d.last[g], d.repeat[g])
		d.repeat[g] = 0
	}
}

func (d *distincts) Merge(from State, groups []uint32) {
	f := from.(*distincts)
	d.last, d.repeat = extend(d.last, groups), extend(d.repeat, groups)
	d.pairs.rows = nil
	ids := d.words.merge(&f.words)
	d.pairs.merge(&f.pairs, groups, ids)
	for g, n := range f.repeat {
		if n > 0 {
			d.pairs.add(groups[g], ids[f.last[g]], n)
		}
	}
}

func (d *distincts) Result(n int) column.Vector { return d.result(d, n) }

func (d *distincts) Size() int { return d.words.size() + d.pairs.size() + 12*cap(d.last) }

func (d *distincts) Save(to *bufio.Writer, groups []uint32) {
	for g := range d.repeat {
		d.flush(g)
	}
	w := newWordWriter(writer{to}, &d.words)
	d.pairs.save(w.writer, groups, w.word)
}

func (d *distincts) Load(from *bufio.Reader) error {
	r := &wordReader{reader: &reader{Reader: from}, words: &d.words}
	d.pairs.load(r.reader, r.word)
	return r.err
}

func distinctCount(d *distincts, n int) column.Vector {
	out := &column.Ints{Values: make([]int64, n)}
	for pair := range d.pairs.all {
		if int(pair.group) < n {
			out.Values[pair.group]++
		}
	}
	return out
}

func distinctValues(d *distincts, n int) column.Vector {
	ranks := d.words.ranks()
	groups := d.pairs.byGroup(n)
	return results(n, func(g int) column.Value {
		slices.SortFunc(groups[g], func(a, b tally) int { return cmp.Compare(ranks[a.id], ranks[b.id]) })
		out := make([]column.Value, len(groups[g]))
		for i, t := range groups[g] {
			out[i] = column.Str(d.words.text(t.id))
		}
		return column.Multi(out)
	})
}

func mostFrequent(d *distincts, n int) column.Vector {
	best := make([]tally, n)
	for pair, count := range d.pairs.all {
		g := int(pair.group)
		if g >= n {
			continue
		}
		if g < len(d.last) && d.last[g] == pair.id {
			count += d.repeat[g]
		}
		b := &best[g]
		if count > b.count || count == b.count && column.Compare(column.Str(d.words.text(pair.id)), column.Str(d.words.text(b.id))) < 0 {
			*b = tally{pair.id, count}
		}
	}
	return results(n, func(g int) column.Value {
		if best[g].count == 0 {
			return column.Value{}
		}
		return column.Str(d.words.text(best[g].id))
	})
}
