package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"spoor/engine"
	"spoor/grammar/source"
	"spoor/macros"
)

func newMacros(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "macros",
		Short: "List, show and expand macros",
		Long: `Macros are saved text: a call between backticks is replaced by the definition before a query is read. Built-in macros
are overridden by macros.conf in the config folder, that by --macros, and that by -D.`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newMacrosList(s), newMacrosShow(s), newMacrosExpand(s))
	return cmd
}

func newMacrosList(s *shell) *cobra.Command {
	var o library
	l := &listing{names: []string{"macro", "place", "description"}}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List all macros",
		Args:  arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			all, err := o.loud(s)
			if err != nil {
				return err
			}
			for _, m := range all.All() {
				l.add(m.Signature(), place(m), m.Description)
			}
			return l.write(s)
		},
	}
	o.flags(cmd.Flags())
	l.flags(cmd)
	return cmd
}

func newMacrosShow(s *shell) *cobra.Command {
	var o library
	cmd := &cobra.Command{
		Use:   "show NAME | 'NAME(ARITY)'...",
		Short: "Show the definition of macros, where it stands and what it overrides",
		Args:  arguments(1, -1),
		RunE: func(_ *cobra.Command, names []string) error {
			all, err := o.loud(s)
			if err != nil {
				return err
			}
			for _, name := range names {
				if err := showMacro(s, all, name); err != nil {
					return err
				}
			}
			return nil
		},
	}
	o.flags(cmd.Flags())
	return cmd
}

// showMacro shows each macro of the name, or the one with as many arguments as stand in brackets behind it.
func showMacro(s *shell, all *macros.Library, name string) error {
	name, arity, err := splitArity(strings.Trim(name, "`"))
	if err != nil {
		return err
	}
	var found []*macros.Macro
	for _, m := range all.All() {
		if m.Name == name && (arity < 0 || arity == len(m.Args)) {
			found = append(found, m)
		}
	}
	if m := all.Resolve(name, max(arity, 0)); found == nil && m != nil {
		found = append(found, m)
	}
	if found == nil {
		d := all.Unknown(name, max(arity, 0), source.Span{})
		return usage("%s", d.Message).hint("%s", d.Hint)
	}
	for _, m := range found {
		if _, err := fmt.Fprintln(s.out, harmless(describeMacro(m))); err != nil {
			return err
		}
	}
	return nil
}

// splitArity reads `name`, `name(2)` and `name(a, b)`; the arity of a bare name is -1.
func splitArity(word string) (name string, arity int, err error) {
	name, list, found := strings.Cut(word, "(")
	if !found {
		return name, -1, nil
	}
	list, closed := strings.CutSuffix(list, ")")
	if n, err := strconv.Atoi(list); err == nil && n >= 0 && closed {
		return name, n, nil
	}
	if !closed {
		return "", 0, usage("%q is no name of a macro", word).hint("write the name, name(2) or name(a, b)")
	}
	if strings.TrimSpace(list) == "" {
		return name, 0, nil
	}
	return name, 1 + strings.Count(list, ","), nil
}

func describeMacro(m *macros.Macro) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", m.Signature())
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %-12s %s\n", name, strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", 15)))
		}
	}
	line("definition", m.Definition.String())
	if m.IsEval {
		line("iseval", "true: the definition is an expression that makes the text")
	}
	line("validation", m.Validation.String())
	line("errormsg", m.ErrorMsg)
	line("description", m.Description)
	if b := m.Shipped(); b != nil && !m.IsEval && (engine.Options{}).Foreign(m.Definition, b.Definition) {
		line("here", "no event is of these sources, unless --sourcetype says so: what is built in counts as well")
	}
	line("place", place(m))
	for o := m.Overrides; o != nil; o = o.Overrides {
		line("overrides", place(o)+": "+o.Definition.String())
	}
	return b.String()
}

// place says where a macro is defined.
func place(m *macros.Macro) string {
	file, line := m.Place()
	switch {
	case m.Implicit:
		return "implicit: define it to filter"
	case m.Builtin:
		return fmt.Sprintf("built in (%s:%d)", file, line)
	}
	return fmt.Sprintf("%s:%d", file, line)
}

func newMacrosExpand(s *shell) *cobra.Command {
	var q query
	var o library
	cmd := &cobra.Command{
		Use:   "expand QUERY",
		Short: "Print a query with its macros expanded",
		Args:  arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := q.expandable(s, args)
			if err != nil {
				return err
			}
			all, err := o.loud(s)
			if err != nil {
				return err
			}
			expanded, _, errs := engine.Expand(text, engine.Options{Macros: all, Now: s.now()})
			if errs.Failed() {
				return errs
			}
			_, err = fmt.Fprintln(s.out, strings.TrimRight(s.shown(expanded.Body), "\n"))
			return err
		},
	}
	cmd.Flags().StringVarP(&q.file, "file", "f", "", "read the query from `FILE`, or from the standard input with `-f -`")
	o.flags(cmd.Flags())
	return cmd
}

// expandable is the query given by argument or by -f.
func (q *query) expandable(s *shell, args []string) (*source.Text, error) {
	switch {
	case q.file != "" && len(args) > 0:
		return nil, usage("there are two queries: one in %s and one as an argument", q.file)
	case q.file != "":
		return s.readQuery(q.file)
	case len(args) == 0:
		return nil, usage("no query").hint("spoor macros expand 'QUERY', or -f FILE")
	}
	return source.New("query", args[0]), nil
}

// shown is text for the standard output: exact into a pipe, harmless on a terminal.
func (s *shell) shown(text string) string {
	if s.outTerminal {
		return harmless(text)
	}
	return text
}
