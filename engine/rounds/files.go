package rounds

import (
	"slices"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/state"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// FilesOf is the files that were looked at.
func FilesOf(members []*timeindex.Member) []File {
	out := make([]File, 0, len(members))
	for _, m := range members {
		if m.Within != "" {
			continue
		}
		p := state.Position{Path: m.Input.Path, Key: m.Key, Offset: m.End, Tail: m.Tail}
		if m.Failed != nil {
			p.Failed = source.Reason(m.Failed)
		}
		if _, last, ok := m.Bounds(); ok {
			p.Newest = last
		}
		out = append(out, File{Input: m.Input, At: p, Since: m.Since, Keys: m.Keys(), Member: m, Seen: func(p state.Position) (int64, bool) { return m.Seen(p.Key, p.Offset, p.Tail) }})
	}
	return out
}

// starts knows where in the files processes start; nil if nobody does.
func (r *round) starts() engine.Whereabouts {
	if r.options.Starts == nil {
		return nil
	}
	members := make([]*timeindex.Member, len(r.files))
	for i, f := range r.files {
		if members[i] = f.Member; f.Member == nil {
			return nil
		}
	}
	return r.options.Starts.Of(members)
}

// unreadable says which files could not be looked at. Of those that failed only when they were read the ledger says it.
func (r *round) unreadable(report *detect.Report) {
	for _, f := range r.files {
		said := func(x input.File) bool { return x.Path == f.At.Path && x.Failed != "" }
		if f.At.Failed == "" || slices.ContainsFunc(report.Ledger.Files, said) {
			continue
		}
		d := source.Errorf(source.Span{}, "unreadable", "%s: %s", f.At.Path, f.At.Failed).WithHint("what is new in it is searched when it can be read again")
		r.out.Problems = append(r.out.Problems, d)
		r.out.Run.Problems = append(r.out.Run.Problems, d.Message)
	}
}
