package lint

import (
	"path/filepath"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

var duplicateName = &Check{
	Code: "duplicate-name", Severity: source.Warning,
	Doc:  "Two rules with different ids have one name.",
	Why:  "Splunk knows a search by its name, so that one of them replaces the other; in findings they cannot be told apart.",
	File: "shells.yml",
	Bad:  "id: a\n" + shells + "---\nid: b\n" + shells,
	Good: shells,
	pack: func(s *subject) {
		first := map[string]*rules.Rule{}
		for _, c := range s.compiled {
			old := first[c.Rule.Name]
			if old == nil {
				first[c.Rule.Name] = c.Rule
				continue
			}
			s.rule = c.Rule
			s.warn(c.Rule.At, "another rule is called %s too: %s in %s", c.Rule.Name, old.ID, filepath.Base(old.File))
		}
	},
}
