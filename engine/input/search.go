package input

import (
	"slices"
	"strings"

	"spoor/engine/input/needle"
)

// finder finds whose needles a text holds. The needles are in sets of about one length: a set steps over as much as its shortest text lets it.
type finder struct {
	sets   []*needle.Set
	owners [][][]int // of each set: by text, who looks for it
}

// lengths is where the texts of the sets begin to be longer.
var lengths = []int{0, 5, 12}

// newFinder takes the needles of each owner. Of needles for whole records it looks for the pieces that tell most.
func newFinder(needles [][]string, records bool) *finder {
	texts, owners := make([][]string, len(lengths)), make([][][]int, len(lengths))
	known := map[string][2]int{}
	for owner, list := range needles {
		for _, text := range list {
			text = strings.ToLower(text) // only ASCII is left
			at, ok := known[text]
			if !ok {
				class := classOf(text)
				at = [2]int{class, len(texts[class])}
				texts[class], owners[class] = append(texts[class], text), append(owners[class], nil)
				known[text] = at
			}
			owners[at[0]][at[1]] = append(owners[at[0]][at[1]], owner)
		}
	}
	f := &finder{}
	for i := range texts {
		if records {
			texts[i] = needle.Telling(texts[i])
		}
		if set := needle.NewSet(texts[i]); set != nil {
			f.sets, f.owners = append(f.sets, set), append(f.owners, owners[i])
		}
	}
	return f
}

// classOf is the set of a text.
func classOf(text string) int {
	n := len(lengths) - 1
	for len(text) < lengths[n] {
		n--
	}
	return n
}

// search is what a worker needs to use a finder.
type search struct {
	*finder
	texts []int32
}

// within calls visit for every needle that b holds, with its owner; it may do so more than once.
func (s *search) within(b []byte, visit func(owner int)) {
	for i, set := range s.sets {
		s.texts = set.Within(b, s.texts[:0])
		for _, text := range s.texts {
			for _, owner := range s.owners[i][text] {
				visit(owner)
			}
		}
	}
}

// sought is the needles of which a record that the member wants holds one; nil: there are none.
func (p *Pass) sought(m *member) []string {
	if p.config.Full || m.places != nil {
		return nil
	}
	return needle.Cut(m.share.Demand.Needles)
}

// seekers says which members of the pass want only records that hold one of their needles, makes the finder of those whose records are not read
// anyway. If nobody wants all records, others are passed over.
func (p *Pass) seekers() (seeks []bool, f *finder) {
	var needles [][]string
	whole := false
	for _, l := range p.lanes {
		first, open := len(needles), false
		for _, m := range l.members {
			cut := p.sought(m)
			seeks = append(seeks, cut != nil)
			needles = append(needles, cut)
			open = open || cut == nil && m.places == nil
		}
		whole = whole || open
		if l.sifts = open && !l.manner.all && !p.config.Full; l.sifts {
			clear(needles[first:])
			clear(seeks[first:])
		}
	}
	if !whole {
		p.search(slices.Concat(needles...))
	}
	return seeks, newFinder(needles, true)
}
