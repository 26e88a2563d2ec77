package why

import (
	"fmt"
	"strings"

	"spoor/engine/column"
)

func (d *drawing) sequence(e *Ending) {
	if e == nil {
		return
	}
	d.line("the sequence")
	for _, m := range e.Events {
		d.line("    ✓ stage " + d.member(m))
	}
	switch {
	case e.End == Completed:
		return
	case e.By == nil:
		d.line("  ▶ ✗ stage " + d.way.Stages[e.Next].Name + "  never came")
	case e.End == Orphan:
		d.line("  ▶ ✗ stage " + d.way.Stages[e.Next].Name + "  had not come")
		d.line("      stage " + d.member(*e.By))
	default:
		d.line("  ▶ ✗ stage " + d.member(*e.By) + "  " + e.fate())
	}
	for _, m := range e.Others {
		d.line("      other keys: stage " + d.member(m) + with(m.Keys))
	}
	if e.Instead != nil {
		d.line("      nearest to stage " + d.member(e.Instead.Member))
		d.condition(e.Instead.Condition, 3)
	}
}

// member is an event of a sequence: its stage, its place and its time.
func (d *drawing) member(m Member) string {
	text := fmt.Sprintf("%s  %s  %s", d.way.Stages[m.Stage].Name, m.place(), column.FormatTime(m.Time, d.Zone))
	if m.Position == d.answer.Event.Position() {
		text += "  (this event)"
	}
	return text
}

// fate is what an event did to a sequence, in a few words.
func (e *Ending) fate() string {
	switch e.End {
	case Late:
		return short(e.Late) + " too late"
	case Replaced:
		return "took the place of the one before"
	}
	return "ended it"
}

func (d *drawing) step(s *Step) {
	d.line("then" + strings.TrimPrefix(s.group(), ","))
	if s.Condition != nil {
		d.condition(s.Condition, 0)
	} else {
		lead := "▶ "
		if s.Mark == True {
			lead = "  "
		}
		d.line("  " + lead + signs[s.Mark] + " " + s.Text)
	}
	if s.Note != "" {
		d.line("      " + s.Note)
	}
}
