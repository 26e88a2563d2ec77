package rehearsal

import (
	"context"
	"runtime"
	"slices"
	"sort"
	"time"

	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/input"
)

// slack is how much older than records before it a record may be without being late.
const slack = int64(time.Second)

// arrivals is when records had been written. No log says so: it is taken as the greatest time of all records before them in their file, if that is
// later than their own by more than the slack.
type arrivals struct {
	offsets map[string][]int64 // of the records that somebody asks about, by file
	newest  map[string][]int64 // the greatest time before each of them
}

// note remembers that somebody will ask about records.
func (a *arrivals) note(list []finding.Record) {
	for _, record := range list {
		a.offsets[record.File] = append(a.offsets[record.File], record.Offset)
	}
}

// of is when a record had been written; 0 if it was not late.
func (a *arrivals) of(r finding.Record) int64 {
	i, known := slices.BinarySearch(a.offsets[r.File], r.Offset)
	if !known || r.Time == 0 {
		return 0
	}
	if newest := a.newest[r.File][i]; newest-slack > r.Time {
		return newest
	}
	return 0
}

// arrive finds out when the records of all findings had been written.
func (r *rehearsal) arrive(ctx context.Context) error {
	a := &arrivals{offsets: map[string][]int64{}}
	for _, c := range r.courses {
		for _, x := range c.items {
			for _, s := range x.seen {
				a.note(s.records)
			}
		}
	}
	if err := a.read(ctx, r.options, r.begin); err != nil {
		return err
	}
	for _, c := range r.courses {
		for _, x := range c.items {
			for i := range x.seen {
				x.seen[i].arrived = a.all(x.seen[i].records, c.asked)
			}
		}
	}
	return nil
}

// all is when all of some records had been written or, of a group, any of them.
func (a *arrivals) all(list []finding.Record, any bool) int64 {
	if len(list) == 0 {
		return 0
	}
	out := a.of(list[0])
	for _, record := range list[1:] {
		if any {
			out = min(out, a.of(record))
		} else {
			out = max(out, a.of(record))
		}
	}
	return out
}

// read reads the times of all records.
func (a *arrivals) read(ctx context.Context, o Options, begin func(Reading)) error {
	if len(a.offsets) == 0 {
		return nil
	}
	in, workers := a.inputs(o.Detect.Run.Inputs), o.Detect.Run.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	tallies := make([]tally, workers)
	consumers := make([]input.Consumer, workers)
	for i := range tallies {
		tallies[i] = make(tally, len(in))
		for file := range in {
			tallies[i][file] = make([]int64, len(a.offsets[in[file].Path])+1)
		}
		consumers[i] = func(_ string, b *column.Batch) (bool, error) {
			tallies[i].add(b, in, a.offsets)
			return false, nil
		}
	}
	config := input.Config{
		Host: o.Detect.Run.Host, Now: o.Detect.Compile.Now.UnixNano(), Zone: o.Detect.Compile.Zone, Again: true,
		Demand: input.Demand{Fields: []string{column.Position, "_time"}, Earliest: input.Beginning, Latest: input.End, Text: true, JSON: true},
	}
	scan := input.New(in, config)
	begin(progress{scan})
	if err := scan.Run(ctx, consumers); err != nil {
		return err
	}
	a.newest = map[string][]int64{}
	for file := range in {
		a.newest[in[file].Path] = greatest(tallies, file)
	}
	return nil
}

// progress is that of a scan.
type progress struct{ *input.Scan }

func (p progress) Progress() (done, total int64) { return p.Bytes(), p.Total() }

// inputs is the files of the records that somebody asks about, up to the last of these in each.
func (a *arrivals) inputs(all input.Inputs) (out input.Inputs) {
	for file, offsets := range a.offsets {
		slices.Sort(offsets)
		a.offsets[file] = slices.Compact(offsets)
	}
	for _, in := range all {
		offsets := a.offsets[in.Path]
		if len(offsets) == 0 {
			continue
		}
		in.Index, in.Bounds = nil, &input.Range{To: offsets[len(offsets)-1] + 1}
		out = append(out, in)
	}
	return out
}

// tally is, by input, the greatest times between neighbours among the offsets.
type tally [][]int64

func (t tally) add(b *column.Batch, in input.Inputs, offsets map[string][]int64) {
	places, times := b.Col(column.Position), b.Col("_time")
	for row := range b.Rows {
		at, known := times.Value(row).Instant()
		if !known {
			continue
		}
		file, offset := column.UnpackPosition(places.Value(row).Int())
		list := offsets[in[file].Path]
		i := sort.Search(len(list), func(i int) bool { return list[i] > offset })
		t[file][i] = max(t[file][i], at)
	}
}

// greatest is the greatest time before each of the offsets in a file.
func greatest(tallies []tally, file int) []int64 {
	out := slices.Clone(tallies[0][file])
	for i := range out {
		if i > 0 {
			out[i] = out[i-1]
		}
		for _, t := range tallies {
			out[i] = max(out[i], t[file][i])
		}
	}
	return out
}
