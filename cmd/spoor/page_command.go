package main

import (
	"fmt"
	"strings"

	"spoor/engine"
	"spoor/examples"
)

// goesBy says whether a word is a name or one of the aliases.
func goesBy(word, name string, aliases []string) bool {
	for _, n := range append([]string{name}, aliases...) {
		if strings.EqualFold(word, n) {
			return true
		}
	}
	return false
}

// command writes the page of a command of SPL, if the word is one.
func (p *sheet) command(word string) bool {
	for _, c := range engine.Commands() {
		if !goesBy(word, c.Name, c.Aliases) {
			continue
		}
		if c.Runs {
			p.runs(c)
		} else {
			p.refused(c)
		}
		return true
	}
	return false
}

func (p *sheet) refused(c engine.CommandInfo) {
	p.heading("COMMAND " + c.Name)
	why := "It is understood, but cannot run here"
	if c.Doc != "" {
		why += ": " + c.Doc
	}
	p.paragraph("  ", "  ", why+".")
	if c.Notes != "" {
		p.paragraph("  ", "  ", "Instead: "+c.Notes+".")
	}
}

func (p *sheet) runs(c engine.CommandInfo) {
	p.heading("COMMAND")
	p.paragraph("  ", "      ", c.Syntax)
	p.WriteByte('\n')
	p.paragraph("  ", "  ", c.Doc)
	if len(c.Aliases) > 0 {
		p.paragraph("  ", "  ", "It goes by "+strings.Join(c.Aliases, " and ")+", too.")
	}
	p.options(c.Options)
	if c.Notes != "" {
		p.heading("HERE AND IN SPLUNK")
		p.paragraph("  ", "  ", c.Notes)
	}
	p.examples("commands/" + c.Name)
	p.seeAlso(c.Related)
}

func (p *sheet) options(list []engine.Option) {
	var rows []row
	var idle []string
	for _, o := range list {
		if o.Idle {
			idle = append(idle, o.Name)
			continue
		}
		doc := o.Doc
		if o.Default != "" {
			doc += fmt.Sprintf(" Default: %s", shown(o.Default))
		}
		rows = append(rows, row{o.Name + "=" + o.Value, doc})
	}
	if len(list) > 0 {
		p.heading("OPTIONS")
	}
	p.rows(rows)
	if len(idle) > 0 {
		p.paragraph("  ", "  ", "Accepted, and without any effect here: "+strings.Join(idle, ", ")+".")
	}
}

// shown is a default as help writes it: in quotes if it begins or ends with a blank.
func shown(value string) string {
	if strings.TrimSpace(value) != value {
		return `"` + value + `"`
	}
	return value
}

// examples is the command lines of a script with what they print.
func (p *sheet) examples(script string) {
	for _, e := range examples.Of(script) {
		where := ""
		if strings.Contains(e.Line, " examples/") {
			where = ", in this project's folder"
		}
		p.heading("EXAMPLE" + where + ": " + e.Title)
		fmt.Fprintf(p, "%s\n\n%s", indented(e.Line), e.Shows)
	}
}

func (p *sheet) seeAlso(names []string) {
	if len(names) > 0 {
		p.heading("SEE ALSO")
		p.paragraph("  ", "  ", strings.Join(names, ", "))
	}
}

// commands lists the commands with a sentence on each.
func (p *sheet) commands() {
	p.heading("COMMANDS of SPL, of which `spoor help NAME` says more")
	var rows []row
	var refused []string
	for _, c := range engine.Commands() {
		if c.Runs {
			rows = append(rows, row{c.Name, sentence(c.Doc)})
		} else {
			refused = append(refused, c.Name)
		}
	}
	p.rows(rows)
	p.heading("UNDERSTOOD, BUT NOT RUN HERE, for reasons that `spoor help NAME` gives, mostly with what to write instead")
	p.paragraph("  ", "  ", strings.Join(refused, ", "))
}
