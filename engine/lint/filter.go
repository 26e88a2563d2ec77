package lint

import (
	"slices"
	"strings"

	"spoor/engine"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

var filterMacro = &Check{
	Code: "filter-macro", Severity: source.Warning,
	Doc:  "The filter macro at the end of a detection has the name of no detection, or of another one.",
	Why:  "Whoever tunes the detection defines the macro that its name promises, and nothing happens. The filter is the detection's name in lower case with underscores, and _filter.",
	File: "shells.yml",
	Bad:  content + "search: process_name=sh | `linux_shels_filter`\n",
	Good: content + "search: process_name=sh | `linux_shells_filter`\n",
	rule: func(s *subject) {
		if s.rule.Format != rules.SecurityContent {
			return
		}
		own := filterOf(s.rule)
		for _, use := range s.program.Uses {
			if !use.Macro.Implicit || use.Macro.Name == own {
				continue
			}
			other := slices.IndexFunc(s.compiled, func(c engine.Compiled) bool { return filterOf(c.Rule) == use.Macro.Name })
			if other >= 0 {
				s.warn(use.Call, "%s is the filter of another detection, %s", use.Macro.Name, s.compiled[other].Rule.Name).WithHint("this one's is %s", own)
			} else {
				s.warn(use.Call, "%s is the filter of no detection", use.Macro.Name).WithHint("this one's is %s", own)
			}
		}
	},
	pack: func(s *subject) {
		if s.options.Macros == nil {
			return
		}
		var known []string
		for _, c := range s.compiled {
			known = append(known, filterOf(c.Rule))
			if c.Program != nil {
				for _, use := range c.Program.Uses {
					known = append(known, use.Macro.Name)
				}
			}
		}
		for _, m := range s.options.Macros.All() {
			if m.Builtin || !strings.HasSuffix(m.Name, "_filter") || slices.Contains(known, m.Name) {
				continue
			}
			if near := source.Suggest(m.Name, known); near != "" {
				s.warn(m.Origin, "the filter %s is used by no detection", m.Name).WithHint("%s", near)
			}
		}
	},
}

const content = `name: Linux Shells
id: 2c7e0c1a-0000-4000-8000-000000000001
type: Anomaly
`

// filterOf is the macro by which a detection of security_content is tuned.
func filterOf(r *rules.Rule) string {
	return strings.ToLower(strings.NewReplacer(" ", "_", "-", "_", ".", "_", "/", "_").Replace(r.Name)) + "_filter"
}
