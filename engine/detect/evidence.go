package detect

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
)

// evidence is the records on which a result rests.
func (r *Report) evidence(found result) (out finding.Evidence) {
	for _, c := range found {
		places, total := c.proof()
		out.Total += total
		for _, at := range places {
			if len(out.Records) < r.options.Evidence {
				out.Records = append(out.Records, r.record(at))
			}
		}
	}
	return out
}

// proof is where the records of a row stand, as far as that is known, and how many they are.
func (c cell) proof() (places []int64, total int64) {
	for _, item := range c.batch.Col(plan.Proof).Value(c.row).Items() {
		if n := item.Int(); n < 0 {
			total = -n
		} else {
			places = append(places, n)
		}
	}
	return places, max(total, int64(len(places)))
}

// record is what is known of the record at a position.
func (r *Report) record(at int64) finding.Record {
	at, ok := r.located(at)
	ordinal, offset := column.UnpackPosition(at)
	if !ok {
		return finding.Record{Offset: offset}
	}
	out := r.records[at]
	out.File, out.Offset = r.options.Run.Inputs[ordinal].Path, offset
	return out
}

// located is a position among the inputs; ok is false if nothing is known of it any more.
func (r *Report) located(at int64) (_ int64, ok bool) {
	if r.locate == nil {
		return at, true
	}
	return r.locate(at)
}

// worthLines is how far into a file lines are counted where little is to be read.
const worthLines = 32 << 20

// lookUp reads the records of all findings once more, where they can be read again.
func (r *Report) lookUp(ctx context.Context) error {
	r.records = map[int64]finding.Record{}
	places := map[int][]int64{}
	for _, x := range r.Outcomes {
		for _, found := range x.results {
			for _, c := range found {
				list, _ := c.proof()
				for _, at := range list[:min(len(list), max(r.options.Evidence, r.options.Compile.Evidence))] {
					if at, ok := r.located(at); ok {
						ordinal, offset := column.UnpackPosition(at)
						places[ordinal] = append(places[ordinal], offset)
					}
				}
			}
		}
	}
	for ordinal, offsets := range places {
		slices.Sort(offsets)
		places[ordinal] = slices.Compact(offsets)
	}
	if len(places) == 0 {
		return nil
	}
	if r.options.Run.Inputs.Files() {
		if err := r.read(ctx, places); err != nil {
			return err
		}
	}
	for ordinal, offsets := range places {
		if r.options.Briefly { // to count lines is to read all that stands before them
			n, _ := slices.BinarySearch(offsets, worthLines)
			offsets = offsets[:n]
		}
		for i, line := range input.Lines(r.options.Run.Inputs[ordinal], offsets) {
			at := column.PackPosition(ordinal, offsets[i])
			record := r.records[at]
			record.Line = line
			r.records[at] = record
		}
	}
	return nil
}

// indexed is inputs of which lines can be told: those that can be read only once note them on the way.
func indexed(in input.Inputs) input.Inputs {
	in = slices.Clone(in)
	for i := range in {
		if in[i].Size < 0 {
			in[i].Lines = &input.LineIndex{}
		}
	}
	return in
}

// recordFields is what is read of a record: who wrote it, and the names of its number and its process in Sysmon's events and in ECS.
var recordFields = []string{column.Position, "_time", "host", "EventRecordID", "ProcessGuid", "event.sequence", "process.entity_id"}

// read reads the records at some places.
func (r *Report) read(ctx context.Context, places map[int][]int64) error {
	config := input.Config{
		BatchRows: r.options.Run.BatchRows, Sourcetypes: r.options.Run.Sourcetypes, Host: r.options.Run.Host, Now: r.options.Compile.Now.UnixNano(), Zone: r.options.Compile.Zone,
		Again: true, Demand: input.Demand{Fields: recordFields, Earliest: input.Beginning, Latest: input.End, Text: true, JSON: true, At: places, All: r.options.Keyed},
	}
	config.BatchRows = max(config.BatchRows, 1024)
	var mu sync.Mutex
	take := func(kind string, b *column.Batch) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		for row := range b.Rows {
			at, record := recordOf(b, row)
			if r.options.Keyed {
				record.Identity = identity(kind, b, row)
			}
			r.records[at] = record
		}
		return false, nil
	}
	workers := r.options.Run.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return input.New(r.options.Run.Inputs, config).Run(ctx, slices.Repeat([]input.Consumer{take}, workers))
}

func recordOf(b *column.Batch, row int) (at int64, out finding.Record) {
	text := func(names ...string) string {
		for _, name := range names {
			if v := b.Col(name).Value(row); !v.IsNull() {
				return v.Clone().String()
			}
		}
		return ""
	}
	out.Host, out.RecordID, out.ProcessGUID = text("host"), text("EventRecordID", "event.sequence"), text("ProcessGuid", "process.entity_id")
	out.Time, _ = b.Col("_time").Value(row).Instant()
	return b.Col(column.Position).Value(row).Int(), out
}

// unproven says whether some rows of a rule that reads events do not tell on which records they rest.
func (x *Outcome) unproven() bool {
	return x.Program.Reads() && slices.ContainsFunc(x.results, func(found result) bool {
		_, total := found[0].proof()
		return total == 0 && x.Rule.Language == rules.SPL
	})
}
