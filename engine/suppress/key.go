package suppress

import (
	"encoding/binary"
	"slices"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/state"
)

// key is the same of findings that are alike. The order of a field's values is that of the events, so that it counts of a sequence only.
func (s *setting) key(x *candidate, set state.Set, sequence bool) state.Fingerprint {
	var all []byte
	put := func(text string) { all = append(binary.AppendUvarint(all, uint64(len(text))), text...) }
	put(string(set))
	if group := s.rule.Suppression.Group; group != "" {
		put("group")
		put(group)
	} else {
		put("rule")
		put(nameOf(s.rule))
	}
	for _, t := range x.term {
		put(t.Field)
		texts := make([]string, len(t.Values))
		for i, v := range t.Values {
			texts[i] = column.Format(v, nil)
		}
		if !sequence {
			slices.Sort(texts)
		}
		all = binary.AppendUvarint(all, uint64(len(texts)))
		for _, text := range texts {
			put(text)
		}
	}
	return state.Fingerprint(xxh3.Hash128(all).Bytes())
}
