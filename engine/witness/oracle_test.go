package witness

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// answer is what a rule finds in records that are in order of time: the ids of each match, in order. It is the plainest reading of the
// rules of matching, made for few records.
func answer(r *rule, f *form, records []*record) [][]int {
	docs := make([]*document, len(records))
	for i, rec := range records {
		docs[i] = rec.filled(f, records)
	}
	fits := func(i, item int) bool {
		q := r.items[item].Event
		return (q.Any || slices.Contains(docs[i].values["event.category"], q.Category)) && docs[i].satisfies(q.Where, false)
	}
	switch {
	case r.single():
		var out [][]int
		for i := range records {
			if fits(i, 0) {
				out = append(out, []int{records[i].id})
			}
		}
		return out
	case r.sample():
		return samples(r, records, docs, fits)
	}
	return sequences(r, records, docs, fits)
}

// partial is a sequence that is not complete.
type partial struct {
	ids   []int
	first time.Duration
}

func sequences(r *rule, records []*record, docs []*document, fits func(i, item int) bool) [][]int {
	var out [][]int
	slots, limit := r.slots(), r.maxSpan()
	pending := make([]map[string]*partial, len(slots))
	for i := range pending {
		pending[i] = map[string]*partial{}
	}
	for i, rec := range records {
		for slot := len(slots) - 1; slot >= 0; slot-- {
			if !fits(i, slots[slot]) {
				continue
			}
			for _, key := range keyValues(docs[i], r.keys(slots[slot])) {
				p := &partial{first: rec.at}
				if slot > 0 {
					before := pending[slot-1][key]
					delete(pending[slot-1], key)
					if before == nil || limit > 0 && rec.at-before.first > limit {
						continue
					}
					p = before
				}
				p = &partial{ids: append(slices.Clone(p.ids), rec.id), first: p.first}
				if slot == len(slots)-1 {
					out = append(out, p.ids)
				} else {
					pending[slot][key] = p
				}
			}
		}
	}
	return out
}

// keyValues is the combinations of the values of the keys, none if one is missing.
func keyValues(d *document, keys []string) []string {
	out := []string{""}
	for _, k := range keys {
		var longer []string
		for _, o := range out {
			for _, v := range d.values[k] {
				longer = append(longer, o+"\x00"+v)
			}
		}
		out = longer
	}
	return out
}

// samples is one match for each key for which there is one.
func samples(r *rule, records []*record, docs []*document, fits func(i, item int) bool) [][]int {
	found := map[string][]int{}
	var pick func(key string, item int, used []int)
	pick = func(key string, item int, used []int) {
		if found[key] != nil || item == len(r.items) {
			if found[key] == nil {
				found[key] = used
			}
			return
		}
		for i := range records {
			if !slices.Contains(used, records[i].id) && fits(i, item) && slices.Contains(keyValues(docs[i], r.keys(item)), key) {
				pick(key, item+1, append(slices.Clone(used), records[i].id))
			}
		}
	}
	for _, d := range docs {
		for _, key := range keyValues(d, r.keys(0)) {
			pick(key, 0, nil)
		}
	}
	var out [][]int
	for _, key := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[key])
	}
	return out
}

// filled is what a record says, with what it does not say of its process from the record that started it: the last before it, else the
// first.
func (r *record) filled(f *form, records []*record) *document {
	if !r.asks() {
		return r.doc
	}
	var from *record
	for _, s := range records {
		if s.starts() && same(s.doc, r.doc, "host.id") && same(s.doc, r.doc, "process.entity_id") && (from == nil || s.at <= r.at) {
			from = s
		}
	}
	if from == nil {
		return r.doc
	}
	d := r.doc.clone()
	for _, name := range f.asked {
		if d.values[name] == nil && from.doc.values[name] != nil {
			d.values[name] = from.doc.values[name]
			d.joined[name] = from.doc.joined[name]
		}
	}
	return d
}

func same(a, b *document, field string) bool {
	return a.values[field] != nil && slices.Equal(a.values[field], b.values[field])
}

// asks says whether a record is of a kind that may take something from the start of its process.
func (r *record) asks() bool {
	categories := r.doc.values["event.category"]
	if r.kind != "" {
		return r.kind != "1"
	}
	return !slices.Contains(categories, "process") && (slices.Contains(categories, "network") || slices.Contains(categories, "file"))
}

// starts says whether a record starts a process.
func (r *record) starts() bool {
	if r.kind != "" {
		return r.kind == "1"
	}
	v := r.doc.values
	return slices.Contains(v["event.category"], "process") && (slices.Contains(v["event.type"], "start") ||
		slices.ContainsFunc(v["event.action"], func(a string) bool { return slices.Contains([]string{"fork", "exec", "already_running"}, a) }))
}

// describe writes matches for comparison: 1,2 3,4.
func describe(matches [][]int) string {
	var out []string
	for _, m := range matches {
		out = append(out, strings.ReplaceAll(strings.Trim(fmt.Sprint(m), "[]"), " ", ","))
	}
	return strings.Join(out, " ")
}
