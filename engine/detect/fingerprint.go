package detect

import (
	"encoding/binary"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/rules"
)

// Identify gives what makes two findings of a rule the same: its group, or the records that it stands for, or its row; and of several that are equal
// in one window, which of them it is, counted from 0.
func (f *Found) Identify(nth int) [16]byte {
	var all []byte
	put := func(text string) { all = append(binary.AppendUvarint(all, uint64(len(text))), text...) }
	put(NameOf(f.Rule))
	put(f.Key)
	known := 0
	for _, record := range f.Known {
		if record.Identity != "" {
			known++
			put(record.Identity)
		}
	}
	if f.Key == "" && known < len(f.Rows) { // of some rows it is not known on which records they rest
		put(rowText(f.Rows))
	}
	return xxh3.Hash128(binary.AppendUvarint(all, uint64(nth))).Bytes()
}

// RowHash is a hash of the finding's rows.
func (f *Found) RowHash() uint64 { return xxh3.HashString(rowText(f.Rows)) }

// NameOf is what a rule is called from run to run: its id, and without one its name.
func NameOf(r *rules.Rule) string {
	if r.ID != "" {
		return r.ID
	}
	return r.Name
}

func rowText(rows []finding.Row) string {
	var out []byte
	for _, row := range rows {
		for i, name := range row.Names {
			out = append(append(out, name...), 0)
			out = append(append(out, column.Format(row.Values[i], nil)...), 0)
		}
	}
	return string(out)
}
