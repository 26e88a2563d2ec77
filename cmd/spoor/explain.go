package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// explanation is the flags of the command.
type explanation struct {
	query
	library
	elastic
	isEQL bool
	only  []string
}

func newExplain(s *shell) *cobra.Command {
	o := &explanation{}
	cmd := &cobra.Command{
		Use:   "explain QUERY [PATH...]",
		Short: "Show what a query means, stage by stage, without running it",
		Long: `Show the query with its macros expanded, its syntax tree, its plan before and after rewriting, the plans of searches in
brackets that run first, which conditions of where drop rows in which a field is missing, and what of it all reaches
the scan. It takes the arguments of search, or with --eql those of eql, and exits 0 if the query would run. Inputs are
looked at only for --now data.`,
		Example: `  spoor explain -f detection.spl
  spoor explain '| tstats count from datamodel=Endpoint.Processes by Processes.user' --only plan
  spoor explain --eql 'process where process.name == "nc" and process.parent.name == "systemd"'`,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), s, args) },
	}
	f := cmd.Flags()
	o.query.flags(f)
	o.library.flags(f)
	o.lookupFlags(f)
	o.elastic.flags(f)
	f.BoolVar(&o.isEQL, "eql", false, "the query is one of EQL")
	f.StringSliceVar(&o.only, "only", nil, "show only the sections whose names hold one of these `WORDS`")
	return cmd
}

func (o *explanation) run(ctx context.Context, s *shell, args []string) error {
	var flags compiler = &o.library
	if o.isEQL {
		flags = &o.elastic
	}
	p, err := o.prepare(ctx, s, args, flags)
	if err != nil {
		return err
	}
	if len(p.warnings) > 0 {
		s.say("%s", p.warnings.Error())
	}
	for _, section := range p.program.Explain() {
		text := strings.TrimRight(section.Text, "\n")
		if text == "" || len(o.only) > 0 && !holdsAny(section.Name, o.only) {
			continue
		}
		if _, err := fmt.Fprintf(s.out, "%s\n  %s\n\n", section.Name, strings.ReplaceAll(harmless(text), "\n", "\n  ")); err != nil {
			return err
		}
	}
	return nil
}

func holdsAny(name string, words []string) bool {
	for _, w := range words {
		if strings.Contains(strings.ToLower(name), strings.ToLower(strings.TrimSpace(w))) {
			return true
		}
	}
	return false
}
