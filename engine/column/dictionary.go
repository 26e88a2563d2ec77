package column

import (
	"unsafe"

	"github.com/zeebo/xxh3"
)

// Dictionary is an append-only list of distinct values; a Dict's codes are indexes into it. It belongs to one worker.
//
// A dictionary made by Intern holds strings, and code 0 is null. One derived from another by Derive holds a function's result for
// each entry of its parent, under the same code.
type Dictionary struct {
	values []Value // empty if there are truths and nothing else
	truths []Truth // the same values as truth values, kept by Derive for predicates
	lists  bool    // one of the values is a list
	spared int     // rows for which entries were not derived

	beside beside // what was derived from it

	slots []uint32 // open addressing: code or 0; only for Intern
	hash  []uint64 // by code
	bytes int
	chunk []byte
}

// NewDictionary makes an empty dictionary to intern strings in.
func NewDictionary() *Dictionary {
	return &Dictionary{values: make([]Value, 1, 64), hash: make([]uint64, 1, 64), slots: make([]uint32, 128)}
}

// DictionaryOf is a dictionary of given entries, which it keeps. Nothing can be interned in it.
func DictionaryOf(entries []Value) *Dictionary {
	d := &Dictionary{values: entries, truths: make([]Truth, len(entries))}
	for i, v := range entries {
		d.truths[i] = truthOf(v)
		d.lists = d.lists || v.kind == List
	}
	return d
}

// Len is the number of entries, the null entry among them.
func (d *Dictionary) Len() int { return max(len(d.values), len(d.truths)) }

// Bytes is roughly what the dictionary holds in memory.
func (d *Dictionary) Bytes() int { return d.bytes + 48*len(d.values) }

// Value is the entry of a code.
func (d *Dictionary) Value(code uint32) Value {
	if len(d.values) == 0 {
		return d.truths[code].value()
	}
	return d.values[code]
}

// null says whether the entry of a code is null.
func (d *Dictionary) null(code uint32) bool {
	if len(d.values) == 0 {
		return d.truths[code] == Unknown
	}
	return d.values[code].kind == Null
}

// Lists says whether an entry is a list.
func (d *Dictionary) Lists() bool { return d.lists }

// Intern is the code of the string, which is copied if it is new.
func (d *Dictionary) Intern(s []byte) uint32 {
	h := xxh3.Hash(s)
	mask := uint64(len(d.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		code := d.slots[i]
		if code == 0 {
			return d.insert(h, s)
		}
		if d.hash[code] == h && d.values[code].str == string(s) {
			return code
		}
	}
}

// Find is the code of a string that was interned.
func (d *Dictionary) Find(s string) (code uint32, ok bool) {
	h := xxh3.HashString(s)
	mask := uint64(len(d.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		code := d.slots[i]
		if code == 0 {
			return 0, false
		}
		if d.hash[code] == h && d.values[code].str == s {
			return code, true
		}
	}
}

func (d *Dictionary) insert(h uint64, s []byte) uint32 {
	code := uint32(len(d.values))
	d.values = append(d.values, Str(d.keep(s)))
	d.hash = append(d.hash, h)
	d.bytes += len(s)
	if 4*len(d.values) > 3*len(d.slots) {
		d.slots = make([]uint32, 2*len(d.slots))
		for c := 1; c < len(d.values); c++ {
			d.place(uint32(c))
		}
		return code
	}
	d.place(code)
	return code
}

func (d *Dictionary) place(code uint32) {
	mask := uint64(len(d.slots) - 1)
	i := d.hash[code] & mask
	for d.slots[i] != 0 {
		i = (i + 1) & mask
	}
	d.slots[i] = code
}

// keep copies s into a chunk of the dictionary's own.
func (d *Dictionary) keep(s []byte) string {
	const chunk = 16 << 10
	if len(s) == 0 {
		return ""
	}
	if len(s) > chunk/4 {
		return string(s)
	}
	if len(d.chunk)+len(s) > cap(d.chunk) {
		d.chunk = make([]byte, 0, chunk)
	}
	at := len(d.chunk)
	d.chunk = append(d.chunk, s...)
	return TextOf(d.chunk[at:]) // the chunk is only ever appended to
}

// TextOf is bytes that nobody changes any more as a string.
func TextOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// Few says whether the column has so few rows that it is better to compute their values one by one than to bring the derived dictionary up to date.
// It adds up the rows, so that together they cost no more than twice what the better way would.
func (d *Dict) Few(derived *Dictionary) bool {
	behind := d.Dictionary.Len() - derived.Len()
	if derived.spared += len(d.Codes); behind <= derived.spared {
		derived.spared = 0
		return false
	}
	return true
}

// Derive brings out up to date with its parent: f gets the parent's entries that out lacks, as a flat vector, and returns as many results.
func (d *Dictionary) Derive(out *Dictionary, f func(Vector) Vector) {
	if from := out.Len(); from < d.Len() {
		out.add(f(FromValues(d.entries(from))))
	}
}

// entries is the entries from a code on.
func (d *Dictionary) entries(from int) []Value {
	if len(d.values) > 0 {
		return d.values[from:]
	}
	out := make([]Value, len(d.truths)-from)
	for i := range out {
		out[i] = d.truths[from+i].value()
	}
	return out
}

// add appends results. Those of a predicate are truths, and take little room.
func (d *Dictionary) add(results Vector) {
	truths, only := Truths(results), len(d.values) == 0
	switch v := results.(type) {
	case *Bools:
	case *Const:
		only = only && (v.V.kind == Bool || v.V.kind == Null)
	default:
		only = false
	}
	if !only {
		if len(d.values) == 0 {
			d.values = d.entries(0)
		}
		for i := range results.Len() {
			v := results.Value(i)
			d.values = append(d.values, v)
			d.lists = d.lists || v.kind == List
		}
	}
	d.truths = append(d.truths, truths...)
}
