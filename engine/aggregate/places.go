package aggregate

import (
	"bufio"
	"slices"

	"spoor/engine/column"
)

// Places is how many records a group rests on, and where the first of them are: no search can name it. Its result is the number, negative, and
// behind it the positions; its argument is the position of a record, or such a result. The parameter is the most positions that are kept.
var Places = &Func{Name: "\x00places", New: func(most float64) State { return &places{most: int(most)} }}

type places struct {
	most   int
	groups []placed
	bytes  int
}

type placed struct {
	count int64
	first []int64 // in order
}

func (p *places) Add(groups []uint32, args []column.Vector) {
	p.groups = extend(p.groups, groups)
	for i, g := range groups {
		for n, item := range args[0].Value(i).Items() {
			switch at := item.Int(); {
			case at < 0:
				p.groups[g].count -= at
			default:
				p.keep(g, at)
				if n == 0 { // a record, and not the result of another group
					p.groups[g].count++
				}
			}
		}
	}
}

func (p *places) keep(g uint32, at int64) {
	x := &p.groups[g]
	i, twice := slices.BinarySearch(x.first, at)
	if twice || i == p.most {
		return
	}
	if len(x.first) == p.most {
		x.first = x.first[:p.most-1]
	}
	before := cap(x.first)
	x.first = slices.Insert(x.first, i, at)
	p.bytes += 8 * (cap(x.first) - before)
}

func (p *places) Merge(from State, groups []uint32) {
	f := from.(*places)
	p.groups = extend(p.groups, groups)
	for i, x := range f.groups {
		p.groups[groups[i]].count += x.count
		for _, at := range x.first {
			p.keep(groups[i], at)
		}
	}
}

func (p *places) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		x := at(p.groups, g)
		if x.count == 0 {
			return column.Value{}
		}
		out := []column.Value{column.Integer(-x.count)}
		for _, at := range x.first {
			out = append(out, column.Integer(at))
		}
		return column.Multi(out)
	})
}

func (p *places) Size() int { return 32*cap(p.groups) + p.bytes }

func (p *places) Save(to *bufio.Writer, groups []uint32) {
	saveSlice(writer{to}, p.groups, groups, func(w writer, x *placed) {
		w.int(x.count)
		w.uint(uint64(len(x.first)))
		for _, at := range x.first {
			w.int(at)
		}
	})
}

func (p *places) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	p.groups = loadSlice(r, func(r *reader, x *placed) {
		x.count = r.int()
		for range r.items {
			x.first = append(x.first, r.int())
		}
		p.bytes += 8 * cap(x.first)
	})
	return r.err
}
