package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/spill"
)

// held is events that offers of a Live may need yet: those of a chunk, until they are put together with others.
type held struct {
	within  *held // where they are; nil: here
	batches []*column.Batch
	rows    int
	bytes   int
	offers  int // that are held
	merges  int // how often these events were put together
}

// where is the events together with which these are held.
func (h *held) where() *held {
	for h.within != nil {
		h = h.within
	}
	return h
}

// holder is all that is held for offers. What came in small rounds is put together again and again: a vector of one row takes as much as one of fifty.
type holder struct {
	list  []*held // by age
	bytes int
}

// Small amounts of events are put together, so many at a time, up to a size.
const (
	mergedAtOnce = 8
	mergedRows   = 8192
	vectorBytes  = 96 // a vector, without its rows
	offerBytes   = 96 // an offer, and what a machine knows of it
)

// take takes over the events of a round, of which some are needed.
func (s *holder) take(round []*held) {
	s.bytes += s.put(round)
	for n := len(s.list); n >= mergedAtOnce; n = len(s.list) {
		last := s.list[n-mergedAtOnce:]
		rows := 0
		for _, h := range last {
			rows += h.rows
		}
		if last[0].merges != last[mergedAtOnce-1].merges || rows > mergedRows {
			return
		}
		before := 0
		for _, h := range last {
			before += h.bytes
		}
		s.list = s.list[:n-mergedAtOnce]
		s.bytes += s.put(slices.Clone(last)) - before
	}
}

// put puts events together, and gives the bytes that they take then.
func (s *holder) put(parts []*held) int {
	all := &held{}
	var schemas []*column.Schema
	of := map[*column.Schema][]*column.Batch{}
	for _, p := range parts {
		if p.offers == 0 {
			continue
		}
		all.offers, all.merges = all.offers+p.offers, max(all.merges, p.merges+1)
		for _, b := range p.batches {
			if of[b.Schema] == nil {
				schemas = append(schemas, b.Schema)
			}
			of[b.Schema] = append(of[b.Schema], b)
			all.rows += b.Rows
		}
		p.batches, p.within = nil, all
	}
	if all.offers == 0 {
		return 0
	}
	for _, schema := range schemas {
		b := column.Join(of[schema])
		all.batches = append(all.batches, b)
		all.bytes += spill.Weight(b) + vectorBytes*len(b.Cols)
	}
	s.list = append(s.list, all)
	return all.bytes
}

// release says that an offer needs its event no longer.
func (s *holder) release(h *held) {
	if h == nil {
		return
	}
	if h = h.where(); h.offers > 1 {
		h.offers--
		return
	}
	h.offers = 0
	s.bytes -= h.bytes
	h.bytes, h.batches = 0, nil
	s.list = slices.DeleteFunc(s.list, func(x *held) bool { return x == h })
}
