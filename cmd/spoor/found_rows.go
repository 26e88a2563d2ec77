package main

import (
	"context"
	"slices"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rounds"
	"spoor/engine/rules"
)

// foundRows is what a search found in a round, as what is given together: a row, or those of a sequence.
type foundRows struct {
	batches []*column.Batch
	units   [][]int // of each row of each batch
	many    int     // units
	last    int64   // number of the sequence of the last row; 0: it is of none
}

func (f *foundRows) add(b *column.Batch) {
	numbers, units := b.Col(plan.SequenceNumber), make([]int, b.Rows)
	for row := range units {
		number := numbers.Value(row).Int()
		if number == 0 || number != f.last {
			f.many++
		}
		f.last, units[row] = number, f.many-1
	}
	f.batches, f.units = append(f.batches, b), append(f.units, units)
}

// of is the rows of units that are named in their order.
func (f *foundRows) of(units []int) (out []*column.Batch) {
	for i, b := range f.batches {
		var rows []uint32
		for row, unit := range f.units[i] {
			if _, named := slices.BinarySearch(units, unit); named {
				rows = append(rows, uint32(row))
			}
		}
		if len(rows) > 0 {
			out = append(out, b.Pick(rows))
		}
	}
	return out
}

// known is by what the units are known again: the records on which they rest, which are read once more.
func (f *foundRows) known(ctx context.Context, session *engine.Session, rule *rules.Rule, o engine.RunOptions, zone *time.Location) ([]rounds.Rows, error) {
	at := &whereabouts{session: session, ordinals: map[int]int{}, offsets: map[int][]int64{}}
	found := make([]detect.Found, f.many)
	places := make([][]int64, f.many)
	for i, b := range f.batches {
		proofs, keys := b.Col(plan.Proof), b.Col(plan.GroupKey)
		for row, unit := range f.units[i] {
			x := &found[unit]
			if x.Finding == nil {
				x.Finding = &finding.Finding{Rule: rule}
			}
			if v := keys.Value(row); !v.IsNull() {
				x.Key = v.Clone().String()
			}
			x.Rows = append(x.Rows, finding.RowOf(b, row, plan.SequenceNumber, plan.StageNumber))
			if items := proofs.Value(row).Items(); len(items) > 0 && items[0].Int() >= 0 {
				places[unit] = append(places[unit], at.note(items[0].Int()))
			}
		}
	}
	records, err := at.records(ctx, detect.Options{Compile: engine.Options{Now: o.Clock(), Zone: zone}, Run: o})
	if err != nil {
		return nil, err
	}
	return identified(found, places, records), nil
}

// identified is the units by their records, and those that are alike by which of them they are.
func identified(found []detect.Found, places [][]int64, records map[int64]finding.Record) []rounds.Rows {
	out := make([]rounds.Rows, len(found))
	alike := map[[16]byte]int{}
	for i := range found {
		x := &found[i]
		sure := len(places[i]) > 0
		for _, place := range places[i] {
			x.Known = append(x.Known, records[place])
			sure = sure && records[place].Identity != ""
		}
		if sure { // events that must not be there have a row, and no record
			x.Rows = nil
		}
		first := x.Identify(0)
		out[i] = rounds.Rows{Fingerprint: x.Identify(alike[first]), Records: x.Known}
		alike[first]++
	}
	return out
}

// whereabouts is where among inputs of several rounds records stand.
type whereabouts struct {
	session  *engine.Session
	inputs   input.Inputs
	ordinals map[int]int // by the numbers of the session
	offsets  map[int][]int64
}

// note gives the place of a record among the inputs for its position in the session; -1 if nothing is known of it any more.
func (w *whereabouts) note(position int64) (place int64) {
	number, offset := column.UnpackPosition(position)
	ordinal, known := w.ordinals[number]
	if !known {
		in, _, ok := w.session.Place(position)
		if !ok {
			return -1
		}
		ordinal = len(w.inputs)
		w.ordinals[number], w.inputs = ordinal, append(w.inputs, in)
	}
	w.offsets[ordinal] = append(w.offsets[ordinal], offset)
	return column.PackPosition(ordinal, offset)
}

// records reads the records that were noted.
func (w *whereabouts) records(ctx context.Context, o detect.Options) (map[int64]finding.Record, error) {
	for ordinal, list := range w.offsets {
		slices.Sort(list)
		w.offsets[ordinal] = slices.Compact(list)
	}
	records, err := detect.Records(ctx, w.inputs, w.offsets, o)
	for place, r := range records {
		ordinal, offset := column.UnpackPosition(place)
		r.File, r.Offset = w.inputs[ordinal].Path, offset
		records[place] = r
	}
	return records, err
}
