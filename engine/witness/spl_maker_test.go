package witness

import (
	"maps"
	"slices"
	"strconv"
)

// claim is a predicate that shall be true, or shall be false.
type claim struct {
	*predicate
	want truth
}

// aim is a condition that shall be true, or shall be false.
type aim struct {
	*wish
	want truth
}

// maker looks for facts that reach aims: it chooses what of an `or` shall hold, and takes choices back.
type maker struct {
	last  bool // of several choices the last is tried first
	steps int
	known map[string]facts
	ids   map[*predicate]int
}

func newMaker() *maker { return &maker{known: map[string]facts{}, ids: map[*predicate]int{}} }

// make is facts with which all aims are reached; nil if none were found.
func (m *maker) make(aims []aim) facts {
	m.steps = 0
	claims, ok := m.run(aims, nil, nil)
	if !ok {
		return nil
	}
	out := facts{}
	for _, c := range claims {
		for _, name := range c.reads() {
			if _, done := out[name]; !done {
				names, about := component(name, claims)
				maps.Copy(out, m.fill(names, about))
			}
		}
	}
	for _, a := range aims {
		if a.truth(out) != a.want {
			return nil
		}
	}
	return out
}

func (m *maker) run(aims []aim, choices [][]aim, claims []claim) ([]claim, bool) {
	if m.steps++; m.steps > mostSteps {
		return nil, false
	}
	for len(aims) > 0 {
		a := aims[0]
		aims = aims[1:]
		parts, all := a.parted()
		switch {
		case parts == nil:
			c := claim{a.predicate, a.want}
			claims = append(claims[:len(claims):len(claims)], c)
			if !m.feasible(c, claims) {
				return nil, false
			}
		case all:
			aims = append(parts, aims...)
		default:
			choices = append(choices[:len(choices):len(choices)], parts)
		}
	}
	if len(choices) == 0 {
		return claims, true
	}
	next, viable := 0, []aim(nil)
	for i, c := range choices {
		left := m.viable(c, claims)
		if len(left) == 0 {
			return nil, false
		}
		if viable == nil || len(left) < len(viable) {
			next, viable = i, left
		}
	}
	rest := slices.Delete(slices.Clone(choices), next, next+1)
	for _, a := range viable {
		if found, ok := m.run([]aim{a}, rest, claims); ok {
			return found, true
		}
	}
	return nil, false
}

// enough is how many of many choices are looked at before one is tried.
const enough = 4

// viable is a list of choices without those of the first that cannot be, in the order in which they are tried.
func (m *maker) viable(choices []aim, claims []claim) (out []aim) {
	choices = slices.Clone(choices)
	if m.last {
		slices.Reverse(choices)
	}
	for i, a := range choices {
		if len(out) == enough {
			return append(out, choices[i:]...)
		}
		if a.predicate != nil {
			one := claim{a.predicate, a.want}
			if !m.feasible(one, append(claims[:len(claims):len(claims)], one)) {
				continue
			}
		}
		out = append(out, a)
	}
	return out
}

// parted takes an aim apart: into aims that must all be reached, or of which one must; nil if it is a predicate.
func (a aim) parted() (parts []aim, all bool) {
	want := a.want
	switch a.op {
	case "":
		return nil, false
	case "not":
		want = yes - want
	}
	for _, p := range a.wish.parts {
		parts = append(parts, aim{p, want})
	}
	return parts, a.op == "not" || (a.op == "and") == (a.want == yes)
}

// feasible says whether the claims that have to do with a new one can be true with it.
func (m *maker) feasible(c claim, claims []claim) bool {
	for _, t := range c.terms {
		if t.vague != "" {
			return false
		}
	}
	reads := c.reads()
	if len(reads) == 0 {
		return c.truth(nil) == c.want
	}
	names, about := component(reads[0], claims)
	return m.fill(names, about) != nil
}

// component is the raw fields that must be filled together with one, and the claims about them.
func component(name string, claims []claim) (names []string, about []claim) {
	names = []string{name}
	taken := make([]bool, len(claims))
	for i := 0; i < len(names); i++ {
		for k, c := range claims {
			if reads := c.reads(); !taken[k] && slices.Contains(reads, names[i]) {
				taken[k] = true
				for _, r := range reads {
					if !slices.Contains(names, r) {
						names = append(names, r)
					}
				}
			}
		}
	}
	for k, c := range claims {
		if taken[k] {
			about = append(about, c)
		}
	}
	return names, about
}

// fill gives raw fields values with which the claims are true; nil if it finds none.
func (m *maker) fill(names []string, claims []claim) facts {
	key := m.key(claims)
	if f, ok := m.known[key]; ok {
		return f
	}
	lists := make([][][]string, len(names))
	extra := map[string][]string{}
	for range 2 {
		for i, name := range names {
			own := slices.DeleteFunc(slices.Clone(claims), func(c claim) bool {
				return slices.ContainsFunc(c.reads(), func(r string) bool { return r != name })
			})
			lists[i] = nil
			for _, v := range candidates(name, claims, extra[name], fillings) {
				f := facts{name: v}
				if !slices.ContainsFunc(own, func(c claim) bool { return c.truth(f) != c.want }) && (len(names) == 1 || len(lists[i]) < mostContents) {
					lists[i] = append(lists[i], v)
					if len(names) == 1 {
						break
					}
				}
			}
		}
		if len(names) == 1 {
			break
		}
		for i := range names {
			for k, other := range names {
				if i != k {
					for _, v := range lists[i] {
						extra[other] = append(extra[other], v...)
					}
				}
			}
		}
	}
	tries := 0
	m.known[key] = first(facts{}, names, lists, claims, &tries)
	return m.known[key]
}

// first is the first of all combinations of values with which the claims are true.
func first(f facts, names []string, lists [][][]string, claims []claim, tries *int) facts {
	if len(f) == len(names) {
		return maps.Clone(f)
	}
	name := names[len(f)]
	for _, v := range lists[len(f)] {
		if *tries++; *tries > mostSteps {
			return nil
		}
		f[name] = v
		ready := func(c claim) bool {
			return slices.Contains(c.reads(), name) && !slices.ContainsFunc(c.reads(), func(r string) bool { _, there := f[r]; return !there })
		}
		if !slices.ContainsFunc(claims, func(c claim) bool { return ready(c) && c.truth(f) != c.want }) {
			if found := first(f, names, lists, claims, tries); found != nil {
				return found
			}
		}
		delete(f, name)
	}
	return nil
}

func (m *maker) key(claims []claim) string {
	ids := make([]int, len(claims))
	for i, c := range claims {
		id, ok := m.ids[c.predicate]
		if !ok {
			id = len(m.ids)
			m.ids[c.predicate] = id
		}
		ids[i] = 2*id + int(c.want)
	}
	slices.Sort(ids)
	var b []byte
	for _, id := range slices.Compact(ids) {
		b = append(strconv.AppendInt(b, int64(id), 36), ' ')
	}
	return string(b)
}
