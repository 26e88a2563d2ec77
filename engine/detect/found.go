package detect

import (
	"encoding/binary"
	"encoding/hex"
	"slices"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/plan"
)

// Found is a finding and by what it is known again, in another run, over another time, wherever its records stand by then.
type Found struct {
	*finding.Finding
	Key   string           // which group its row is, whatever was counted of it (plan.GroupKey); empty: it is none
	Known []finding.Record // the record of its row, or of each of its events; none if it is known by its group
	At    int64            // from when on it could be found, in nanoseconds since 1970; 0 if that is not known
}

// FoundBy is what an outcome found. The options must have asked for keys.
func (r *Report) FoundBy(x *Outcome) []Found {
	out := make([]Found, 0, len(x.results))
	for _, found := range x.results {
		f := Found{Finding: r.finding(x, found), Key: found[0].key()}
		if !groups(f.Key) {
			for _, c := range found {
				if places, _ := c.proof(); len(places) > 0 {
					f.Known = append(f.Known, r.record(places[0]))
				}
			}
		}
		if f.At = f.Last; x.span != nil {
			f.At = x.completed(found)
		}
		out = append(out, f)
	}
	return out
}

// groups says whether a key is that of a group, rather than of a part of a record.
func groups(key string) bool {
	const mark = `["group"`
	return len(key) >= len(mark) && key[:len(mark)] == mark
}

func (c cell) key() string {
	v := c.batch.Col(plan.GroupKey).Value(c.row)
	if v.IsNull() {
		return ""
	}
	return v.Clone().String()
}

// strong is, by preference, fields that tell an event from all others of its host; the first that is there decides, with those behind it.
var strong = [][]string{{"EventRecordID", "EventID", "UtcTime"}, {"event.id"}}

// apart is columns that say where and how a record was found, not what it is.
var apart = []string{"_time", "_raw", "_file", "_offset", "source", "sourcetype", "index"}

// identity is a record's identity, in hexadecimal: a hash of its host and of what it says, so that it stays the same when a log is rotated, packed or
// wrapped in other envelopes.
func identity(kind string, b *column.Batch, row int) string {
	var all []byte
	put := func(name string) {
		if v := b.Col(name).Value(row); !v.IsNull() {
			text := column.Format(v, nil)
			all = append(binary.AppendUvarint(append(all, name...), uint64(len(text))), text...)
		}
	}
	put("host")
	for _, names := range strong {
		if !b.Col(names[0]).IsNull(row) {
			for _, name := range names {
				put(name)
			}
			return hashed(all)
		}
	}
	names := slices.DeleteFunc(slices.Clone(b.Schema.Names), func(n string) bool { return column.Hidden(n) || n == "host" || slices.Contains(apart, n) })
	slices.Sort(names)
	for _, name := range names {
		put(name)
	}
	if kind == "text" {
		put("_raw")
	}
	return hashed(all)
}

func hashed(b []byte) string {
	sum := xxh3.Hash128(b).Bytes()
	return hex.EncodeToString(sum[:])
}
