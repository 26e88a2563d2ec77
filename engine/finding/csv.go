package finding

import (
	"fmt"
	"strings"

	"spoor/engine/attack"
	"spoor/engine/column"
	"spoor/engine/output"
)

// csvColumns is what a line tells of a finding.
var csvColumns = []struct {
	name string
	of   func(*sink, *Finding) column.Value
}{
	{"id", func(_ *sink, f *Finding) column.Value { return column.Str(f.ID) }},
	{"first", func(_ *sink, f *Finding) column.Value { return moment(f.First) }},
	{"last", func(_ *sink, f *Finding) column.Value { return moment(f.Last) }},
	{"rule_id", func(_ *sink, f *Finding) column.Value { return text(f.Rule.ID) }},
	{"rule_name", func(_ *sink, f *Finding) column.Value { return text(f.Name) }},
	{"version", func(_ *sink, f *Finding) column.Value { return text(f.Rule.Version) }},
	{"status", func(_ *sink, f *Finding) column.Value { return text(f.Rule.Status) }},
	{"type", func(_ *sink, f *Finding) column.Value { return text(f.Rule.Type) }},
	{"severity", func(_ *sink, f *Finding) column.Value { return text(f.Severity) }},
	{"risk_score", func(_ *sink, f *Finding) column.Value { return column.Real(f.RiskScore) }},
	{"tactics", func(_ *sink, f *Finding) column.Value { return texts(f.tactics()) }},
	{"techniques", func(_ *sink, f *Finding) column.Value { return texts(f.techniques()) }},
	{"hosts", func(_ *sink, f *Finding) column.Value { return texts(f.Entities.Hosts) }},
	{"users", func(_ *sink, f *Finding) column.Value { return texts(f.Entities.Users) }},
	{"processes", func(_ *sink, f *Finding) column.Value { return texts(f.processes()) }},
	{"message", func(_ *sink, f *Finding) column.Value { return text(f.Message) }},
	{"references", func(_ *sink, f *Finding) column.Value { return texts(f.Rule.References) }},
	{"rule_file", func(_ *sink, f *Finding) column.Value { return text(f.Rule.File) }},
	{"rule_sha256", func(_ *sink, f *Finding) column.Value { return text(f.Rule.SHA256) }},
	{"evidence", func(_ *sink, f *Finding) column.Value { return texts(f.places()) }},
	{"evidence_total", func(_ *sink, f *Finding) column.Value { return column.Integer(f.Evidence.Total) }},
	{"rows", (*sink).rowsAsJSON},
	{"fingerprint", func(_ *sink, f *Finding) column.Value {
		return f.History.of(func(h *History) column.Value { return column.Str(h.Fingerprint) })
	}},
	{"history_status", func(_ *sink, f *Finding) column.Value {
		return f.History.of(func(h *History) column.Value { return column.Str(string(h.Status)) })
	}},
	{"seen", func(_ *sink, f *Finding) column.Value {
		return f.History.of(func(h *History) column.Value { return column.Integer(int64(h.Seen)) })
	}},
}

// csv writes a line per finding.
func (s *sink) csv(findings Stream) error {
	names := make([]string, len(csvColumns))
	for i, c := range csvColumns {
		names[i] = c.name
	}
	rows := func(yield func(*column.Batch, error) bool) {
		for f, err := range findings {
			if err != nil {
				yield(nil, err)
				return
			}
			cells := make([][]column.Value, len(csvColumns))
			for i, c := range csvColumns {
				cells[i] = []column.Value{c.of(s, f)}
			}
			s.summary.Written++
			if !yield(batch(names, cells), nil) {
				return
			}
		}
	}
	_, err := output.Write(s.Writer, rows, output.Options{Format: "csv", Zone: s.Zone, Terminal: s.Terminal, CSVSafe: s.CSVSafe, Space: s.Space})
	return err
}

func (s *sink) rowsAsJSON(f *Finding) column.Value {
	var all []column.Value
	for _, row := range f.Rows {
		if line, err := output.JSON(object{row, s.Zone}); err == nil {
			all = append(all, column.Str(string(line)))
		}
	}
	return column.Multi(all)
}

// text is a text as a value: null if it is empty.
func text(s string) column.Value {
	if s == "" {
		return column.Value{}
	}
	return column.Str(s)
}

func texts(list []string) column.Value {
	all := make([]column.Value, len(list))
	for i, s := range list {
		all[i] = column.Str(s)
	}
	return column.Multi(all)
}

// tactics is the names of the tactics.
func (f *Finding) tactics() []string {
	var out []string
	for _, t := range f.Tactics {
		out = append(out, t.Name)
	}
	return out
}

// techniques is the techniques by id and name; of one that was revoked, what took its place.
func (f *Finding) techniques() []string {
	var out []string
	for _, t := range f.Techniques {
		text := strings.TrimSpace(t.ID + " " + t.Name)
		if current, ok := attack.Resolve(t.ID); ok && t.RevokedBy != "" {
			text += " (now " + current.ID + " " + current.Name + ")"
		}
		out = append(out, text)
	}
	return out
}

func (f *Finding) processes() []string {
	var out []string
	for _, p := range f.Entities.Processes {
		out = append(out, p.String())
	}
	return out
}

// places is where the records stand: file and line, or file and offset.
func (f *Finding) places() []string {
	var out []string
	for _, r := range f.Evidence.Records {
		out = append(out, r.place())
	}
	return out
}

func (r Record) place() string {
	if r.Line > 0 {
		return fmt.Sprintf("%s:%d", r.File, r.Line)
	}
	return fmt.Sprintf("%s@%d", r.File, r.Offset)
}
