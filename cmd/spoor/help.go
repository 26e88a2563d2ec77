package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"spoor/engine"
	"spoor/engine/aggregate"
	"spoor/engine/function"
	"spoor/grammar/source"
)

// topic is a page of help that belongs to no command line.
type topic struct {
	name, doc string
	write     func(p *sheet) error
	// entry writes the page of one entry of the topic, if there is one of this name; nil if the topic has none.
	entry func(p *sheet, name string) bool
}

// topics is a function because the pages reach the tables only when somebody asks for them.
func topics() []topic {
	return []topic{
		{"spl", "how searches are written: quoting, wildcards, search and where", helpSPL, nil},
		{"commands", "the commands of SPL, Splunk's query language", listed((*sheet).commands), (*sheet).command},
		{"functions", "the functions and operators of eval and where", listed(func(p *sheet) { p.functions("") }), (*sheet).functionEntry},
		{"aggregates", "the functions of stats and its kin", listed((*sheet).aggregates), (*sheet).aggregate},
		{"eql", "EQL, Elastic's query language: what it is and what is decided here", helpEQL, (*sheet).eqlEntry},
		{"types", "values: text, numbers, time, truth, several values, none", helpTypes, nil},
		{"limits", "the limits of Splunk that --splunk-limits keeps", helpLimits, nil},
		{"rules", "rules: the formats that are read, our own, how they are selected", helpRules, nil},
		{"schedules", "when rules run and over which time: cron, intervals, summer time; crontabs and timers", helpSchedules, nil},
		{"state", "runs that know of each other: what --state keeps, what is made up for, what is told again", helpState, nil},
		{"following", "-F: logs while they are written: what is told when, periods, restarts", helpFollowing, nil},
		{"replay", "what `spoor replay` finds in schedules: what is told twice, never or late, and why", helpReplay, nil},
		{"suppression", "which findings are told once only, or not at all: throttling, alert suppression, silences", helpSuppression, nil},
		{"tests", "tests of rules: how they are written, what they need", helpTests, nil},
		{"verdicts", "what the silence of a rule is worth: matched, quiet, degraded, cannot fire", helpVerdicts, nil},
		{"findings", "what rules find: formats, their fields, messages, risk", helpFindings, nil},
		{"checks", "what spoor lint looks for in rules: every code", helpChecks, (*sheet).checkEntry},
		{"profile", "what --profile tells of searches and rules", helpProfile, nil},
		{"survey", "what `spoor survey` says of logs: its rows and columns", helpSurvey, nil},
		{"cron", "runs by cron and systemd: whole periods, locks, names of files, what is said and where", helpCron, nil},
		{"exit-codes", "exit codes, and which of several wins", helpExitCodes, nil},
		{"time", "how times are written", helpTime, nil},
		{"settings", "the config folder and the environment", helpSettings, nil},
		{"all", "every page there is, one after another", helpAll, nil},
	}
}

// listed is a page that cannot fail.
func listed(write func(*sheet)) func(*sheet) error {
	return func(p *sheet) error { write(p); return nil }
}

func topicNames() []string {
	var names []string
	for _, t := range topics() {
		names = append(names, t.name)
	}
	return names
}

// wordPages is the pages that a word can have in the tables: of a command, and of functions, which share names with commands and each other.
var wordPages = []func(*sheet, string) bool{(*sheet).command, (*sheet).function, (*sheet).aggregate, (*sheet).eqlFunction}

func newHelp(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND, FUNCTION or TOPIC]",
		Short: "Help about any command, function or topic",
		Example: `  spoor help timechart     a command of SPL: syntax, options, examples with their output
  spoor help mvindex       a function
  spoor help functions     all functions, with a sentence on each`,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return helpWords(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, words []string) error {
			p := newSheet(s)
			if err := p.about(cmd.Root(), words); err != nil {
				return err
			}
			return p.flush(s.out)
		},
	}
}

// about writes the pages of what was asked for.
func (p *sheet) about(root *cobra.Command, words []string) error {
	if len(words) == 0 {
		if err := p.usage(root); err != nil {
			return err
		}
		p.heading("Help topics, as in `spoor help time`; `spoor help NAME` explains a command of SPL or a function:")
		var rows []row
		for _, t := range topics() {
			rows = append(rows, row{t.name, t.doc})
		}
		p.rows(rows)
		return nil
	}
	empty := p.Len()
	for _, t := range topics() {
		if t.name != strings.ToLower(words[0]) {
			continue
		}
		if len(words) == 2 && t.entry != nil {
			if !t.entry(p, words[1]) {
				return unknown(root, words[1])
			}
			return nil
		}
		if err := t.write(p); err != nil {
			return err
		}
	}
	if found, rest, err := root.Find(words); err == nil && found != root && len(rest) == 0 && p.Len() == empty {
		if err := p.usage(found); err != nil {
			return err
		}
	}
	if len(words) == 1 {
		p.words(words[0])
	}
	if p.Len() == empty {
		return unknown(root, strings.Join(words, " "))
	}
	return nil
}

// words writes what the tables have of a word.
func (p *sheet) words(word string) {
	if word == "search" {
		p.heading("`spoor help spl` says how searches are written: quoting, wildcards, search and where.")
	}
	for _, write := range wordPages {
		write(p, word)
	}
}

// usage writes what the library for command lines has to say of a command.
func (p *sheet) usage(cmd *cobra.Command) error {
	out := cmd.OutOrStdout()
	cmd.SetOut(p)
	defer cmd.SetOut(out)
	return cmd.Help()
}

// helpWords is every word that help knows.
func helpWords() []string {
	names := append(topicNames(), function.Names(function.SPL)...)
	names = append(append(names, aggregate.Names()...), function.Names(function.EQL)...)
	for _, c := range engine.Commands() {
		names = append(append(names, c.Name), c.Aliases...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func unknown(root *cobra.Command, word string) error {
	names := helpWords()
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	m := usage("no help about `%s`", word)
	if near := source.Suggest(word, names); near != "" {
		return m.hint("%s", near)
	}
	return m.hint("`spoor help` lists commands and topics, `spoor help commands` and `spoor help functions` what searches are made of")
}

// helpAll is everything on one page.
func helpAll(p *sheet) error {
	for _, t := range topics() {
		if t.name == "all" {
			continue
		}
		p.heading(strings.ToUpper(t.name) + ": " + t.doc)
		p.WriteByte('\n')
		if err := t.write(p); err != nil {
			return err
		}
	}
	for _, word := range helpWords() {
		p.words(word)
	}
	return nil
}
