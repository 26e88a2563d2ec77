package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func newExplain(s *shell) *cobra.Command {
	o := &query{}
	var only []string
	cmd := &cobra.Command{
		Use:   "explain QUERY [PATH...]",
		Short: "Show what a query means, stage by stage, without running it",
		Long: `Show the query with its macros expanded, its syntax tree, its plan before and after rewriting, and what of it reaches
the scan. It takes the arguments of search, and exits 0 if the query would run. Inputs are looked at only for --now data.`,
		Example: `  spoor explain -f detection.spl
  spoor explain '| tstats count from datamodel=Endpoint.Processes by Processes.user' --only plan`,
		RunE: func(cmd *cobra.Command, args []string) error { return o.explain(cmd, s, args, only) },
	}
	o.flags(cmd.Flags())
	cmd.Flags().StringSliceVar(&only, "only", nil, "show only the sections whose names hold one of these `WORDS`")
	return cmd
}

func (o *query) explain(cmd *cobra.Command, s *shell, args, only []string) error {
	p, err := o.prepare(cmd.Context(), s, args)
	if err != nil {
		return err
	}
	if len(p.warnings) > 0 {
		s.say("%s", p.warnings.Error())
	}
	for _, section := range p.program.Explain() {
		text := strings.TrimRight(section.Text, "\n")
		if text == "" || len(only) > 0 && !holdsAny(section.Name, only) {
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
