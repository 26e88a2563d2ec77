package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"spoor/engine/attack"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/output"
)

// findings is the flags that say what becomes of findings.
type findings struct {
	writing
	by        string
	navigator string
	index     string
	reticent  bool // unless something is found, nothing is written to the standard output, nor is more said than what went wrong
}

func (o *findings) flags(cmd *cobra.Command) {
	o.flagsOf(cmd, "findings", findingFormats())
	f := cmd.Flags()
	f.StringVar(&o.by, "by", "rule", "show findings by `rule`, or add them up by risk: per host, user and process")
	f.StringVar(&o.navigator, "navigator", "", "write a layer for the ATT&CK Navigator to `FILE`: what the rules cover, could have found, and found")
	f.StringVar(&o.index, "index", "", "`INDEX` of Elasticsearch in the format bulk (default: "+finding.DefaultIndex+")")
	choices(cmd, "by", "rule", "risk")
}

func findingFormats() (names []string) {
	for _, f := range finding.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// check looks at the flags that have few values.
func (o *findings) check() error {
	switch {
	case o.by != "rule" && o.by != "risk":
		return usage("--by is rule or risk, not %q", o.by)
	case !slices.Contains([]string{"auto", "always", "never"}, o.color):
		return usage("--color is auto, always or never, not %q", o.color)
	case o.format == "":
		return nil
	case o.by == "risk":
		return checkFormat(o.format)
	}
	if err := finding.Check(o.format); err != nil {
		return usage("%s", err)
	}
	return nil
}

// files is what is written besides the standard output.
func (o *findings) files() []string {
	return slices.DeleteFunc([]string{o.to, o.navigator}, func(name string) bool { return name == "" || name == "-" })
}

// write writes the findings of an answer that are to be told, and the layer. It gives the worst severity among them by its rank; -1 if there are none.
func (o *findings) write(ctx context.Context, s *shell, found finding.Stream, answer *detect.Report, options detect.Options) (worst int, err error) {
	worst = -1
	held := &reluctant{}
	if o.reticent {
		s, held = s.reticent()
	}
	seen := func(yield func(*finding.Finding, error) bool) {
		for f, err := range found {
			if err == nil {
				held.found.Store(true)
				worst = max(worst, slices.Index(finding.Severities(), f.Severity), 0)
			}
			if !yield(f, err) {
				return
			}
		}
	}
	writer := o.rows
	if o.by == "risk" {
		writer = o.risk
	}
	if o.to == "" || o.to == "-" {
		err = writer(ctx, s, s.out, seen, options)
	} else {
		err = writeFile(o.to, func(w io.Writer) error { return writer(ctx, s, w, seen, options) })
	}
	if err == nil {
		err = held.flush()
	}
	if err == nil && o.navigator != "" {
		err = o.layer(s, answer)
	}
	return worst, err
}

// rows writes each finding.
func (o *findings) rows(ctx context.Context, s *shell, w io.Writer, found finding.Stream, options detect.Options) error {
	m := memory{limit: capacity(options.Run.Memory), tempDir: options.Run.TempDir}
	space := m.ofOutput(ctx)
	defer space.Close()
	f := finding.Options{
		Format: o.format, Zone: options.Compile.Zone, Terminal: s.outTerminal, Width: s.width, Wide: o.wide, Color: s.colored(o.color, s.outTerminal), ASCII: s.ascii(s.outTerminal),
		CSVSafe: o.csvSafe, Space: space, Now: options.Compile.Now, Version: version(), Index: o.index,
	}
	if w != s.out {
		f.Terminal, f.Color = false, o.color == "always"
		if f.Format == "" {
			f.Format = finding.Formats().ForFile(o.to)
		}
	}
	summary, err := finding.Write(w, found, f)
	if err == nil && summary.Without > 0 {
		s.say("note: %s of %d not in the output: the format %s has nothing of findings without a risk object", plural(summary.Without, "finding"), summary.Findings, o.format)
	}
	return err
}

// risk writes what the findings add up to.
func (o *findings) risk(_ context.Context, s *shell, w io.Writer, found finding.Stream, options detect.Options) error {
	var view finding.View
	for f, err := range found {
		if err != nil {
			return err
		}
		view.Add(f)
	}
	out := output.Options{
		Format: o.format, Zone: options.Compile.Zone, Terminal: s.outTerminal, Width: s.width, Wide: o.wide, Color: s.colored(o.color, s.outTerminal), ASCII: s.ascii(s.outTerminal), CSVSafe: o.csvSafe,
	}
	if w != s.out {
		out.Terminal, out.Color = false, o.color == "always"
		if out.Format == "" {
			out.Format = output.Formats().ForFile(o.to)
		}
	}
	_, err := output.Write(w, view.Rows(), out)
	return err
}

// layer writes what the pack covers.
func (o *findings) layer(s *shell, answer *detect.Report) error {
	layer := attack.Layer{Name: "spoor", Description: "What the rules cover, what they could have found in the data, and what they found.", Coverage: finding.Coverage(answer.Standings())}
	return writeFile(o.navigator, func(w io.Writer) error {
		unknown, err := layer.Write(w)
		if len(unknown) > 0 && !o.reticent {
			s.say("note: ATT&CK %s has no %s", attack.Release(), strings.Join(unknown, ", "))
		}
		return err
	})
}
