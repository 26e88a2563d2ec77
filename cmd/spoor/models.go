package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"spoor/datamodels"
)

func newModels(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "models",
		Short: "List and show data models",
		Args:  arguments(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newModelsList(s), newModelsShow(s))
	return cmd
}

func newModelsList(s *shell) *cobra.Command {
	l := &listing{names: []string{"dataset", "events", "description"}}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List all datasets and the events that feed them",
		Args:  arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			all := datamodels.Builtin()
			for _, m := range all.Models() {
				for _, d := range m.Datasets() {
					l.add(d.String(), strings.Join(kindNames(all.Feeds(d)), "\n"), d.Doc)
				}
			}
			return l.write(s)
		},
	}
	l.flags(cmd)
	return cmd
}

func kindNames(kinds []*datamodels.Kind) []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	return names
}

func newModelsShow(s *shell) *cobra.Command {
	l := &listing{names: []string{"field", "type", "default", "from", "description"}}
	cmd := &cobra.Command{
		Use:     "show DATASET",
		Short:   "Show a dataset: its fields and where they come from",
		Example: "  spoor models show Endpoint.Processes",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			all := datamodels.Builtin()
			d, unknown := all.Lookup(args[0])
			if unknown != nil {
				return usage("%s", unknown.Message).hint("%s", unknown.Hint)
			}
			if l.format == "table" {
				if err := introduce(s, all, d); err != nil {
					return err
				}
			}
			for _, f := range d.AllFields() {
				kind := f.Type
				if f.Multivalue {
					kind += ", multivalue"
				}
				l.add(f.Name, kind, f.Default.String(), strings.Join(origins(all, d, f.Name), "\n"), f.Doc)
			}
			return l.write(s)
		},
	}
	l.flags(cmd)
	return cmd
}

// introduce says what rows a dataset has.
func introduce(s *shell, all *datamodels.Library, d *datamodels.Dataset) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", d, d.Doc)
	for _, k := range all.Feeds(d) {
		title := k.Title
		if k.AsIs(d) {
			title += ", under its own names"
		}
		fmt.Fprintf(&b, "  %-23s %s\n", k.Name, title)
	}
	for _, c := range d.Conditions() {
		fmt.Fprintf(&b, "  where %s\n", c.String())
	}
	_, err := fmt.Fprintln(s.out, b.String())
	return err
}

// origins says from what each kind of event makes a field.
func origins(all *datamodels.Library, d *datamodels.Dataset, field string) []string {
	var out []string
	for _, k := range all.Feeds(d) {
		assigns, _ := k.Mapping(d)
		for _, a := range assigns {
			if a.Field == field {
				out = append(out, k.Name+": "+a.Expr.String())
			}
		}
	}
	return out
}
