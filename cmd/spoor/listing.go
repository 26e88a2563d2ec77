package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine/column"
	"spoor/engine/output"
)

// listing is a table of facts about spoor itself, written in any format.
type listing struct {
	format string
	wide   bool
	names  []string
	rows   [][]column.Value
}

func (l *listing) flags(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&l.format, "output", "o", "table", "`FORMAT` of the list")
	cmd.Flags().BoolVar(&l.wide, "wide", false, "do not narrow the table to the terminal")
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp))
}

// add adds a row; an empty cell is null, and one of several lines has several values.
func (l *listing) add(cells ...string) {
	row := make([]column.Value, len(cells))
	for i, c := range cells {
		var lines []column.Value
		for line := range strings.SplitSeq(c, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, column.Str(line))
			}
		}
		row[i] = column.Multi(lines)
	}
	l.rows = append(l.rows, row)
}

func (l *listing) write(s *shell) error { return l.writeIn(s, nil) }

// writeIn writes the list with times of a zone; nil is UTC.
func (l *listing) writeIn(s *shell, zone *time.Location) error {
	if err := checkFormat(l.format); err != nil {
		return err
	}
	cols := make([]column.Vector, len(l.names))
	for c := range l.names {
		values := make([]column.Value, len(l.rows))
		for r, row := range l.rows {
			values[r] = row[c]
		}
		cols[c] = column.FromValues(values)
	}
	batch := column.NewBatch(column.NewSchema(l.names...), cols, len(l.rows))
	_, err := output.Write(s.out, func(yield func(*column.Batch, error) bool) { yield(batch, nil) }, output.Options{
		Format: l.format, Zone: zone, Terminal: s.outTerminal, Width: s.width, Wide: l.wide, Color: s.colored("auto", s.outTerminal), ASCII: s.ascii(s.outTerminal), Bare: true,
	})
	return err
}
