package finding

import (
	"cmp"
	"maps"
	"slices"

	"spoor/engine/attack"
	"spoor/engine/column"
	"spoor/engine/rules"
)

// Score is one entity with all that was found about it.
type Score struct {
	Kind     string // host, user, process, other
	Entity   string
	Score    float64
	Findings int
	SPL      int // rules
	EQL      int
	Tactics  []attack.Tactic // in the order of the matrix
	First    int64           // 0 if no finding tells a time
	Last     int64
}

// View adds findings up per entity, as risk-based alerting does: those of rules in both languages together. A host or user that a rule does
// not name as a risk object is counted without a score.
type View struct{ tallies map[tally]*sum }

type tally struct{ kind, entity string }

type sum struct {
	name    string
	score   float64
	count   int
	rules   map[*rules.Rule]bool
	tactics map[string]attack.Tactic
	first   int64
	last    int64
}

// Add counts a finding. It is not kept.
func (v *View) Add(f *Finding) {
	if v.tallies == nil {
		v.tallies = map[tally]*sum{}
	}
	scores, names := map[tally]float64{}, map[tally]string{}
	note := func(kind, key, name string, score float64) {
		t := tally{kind, key}
		scores[t] += score
		if names[t] == "" {
			names[t] = name
		}
	}
	for _, host := range f.Entities.Hosts {
		note("host", host, host, 0)
	}
	for _, user := range f.Entities.Users {
		note("user", user, user, 0)
	}
	for _, r := range f.Risk {
		note(kindOf(r.Type), r.Object, r.Object, r.Score)
	}
	for _, p := range f.Entities.Processes {
		key := p.Key()
		if key == "" {
			key = "\x00" + p.Host + "\x00" + p.Name // a program's name says which process it is only together with the host
		}
		t := tally{"process", key}
		if _, twice := scores[t]; !twice {
			note(t.kind, t.entity, p.String(), f.adds())
		}
	}
	for t, score := range scores {
		v.count(t, names[t], score, f)
	}
}

// kindOf is what entities of a type of risk object are called.
func kindOf(riskObject string) string {
	switch riskObject {
	case "system":
		return "host"
	case "user":
		return "user"
	}
	return "other"
}

func (v *View) count(t tally, name string, score float64, f *Finding) {
	s := v.tallies[t]
	if s == nil {
		s = &sum{name: name, rules: map[*rules.Rule]bool{}, tactics: map[string]attack.Tactic{}}
		v.tallies[t] = s
	}
	if len(name) > len(s.name) {
		s.name = name // a process with its program rather than its id alone
	}
	s.score += score
	s.count++
	s.rules[f.Rule] = true
	for _, tactic := range f.Tactics {
		s.tactics[tactic.ID] = tactic
	}
	s.first, s.last = span(s.first, s.last, f.First)
	s.first, s.last = span(s.first, s.last, f.Last)
}

// Scores is all entities, the highest score first; of equal scores that with more findings.
func (v *View) Scores() []Score {
	var out []Score
	matrix := attack.Tactics()
	for t, s := range v.tallies {
		score := Score{Kind: t.kind, Entity: s.name, Score: s.score, Findings: s.count, First: s.first, Last: s.last}
		for rule := range s.rules {
			if rule.Language == rules.EQL {
				score.EQL++
			} else {
				score.SPL++
			}
		}
		score.Tactics = inOrder(matrix, s.tactics)
		out = append(out, score)
	}
	slices.SortFunc(out, func(a, b Score) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Findings, a.Findings), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.First, b.First))
	})
	return out
}

// inOrder is tactics in the order of the matrix, those that it does not have at the end.
func inOrder(matrix []attack.Tactic, set map[string]attack.Tactic) []attack.Tactic {
	out := make([]attack.Tactic, 0, len(set))
	for _, t := range matrix {
		if _, ok := set[t.ID]; ok {
			out = append(out, t)
		}
	}
	if len(out) == len(set) {
		return out
	}
	for _, id := range slices.Sorted(maps.Keys(set)) {
		if _, known := attack.FindTactic(id); !known {
			out = append(out, set[id])
		}
	}
	return out
}

// Rows is the scores as rows, for the writers of rows.
func (v *View) Rows() column.Stream {
	names := []string{"entity", "type", "score", "findings", "spl_rules", "eql_rules", "tactics", "first", "last"}
	return func(yield func(*column.Batch, error) bool) {
		cells := make([][]column.Value, len(names))
		scores := v.Scores()
		for _, s := range scores {
			tactics := make([]column.Value, len(s.Tactics))
			for i, t := range s.Tactics {
				tactics[i] = column.Str(t.Name)
			}
			row := []column.Value{column.Str(s.Entity), column.Str(s.Kind), column.Real(s.Score), column.Integer(int64(s.Findings)), column.Integer(int64(s.SPL)),
				column.Integer(int64(s.EQL)), column.Multi(tactics), moment(s.First), moment(s.Last)}
			for i, value := range row {
				cells[i] = append(cells[i], value)
			}
		}
		if len(scores) > 0 {
			yield(batch(names, cells), nil)
		}
	}
}

// moment is a time as a value: null if it is not known.
func moment(ns int64) column.Value {
	if ns == 0 {
		return column.Value{}
	}
	return column.Nanos(ns)
}

// batch makes rows of columns of values.
func batch(names []string, cells [][]column.Value) *column.Batch {
	cols := make([]column.Vector, len(names))
	for i := range names {
		cols[i] = column.FromValues(cells[i])
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(cells[0]))
}
