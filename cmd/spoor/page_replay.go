package main

import (
	"fmt"

	"spoor/engine/rehearsal"
)

func helpReplay(p *sheet) error {
	p.heading("WHAT IS COMPARED")
	p.paragraph("  ", "  ", "`spoor replay` says what the schedules of rules would have told over old logs. A row is for each finding that is told twice, never, or that came too late. A finding is one of the pass over all of the time, from where the first window begins to where the last one ends: what that pass does not find either is not missed.")
	p.paragraph("  ", "  ", "Runs are those that were due after --from, up to --to: from midnight to midnight the hourly windows of a day tile it. --every lets runs be due at other times; windows stay those of the rules, and a rule without one searches the time since the run before. Windows are searched as servers do: a sequence counts only where all of its events are in one of them. spoor itself finds it over their edges with `spoor detect --state`.")
	p.paragraph("  ", "  ", "What a rule itself suppresses (alert.suppress, alert_suppression, see `spoor help suppression`) is counted apart, and shown only with --all. Silences are those of a state folder, and play no part.")
	p.heading("WHY")
	p.rows(rowsOf(rehearsal.Reasons(), func(m rehearsal.Meaning) row { return row{string(m.Reason), fmt.Sprintf("%s: %s", m.What, m.Doc)} }))
	p.paragraph("  ", "  ", "They are looked for in this order, and the first that holds is told.")
	p.heading("GROUPS")
	p.paragraph("  ", "  ", "A group is known by its fields, whatever was counted of it: one that any window finds is not lost, even if other events of it are in no window. Rules whose rows rest on one event, or on the events of one sequence, need no run of their own: whether a window finds them follows from the one pass. All others are answered window by window.")
	p.heading("COLUMNS")
	p.rows([]row{
		{"time", "of the first event, as far as it is known"},
		{"what", "twice, never or late"},
		{"rule", "its name"},
		{"reason", "one of the words above"},
		{"why", "the same in words, with the figures"},
		{"advice", "what the rule could say so that the finding is told once: where its windows begin, or its max_signals. Windows that are longer read more, and may tell more twice"},
		{"message", "of the finding"},
		{"host, file, line", "of its first record"},
	})
	return nil
}
