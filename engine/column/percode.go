package column

import "weak"

// PerCode is what somebody made of the entries of dictionaries, by code: of the last few of them, since batches of several kinds of events, each with
// its dictionaries, take turns. It keeps no dictionary in memory.
type PerCode[T any] struct {
	kept []perDictionary[T]
	next int // to give its place to another one
}

type perDictionary[T any] struct {
	of   weak.Pointer[Dictionary]
	made []T
}

// turns is of how many dictionaries something is kept: there are hardly as many kinds of events that fill one field of a search.
const turns = 16

// Of is what was made of the first entries of a dictionary; the caller adds the others. It is valid until the next call.
func (p *PerCode[T]) Of(d *Dictionary) *[]T {
	of, place := weak.Make(d), -1
	for i := range p.kept {
		k := &p.kept[i]
		if k.of == of {
			return &k.made
		}
		if k.of.Value() == nil {
			place = i
		}
	}
	switch {
	case place >= 0:
	case len(p.kept) < turns:
		place = len(p.kept)
		p.kept = append(p.kept, perDictionary[T]{})
	default:
		place = p.next
		p.next = (p.next + 1) % turns
	}
	k := &p.kept[place]
	k.of, k.made = of, k.made[:0]
	return &k.made
}

// Room is for how many entries there is memory.
func (p *PerCode[T]) Room() (n int) {
	for i := range p.kept {
		n += cap(p.kept[i].made)
	}
	return n
}
