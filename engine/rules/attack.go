package rules

import (
	"slices"
	"strings"

	"spoor/engine/attack"
)

// Attack is what the rule says of ATT&CK in the words of the release. Where it names techniques only, their tactics are the table's; what
// the table does not know is given as the rule has it.
func (r *Rule) Attack() (tactics []attack.Tactic, techniques []attack.Technique) {
	for _, named := range r.Techniques() {
		t, ok := attack.Find(named.ID)
		if !ok {
			t = attack.Technique{ID: named.ID}
		}
		if t.Name == "" {
			t.Name = named.Name
		}
		techniques = append(techniques, t)
	}
	for _, named := range r.Tactics() {
		t, ok := attack.FindTactic(named.ID)
		if !ok {
			t = attack.Tactic{ID: named.ID, Name: named.Name, Short: strings.ToLower(strings.ReplaceAll(named.Name, " ", "-"))}
		}
		tactics = append(tactics, t)
	}
	if len(tactics) > 0 {
		return tactics, techniques
	}
	for _, known := range attack.Tactics() {
		serves := func(t attack.Technique) bool { return slices.Contains(current(t).Tactics, known) }
		if slices.ContainsFunc(techniques, serves) {
			tactics = append(tactics, known)
		}
	}
	return tactics, techniques
}

// current is the technique that took the place of a revoked one, or t.
func current(t attack.Technique) attack.Technique {
	if now, ok := attack.Resolve(t.ID); ok {
		return now
	}
	return t
}
