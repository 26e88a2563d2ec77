package lint

import (
	"spoor/engine/attack"
	"spoor/grammar/source"
)

var technique = &Check{
	Code: "technique", Severity: source.Warning, uncompiled: true,
	Doc:  "A technique or tactic is not in ATT&CK, or not any more.",
	Why:  "What the rule covers is missing from layers and from selections by technique. `spoor version` says which release is known here.",
	File: "shells.yml",
	Bad:  shells + "attack: [T1086]\n",
	Good: shells + "attack: [T1059.001]\n",
	rule: func(s *subject) {
		for _, named := range s.rule.Techniques() {
			t, known := attack.Find(named.ID)
			switch now, current := attack.Resolve(named.ID); {
			case !known:
				s.warn(s.written(named.ID), "ATT&CK %s has no technique %s", attack.Release(), named.ID)
			case t.RevokedBy != "" && current:
				s.warn(s.written(named.ID), "ATT&CK has revoked %s", named.ID).WithHint("%s %s took its place", now.ID, now.Name)
			case !t.Current():
				s.warn(s.written(named.ID), "ATT&CK has given up %s, and nothing took its place", named.ID)
			}
		}
		for _, named := range s.rule.Tactics() {
			if _, known := attack.FindTactic(named.ID); !known {
				s.warn(s.written(named.ID), "ATT&CK %s has no tactic %s", attack.Release(), named.ID)
			}
		}
	},
}
