package main

import (
	"strings"

	"spoor/engine/lint"
)

func helpChecks(p *sheet) error {
	for _, severity := range []string{"error", "warning", "note"} {
		var list []row
		for _, c := range lint.Checks() {
			if c.Severity.String() == severity {
				list = append(list, row{c.Code, c.Doc})
			}
		}
		p.heading(strings.ToUpper(severity) + "S")
		p.rows(list)
	}
	p.heading("FORMATS")
	p.rows(rowsOf(lint.Formats(), func(f lint.Format) row { return row{f.Name, f.Doc} }))
	p.heading("IGNORING")
	p.paragraph("  ", "  ", "A comment # spoor:ignore CODE REASON leaves out what the check finds: before all rules of a file for all of them, below a rule's beginning for that one. A baseline holds one problem a line, by code, rule and message, so that it stays true when lines move.")
	return nil
}

// checkEntry writes the page of a check, if there is one of this name.
func (p *sheet) checkEntry(code string) bool {
	c := lint.Find(code)
	if c == nil {
		return false
	}
	p.heading(c.Code + ", " + c.Severity.String())
	p.paragraph("  ", "  ", c.Doc+" "+c.Why)
	p.heading("IT IS FOUND IN")
	p.WriteString(indented(strings.TrimRight(c.Bad, "\n")) + "\n")
	p.heading("AND NOT IN")
	p.WriteString(indented(strings.TrimRight(c.Good, "\n")) + "\n")
	return true
}
