package format

import (
	"bytes"
	"strconv"
)

// part is one record in a JSON object of Laurel, or several of one type.
type part struct {
	typ []byte
	v   value
}

// readLaurel reads a JSON object that Laurel made of all records of one event: {"ID":"1616878.123:456","SYSCALL":{...},"EXECVE":{"ARGV":[...]},...}.
// It is of all their types; their fields have the names that auditd gives them.
func (d *Decoder) readLaurel(of *scanner) Outcome {
	d.within("laurel")
	parts, s := d.laurelParts(of.b)
	if len(parts) == 0 {
		return Other
	}
	t := d.audit.kind(parts[0].typ)
	for _, p := range parts {
		if string(p.typ) == "SYSCALL" {
			t = d.audit.kind(p.typ)
		}
	}
	if d.to.Kind = t.kind; !d.wanted.Kind(t.kind) {
		return Unwanted
	}
	if slot := d.audit.slot(d.audit.named("type")); slot >= 0 {
		for _, p := range parts {
			d.to.Append(slot, p.typ)
		}
	}
	for _, p := range parts {
		d.laurelPart(p)
	}
	return d.judged(Event, &s)
}

// laurelParts is the records in an object: that of the command first, whose arguments have the names that a system call's have.
func (d *Decoder) laurelParts(b []byte) (parts []part, s scanner) {
	s = scanner{b: b}
	for s.enter('{'); ; {
		key, v, ok := s.field()
		if !ok {
			return parts, s
		}
		switch {
		case string(key) == "ID" && v.shape == text:
			stamp, _, _ := bytes.Cut(v.raw, []byte(":"))
			d.to.Meta.Time = epoch(stamp, false)
		case string(key) == "NODE" && v.shape == text:
			d.to.host = v
		case v.shape != object && v.shape != array || !consistsOf(key, typeNames) || bytes.HasSuffix(key, []byte("_INFO")):
		case string(key) == "EXECVE":
			parts = append([]part{{key, v}}, parts...)
		default:
			parts = append(parts, part{key, v})
		}
	}
}

// laurelPart reads the fields of one record, or of several in an array. A field that an earlier record had stays as it is.
func (d *Decoder) laurelPart(p part) {
	records := []value{p.v}
	if p.v.shape == array {
		records = records[:0]
		s := scanner{b: p.v.raw}
		for s.enter('['); s.more(']'); {
			v, ok := s.value()
			if !ok {
				break
			}
			records = append(records, v)
		}
	}
	own := map[int]bool{} // what this type filled
	for _, r := range records {
		s := scanner{b: r.raw}
		for s.enter('{'); ; {
			key, v, ok := s.field()
			if !ok {
				break
			}
			switch name := string(key); {
			case name == "ARGV" && v.shape == array:
				d.laurelArguments(string(p.typ), v)
			case v.shape == text || v.shape == word:
				slot := d.audit.slot(d.audit.find(key))
				if slot >= 0 && (own[slot] || !d.to.Cell(slot).Set) {
					own[slot] = true
					d.to.Append(slot, d.str(v))
				}
			}
		}
	}
}

// laurelArguments takes the arguments of a command as a0, a1, ... or those of a process's title as one text.
func (d *Decoder) laurelArguments(typ string, v value) {
	var all [][]byte
	s := scanner{b: v.raw}
	for s.enter('['); s.more(']'); {
		v, ok := s.value()
		if !ok {
			break
		}
		all = append(all, d.str(v))
	}
	switch typ {
	case "PROCTITLE":
		d.putText("proctitle", bytes.Join(all, []byte(" ")))
	case "EXECVE":
		for i, argument := range all {
			d.putText("a"+strconv.Itoa(i), argument)
		}
	}
}
