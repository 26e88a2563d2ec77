package input

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Range is the records of an input that begin in the decoded bytes from From to before To. Both are where records begin, or where the input ends.
type Range struct{ From, To int64 }

// Index knows where in an input which times stand.
type Index interface {
	// Ranges is where records can be whose time, by either clock of Sysmon's events, is from earliest to before latest. They are sorted and disjoint.
	Ranges(earliest, latest int64) []Range
}

// aims is where the records stand that a scan is to deliver, as far as an index can tell.
type aims struct {
	all     bool // an index cannot tell
	windows [][2]int64
	places  map[int][]int64 // of records, by the input's ordinal, each list sorted
}

// add puts what somebody demands to it.
func (s *aims) add(d *Demand) {
	switch {
	case d.At != nil:
		if s.places == nil {
			s.places = map[int][]int64{}
		}
		for ordinal, offsets := range d.At {
			list := append(s.places[ordinal], offsets...)
			slices.Sort(list)
			s.places[ordinal] = slices.Compact(list)
		}
	case d.Clock.Field != "" || d.Earliest == Beginning && d.Latest == End:
		s.all = true
	case !slices.Contains(s.windows, [2]int64{d.Earliest, d.Latest}):
		s.windows = append(s.windows, [2]int64{d.Earliest, d.Latest})
	}
}

// extent is a part of an input that is read. What begins behind To is read too, up to the next line's end, but nothing from until on.
type extent struct {
	Range
	until int64
}

// extents is what is read of an input, in its order; nil: all of it.
func (s *Scan) extents(ordinal int) []extent {
	in := &s.inputs[ordinal]
	if s.config.Demand.At != nil || in.Bounds == nil && (in.Index == nil || s.aims.all) {
		return nil
	}
	bounds := Range{0, End}
	if in.Bounds != nil {
		bounds = *in.Bounds
	}
	ranges := []Range{bounds}
	if in.Index != nil && !s.aims.all {
		ranges = ranges[:0]
		for _, w := range s.aims.windows {
			ranges = append(ranges, in.Index.Ranges(w[0], w[1])...)
		}
		ranges = merged(ranges, bounds)
		ranges = withPlaces(ranges, s.aims.places[ordinal], int64(s.config.BlockSize))
	}
	out := make([]extent, 0, len(ranges))
	for i, r := range ranges {
		if r.From >= r.To {
			continue
		}
		x := extent{r, bounds.To}
		if i+1 < len(ranges) {
			x.until = ranges[i+1].From
		}
		out = append(out, x)
	}
	return out
}

// merged is ranges in their order, without what is beyond the bounds; neighbours become one.
func merged(ranges []Range, bounds Range) (out []Range) {
	slices.SortFunc(ranges, func(a, b Range) int { return cmp.Compare(a.From, b.From) })
	for _, r := range ranges {
		r.From, r.To = max(r.From, bounds.From), min(r.To, bounds.To)
		switch n := len(out); {
		case r.From >= r.To:
		case n > 0 && r.From <= out[n-1].To:
			out[n-1].To = max(out[n-1].To, r.To)
		default:
			out = append(out, r)
		}
	}
	return out
}

// withPlaces is ranges with those of records that are in none of them. Records that are near each other are read together.
func withPlaces(ranges []Range, places []int64, near int64) []Range {
	if len(places) == 0 {
		return ranges
	}
	var out []Range
	alone := false // the last range is of places
	for _, at := range places {
		for len(ranges) > 0 && ranges[0].From <= at {
			out, ranges, alone = append(out, ranges[0]), ranges[1:], false
		}
		n := len(out)
		switch {
		case n > 0 && !alone && at < out[n-1].To:
		case alone && at-out[n-1].From < near:
			out[n-1].To = at + 1
		default:
			out, alone = append(out, Range{at, at + 1}), true
		}
	}
	return append(out, ranges...)
}

// length is how many bytes extents are.
func length(list []extent) (n int64) {
	if list == nil {
		return math.MaxInt64
	}
	for _, x := range list {
		n += x.To - x.From
	}
	return n
}

// fits says that an input of a size is shorter than it was when it was found out what is in it.
func (in Input) fits(size int64) error {
	if in.Bounds == nil || in.Bounds.To == End || size >= in.Bounds.To {
		return nil
	}
	return fmt.Errorf("shrank since it was looked at: %d bytes, then %d", in.Bounds.To, size)
}

// leaveOut counts the bytes of an input of a size that an index says need not be read.
func (s *Scan) leaveOut(ordinal int, size int64) {
	in, extents := &s.inputs[ordinal], s.extents(ordinal)
	if in.Index == nil || extents == nil {
		return
	}
	whole := Range{0, size}
	if b := in.Bounds; b != nil {
		whole.From = b.From
		if b.To != End {
			whole.To = b.To
		}
	}
	n := max(whole.To-whole.From, 0)
	for _, x := range extents {
		n -= max(min(x.To, whole.To)-max(x.From, whole.From), 0)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger.Files[ordinal].LeftOut += n
}

// within makes a block one of the next extent that is left of the current file.
func (d *dispenser) within(b *block) {
	for len(d.extents) > 0 && d.extents[0].To <= d.from {
		d.extents = d.extents[1:]
	}
	if len(d.extents) == 0 {
		b.from, b.to = End, End
		return
	}
	x := d.extents[0]
	if d.from <= x.From {
		b.from, b.exact, b.prev = x.From, x.From > 0, nil
	}
	b.to, b.until = min(b.from+int64(d.scan.config.BlockSize), x.To, b.file.size), x.until
}
