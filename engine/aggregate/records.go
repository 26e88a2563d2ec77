package aggregate

import (
	"iter"
	"slices"

	"spoor/engine/pages"
)

// records is what several aggregates know of each group, side by side: whoever meets a group for one of them has it at hand for the others.
type records struct {
	words []int64
	width int // words of a group
}

// part is the words of one aggregate in each record.
type part struct {
	*records
	at, size int
}

// alone is a part that has records of its own.
func alone(size int) part { return part{&records{width: size}, 0, size} }

// parted is a state that has a part of records.
type parted interface{ lies() *part }

func (p *part) lies() *part { return p }

// Beside has those of the states that can lie side by side. They must not have met any rows yet, and are to be changed one after the other: it
// says which ones.
func Beside(states []State) (beside []bool) {
	r := &records{}
	beside = make([]bool, len(states))
	for i, s := range states {
		if s, ok := s.(parted); ok {
			p := s.lies()
			p.records, p.at, beside[i] = r, r.width, true
			r.width += p.size
		}
	}
	return beside
}

// len is how many groups there are.
func (r *records) len() int { return len(r.words) / r.width }

// extend makes room for all the groups that occur, which are about to be changed. The first of those who share the records touches them.
func (p *part) extend(groups []uint32) {
	if len(groups) == 0 {
		return
	}
	if n := (int(slices.Max(groups)) + 1) * p.width; n > len(p.words) {
		if n > cap(p.words) { // twice as much: append would copy what is long again and again
			p.words = append(pages.Large(make([]int64, 0, max(n, 2*len(p.words)))), p.words...)
		}
		p.words = p.words[:n]
	}
	if p.at == 0 {
		pages.TouchRecords(p.words, p.width, groups)
	}
}

// met is the groups of another part, and what they become here: so many at a time are touched, and then told.
func (p *part) met(from *part, groups []uint32) iter.Seq2[int, uint32] {
	const some = 1024
	return func(yield func(int, uint32) bool) {
		for at := 0; at < from.len(); at += some {
			these := groups[at:min(at+some, from.len())]
			pages.TouchRecords(p.words, p.width, these)
			for i, g := range these {
				if !yield(at+i, g) {
					return
				}
			}
		}
	}
}

// of is the words of a group, or nil if it was not met.
func (p *part) of(g int) []int64 {
	from := g*p.width + p.at
	if from >= len(p.words) {
		return nil
	}
	return p.words[from:][:p.size]
}

// bytes is what the part takes of the memory of all.
func (p *part) bytes() int { return 8 * cap(p.words) / p.width * p.size }
