package finding

import (
	"spoor/engine/attack"
	"spoor/engine/rules"
)

// Standing is a rule of a pack and what came of it.
type Standing struct {
	Rule     *rules.Rule
	Able     bool // it could have fired on the data
	Findings int
}

// Coverage is what a pack has to do with each technique that its rules name, for a layer of the navigator.
func Coverage(pack []Standing) []attack.Coverage {
	var out []attack.Coverage
	for _, s := range pack {
		for _, t := range s.Rule.Techniques() {
			c := attack.Coverage{Technique: t.ID, Covered: []string{s.Rule.Name}, Hits: s.Findings}
			if s.Able || s.Findings > 0 {
				c.Able = c.Covered
			}
			out = append(out, c)
		}
	}
	return out
}
