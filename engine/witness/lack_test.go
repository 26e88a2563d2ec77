package witness

import (
	"slices"
)

// unlogged is the fields that Sysmon's events do not have, or not with the values that rules ask for, and why.
var unlogged = map[string]string{}

// lacks is fields that events of Sysmon would have to have, with values of any kind, for the rule to be satisfied: as few as can be.
func (r *rule) lacks(f *form) []string {
	var fields []string
	for i, item := range r.items {
		fields = append(append(fields, fieldsOf(item.Event.Where)...), r.keys(i)...)
	}
	fields = distinct(append(fields, "event.category"))
	slices.Sort(fields)
	for i := len(fields) - 1; i >= 0; i-- {
		without := slices.Delete(slices.Clone(fields), i, i+1)
		if r.satisfiable(f, without) {
			fields = without
		}
	}
	return fields
}

// satisfiable says whether events are found if some fields may have any value.
func (r *rule) satisfiable(f *form, free []string) bool {
	freed := *f
	freed.shapes = func(n int, helped bool) []*shape {
		var out []*shape
		for _, s := range f.shapes(n, helped) {
			out = append(out, s.free(free))
		}
		return out
	}
	s, _ := newScene(r, &freed, false, true)
	return s != nil
}
