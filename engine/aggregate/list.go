package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

var list = &Func{
	Name: "list", Syntax: "list(<field>)", Ordered: true,
	Doc:     "The values in the order of the rows, all of them: Splunk, and --splunk-limits, keep the first 100.",
	Example: "list(n)", Want: "1 4 4 10",
	New: func(most float64) State { return &lists{words: words{typed: true}, most: int(most)} },
}

// lists is the values of each group in the order of the rows, by their numbers: each different value is held once.
type lists struct {
	words  words
	most   int // values that a group keeps; 0: all
	groups [][]uint32
	bytes  int
}

func (l *lists) Add(groups []uint32, args []column.Vector) {
	l.groups = extend(l.groups, groups)
	switch v := args[0].(type) {
	case *column.Dict:
		if v.Dictionary.Lists() {
			each(groups, column.Flatten(v), l.add)
			return
		}
		ids := l.words.translated(v.Dictionary)
		for i, g := range groups {
			if id := ids[v.Codes[i]]; id != missing {
				l.addID(g, id)
			}
		}
	case *column.Const:
		for i := range groups { // a constant list repeats row by row, not value by value
			each(groups[i:i+1], v.Slice(i, i+1), l.add)
		}
	default:
		each(groups, v, l.add)
	}
}

func (l *lists) add(g uint32, v column.Value) {
	if l.most == 0 || len(l.groups[g]) < l.most {
		l.addID(g, l.words.id(v))
	}
}

func (l *lists) addID(g, id uint32) {
	have := l.groups[g]
	if l.most > 0 && len(have) >= l.most {
		return
	}
	before := cap(have)
	have = append(have, id)
	l.groups[g] = have
	l.bytes += 4 * (cap(have) - before)
}

// Merge takes the rows of the other state to come after these.
func (l *lists) Merge(from State, groups []uint32) {
	f := from.(*lists)
	l.groups = extend(l.groups, groups)
	ids := l.words.merge(&f.words)
	for i, items := range f.groups {
		for _, id := range items {
			l.addID(groups[i], ids[id])
		}
	}
}

func (l *lists) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		items := at(l.groups, g)
		out := make([]column.Value, len(items))
		for i, id := range items {
			out[i] = l.words.value(id)
		}
		return column.Multi(out)
	})
}

func (l *lists) Size() int { return l.words.size() + 24*cap(l.groups) + l.bytes }

func (l *lists) Save(to *bufio.Writer, groups []uint32) {
	w := newWordWriter(writer{to}, &l.words)
	saveSlice(w.writer, l.groups, groups, func(_ writer, items *[]uint32) {
		w.uint(uint64(len(*items)))
		for _, id := range *items {
			w.word(id)
		}
	})
}

func (l *lists) Load(from *bufio.Reader) error {
	r := &wordReader{reader: &reader{Reader: from}, words: &l.words}
	l.groups = loadSlice(r.reader, func(_ *reader, items *[]uint32) {
		for range r.items {
			if id := r.word(); r.err == nil {
				*items = append(*items, id)
			}
		}
		l.bytes += 4 * cap(*items)
	})
	return r.err
}
