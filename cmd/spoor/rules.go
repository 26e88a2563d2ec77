package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/rules"
)

func newRules(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List and show detection rules",
		Long: `Rules are read as they are published: security_content's YAML, Elastic's TOML, exports of Kibana (.ndjson),
savedsearches.conf and the apps of Splunk that have one, and rules of our own (see "spoor help rules"). A checkout of
security_content brings its macros, lookups and schedules along, also for a rule or folder inside of it.`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRulesList(s), newRulesShow(s))
	return cmd
}

func newRulesList(s *shell) *cobra.Command {
	var p pack
	var j judged
	l := &listing{names: []string{"rule", "language", "type", "severity", "score", "techniques", "status", "enabled", "id", "place"}}
	cmd := &cobra.Command{
		Use:   "list RULES...",
		Short: "List the rules in files and folders",
		Example: `  spoor rules list examples/rules
  spoor rules list security_content/ --include tactic=persistence --include 'data_source=*linux*'
  spoor rules list rules/ -o csv
  spoor rules list rules/ --data logs/`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			chosen, code, err := p.open(s, paths, false)
			if err != nil {
				return err
			}
			outcomes, judgement, err := j.outcomes(cmd.Context(), s, &p, chosen)
			if err != nil {
				return err
			}
			code = code.or(judgement)
			if outcomes != nil {
				l.names = []string{"rule", "verdict", "findings", "reasons", "language", "type", "severity", "id", "place"}
			}
			for _, r := range chosen {
				if x := outcomes[r]; x != nil {
					l.add(r.Name, string(x.Verdict), strconv.Itoa(x.Findings), strings.Join(x.Reasons, "\n"), string(r.Language), r.Type, r.Severity, r.ID, ruleAt(r))
					continue
				}
				l.add(r.Name, string(r.Language), r.Type, r.Severity, score(r), l.inCell(techniqueIDs(r)), r.Status, yesOrNo(r.Enabled), r.ID, ruleAt(r))
			}
			if err := l.write(s); err != nil {
				return err
			}
			s.say("%s", p.summary(len(chosen)))
			return code.err()
		},
	}
	p.flags(cmd.Flags())
	j.flags(cmd.Flags())
	l.flags(cmd)
	return cmd
}

func newRulesShow(s *shell) *cobra.Command {
	var p pack
	var j judged
	l := &listing{}
	cmd := &cobra.Command{
		Use:   "show RULES... [ID | NAME]...",
		Short: "Show all that is known of rules: what is published, when they run, what they mean and what they need",
		Long: `Show rules whole: what their publishers say, when they run, how severe they are, the query with its macros expanded,
and the fields that it reads, by kind of event. Arguments that are no paths are ids or patterns of names.`,
		Example: `  spoor rules show examples/rules 'Linux Service Restarted'
  spoor rules show rules/ f3818c85-2207-4b51-8a28-d70fb156ee87 -o json`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, names := divide(args)
			if len(paths) == 0 {
				return usage("%s: no such file or folder", args[0]).hint("the paths of rules come first, names of rules behind them")
			}
			p.included = append(p.included, names...)
			chosen, code, err := p.open(s, paths, false)
			if err != nil {
				return err
			}
			o := engine.Options{Models: datamodels.Builtin(), Now: s.now()}
			doubts, err := p.options(s, &o)
			if err != nil {
				return err
			}
			if len(doubts) > 0 {
				s.say("%s", doubts.Error())
			}
			outcomes, judgement, err := j.outcomes(cmd.Context(), s, &p, chosen)
			if err != nil {
				return err
			}
			if err := l.describe(s, chosen, o, outcomes); err != nil {
				return err
			}
			return code.or(judgement).err()
		},
	}
	p.flags(cmd.Flags())
	j.flags(cmd.Flags())
	l.flags(cmd)
	return cmd
}

func techniqueIDs(r *rules.Rule) (out []string) {
	for _, t := range r.Techniques() {
		out = append(out, t.ID)
	}
	return out
}

// inCell is several words in a cell: in a table, where a rule should be one line, side by side.
func (l *listing) inCell(words []string) string {
	if l.format == "table" {
		return strings.Join(words, " ")
	}
	return strings.Join(words, "\n")
}

// describe writes all facts of rules: as a page for each of them, or as rows.
func (l *listing) describe(s *shell, chosen []*rules.Rule, o engine.Options, outcomes map[*rules.Rule]*detect.Outcome) error {
	if err := checkFormat(l.format); err != nil {
		return err
	}
	for i, c := range engine.CompileRules(chosen, o) {
		facts := append(publishedFacts(c.Rule), compiledFacts(c)...)
		if x := outcomes[c.Rule]; x != nil {
			facts = append(facts, said("verdict", verdictOf(x)))
		}
		if l.format == "table" {
			if i > 0 {
				fmt.Fprintln(s.out)
			}
			if _, err := fmt.Fprint(s.out, harmless(rulePage(facts))); err != nil {
				return err
			}
			continue
		}
		l.names = l.names[:0]
		var row []column.Value
		for _, f := range facts {
			l.names = append(l.names, strings.ReplaceAll(f.name, " ", "_"))
			row = append(row, f.value())
		}
		l.rows = append(l.rows, row)
	}
	if l.format == "table" {
		return nil
	}
	return l.write(s)
}

// rulePage is the facts of a rule that it has any of: each beside its name, or below it if it has several lines.
func rulePage(facts []fact) string {
	var b strings.Builder
	for i, f := range facts {
		if i == 0 {
			fmt.Fprintf(&b, "%s\n", f.values[0])
			continue
		}
		for j, value := range f.values {
			name := f.name
			if j > 0 {
				name = ""
			}
			value = strings.ReplaceAll(strings.TrimSpace(value), "\n", "\n"+strings.Repeat(" ", 20))
			fmt.Fprintf(&b, "  %-17s %s\n", name, value)
		}
	}
	return b.String()
}
