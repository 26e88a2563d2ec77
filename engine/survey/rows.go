package survey

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
)

func (s *Survey) total(add func(...column.Value) bool) {
	l := s.Ledger()
	var all seen
	for _, h := range s.each() {
		addSeen(&all, &h.seen)
	}
	first, last := all.moments()
	add(number(int64(len(l.Files))), number(l.Total.Bytes), number(l.Total.Records), number(all.events), number(int64(len(s.found.hosts.by))), first, last)
}

// each is the hosts by name, the others at the end.
func (s *Survey) each() iter.Seq2[string, *host] { return listed(&s.found.hosts) }

// listed is what is kept by name, and for all others at the end.
func listed[T any](b *bounded[T]) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		for _, name := range b.names() {
			if !yield(name, b.by[name]) {
				return
			}
		}
		if b.rest != nil {
			yield(others, b.rest)
		}
	}
}

func (s *Survey) hosts(add func(...column.Value) bool) {
	for name, h := range s.each() {
		first, last := h.moments()
		row := []column.Value{column.Str(name), number(h.events), first, last, number(int64(len(h.kinds.by)))}
		row = append(append(row, h.numbered()...), h.heard()...)
		if !add(row...) {
			return
		}
	}
}

// numbered is what the numbers of a host's records tell.
func (h *host) numbered() []column.Value {
	var none column.Value
	r, j := &h.records, &h.judged
	switch {
	case !r.known:
		return []column.Value{none, none, none, none, none, none}
	case r.scattered:
		return []column.Value{number(r.from), number(r.to), none, none, none, column.Boolean(true)}
	}
	missing := int64(0)
	for _, g := range j.gaps {
		missing += min(g.missing(), column.End-missing) // a log may claim any numbers
	}
	return []column.Value{number(r.from), number(r.to), number(missing), number(int64(len(j.gaps))), number(int64(len(j.restarts))), none}
}

// heard is when nothing was heard of a host, its clock and its machine ids.
func (h *host) heard() []column.Value {
	var longest, drift column.Value
	if list := h.judged.silences; len(list) > 0 {
		longest = seconds(slices.MaxFunc(list, shorter))
	}
	if ms, ok := h.drift(); ok {
		drift = column.Real(float64(ms) / 1000)
	}
	var machines []column.Value
	for name := range listed(&h.machines) {
		machines = append(machines, column.Str(name))
	}
	var silences column.Value
	if !h.judged.many && !h.activity.coarse {
		silences = number(int64(len(h.judged.silences)))
	}
	return []column.Value{silences, longest, drift, column.Multi(machines)}
}

func (s *Survey) kinds(add func(...column.Value) bool) {
	for name, h := range s.each() {
		for kind, k := range h.byNumber() {
			first, last := k.moments()
			if !add(column.Str(name), column.Str(kind), number(k.events), first, last) {
				return
			}
		}
	}
}

// byNumber is the kinds of a host's events, sysmon/3 before sysmon/11.
func (h *host) byNumber() iter.Seq2[string, *seen] {
	names := h.kinds.names()
	slices.SortStableFunc(names, func(a, b string) int {
		before, x, _ := strings.Cut(a, "/")
		behind, y, _ := strings.Cut(b, "/")
		return cmp.Or(strings.Compare(before, behind), cmp.Compare(ordinal(x), ordinal(y)))
	})
	return func(yield func(string, *seen) bool) {
		for _, name := range names {
			if !yield(name, h.kinds.by[name]) {
				return
			}
		}
		if h.kinds.rest != nil {
			yield(others, h.kinds.rest)
		}
	}
}

// ordinal is a text as a number; what is none comes last.
func ordinal(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return math.MaxInt
}

// largest is the few largest of a list.
func largest[T any](list []T, compare func(a, b T) int) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int { return compare(b, a) })
	return list[:min(len(list), Listed)]
}

func shorter(a, b span) int { return cmp.Compare(a.length(), b.length()) }

func (s *Survey) gaps(add func(...column.Value) bool) {
	for name, h := range s.each() {
		for _, g := range largest(h.judged.gaps, func(a, b gap) int { return cmp.Compare(a.missing(), b.missing()) }) {
			if !add(column.Str(name), number(g.missing()), number(g.from), number(g.to), column.Nanos(g.time.from), column.Nanos(g.time.to)) {
				return
			}
		}
	}
}

func (s *Survey) restarts(add func(...column.Value) bool) {
	for name, h := range s.each() {
		for _, r := range h.judged.restarts[:min(len(h.judged.restarts), Listed)] {
			if !add(column.Str(name), number(r.before), number(r.after), column.Nanos(r.time.from), column.Nanos(r.time.to)) {
				return
			}
		}
	}
}

func (s *Survey) silences(add func(...column.Value) bool) {
	for name, h := range s.each() {
		for _, x := range largest(h.judged.silences, shorter) {
			if !add(column.Str(name), seconds(x), column.Nanos(x.from), column.Nanos(x.to)) {
				return
			}
		}
	}
}

func (s *Survey) unfilled(add func(...column.Value) bool) {
	for _, name := range slices.Sorted(maps.Keys(s.found.fields)) {
		k := s.found.fields[name]
		var fields []column.Value
		for _, field := range slices.Sorted(maps.Keys(k.filled)) {
			if !k.filled[field] {
				fields = append(fields, column.Str(field))
			}
		}
		if len(fields) > 0 && !add(column.Str(name), number(k.events), column.Multi(fields)) {
			return
		}
	}
}

func (s *Survey) machines(add func(...column.Value) bool) {
	names := map[string][]column.Value{}
	for name, h := range s.each() {
		for _, machine := range h.machines.names() {
			names[machine] = append(names[machine], column.Str(name))
		}
	}
	for _, machine := range slices.Sorted(maps.Keys(names)) {
		if hosts := names[machine]; len(hosts) > 1 && !add(column.Str(machine), column.Multi(hosts)) {
			return
		}
	}
}

func (s *Survey) formats(add func(...column.Value) bool) {
	counts := s.Ledger().Total.Formats
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if !add(column.Str(name), number(counts[name])) {
			return
		}
	}
}

func number(n int64) column.Value { return column.Integer(n) }

// seconds is how long a span is, to the millisecond.
func seconds(s span) column.Value { return column.Real(float64(s.length()/1e6) / 1e3) }

// moments is the times of the first and the last event; null if no event has a time.
func (s *seen) moments() (first, last column.Value) {
	if s.timed == 0 {
		return first, last
	}
	return column.Nanos(s.time.from), column.Nanos(s.time.to)
}
