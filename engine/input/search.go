package input

import (
	"strings"

	"spoor/engine/input/needle"
)

// search is the needles of all members of a pass, in sets of texts of about one length: a set steps over as much as its shortest text lets it.
type search struct {
	sets   []*needle.Set
	owners [][][]int // of each set: by text the members that look for it, as they are numbered over all lanes
	seeks  []bool    // by member: it wants only records that hold a needle
}

// lengths is where the sets' texts begin to be longer.
var lengths = []int{0, 5, 12}

// newSearch makes the sets; if everything is looked at, there are none.
func newSearch(lanes []*lane, everything bool) *search {
	s := &search{}
	texts, owners := make([][]string, len(lengths)), make([][][]int, len(lengths))
	known := map[string][2]int{}
	for _, l := range lanes {
		for _, m := range l.members {
			cut := needle.Cut(m.share.Demand.Needles)
			n := len(s.seeks)
			s.seeks = append(s.seeks, cut != nil && !everything && m.places == nil)
			if !s.seeks[n] {
				continue
			}
			for _, text := range cut {
				text = strings.ToLower(text) // only ASCII is left
				at, ok := known[text]
				if !ok {
					at = [2]int{class(text), 0}
					at[1] = len(texts[at[0]])
					texts[at[0]], owners[at[0]] = append(texts[at[0]], text), append(owners[at[0]], nil)
					known[text] = at
				}
				owners[at[0]][at[1]] = append(owners[at[0]][at[1]], n)
			}
		}
	}
	for i := range texts {
		if set := needle.NewSet(needle.Telling(texts[i])); set != nil {
			s.sets, s.owners = append(s.sets, set), append(s.owners, owners[i])
		}
	}
	return s
}

// class is the set of a text.
func class(text string) int {
	n := len(lengths) - 1
	for len(text) < lengths[n] {
		n--
	}
	return n
}
