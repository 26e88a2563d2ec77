package column

import "unsafe"

// Dictionary is an append-only list of distinct values; a Dict's codes are indexes into it. It belongs to one worker.
//
// A dictionary made by Intern holds strings, and code 0 is null. One derived from another by Derive holds a function's result for
// each entry of its parent, under the same code.
type Dictionary struct {
	texts  *Lexicon // what was interned, numbered by codes; nil: nothing can be
	values []Value  // empty if there are truths and nothing else
	truths []Truth  // the same values as truth values, kept by Derive for predicates
	lists  bool     // one of the values is a list
	spared int      // rows for which entries were not derived

	beside beside // what was derived from it
}

// NewDictionary makes an empty dictionary to intern strings in.
func NewDictionary() *Dictionary { return &Dictionary{texts: &Lexicon{}} }

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
func (d *Dictionary) Len() int {
	if d.texts != nil {
		return d.texts.Len() + 1
	}
	return max(len(d.values), len(d.truths))
}

// Bytes is roughly what the dictionary holds in memory for the strings that were interned.
func (d *Dictionary) Bytes() int {
	if d.texts == nil {
		return 48 * len(d.values)
	}
	return d.texts.Size()
}

// Texts is the strings that were interned, numbered by their codes; nil: it is another dictionary.
func (d *Dictionary) Texts() *Lexicon { return d.texts }

// Value is the entry of a code.
func (d *Dictionary) Value(code uint32) Value {
	switch {
	case d.texts != nil && code == 0:
		return Value{}
	case d.texts != nil:
		return Str(d.texts.Text(code))
	case len(d.values) == 0:
		return d.truths[code].value()
	}
	return d.values[code]
}

// null says whether the entry of a code is null.
func (d *Dictionary) null(code uint32) bool {
	switch {
	case d.texts != nil:
		return code == 0
	case len(d.values) == 0:
		return d.truths[code] == Unknown
	}
	return d.values[code].kind == Null
}

// Lists says whether an entry is a list.
func (d *Dictionary) Lists() bool { return d.lists }

// Intern is the code of the string, which is copied if it is new.
func (d *Dictionary) Intern(s []byte) uint32 { return d.texts.Number(TextOf(s)) }

// Find is the code of a string that was interned.
func (d *Dictionary) Find(s string) (code uint32, ok bool) {
	code = d.texts.Find(s)
	return code, code > 0
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
		out.add(f(d.vector(from)))
	}
}

// vector is the entries from a code on.
func (d *Dictionary) vector(from int) Vector {
	if d.texts == nil {
		return FromValues(d.entries(from))
	}
	if d.Len() == 1 {
		return Nulls(1)
	}
	out := &Strings{Values: make([]string, d.Len()-from)}
	for i := range out.Values {
		if code := uint32(from + i); code > 0 {
			out.Values[i] = d.texts.Text(code)
		}
	}
	if from == 0 {
		out.Null = make([]bool, len(out.Values))
		out.Null[0] = true
	}
	return out
}

// entries is those of a dictionary that was derived.
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
