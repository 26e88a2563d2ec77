package input

import (
	"unsafe"

	"spoor/engine/column"
)

// encoder decides, for one worker and field, between a dictionary and flat strings: a dictionary is of no use to a field whose values are
// nearly all new. It is shared by the kinds that have the field.
type encoder struct {
	always bool // flat, whatever the values
	shared bool // by the queries of a pass
	flat   bool
	dict   *column.Dictionary
	recent *recent // of the dictionary
	rows   int     // since the last decision
	fresh  int     // of these, values that were new to the dictionary
	arena  []byte
}

const (
	trial        = 2048      // rows after which a dictionary is judged
	retrial      = 64 * 1024 // rows after which flat strings are
	dictionaries = 8 << 20   // most bytes of a dictionary
	entries      = 1 << 18   // most entries of a dictionary
	fewEntries   = 1 << 14   // most entries where many queries share a pass: each of them may hold results by entry
	arenaBytes   = 64 << 10
)

// begin decides on the encoding of the next batch: a dictionary, or nil for flat strings.
func (e *encoder) begin() *column.Dictionary {
	switch {
	case e.always:
		return nil
	case !e.flat && e.rows >= trial:
		e.flat = 10*e.fresh > 6*e.rows
		e.rows, e.fresh = 0, 0
	case e.flat && e.rows >= retrial:
		e.flat, e.rows, e.fresh = false, 0, 0
	}
	if e.flat {
		e.dict = nil
		return nil
	}
	if e.dict == nil || e.dict.Bytes() > dictionaries || e.dict.Len() > e.most() {
		e.dict, e.recent = column.NewDictionary(), &recent{}
	}
	return e.dict
}

// most is how many entries a dictionary may have.
func (e *encoder) most() int {
	if e.shared {
		return fewEntries
	}
	return entries
}

// intern is the code of a value in a batch's dictionary, which is that of the encoder unless a batch of another kind has begun with the next one.
func (e *encoder) intern(d *column.Dictionary, s []byte) uint32 {
	e.rows++
	x, short := shortOf(s)
	if !short || d != e.dict {
		return e.find(d, s)
	}
	last := &e.recent[x.place()]
	if last.short != x || last.code == 0 {
		*last = met{x, e.find(d, s)}
	}
	return last.code
}

func (e *encoder) find(d *column.Dictionary, s []byte) uint32 {
	n := d.Len()
	code := d.Intern(s)
	if d.Len() > n {
		e.fresh++
	}
	return code
}

// copy is a string of its own. Its bytes lie in an arena that is never used again.
func (e *encoder) copy(s []byte) string {
	e.rows++
	if len(s) == 0 {
		return ""
	}
	if len(s) > arenaBytes/8 {
		return string(s)
	}
	if len(e.arena)+len(s) > cap(e.arena) {
		e.arena = make([]byte, 0, arenaBytes)
	}
	at := len(e.arena)
	e.arena = append(e.arena, s...)
	return unsafe.String(&e.arena[at], len(s))
}

// encoder is the worker's encoder of a field.
func (w *worker) encoder(name string) *encoder {
	e := w.encoders[name]
	if e == nil {
		e = &encoder{shared: w.deal != nil}
		w.encoders[name] = e
	}
	return e
}
