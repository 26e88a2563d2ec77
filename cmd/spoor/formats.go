package main

import (
	"github.com/spf13/cobra"

	"spoor/engine/input/format"
)

func newFormats(s *shell) *cobra.Command {
	l := &listing{names: []string{"format", "description", "example"}}
	cmd := &cobra.Command{
		Use:   "formats",
		Short: "List the formats of logs that are recognised",
		Long: `List the formats of logs. Each record's format is recognised by its content, so files may mix them; gzip, zstd and
bzip2 are recognised as well, whatever a file's name.`,
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			for _, f := range format.Formats() {
				l.add(f.Name, f.Doc, f.Example)
			}
			return l.write(s)
		},
	}
	l.flags(cmd)
	return cmd
}
