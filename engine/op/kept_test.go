package op

import (
	"context"
	"slices"
	"testing"

	"spoor/engine/input"
	"spoor/engine/plan"
)

// keep lets the world know where processes start and end.
func (w *world) keep() {
	w.Kept = &Kept{Whereabouts: everywhere{}, Open: func(_ int, _ input.Range, d input.Demand) (Scanner, error) { return &fakeScan{w, d}, nil }}
}

// everywhere has each time all inputs read.
type everywhere struct{}

func (everywhere) Find(ctx context.Context, _ string, processes []uint64, read func(context.Context, int, input.Range, func(uint64, int64)) error) (map[int][]int64, bool) {
	at := map[int][]int64{}
	err := read(ctx, 0, input.Range{To: input.End}, func(process uint64, offset int64) {
		if slices.Contains(processes, process) {
			at[0] = append(at[0], offset)
		}
	})
	for _, offsets := range at {
		slices.Sort(offsets)
	}
	return at, err == nil
}

// Where it is known where processes start nothing before the window is read but the starts themselves, of a sequence too that looks for a rare stage
// first.
func TestKeptStarts(t *testing.T) {
	const from, to = 100e9, 200e9
	windowed := view()
	windowed.In = &plan.Scan{Earliest: from, Latest: to}
	n := &plan.Sequence{In: enriched(windowed), Stages: []plan.Stage{
		{Cond: is("user", "attacker"), Keys: []plan.Key{{Field: plan.HostID}, {Field: plan.EntityID}}},
		{Cond: is("event.category", "file"), Keys: []plan.Key{{Field: plan.HostID}, {Field: "process.parent.entity_id"}}},
	}}
	w := newWorld(events(`
		start 1 host=host-a guid=GUID-P n=1
		start 2 host=host-a guid=GUID-Q parent=GUID-P n=2
		start 2 host=host-a guid=GUID-R parent=GUID-O n=3
		net 102 host=host-a guid=GUID-P user=attacker n=4
		file 103 host=host-a guid=GUID-Q n=5
		file 103 host=host-a guid=GUID-R n=6`), 2, 2, false)
	w.keep()
	if got := w.sequences(t, n, 2); got != "4 5 (host-a GUID-P)" {
		t.Errorf("got %s", got)
	}
	for i, d := range w.scans {
		if d.At == nil && (d.Earliest != from || d.Latest != to) {
			t.Errorf("scan %d is of %d to %d", i, d.Earliest, d.Latest)
		}
	}
}

// What is not known for one of the names of processes is not known.
func TestKeptStartsThatAreNotKnown(t *testing.T) {
	list := events(`
		start 1 host=a guid=G1 pid=7 cmd=perl
		start 2 host=a pid=8 cmd=sh
		net 3 host=a guid=G1 n=1
		net 3 host=a pid=8 n=2`)
	n := &plan.Sort{In: &plan.Filter{In: enriched(view()), Cond: fn("isnotnull", col("n"))}, Keys: []plan.SortKey{{Name: "n"}}}
	for _, known := range []int{0, 1, 2} {
		w := newWorld(list, 1, 7, false)
		w.keep()
		w.Kept.Whereabouts = &forgetful{known: known}
		got := w.answer(t, n, "n", "process.command_line")
		if want := []string{"1 perl", "2 sh"}; !slices.Equal(got, want) {
			t.Errorf("with %d of the answers: %q, want %q", known, got, want)
		}
	}
}

// forgetful knows so many answers.
type forgetful struct {
	everywhere
	known int
}

func (f *forgetful) Find(ctx context.Context, definition string, processes []uint64, read func(context.Context, int, input.Range, func(uint64, int64)) error) (map[int][]int64, bool) {
	if f.known--; f.known < 0 {
		return nil, false
	}
	return f.everywhere.Find(ctx, definition, processes, read)
}
