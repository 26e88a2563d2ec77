package rounds

import (
	"spoor/engine/state"
	"spoor/engine/timeindex"
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
			p.Failed = m.Failed.Error()
		}
		if _, last, ok := m.Bounds(); ok {
			p.Newest = last
		}
		out = append(out, File{Input: m.Input, At: p, Since: m.Since, Seen: func(p state.Position) (int64, bool) { return m.Seen(p.Key, p.Offset, p.Tail) }})
	}
	return out
}
