package main

import (
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine/output"
)

// writing is the flags that say how rows are written, and where.
type writing struct {
	format  string
	to      string
	color   string
	wide    bool
	csvSafe bool
	aimed   bool // to is the name of a file, with the time in it
}

func (o *writing) flags(cmd *cobra.Command) { o.flagsOf(cmd, "rows", formatNames()) }

// flagsOf is the flags of something that is written in formats of its own.
func (o *writing) flagsOf(cmd *cobra.Command, what string, formats []string) {
	f := cmd.Flags()
	f.StringVarP(&o.format, "output", "o", "", "`FORMAT` of the "+what+": "+strings.Join(formats, ", ")+" (table on a terminal, else ndjson)")
	f.StringVar(&o.to, "to", "", "write the "+what+" to `FILE`, which appears whole or not at all; %Y%m%dT%H and the like stand for the time of the run")
	f.BoolVar(&o.wide, "wide", false, "show all of a table, and do not narrow it to the terminal")
	f.BoolVar(&o.csvSafe, "csv-safe", false, "guard CSV cells that a spreadsheet would run as a formula")
	f.StringVar(&o.color, "color", "auto", "`WHEN` to use colours: auto, always, never")
	choices(cmd, "output", formats...)
	choices(cmd, "color", "auto", "always", "never")
}

// write lets rows be written to the standard output or to --to, in the way that the flags ask for there.
func (o *writing) write(s *shell, zone *time.Location, rows func(io.Writer, output.Options) error) error {
	out := output.Options{
		Format: o.format, Zone: zone, Terminal: s.outTerminal, Width: s.width, Wide: o.wide, CSVSafe: o.csvSafe, Color: s.colored(o.color, s.outTerminal), ASCII: s.ascii(s.outTerminal),
	}
	if o.to == "" || o.to == "-" {
		return rows(s.out, out)
	}
	if !o.aimed {
		if err := o.aim(s.now().In(zone)); err != nil {
			return err
		}
	}
	out.Terminal, out.Color = false, o.color == "always"
	if out.Format == "" {
		out.Format = output.Formats().ForFile(o.to)
	}
	return writeFile(o.to, func(w io.Writer) error { return rows(w, out) })
}

func formatNames() []string {
	var names []string
	for _, f := range output.Formats() {
		names = append(names, f.Name)
	}
	return names
}
