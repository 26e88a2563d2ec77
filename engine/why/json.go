package why

import (
	"io"
	"math"
	"time"

	"spoor/engine/column"
	"spoor/engine/output"
)

// schemaVersion is raised when a program that reads answers must be changed.
const schemaVersion = 1

type document struct {
	Schema  int            `json:"schema_version"`
	Rule    string         `json:"rule"`
	Event   documentEvent  `json:"event"`
	Fired   *bool          `json:"fired"` // null: it cannot be known
	Because string         `json:"because"`
	Alike   int64          `json:"alike,omitempty"`
	Ways    []documentWay  `json:"ways"`
	Row     map[string]any `json:"row,omitempty"`
}

type documentEvent struct {
	File   string   `json:"file"`
	Line   int64    `json:"line,omitempty"`
	Offset int64    `json:"offset"`
	Time   string   `json:"time,omitempty"`
	Host   string   `json:"host,omitempty"`
	Kind   string   `json:"kind"`
	Raw    string   `json:"raw"`
	Notes  []string `json:"notes,omitempty"`
}

type documentWay struct {
	Dataset    string               `json:"dataset,omitempty"`
	Fired      *bool                `json:"fired"`
	Because    string               `json:"because,omitempty"`
	Outside    bool                 `json:"outside,omitempty"` // the reason lies outside of the conditions
	Conditions []*documentCondition `json:"conditions,omitempty"`
	Stages     []documentStage      `json:"stages,omitempty"`
	Sequence   *documentSequence    `json:"sequence,omitempty"`
	Steps      []documentStep       `json:"steps,omitempty"`
}

type documentCondition struct {
	Op         string               `json:"op,omitempty"`
	Text       string               `json:"text"`
	At         *documentPlace       `json:"at,omitempty"`
	Mark       Mark                 `json:"mark"`
	Decides    bool                 `json:"decides"`
	Fields     []documentField      `json:"fields,omitempty"`
	Closest    string               `json:"closest,omitempty"`
	Note       string               `json:"note,omitempty"`
	Conditions []*documentCondition `json:"conditions,omitempty"`
}

type documentPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Macro  string `json:"macro,omitempty"`
}

type documentField struct {
	Name  string         `json:"name"`
	Value any            `json:"value"`
	From  map[string]any `json:"from,omitempty"` // the event's own fields that make it
	Table bool           `json:"from_process_table,omitempty"`
}

type documentStage struct {
	Name      string             `json:"name"`
	Missing   bool               `json:"missing,omitempty"`
	Keys      []documentField    `json:"keys,omitempty"`
	Condition *documentCondition `json:"condition,omitempty"`
}

type documentSequence struct {
	End     End              `json:"end"`
	Events  []documentMember `json:"events"`
	Stage   string           `json:"stage,omitempty"` // that was waited for
	By      *documentMember  `json:"by,omitempty"`
	Late    float64          `json:"late_seconds,omitempty"`
	Gap     float64          `json:"gap_seconds,omitempty"`
	Others  []documentMember `json:"other_keys,omitempty"`
	Instead *documentInstead `json:"nearest,omitempty"`
}

type documentMember struct {
	Stage string          `json:"stage"`
	File  string          `json:"file"`
	Line  int64           `json:"line,omitempty"`
	Time  string          `json:"time"`
	Keys  []documentField `json:"keys,omitempty"`
}

type documentInstead struct {
	documentMember
	Condition *documentCondition `json:"condition"`
}

type documentStep struct {
	Text      string             `json:"text"`
	Mark      Mark               `json:"mark"`
	Note      string             `json:"note,omitempty"`
	Group     []documentField    `json:"group,omitempty"`
	Condition *documentCondition `json:"condition,omitempty"`
}

// JSON writes the answer as a document on one line.
func (a *Answer) JSON(w io.Writer, s Style) error {
	e := a.Event
	out := document{
		Schema: schemaVersion, Rule: s.Name, Fired: truth(a.Fired), Because: a.Because, Alike: a.Alike, Ways: []documentWay{},
		Event: documentEvent{File: e.File, Line: e.Line, Offset: e.Offset, Host: e.Host, Kind: e.Kind, Raw: e.Raw, Notes: e.Notes},
	}
	if e.Timed {
		out.Event.Time = column.FormatTime(e.Time, s.Zone)
	}
	for _, way := range a.Ways {
		out.Ways = append(out.Ways, way.document(s.Zone))
	}
	for _, r := range a.Result {
		if out.Row == nil {
			out.Row = map[string]any{}
		}
		out.Row[r.Name] = plainValue(r.Value, s.Zone)
	}
	text, err := output.JSON(out)
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	return err
}

func truth(m Mark) *bool {
	yes := m == True
	if m == Unknown {
		return nil
	}
	return &yes
}

func (w *Way) document(zone *time.Location) documentWay {
	out := documentWay{Dataset: w.Dataset, Fired: truth(w.Fired), Because: w.Because, Outside: w.Outside != ""}
	for _, c := range w.Conditions {
		out.Conditions = append(out.Conditions, w.condition(c, zone))
	}
	for _, s := range w.Stages {
		out.Stages = append(out.Stages, documentStage{s.Name, s.Missing, w.fields(s.Keys, zone), w.condition(s.Condition, zone)})
	}
	if e := w.Sequence; e != nil {
		out.Sequence = &documentSequence{End: e.End, Late: e.Late.Seconds(), Gap: e.Gap.Seconds(), Events: w.members(e.Events, zone), Others: w.members(e.Others, zone)}
		if e.End != Completed {
			out.Sequence.Stage = w.Stages[e.Next].Name
		}
		if e.Instead != nil {
			out.Sequence.Instead = &documentInstead{w.members([]Member{e.Instead.Member}, zone)[0], w.condition(e.Instead.Condition, zone)}
		}
		if e.By != nil {
			out.Sequence.By = &w.members([]Member{*e.By}, zone)[0]
		}
	}
	for _, s := range w.Steps {
		out.Steps = append(out.Steps, documentStep{s.Text, s.Mark, s.Note, w.fields(s.Group, zone), w.condition(s.Condition, zone)})
	}
	return out
}

func (w *Way) condition(c *Condition, zone *time.Location) *documentCondition {
	if c == nil {
		return nil
	}
	out := &documentCondition{Op: c.Op, Text: c.Text, Mark: c.Mark, Decides: c.Decides, Fields: w.fields(c.Seen, zone), Closest: c.Closest, Note: c.Note}
	if !c.At.IsZero() {
		where, via := c.At.Origin()
		line, col := where.Position()
		out.At = &documentPlace{File: where.Text.Name, Line: line, Column: col}
		if len(via) > 0 {
			out.At.Macro = via[0].Macro
		}
	}
	for _, p := range c.Parts {
		out.Conditions = append(out.Conditions, w.condition(p, zone))
	}
	return out
}

func (w *Way) fields(list []Seen, zone *time.Location) (out []documentField) {
	for _, s := range list {
		f := documentField{Name: s.Name, Value: plainValue(s.Value, zone), Table: w.looksUp(s)}
		for _, raw := range w.sources(s.Name) {
			if f.From == nil {
				f.From = map[string]any{}
			}
			f.From[raw] = nil
			if value, has := w.event.Fields[raw]; has {
				f.From[raw] = value
			}
		}
		out = append(out, f)
	}
	return out
}

func (w *Way) members(list []Member, zone *time.Location) []documentMember {
	out := []documentMember{}
	for _, m := range list {
		out = append(out, documentMember{w.Stages[m.Stage].Name, m.File, m.Line, column.FormatTime(m.Time, zone), w.fields(m.Keys, zone)})
	}
	return out
}

// plainValue is a value as JSON has it.
func plainValue(v column.Value, zone *time.Location) any {
	switch v.Kind() {
	case column.Null:
		return nil
	case column.Bool:
		return v.True()
	case column.Int:
		return v.Int()
	case column.Float:
		if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f
		}
	case column.List:
		list := []any{}
		for _, item := range v.Items() {
			list = append(list, plainValue(item, zone))
		}
		return list
	}
	return column.Format(v, zone)
}
