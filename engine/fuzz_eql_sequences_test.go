package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// sequences is those that the documents hold, which are in order, by the rules of Elasticsearch; in the order of their last events.
func (q *simpleQuery) sequences(docs []document) []string {
	var steps []int // of each event of a sequence its term
	for i, s := range q.terms {
		for range s.runs {
			if !s.missing {
				steps = append(steps, i)
			}
		}
	}
	pending := make([]map[string][]int, len(steps)) // of each step, by key, the events so far
	for i := range pending {
		pending[i] = map[string][]int{}
	}
	var out []string
	for e := range docs {
		for i := len(steps) - 1; i >= 0; i-- {
			term := &q.terms[steps[i]]
			if !term.holds(&docs[e]) {
				continue
			}
			for _, key := range term.keysOf(&docs[e]) {
				var events []int
				if i > 0 {
					before, ok := pending[i-1][key]
					delete(pending[i-1], key)
					if !ok || q.maxSpan > 0 && docs[e].at.Sub(docs[before[0]].at) > q.maxSpan {
						continue
					}
					events = before
				}
				if events = append(slices.Clone(events), e); i < len(steps)-1 {
					pending[i][key] = events
				} else if !q.spoilt(docs, events, key) {
					out = append(out, q.spelled(docs, events))
				}
			}
		}
		if q.until != nil && q.until.holds(&docs[e]) {
			for _, key := range q.until.keysOf(&docs[e]) {
				for i := range pending {
					delete(pending[i], key)
				}
			}
		}
	}
	return out
}

// spelled is the numbers of a sequence's events, with a dash where an event is missing.
func (q *simpleQuery) spelled(docs []document, events []int) string {
	var ids []string
	for _, s := range q.terms {
		for range s.runs {
			if s.missing {
				ids = append(ids, "-")
				continue
			}
			ids = append(ids, fmt.Sprint(docs[events[0]].n))
			events = events[1:]
		}
	}
	return strings.Join(ids, ",")
}

// spoilt says whether there is an event that should be missing: between its neighbours, or no farther than maxspan before the first event
// or behind it. Where both of these are, they must be so near to each other.
func (q *simpleQuery) spoilt(docs []document, events []int, key string) bool {
	first, last := events[0], events[len(events)-1]
	at := 0 // number of events before the term
	var leading, trailing bool
	var lead, trail []time.Time
	for i := range q.terms {
		s := &q.terms[i]
		if !s.missing {
			at += s.runs
			continue
		}
		leading, trailing = leading || at == 0, trailing || at == len(events)
		for e := range docs {
			if !s.holds(&docs[e]) || !slices.Contains(s.keysOf(&docs[e]), key) {
				continue
			}
			switch {
			case at == 0:
				if e < first && docs[first].at.Sub(docs[e].at) <= q.maxSpan {
					lead = append(lead, docs[e].at)
				}
			case at == len(events):
				if e > last && docs[e].at.Sub(docs[first].at) <= q.maxSpan {
					trail = append(trail, docs[e].at)
				}
			case events[at-1] < e && e < events[at]:
				return true
			}
		}
	}
	if !leading || !trailing {
		return len(lead)+len(trail) > 0
	}
	for _, a := range lead {
		for _, b := range trail {
			if b.Sub(a) <= q.maxSpan {
				return true
			}
		}
	}
	return false
}

// samples is the keys of which there is a sample, as the numbers of its events: of the earliest that will do.
func (q *simpleQuery) samples(docs []document) []string {
	byKey := map[string][][]int{} // the events of each term
	for i := range q.terms {
		for e := range docs {
			if !q.terms[i].holds(&docs[e]) {
				continue
			}
			for _, key := range q.terms[i].keysOf(&docs[e]) {
				if byKey[key] == nil {
					byKey[key] = make([][]int, len(q.terms))
				}
				byKey[key][i] = append(byKey[key][i], e)
			}
		}
	}
	var out []string
	for _, choices := range byKey {
		if chosen := distinct(choices, nil); chosen != nil {
			out = append(out, q.spelled(docs, chosen))
		}
	}
	slices.Sort(out)
	return out
}

// distinct is one event of each list, no event twice; nil if there are none.
func distinct(choices [][]int, chosen []int) []int {
	if len(choices) == 0 {
		return chosen
	}
	for _, e := range choices[0] {
		if slices.Contains(chosen, e) {
			continue
		}
		if all := distinct(choices[1:], append(slices.Clone(chosen), e)); all != nil {
			return all
		}
	}
	return nil
}
