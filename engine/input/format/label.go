package format

import (
	"bytes"
	"strings"
)

// labels learns the names in lines of name=value pairs, and in which order they follow each other: reading the next is mostly one comparison.
type labels struct {
	known map[string]*label
	to    *Record
}

// label is one name as met in the input.
type label struct {
	lead []byte // the name and the =
	name string // the field it is
	slot int    // of the field; unknown until somebody asks
	next [2]*label

	// In auditd's records:
	coded    bool   // its value may be written as hex digits
	argument bool   // a0, a1, ...
	alias    string // the field that holds in words what the value is the number of; empty if there is none
	aliasAt  int    // its slot
	auoms    bool   // it has that meaning in AUOMS's records alone
}

func newLabels(to *Record) *labels { return &labels{known: map[string]*label{}, to: to} }

// find is the word of a name.
func (w *labels) find(name []byte) *label {
	if x, ok := w.known[string(name)]; ok {
		return x
	}
	return w.add(string(name))
}

// named is the word of a name.
func (w *labels) named(name string) *label {
	if x, ok := w.known[name]; ok {
		return x
	}
	return w.add(name)
}

func (w *labels) add(key string) *label {
	x := &label{name: key, lead: []byte(key + "="), slot: unasked, aliasAt: unasked}
	if n := strings.IndexByte(key, '['); n > 0 { // a1[0] is a piece of a1
		x.name = key[:n]
	}
	x.coded, x.argument, x.alias = codedNames[x.name], isArgument(x.name), aliases[x.name]
	if alias, ok := auomsAliases[x.name]; ok {
		x.alias, x.auoms = alias, true
	}
	if !w.to.wanted.All {
		w.slot(x)
		w.aliasSlot(x)
	}
	if len(w.known) < maxLearnt && len(key) < 256 {
		w.known[key] = x
	}
	return x
}

// after is the word whose name and = stand at the beginning of b, if it followed this one before.
func (x *label) after(b []byte) *label {
	for i, n := range x.next {
		if n != nil && bytes.HasPrefix(b, n.lead) {
			if i > 0 {
				x.next[0], x.next[1] = n, x.next[0]
			}
			return n
		}
	}
	return nil
}

// learn notes that a word followed this one.
func (x *label) learn(n *label) { x.next[1], x.next[0] = x.next[0], n }

// slot is the slot of a word's field, or -1. Under Wanted.All a field gets its slot with its first value.
func (w *labels) slot(x *label) int {
	if x.slot == unasked {
		x.slot = w.to.Slot([]byte(x.name))
	}
	return x.slot
}

// aliasSlot is the slot of a word's alias, or -1.
func (w *labels) aliasSlot(x *label) int {
	if x.aliasAt == unasked {
		if x.aliasAt = -1; x.alias != "" {
			x.aliasAt = w.to.Slot([]byte(x.alias))
		}
	}
	return x.aliasAt
}

// isArgument knows a0, a1, ...
func isArgument(name string) bool {
	return len(name) > 1 && name[0] == 'a' && strings.Trim(name[1:], "0123456789") == ""
}
