package witness

import (
	"maps"
	"slices"
	"strconv"
)

// facts is the values of the raw fields of the records that are made for one search. All records are alike but in the fields of which a
// search counts different values: a name with varied before it holds how many there are, and number how many records.
type facts map[string][]string

const (
	number = "#"
	varied = "#"
)

// records is how many records there are.
func (f facts) records() int {
	n := 1
	for name, v := range f {
		if name[0] == varied[0] && len(v) > 0 {
			i, _ := strconv.Atoi(v[0])
			n = max(n, i)
		}
	}
	return n
}

// term is a field of a row somewhere in a search, as what it is made of: raw fields.
type term struct {
	reads []string                // the raw fields on which it depends
	from  []string                // those of which it may be the text, or hold it
	value func(f facts) []string  // nil: no value
	whole func(p pieces) []pieces // what a raw field may be so that the term is p; nil if it is the same
	cases []choice                // if it is one of several by conditions, these
	vague string                  // why its value cannot be known from the search; empty if it can
}

// choice is what a term is if a condition holds, and none before it.
type choice struct {
	when *wish
	then *term
}

// raw is a raw field.
func raw(name string) *term {
	return &term{reads: []string{name}, from: []string{name}, value: func(f facts) []string { return f[name] }}
}

// constantTerm is a text.
func constantTerm(text string) *term {
	return &term{value: func(facts) []string { return []string{text} }}
}

// nothing is a field that is not there.
func nothing() *term { return &term{value: func(facts) []string { return nil }} }

// vague is a field whose value cannot be known, and why.
func vague(why string) *term {
	return &term{vague: why, value: func(facts) []string { return nil }}
}

// over is a term that is a function of others.
func over(value func(f facts, args [][]string) []string, args ...*term) *term {
	t := &term{}
	for _, a := range args {
		t.reads = append(t.reads, a.reads...)
		t.from = append(t.from, a.from...)
		if a.vague != "" {
			t.vague = a.vague
		}
		if a.whole != nil {
			t.whole = a.whole
		}
	}
	t.value = func(f facts) []string {
		values := make([][]string, len(args))
		for i, a := range args {
			values[i] = a.value(f)
		}
		return value(f, values)
	}
	return t
}

// counted is how many records there are.
func counted() *term {
	t := raw(number)
	t.value = func(f facts) []string { return []string{strconv.Itoa(f.records())} }
	return t
}

// chosen is the first of several terms whose condition holds.
func chosen(cases []choice) *term {
	t := &term{cases: cases}
	for _, c := range cases {
		t.reads = slices.Concat(t.reads, c.when.reads(), c.then.reads)
		t.from = append(t.from, c.then.from...)
		for _, why := range []string{c.when.vague(), c.then.vague} {
			if why != "" {
				t.vague = why
			}
		}
	}
	t.value = func(f facts) []string {
		for _, c := range cases {
			if c.when.truth(f) == yes {
				return c.then.value(f)
			}
		}
		return nil
	}
	return t
}

// truth is what a condition is: where a field is missing it may be neither true nor false.
type truth int8

const (
	no truth = iota
	yes
	unknown
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// wish is a condition: a predicate, or others joined.
type wish struct {
	op        string // and, or, not, or nothing for a predicate
	parts     []*wish
	predicate *predicate
}

// predicate is a condition without others in it.
type predicate struct {
	text    string
	terms   []*term
	truth   func(f facts) truth
	wanted  []pieces // texts with which it is true
	numbers []string // where it changes
	read    []string // the raw fields on which it depends, once they were asked for
}

func both(parts ...*wish) *wish   { return &wish{op: "and", parts: parts} }
func either(parts ...*wish) *wish { return &wish{op: "or", parts: parts} }
func not(part *wish) *wish        { return &wish{op: "not", parts: []*wish{part}} }

// always is a condition that is what it is.
func always(v truth) *wish {
	return &wish{predicate: &predicate{text: "a constant", truth: func(facts) truth { return v }}}
}

func (w *wish) truth(f facts) truth {
	switch w.op {
	case "":
		return w.predicate.truth(f)
	case "not":
		if t := w.parts[0].truth(f); t != unknown {
			return yes - t
		}
		return unknown
	}
	decides, out := truthOf(w.op == "or"), truthOf(w.op == "and")
	for _, p := range w.parts {
		switch p.truth(f) {
		case decides:
			return decides
		case unknown:
			out = unknown
		}
	}
	return out
}

// each visits the predicates.
func (w *wish) each(visit func(*predicate)) {
	if w.predicate != nil {
		visit(w.predicate)
	}
	for _, p := range w.parts {
		p.each(visit)
	}
}

func (w *wish) reads() []string {
	seen := map[string]bool{}
	w.each(func(p *predicate) {
		for _, r := range p.reads() {
			seen[r] = true
		}
	})
	return slices.Sorted(maps.Keys(seen))
}

// vague is why what the condition asks of cannot be known; empty if it can.
func (w *wish) vague() (why string) {
	w.each(func(p *predicate) {
		for _, t := range p.terms {
			if t.vague != "" {
				why = t.vague
			}
		}
	})
	return why
}

func (p *predicate) reads() []string {
	if p.read == nil {
		p.read = []string{}
		for _, t := range p.terms {
			p.read = append(p.read, t.reads...)
		}
		p.read = distinct(p.read)
	}
	return p.read
}

func (w *wish) String() string {
	text := ""
	w.each(func(p *predicate) {
		if text != "" {
			text += " " + w.op + " "
		}
		text += p.text
	})
	if len(text) > 120 {
		text = text[:120] + "..."
	}
	return text
}
