package why

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/output"
	"spoor/engine/plan"
)

// Style says how an answer is drawn.
type Style struct {
	Name  string         // of the rule
	Zone  *time.Location // of times; nil is UTC
	Width int            // to which lines are cut; 0: they are not cut
	Color bool           // what decides, in colour
}

// drawing is an answer on its way to text.
type drawing struct {
	*bufio.Writer
	Style
	answer *Answer
	way    *Way
}

// Text draws the answer: first of all why, then the event and the conditions as a tree, in which a triangle marks what decides.
func (a *Answer) Text(w io.Writer, s Style) error {
	d := &drawing{Writer: bufio.NewWriter(w), Style: s, answer: a}
	verb := map[Mark]string{True: "fired", False: "did not fire", Unknown: "may have fired"}[a.Fired]
	d.paragraph(fmt.Sprintf("%s %s: %s", s.Name, verb, a.Because))
	if a.Alike > 0 {
		d.line(fmt.Sprintf("%d more like it", a.Alike))
	}
	e := a.Event
	d.line("")
	d.line(strings.TrimRight(strings.Join([]string{e.place(), d.moment(e), e.Host, e.Kind}, "  "), " "))
	for _, note := range e.Notes {
		d.line("  " + note)
	}
	d.line("  " + output.Escape(e.Raw))
	for i, way := range a.Ways {
		d.way = way
		d.line("")
		d.header(i, len(a.Ways))
		for _, c := range way.Conditions {
			d.condition(c, 0)
		}
		for _, stage := range way.Stages {
			d.stage(stage)
		}
		d.sequence(way.Sequence)
		for _, step := range way.Steps {
			d.step(step)
		}
	}
	if len(a.Result) > 0 {
		d.line("")
		d.line("the row")
		for _, s := range a.Result {
			d.line("  " + s.Name + " is " + quoted(s.Value))
		}
	}
	return d.Flush()
}

func (d *drawing) moment(e *Event) string {
	if !e.Timed {
		return "without a time"
	}
	return column.FormatTime(e.Time, d.Zone)
}

func (d *drawing) header(i, ways int) {
	text := "conditions"
	if d.way.Dataset != "" {
		text += " on " + d.way.Dataset
	}
	if ways > 1 {
		text = fmt.Sprintf("search %d of %d: %s", i+1, ways, text)
	}
	d.line(text)
	if d.way.Outside != "" {
		d.line("  ▶ " + d.way.Outside)
	}
}

var signs = map[Mark]string{True: "✓", False: "✗", Absent: "∅", Unknown: "?"}

var joined = map[string]string{"and": "all of", "or": "any of", "not": "not"}

// condition draws a condition with what was seen, and what it is made of below.
func (d *drawing) condition(c *Condition, depth int) {
	if c == nil {
		return
	}
	lead := "  "
	if c.Decides {
		lead = "▶ "
	}
	margin := "  " + strings.Repeat("  ", depth)
	text := joined[c.Op]
	if c.Op == "" {
		text = c.Text
	}
	d.marked(margin+lead+signs[c.Mark]+" "+text, c)
	for _, s := range c.Seen {
		d.line(margin + "      " + d.seen(s))
	}
	if c.Closest != "" {
		d.line(margin + "      closest: " + c.Closest)
	}
	if c.Note != "" {
		d.line(margin + "      " + c.Note)
	}
	for _, p := range c.Parts {
		d.condition(p, depth+1)
	}
}

// marked writes the line of a condition, behind it where it stands in the rule.
func (d *drawing) marked(text string, c *Condition) {
	if at := placeOf(c); at != "" && c.Op == "" {
		text += "  (" + at + ")"
	}
	if c.Decides && c.Mark != True && d.Color {
		d.line("\x1b[1m" + d.fit(text) + "\x1b[0m")
		return
	}
	d.line(text)
}

// placeOf is where a condition was written, and the macro that brought it in.
func placeOf(c *Condition) string {
	if c.At.IsZero() {
		return ""
	}
	where, via := c.At.Origin()
	line, col := where.Position()
	text := fmt.Sprintf("%s:%d:%d", where.Text.Name, line, col)
	if len(via) > 0 {
		text += ", macro " + via[0].Macro
	}
	return text
}

// seen is a field and its value, and what it comes from if it is none of the event's own fields.
func (d *drawing) seen(s Seen) string {
	text := s.Name + " is " + quotedTo(s.Value, mostWritten)
	var from []string
	for _, raw := range d.way.sources(s.Name) {
		if value, has := d.way.event.Fields[raw]; has {
			from = append(from, raw+" "+quotedText(value))
		} else {
			from = append(from, raw+" (absent)")
		}
	}
	switch {
	case d.way.looksUp(s):
		text += "  ← the start of its process"
	case from != nil:
		text += "  ← " + strings.Join(from, ", ")
	}
	return text
}

// looksUp says whether the value of a field comes from the process table: the event itself has none.
func (w *Way) looksUp(s Seen) bool {
	has := func(raw string) bool { _, is := w.event.Fields[raw]; return is }
	return !s.Value.IsNull() && slices.Contains(w.table, s.Name) && !has(s.Name) && !slices.ContainsFunc(w.sources(s.Name), has)
}

// sources is the event's own fields that make a field of the dataset; none if it is one of them.
func (w *Way) sources(name string) (out []string) {
	e, ok := w.feeds[name]
	if !ok {
		return nil
	}
	for _, raw := range plan.Fields(e, nil) {
		if raw = visible(raw); raw != name && !slices.Contains(out, raw) {
			out = append(out, raw)
		}
	}
	return out
}

func (d *drawing) stage(s *Stage) {
	text := "stage " + s.Name
	if s.Name == "until" {
		text = s.Name
	}
	if s.Missing {
		text += " (must not be there)"
	}
	for i, k := range s.Keys {
		if i == 0 {
			text += "  by"
		}
		text += " " + k.Name + " " + quoted(k.Value)
	}
	d.line("  " + text)
	d.condition(s.Condition, 1)
}

// paragraph writes words in lines of the width.
func (d *drawing) paragraph(text string) {
	if d.Width <= 0 {
		d.line(text)
		return
	}
	line, indent := "", ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len(indent)+len(line)+1+len(word) > d.Width:
			d.line(indent + line)
			line, indent = word, "  "
		default:
			line += " " + word
		}
	}
	d.line(indent + line)
}

func (d *drawing) line(text string) {
	if !strings.HasPrefix(text, "\x1b") {
		text = d.fit(text)
	}
	_, _ = d.WriteString(text + "\n") // the writer remembers its error
}

// fit makes a line harmless and cuts it to the width.
func (d *drawing) fit(text string) string {
	text = strings.TrimRight(output.Escape(text), " ")
	if d.Width > 0 {
		text, _ = output.Shorten(text, d.Width)
	}
	return text
}
