package main

import (
	"fmt"

	"spoor/engine/survey"
)

func helpSurvey(p *sheet) error {
	p.WriteString("\n")
	p.paragraph("", "", "The rows of `spoor survey`. A column that has nothing to say is empty, in JSON null or left out.")
	for _, s := range survey.Sections() {
		p.heading("what = " + s.Name)
		p.paragraph("  ", "  ", s.Doc)
		p.rows(rowsOf(s.Columns, func(c survey.Column) row { return row{c.Name, c.Doc} }))
	}
	p.heading("NUMBERS OF RECORDS")
	p.paragraph("  ", "  ", "Sysmon numbers its records. They may come in any order and more than once. What is missing between the lowest and the highest number was not written, not collected, or deleted. If lower numbers were written more than a second after higher ones, the log was made anew, or the clock set back: the numbers are judged on their own before and after. Only events that say when they were written (SystemTime) count here.")
	p.heading("CLOCKS")
	p.paragraph("  ", "  ", "UtcTime is when it happened by Sysmon's own count, SystemTime when the event was written. Process starts are asked only if a host has no other events, for theirs is the time of the fork.")
	p.heading("LIMITS")
	p.paragraph("  ", "  ", fmt.Sprintf("Of each host the %d largest gaps and silences and the first %d restarts have rows; the row of the host counts all. Names beyond what memory allows (16,384 hosts, 256 kinds and 16 machine ids of each, the first by name) are counted together, as (others), and of hosts nothing more is said: a warning says so, and the exit code is 4. A host with more than 65,536 gaps is scattered, as after a filter; of one with more than 1,024 silences the shorter ones are not told. A clock with very many differences has a median that is rounded.", survey.Listed, survey.Listed))
	return nil
}
