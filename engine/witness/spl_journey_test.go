package witness

import (
	"maps"
	"slices"
	"strings"

	"spoor/datamodels"
	"spoor/grammar/ast"
)

// feeding is the kinds of events that may be made for a dataset, best first.
func feeding(models *datamodels.Library, d *datamodels.Dataset) []*datamodels.Kind {
	var out []*datamodels.Kind
	for _, k := range models.Feeds(d) {
		if strings.HasPrefix(k.Name, "sysmon/") {
			out = append(out, k)
		}
	}
	for _, k := range models.Feeds(d) {
		if slices.Contains(feeders, k.Name) {
			out = append(out, k)
		}
	}
	return out
}

// journeys is the ways through a search: one for each choice of the kinds of events that are made for it.
func journeys(models *datamodels.Library, p *ast.Pipeline) []*journey {
	picks := []map[string]int{{}}
	var out []*journey
	for i := 0; i < len(picks) && i < 30; i++ {
		j := &journey{alias: map[string]*term{}}
		for range 2 {
			j = &journey{models: models, kinds: map[string]*datamodels.Kind{}, pick: picks[i], alias: j.alias, met: map[string]bool{}, before: j.met, counts: map[string]*term{}}
			j.follow(p, &role{})
		}
		out = append(out, j)
		for _, r := range j.roles {
			if r.dataset == nil {
				continue
			}
			if n := picks[i][r.name] + 1; n < len(feeding(models, r.dataset)) {
				next := maps.Clone(picks[i])
				next[r.name] = n
				if !slices.ContainsFunc(picks, func(old map[string]int) bool { return maps.Equal(old, next) }) {
					picks = append(picks, next)
				}
			}
		}
	}
	return out
}

// aims is what the records of a journey must fulfil: each condition of the search taken apart as far as it is an `and`.
func (j *journey) aims() (wishes, needs []aim) {
	var flat func(w *wish)
	flat = func(w *wish) {
		if w.op == "and" {
			for _, p := range w.parts {
				flat(p)
			}
		} else if w.predicate == nil || len(w.predicate.terms) > 0 || w.truth(nil) != yes {
			wishes = append(wishes, aim{w, yes})
		}
	}
	for _, w := range j.idle {
		needs = append(needs, aim{w, yes})
	}
	for _, w := range j.needs {
		needs = append(needs, aim{w, yes})
	}
	for _, w := range j.wishes {
		flat(w)
	}
	return wishes, needs
}

// witnessed is a journey with records that go all the way.
type witnessed struct {
	*journey
	maker         *maker // knows what was tried
	wishes, needs []aim
	log           []byte
}

// witness is the first way through a search for which there are records; nil if there is none, and why.
func witness(js []*journey) (*witnessed, string) {
	why := ""
	for _, j := range js {
		if j.stopped != "" {
			why = j.stopped
			continue
		}
		wishes, needs := j.aims()
		m := newMaker()
		aims := slices.Concat(wishes, needs)
		f := m.make(aims)
		if f == nil {
			why = "nothing: it asks for what cannot be at once"
			for _, a := range aims {
				if v := a.vague(); v != "" {
					why = v
				}
			}
			continue
		}
		log := j.log(f, aims)
		if log == nil {
			why = "more different values than there are"
			continue
		}
		return &witnessed{j, m, wishes, needs, log}, ""
	}
	return nil, why
}

// last is the records in which of what may hold the last does; nil if there is no choice.
func (w *witnessed) last() []byte {
	aims := slices.Concat(w.wishes, w.needs)
	if !slices.ContainsFunc(aims, func(a aim) bool { return a.op == "or" }) {
		return nil
	}
	w.maker.last = true
	f := w.maker.make(aims)
	w.maker.last = false
	if f == nil {
		return nil
	}
	return w.journey.log(f, aims)
}

// denied is the records with which one wish fails and all others hold; nil if there are none.
func (w *witnessed) denied(i int) []byte {
	if strings.Contains(w.wishes[i].String(), word) {
		return nil
	}
	aims := slices.Clone(w.wishes)
	aims[i].want = no
	aims = append(aims, w.needs...)
	f := w.maker.make(aims)
	if f == nil {
		return nil
	}
	return w.journey.log(f, aims)
}
