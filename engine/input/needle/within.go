package needle

import "encoding/binary"

// Within appends the index of each text that b holds to found; a text may come more than once.
func (s *Set) Within(b []byte, found []int32) []int32 {
	mask, fold, shift, table, stride := s.mask, s.fold, s.shift, s.table, s.stride
	i := stride - 1
	for ; i+4 <= len(b); i += stride {
		if entry := table[((binary.LittleEndian.Uint32(b[i:])&mask)|fold)*multiplier>>shift]; entry != 0 {
			found = s.entries(b, i, entry, found)
		}
	}
	for ; i+s.gram <= len(b); i += stride {
		var tail [4]byte
		copy(tail[:], b[i:])
		if entry := table[s.hash(binary.LittleEndian.Uint32(tail[:]))]; entry != 0 {
			found = s.entries(b, i, entry, found)
		}
	}
	return found
}

// entries appends the texts that have a gram at b[i].
func (s *Set) entries(b []byte, i int, entry uint32, found []int32) []int32 {
	for entry != 0 {
		p := s.places[entry-1]
		if at := i - int(p.offset); at >= 0 && hasPrefix(b[at:], s.texts[p.text]) {
			found = append(found, p.text)
		}
		entry = p.next
	}
	return found
}
