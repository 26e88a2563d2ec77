package op

import (
	"maps"
	"slices"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
)

// picker is the sink of the events at some positions.
type picker struct {
	wanted map[int64]bool
	kept   []*column.Batch
}

func (p *picker) Add(b *column.Batch) bool {
	pos := b.Col(plan.Position)
	var rows []uint32
	for r := range b.Rows {
		if !pos.IsNull(r) && p.wanted[pos.Value(r).Int()] {
			rows = append(rows, uint32(r))
		}
	}
	if len(rows) > 0 {
		p.kept = append(p.kept, b.Pick(rows).Keep())
	}
	return false
}

func (p *picker) Merge(from Sink)       { p.kept = append(p.kept, from.(*picker).kept...) }
func (p *picker) Result() column.Stream { return nothing }

// shelf holds the events of findings by their positions.
type shelf struct {
	*rows
	places map[int64]uint32 // number of the row
	none   uint32           // the row without values
}

func newShelf(kept []*column.Batch, arrange func([]string) []string) *shelf {
	nobody := column.NewBatch(column.NewSchema(), nil, 1)
	s := &shelf{rows: newRows(append(kept, nobody), arrange), places: map[int64]uint32{}}
	for i, b := range kept {
		pos := b.Col(plan.Position)
		for r := range b.Rows {
			s.places[pos.Value(r).Int()] = uint32(s.starts[i] + r)
		}
	}
	s.none = uint32(s.n - 1)
	return s
}

// row is the number of the row at a place.
func (s *shelf) row(p spot) uint32 {
	if r, ok := s.places[p.pos]; ok {
		return r
	}
	return s.none
}

// events is the events of findings: those that were kept, or else from a further scan.
func (r *runner) events(f flow, need plan.Need, table *processes, list []finding) ([]*column.Batch, error) {
	var places []int64
	kept := map[*column.Batch]bool{}
	for _, x := range list {
		for _, e := range x.events {
			if e.pos == nowhere {
				continue
			}
			places = append(places, e.pos)
			if e.kept != nil {
				kept[e.kept] = true
			}
		}
	}
	if r.Rescan != nil {
		return r.fetch(f, need, table, places)
	}
	p := newPicker(places)
	for b := range kept {
		p.Add(b)
	}
	return p.kept, nil
}

func newPicker(places []int64) *picker {
	p := &picker{wanted: make(map[int64]bool, len(places))}
	for _, at := range places {
		p.wanted[at] = true
	}
	return p
}

// fetch reads the events at some places again, with all that is needed of them.
func (r *runner) fetch(f flow, need plan.Need, table *processes, places []int64) ([]*column.Batch, error) {
	if len(places) == 0 {
		return nil, nil
	}
	p := newPicker(places)
	in := r.intake(f, need, table, func(*binder) Sink { return &picker{wanted: p.wanted} })
	if err := r.failed(); err != nil {
		return nil, err
	}
	in.again = true
	sink, err := in.runAt(at(p.wanted))
	if err != nil {
		return nil, err
	}
	return sink.(*picker).kept, nil
}

// at is positions as a scan wants them.
func at(positions map[int64]bool) map[int][]int64 {
	out := map[int][]int64{}
	for _, p := range slices.Sorted(maps.Keys(positions)) {
		file, offset := column.UnpackPosition(p)
		out[file] = append(out[file], offset)
	}
	return out
}

// runAt reads the flow once more, and of the inputs only the records at some offsets.
func (in *intake) runAt(offsets map[int][]int64) (Sink, error) {
	return in.run(func(d input.Demand) (Scanner, error) {
		d.At, d.Needles = offsets, nil
		return in.r.Rescan(d)
	})
}
