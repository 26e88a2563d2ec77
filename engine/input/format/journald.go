package format

import (
	"bytes"
	"strconv"
)

// readJournal reads journalctl -o json. Its MESSAGE is a string, an array of byte numbers, null, or an array of these.
func (d *Decoder) readJournal() (Outcome, bool) {
	d.within("journald")
	d.meta()
	v := d.doc.value(journal)
	if d.doc.has(auditName) {
		if outcome, mine := d.journalAudit(); mine {
			return outcome, true
		}
	}
	switch v.shape {
	case text:
		if outcome, mine := d.unwrap(v, "journald"); mine {
			return outcome, true
		}
		return d.unknown(d.str(v), d.bySysmon(false)), true
	case array:
		return d.journalArray(v, 0), true
	}
	if v.shape == nothing && d.bySysmon(true) {
		d.to.Note = "MESSAGE is null: journalctl leaves out long messages unless it is given --all"
		return Lost, true
	}
	return Other, true
}

func (d *Decoder) journalArray(v value, depth int) Outcome {
	s := scanner{b: v.raw}
	for s.enter('['); s.more(']'); {
		v, ok := s.value()
		if !ok {
			break
		}
		switch {
		case v.shape == word && !d.doc.bytes:
			d.to.Note = "MESSAGE is an array in a layout that is not known"
			return Unreadable
		case v.shape == word:
			s.i -= len(v.raw)
			return d.bytes(&s)
		case v.shape == array && depth == 0:
			if outcome := d.journalArray(v, 1); outcome != Other {
				return outcome
			}
		default:
			if outcome, mine := d.unwrap(v, "journald"); mine {
				return outcome
			}
		}
	}
	return Other
}

// bytes reads a message from the numbers of its bytes.
func (d *Decoder) bytes(s *scanner) Outcome {
	out := d.to.Grow((len(s.b) - s.i) / 2)[:0]
	for s.more(']') {
		v, ok := s.value()
		n, err := strconv.ParseUint(string(v.raw), 10, 8)
		if !ok || err != nil || s.cut {
			break
		}
		out = append(out, byte(n))
	}
	if outcome, mine := d.inside(out, "journald"); mine {
		return outcome
	}
	return d.unknown(out, d.bySysmon(false))
}

// byteArrays are the spellings of a journal's key before an array: only these are read, since Hides names them.
var byteArrays = []string{`"MESSAGE":[`, `"MESSAGE": [`, `"MESSAGE" : [`}

// announced says whether the bytes before an array end in one of its spellings.
func announced(before []byte) bool {
	for _, b := range byteArrays {
		if bytes.HasSuffix(before, []byte(b[:len(b)-1])) {
			return true
		}
	}
	return false
}
