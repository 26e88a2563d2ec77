package why

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/grammar/source"
)

// Place is where the event that is asked about stands: a line, counted from 1, or an offset in decoded bytes.
type Place struct {
	Ordinal  int // of the input
	Line     int64
	Offset   int64
	ByOffset bool
}

// Event is the record that was asked about.
type Event struct {
	File    string
	Line    int64
	Offset  int64
	Ordinal int
	Kind    string // such as sysmon/1
	Host    string
	Time    int64 // in nanoseconds since 1970; valid if Timed
	Timed   bool
	Raw     string
	Fields  map[string]string // under the source's own names
	Notes   []string
}

// Position is the event's place among all inputs.
func (e *Event) Position() int64 { return column.PackPosition(e.Ordinal, e.Offset) }

// find reads the event at a place. Its error says what stands there instead.
func find(ctx context.Context, q *Question, at Place) (*Event, error) {
	in := q.Run.Inputs[at.Ordinal]
	from, to := at.Offset, at.Offset+1
	if !at.ByOffset {
		var lines int64
		var ok bool
		var err error
		if from, to, lines, ok, err = input.Stretch(in, at.Line); err != nil {
			return nil, err
		} else if !ok {
			return nil, source.Errorf(source.Span{}, "no-such-line", "%s has %s: there is no line %d", q.path(at.Ordinal), source.Count(int(lines), "line"), at.Line)
		}
	}
	f := finder{ctx: ctx, question: q, options: q.Run, at: at, from: from, to: to}
	found, err := f.find()
	if err != nil {
		return nil, err
	}
	if lines := input.Lines(in, []int64{found.Offset}); lines[0] > 0 {
		found.Line = lines[0]
	}
	if !at.ByOffset && found.Line != at.Line {
		found.note("line %d is within the record that begins at line %d", at.Line, found.Line)
	}
	if at.ByOffset && found.Offset != at.Offset {
		found.note("offset %d is within the record that begins at %d", at.Offset, found.Offset)
	}
	return found, nil
}

func (e *Event) place() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	return fmt.Sprintf("%s@%d", e.File, e.Offset)
}

func (e *Event) note(format string, args ...any) {
	e.Notes = append(e.Notes, fmt.Sprintf(format, args...))
}

// finder looks for the record in a stretch of an input.
type finder struct {
	ctx      context.Context
	question *Question
	options  engine.RunOptions
	at       Place
	from, to int64
}

func (f *finder) find() (*Event, error) {
	list, said, err := f.read([]int64{f.from}, false)
	if err != nil || len(list) == 1 {
		return first(list), err
	}
	if around, err := f.around(); err != nil || around != nil {
		return around, err
	}
	if list, _, err = f.read([]int64{f.from}, true); err != nil || len(list) == 1 {
		return first(list), err
	}
	return nil, f.missing(&said.Total)
}

func first(list []*Event) *Event {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// around is the event that begins in the stretch or, if none does, the one that it is part of.
func (f *finder) around() (*Event, error) {
	var starts []int64
	var before, length int64 = -1, 0
	config := f.config(input.Demand{Fields: []string{column.Position, "_raw"}})
	take := func(_ string, b *column.Batch) (bool, error) {
		at, raw := b.Col(column.Position), b.Col("_raw")
		for row := range b.Rows {
			ordinal, offset := column.UnpackPosition(at.Value(row).Int())
			switch {
			case ordinal != f.at.Ordinal:
			case offset >= f.from && offset < f.to:
				starts = append(starts, offset)
			case offset < f.from && offset > before:
				before, length = offset, int64(len(raw.Value(row).Text()))
			}
		}
		return false, nil
	}
	if err := input.New(f.inputs(), config).Run(f.ctx, []input.Consumer{take}); err != nil {
		return nil, err
	}
	slices.Sort(starts)
	switch {
	case len(starts) > 0:
		list, _, err := f.read(starts[:1], false)
		e := first(list)
		if e != nil && len(starts) > 1 {
			e.note("%s begin on this line; this is the first: FILE@OFFSET names another", source.Count(len(starts), "record"))
		}
		return e, err
	case before >= 0 && before+length > f.from:
		list, _, err := f.read([]int64{before}, false)
		return first(list), err
	}
	return nil, nil
}

// read decodes the records at some offsets; any takes records too of which it is not known what they are.
func (f *finder) read(offsets []int64, any bool) (found []*Event, said *input.Ledger, err error) {
	config := f.config(input.Demand{All: true, Fields: []string{column.Position, "_time", "_raw", "host"}, Text: any, JSON: any})
	config.Demand.At = map[int][]int64{f.at.Ordinal: offsets}
	scan := input.New(f.inputs(), config)
	err = scan.Run(f.ctx, []input.Consumer{func(kind string, b *column.Batch) (bool, error) {
		for row := range b.Rows {
			found = append(found, f.event(kind, b, row))
		}
		return false, nil
	}})
	return found, scan.Ledger(), err
}

func (f *finder) config(d input.Demand) input.Config {
	d.Earliest, d.Latest = input.Beginning, input.End
	return input.Config{Demand: d, Again: true, Sourcetypes: f.options.Sourcetypes, Host: f.options.Host}
}

// inputs is the one input; what stands before it keeps its ordinal and is not read.
func (f *finder) inputs() input.Inputs {
	list := make(input.Inputs, f.at.Ordinal+1)
	for i := range list {
		list[i] = input.Input{Path: "-", Stream: strings.NewReader(""), Size: -1}
	}
	list[f.at.Ordinal] = f.options.Inputs[f.at.Ordinal]
	return list
}

func (f *finder) event(kind string, b *column.Batch, row int) *Event {
	e := &Event{File: f.question.path(f.at.Ordinal), Ordinal: f.at.Ordinal, Kind: kind, Fields: map[string]string{}}
	for slot, name := range b.Schema.Names {
		v := b.Cols[slot].Value(row)
		if v.IsNull() {
			continue
		}
		switch name {
		case column.Position:
			_, e.Offset = column.UnpackPosition(v.Int())
		case "_time":
			e.Time, e.Timed = v.Instant()
		case "_raw":
			e.Raw = strings.Clone(v.Text())
		case "host":
			e.Host = v.Clone().String()
		default:
			e.Fields[name] = v.Clone().String()
		}
	}
	return e
}

// missing is the error that there is no event, by what was counted in its place.
func (f *finder) missing(c *input.Count) error {
	what := "no record begins there"
	switch {
	case c.Unreadable > 0:
		what = "the record cannot be read"
		if notes := f.damage(); notes != "" {
			what += ": " + notes
		}
	case c.Blank > 0:
		what = "it is blank"
	case c.Banner > 0:
		what = "it is a banner, not a record"
	case c.Unfinished > 0:
		what = "the record was not written to its end"
	case c.Lost > 0:
		what = "its content was lost before it came here"
		if c.LostHint != "" {
			what += ": " + c.LostHint
		}
	case c.Foreign > 0:
		what = "it is an event of another provider than those that are known here"
	case c.Other > 0:
		what = "it is a line of another program, not an event that is known here"
	}
	for name := range c.Unsupported {
		what = "it is of a kind that is not supported: " + name
	}
	return &NoEvent{Place: f.place(), Reason: what}
}

// damage is why a record cannot be read.
func (f *finder) damage() string {
	config := f.config(input.Demand{Fields: []string{}})
	scan := input.New(f.inputs(), config)
	if err := scan.Run(f.ctx, []input.Consumer{func(string, *column.Batch) (bool, error) { return false, nil }}); err != nil {
		return ""
	}
	for _, p := range scan.Ledger().Files[f.at.Ordinal].Places {
		if p.Offset == f.from {
			return p.Note
		}
	}
	return ""
}

func (f *finder) place() string {
	path := f.question.path(f.at.Ordinal)
	if f.at.ByOffset {
		return fmt.Sprintf("%s@%d", path, f.at.Offset)
	}
	return fmt.Sprintf("%s:%d", path, f.at.Line)
}

// NoEvent says that what was asked about is no event: no rule can see it.
type NoEvent struct{ Place, Reason string }

func (e *NoEvent) Error() string { return e.Place + " is no event: " + e.Reason }
