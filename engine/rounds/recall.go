package rounds

import (
	"cmp"
	"slices"

	"spoor/engine/detect"
	"spoor/engine/state"
	"spoor/engine/timeindex"
)

// recalled is how far logs were read as of a run.
type recalled struct {
	positions []state.Position
	holders   []int   // which file each of them is in now; absent: none
	offsets   []int64 // by file: up to where it was read
}

const absent = -1

// recall finds out up to where each file was read by the runs that the rules go on from.
func (r *round) recall() error {
	r.before = map[uint64]*recalled{}
	for _, rule := range append(r.rules[:len(r.rules):len(r.rules)], listening) {
		run := r.marks[detect.NameOf(rule)].Run
		if r.before[run] != nil || run == 0 {
			continue
		}
		positions, err := r.store.Positions(run)
		if err != nil {
			return err
		}
		r.before[run] = recallIn(r.files, positions)
	}
	return nil
}

// recallIn looks for the text before each position in the files. Of several positions that a log had when it was there the last one counts. When it
// was not, they are those of rules that had not come equally far, and the first one does.
func recallIn(files []File, positions []state.Position) *recalled {
	out := &recalled{positions, slices.Repeat([]int{absent}, len(positions)), make([]int64, len(files))}
	by := map[timeindex.Key][]int{}
	var all []int
	for n, p := range positions {
		by[p.Key] = append(by[p.Key], n)
		all = append(all, n)
	}
	for i, f := range files {
		likely := all
		if f.Keys != nil {
			likely = nil
			for _, k := range f.Keys {
				likely = append(likely, by[k]...)
			}
		}
		there, gone := int64(0), int64(0)
		for _, n := range likely {
			offset, ok := f.Seen(positions[n])
			if !ok {
				continue
			}
			out.holders[n] = i
			switch {
			case positions[n].Gone == 0:
				there = max(there, offset)
			case gone == 0 || offset < gone:
				gone = offset
			}
		}
		out.offsets[i] = cmp.Or(there, gone)
	}
	return out
}

// mostAbsent is how many positions are kept at most of logs that are not there.
const mostAbsent = 10_000

// reached is up to where the files were read, and those that are not there or could not be read are as they were left by the runs that the rules went on
// from. If one of the rules went on from none they are forgotten: it has read nothing of them.
func (r *round) reached(report *detect.Report, from map[uint64]bool) (out []state.Position) {
	failed := map[string]bool{}
	for _, f := range report.Ledger.Files {
		failed[f.Path] = f.Failed != ""
	}
	lost, passing := make([]bool, len(r.files)), map[string]bool{}
	for i, f := range r.files {
		lost[i] = f.At.Failed == "" && failed[f.Input.Path]
		if passing[f.At.Path] = f.Passing; !lost[i] {
			out = append(out, f.At)
		}
	}
	if from[0] {
		return out
	}
	var gone []state.Position
	known := map[state.Position]bool{}
	for run := range from {
		before := r.before[run]
		for n, p := range before.positions {
			i := before.holders[n]
			if i != absent && !lost[i] || p.Offset == 0 || passing[p.Path] || r.outlived(p) {
				continue
			}
			p.Gone, p.Failed = cmp.Or(p.Gone, r.now().UnixNano()), ""
			if !known[p] {
				known[p] = true
				gone = append(gone, p)
			}
		}
	}
	slices.SortFunc(gone, func(a, b state.Position) int {
		return cmp.Or(cmp.Compare(b.Gone, a.Gone), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Offset, b.Offset))
	})
	return append(out, gone[:min(len(gone), mostAbsent)]...)
}

// outlived says whether a log is not there for longer than anything is remembered.
func (r *round) outlived(p state.Position) bool {
	return p.Gone != 0 && r.options.Remember > 0 && r.now().UnixNano()-p.Gone > int64(r.options.Remember)
}
