package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"spoor/engine"
	"spoor/engine/aggregate"
	"spoor/engine/function"
	"spoor/grammar/source"
)

// topic is a page of help that belongs to no command.
type topic struct {
	name, doc string
	// write gets the words behind the topic's name: an entry of the page, if it has entries.
	write func(w io.Writer, words []string) error
}

// topics is a function because the pages reach the tables only when somebody asks for them.
func topics() []topic {
	return []topic{
		{"commands", "the commands of SPL, Splunk's query language", helpCommands},
		{"eql", "EQL, Elastic's query language: what it is and what is decided here", helpEQL},
		{"functions", "eval functions, operators and aggregates of SPL", helpFunctions},
		{"exit-codes", "exit codes, and which of several wins", helpExitCodes},
		{"limits", "the limits of Splunk that --splunk-limits keeps", helpLimits},
		{"time", "how times are written", helpTime},
		{"settings", "the config folder and the environment", helpSettings},
	}
}

func topicNames() []string {
	var names []string
	for _, t := range topics() {
		names = append(names, t.name)
	}
	return names
}

func newHelp(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND or TOPIC]",
		Short: "Help about any command or topic",
		RunE: func(cmd *cobra.Command, words []string) error {
			if len(words) > 0 {
				for _, t := range topics() {
					if t.name == words[0] {
						return t.write(s.out, words[1:])
					}
				}
			}
			found, rest, err := cmd.Root().Find(words)
			if err != nil || len(words) > 0 && found == cmd.Root() || len(rest) > 0 {
				return unknownTopic(cmd.Root(), words)
			}
			if err := found.Help(); err != nil || found != cmd.Root() {
				return err
			}
			return listTopics(s.out)
		},
	}
}

func listTopics(w io.Writer) error {
	var b strings.Builder
	b.WriteString("\nHelp topics:\n")
	for _, t := range topics() {
		fmt.Fprintf(&b, "  %-11s %s\n", t.name, t.doc)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func unknownTopic(root *cobra.Command, words []string) error {
	names := topicNames()
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	m := usage("no help about `%s`", strings.Join(words, " "))
	if near := source.Suggest(words[0], names); near != "" {
		return m.hint("%s", near)
	}
	return m.hint("`spoor help` lists commands and topics; `spoor help functions %s` explains a function", words[0])
}

func helpCommands(w io.Writer, words []string) error {
	var b strings.Builder
	var names, waiting []string
	for _, c := range engine.Commands() {
		names = append(append(names, c.Name), c.Aliases...)
		switch {
		case len(words) > 0 && !goesBy(words[0], c.Name, c.Aliases):
		case c.Runs:
			b.WriteString(describeCommand(c))
		case len(words) > 0 && c.Doc != "":
			fmt.Fprintf(&b, "%s\n%s", c.Name, filled("    ", "It cannot run here: "+c.Doc+"."))
			if c.Notes != "" {
				fmt.Fprintf(&b, "%s", filled("    ", "Instead: "+c.Notes+"."))
			}
		case len(words) > 0:
			fmt.Fprintf(&b, "%s\n    It is understood, but does not run yet.\n", c.Name)
		default:
			waiting = append(waiting, c.Name)
		}
	}
	if len(waiting) > 0 {
		fmt.Fprintf(&b, "\nUnderstood, but not run here:\n%s", filled("  ", strings.Join(waiting, " ")))
	}
	return page(w, &b, words, "command", "commands", names)
}

// filled is text in lines of some 100 columns, each behind the margin.
func filled(margin, text string) string {
	var b strings.Builder
	width := 0
	for word := range strings.FieldsSeq(text) {
		switch n := utf8.RuneCountInString(word); {
		case width == 0:
			b.WriteString(margin)
			width = len(margin) + n
		case width+1+n > 100:
			b.WriteString("\n" + margin)
			width = len(margin) + n
		default:
			b.WriteByte(' ')
			width += 1 + n
		}
		b.WriteString(word)
	}
	return b.String() + "\n"
}

func describeCommand(c engine.CommandInfo) string {
	text := c.Syntax + "\n" + filled("    ", c.Doc)
	if c.Notes != "" {
		text += filled("    ", c.Notes)
	}
	if len(c.Aliases) > 0 {
		text += filled("    ", "Also: "+strings.Join(c.Aliases, ", "))
	}
	return text
}

func helpFunctions(w io.Writer, words []string) error {
	var b strings.Builder
	var names []string
	families := map[string][]string{}
	var order []string
	for _, f := range function.All(function.SPL) {
		names = append(names, f.Name)
		if len(words) > 0 && !strings.EqualFold(words[0], f.Name) {
			continue
		}
		if families[f.Family] == nil {
			order = append(order, f.Family)
		}
		families[f.Family] = append(families[f.Family], entry(f.Syntax, f.Doc, f.Example, f.Want))
	}
	for _, a := range aggregate.All() {
		names = append(append(names, a.Name), a.Aliases...)
		if len(words) > 0 && !goesBy(words[0], a.Name, a.Aliases) {
			continue
		}
		if families["aggregates"] == nil {
			order = append(order, "aggregates")
		}
		families["aggregates"] = append(families["aggregates"], entry(a.Syntax, a.Doc, a.Example, a.Want))
	}
	for _, family := range order {
		fmt.Fprintf(&b, "%s\n%s\n", strings.ToUpper(family), strings.Join(families[family], ""))
	}
	return page(w, &b, words, "function", "functions", names)
}

// goesBy says whether a word is a name or one of the aliases.
func goesBy(word, name string, aliases []string) bool {
	return strings.EqualFold(word, name) || slices.ContainsFunc(aliases, func(a string) bool { return strings.EqualFold(word, a) })
}

func entry(syntax, doc, example, want string) string {
	return fmt.Sprintf("  %s\n%s      %s  is  %s\n", syntax, filled("      ", doc), example, want)
}

// page writes a page, or an error if it lacks the entry that was asked for.
func page(w io.Writer, b *strings.Builder, words []string, noun, topic string, names []string) error {
	if b.Len() == 0 && len(words) > 0 {
		m := usage("unknown %s `%s`", noun, words[0])
		if near := source.Suggest(words[0], names); near != "" {
			return m.hint("%s", near)
		}
		return m.hint("`spoor help %s` lists them", topic)
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

func helpExitCodes(w io.Writer, _ []string) error {
	var b strings.Builder
	for _, e := range exits {
		fmt.Fprintf(&b, "%5d  %s\n", e.code, e.doc)
	}
	b.WriteString("\nIf several apply, the first of these wins:")
	for _, e := range precedence {
		fmt.Fprintf(&b, " %d", e)
	}
	b.WriteString(".\n")
	_, err := io.WriteString(w, b.String())
	return err
}
