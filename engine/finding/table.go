package finding

import (
	"fmt"
	"strings"

	"spoor/engine/column"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// table writes a table per rule: under a line that names it its findings, and then the commands that print their records. Findings of a
// rule that do not follow one another have several tables.
func (s *sink) table(findings Stream) error {
	var group []*Finding
	err := each(findings, func(f *Finding) error {
		if len(group) > 0 && group[0].Rule != f.Rule {
			if err := s.group(group); err != nil {
				return err
			}
			group = nil
		}
		group = append(group, f)
		return nil
	})
	if err != nil || len(group) == 0 {
		return err
	}
	return s.group(group)
}

func (s *sink) group(findings []*Finding) error {
	if s.summary.Written > 0 {
		_ = s.WriteByte('\n') // the writer remembers its error
	}
	_, _ = fmt.Fprintln(s, s.heading(findings))
	names := []string{"time", "hosts", "users", "message", "record"}
	if findings[0].History != nil {
		names = append(names, "history")
	}
	cells := make([][]column.Value, len(names))
	for _, f := range findings {
		row := []column.Value{moment(f.Last), texts(f.Entities.Hosts), texts(f.Entities.Users), text(f.Message), f.firstRecord(), text(f.History.word())}
		for i, v := range row[:len(names)] {
			cells[i] = append(cells[i], v)
		}
	}
	rows := func(yield func(*column.Batch, error) bool) { yield(batch(names, cells), nil) }
	_, err := output.Write(s.Writer, rows, output.Options{
		Format: "table", Zone: s.Zone, Terminal: s.Terminal, Width: s.Width, Wide: s.Wide, Color: s.Color, ASCII: s.ASCII, Bare: true,
	})
	if err != nil {
		return err
	}
	s.summary.Written += int64(len(findings))
	lines, more := Commands(findings)
	for _, line := range lines {
		_, _ = fmt.Fprintln(s, "records: "+line)
	}
	if more > 0 {
		_, _ = fmt.Fprintf(s, "and %s more\n", source.Count(more, "record"))
	}
	return s.Flush()
}

// heading names the rule and what its findings have in common.
func (s *sink) heading(findings []*Finding) string {
	f := findings[0]
	name := output.Escape(f.Rule.Name)
	if s.Color {
		name = "\x1b[1m" + name + "\x1b[0m"
	}
	about := []string{}
	for _, piece := range []string{f.Severity, "risk score " + column.FormatFloat(f.RiskScore), f.Rule.Type} {
		if piece != "" {
			about = append(about, piece)
		}
	}
	text := strings.Join(about, ", ")
	if known := f.techniques(); len(known) > 0 {
		text += "; " + strings.Join(known, ", ")
	}
	return name + ": " + source.Count(len(findings), "finding") + " (" + output.Escape(text) + ")"
}

// firstRecord is where the first record stands; of a sequence, of each of its events.
func (f *Finding) firstRecord() column.Value {
	places := f.places()
	if !f.Sequence() && len(places) > 1 {
		places = places[:1]
	}
	return texts(places)
}
