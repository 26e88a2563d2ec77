package main

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/output"
)

// profiling is the flag that says where to write what answers took.
type profiling struct{ profile string }

// onScreen stands for the table on the error stream: it is what the flag alone means.
const onScreen = "-"

func (o *profiling) flags(f *pflag.FlagSet) {
	f.StringVar(&o.profile, "profile", "", "tell on the standard error what the answer took: bytes, records, events, rows and time; with `=FILE` write it there as NDJSON")
	f.Lookup("profile").NoOptDefVal = onScreen
}

// file is the file to write, if there is one.
func (o *profiling) file() []string {
	if o.profile == "" || o.profile == onScreen {
		return nil
	}
	return []string{o.profile}
}

// profiled is a query and what its answer took.
type profiled struct {
	name string
	engine.Profile
	operators []engine.Operator // of a query that ran alone
}

// profileColumns is what is told of each query.
var profileColumns = []figure[*profiled]{
	{row{"query", "the name of the rule, or the query"}, func(p *profiled) column.Value { return column.Str(p.name) }},
	{row{"readings", "how often the logs were read, wholly or where certain events stand; a reading that rules share counts for each of them"}, func(p *profiled) column.Value { return column.Integer(int64(p.Readings)) }},
	{row{"bytes", "read, whoever needed them, but for what was read once more; of compressed files what was in them"}, func(p *profiled) column.Value { return column.Integer(p.Bytes) }},
	{row{"records", "in these bytes"}, func(p *profiled) column.Value { return column.Integer(p.Records) }},
	{row{"decoded", "events among the records that were decoded, for any of the rules; the others hold none of the words that are needed"}, func(p *profiled) column.Value { return column.Integer(p.Decoded) }},
	{row{"candidates", "of these events those that were looked at for this query"}, func(p *profiled) column.Value { return column.Integer(p.Events) }},
	{row{"rows", "of the answer"}, func(p *profiled) column.Value { return column.Integer(p.Rows) }},
	{row{"seconds", "of a single query from its start to its end; of a rule those of all workers with it alone, without reading and decoding"}, func(p *profiled) column.Value {
		return column.Real((p.Below + p.Above).Round(time.Microsecond).Seconds())
	}},
}

// mostProfiles is how many rules a table shows.
const mostProfiles = 20

// tell writes what queries took, the costliest first.
func (o *profiling) tell(s *shell, list []*profiled, verbose bool) error {
	if o.profile == "" {
		return nil
	}
	slices.SortStableFunc(list, func(a, b *profiled) int { return cmp.Compare(b.Below+b.Above, a.Below+a.Above) })
	if o.profile != onScreen {
		return writeFile(o.profile, func(w io.Writer) error { return writeProfiles(w, list, output.Options{Format: "ndjson"}) })
	}
	table := output.Options{Format: "table", Terminal: s.errTerminal, Width: s.errWidth(), ASCII: s.ascii(s.errTerminal), Bare: true}
	shown := list
	if !verbose && len(list) > mostProfiles {
		shown = list[:mostProfiles]
	}
	if err := writeProfiles(s.err, shown, table); err != nil {
		return err
	}
	if more := len(list) - len(shown); more > 0 {
		s.say("and %s more; -v shows them all, and --profile=FILE writes them", plural(int64(more), "rule"))
	}
	return nil
}

// writeProfiles writes what queries took, and behind that what their operators did.
func writeProfiles(w io.Writer, list []*profiled, o output.Options) error {
	if err := writeColumns(w, profileColumns, list, o); err != nil {
		return err
	}
	for _, p := range list {
		if p.operators == nil {
			continue
		}
		if o.Format == "table" {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		if err := writeColumns(w, operatorColumns(o.Format == "table"), p.operators, o); err != nil {
			return err
		}
	}
	return nil
}

// figure is a column of a table: what it is for the help, and its value in the row of an item.
type figure[T any] struct {
	row
	of func(T) column.Value
}

func writeColumns[T any](w io.Writer, columns []figure[T], items []T, o output.Options) error {
	var names []string
	var cols []column.Vector
	for _, c := range columns {
		values := make([]column.Value, len(items))
		for i, x := range items {
			values[i] = c.of(x)
		}
		names, cols = append(names, c.name), append(cols, column.FromValues(values))
	}
	batch := column.NewBatch(column.NewSchema(names...), cols, len(items))
	_, err := output.Write(w, func(yield func(*column.Batch, error) bool) { yield(batch, nil) }, o)
	return err
}

// operatorColumns is what is told of each operator; in a table its name is indented.
func operatorColumns(indented bool) []figure[engine.Operator] {
	measured := func(value func(x engine.Operator) column.Value) func(engine.Operator) column.Value {
		return func(x engine.Operator) column.Value {
			if !x.Measured {
				return column.Value{}
			}
			return value(x)
		}
	}
	columns := []figure[engine.Operator]{
		{row{"operator", "what runs, the last first, as spoor explain names it; below a scan the kinds of events that it brought, and those of which none can pass"}, func(x engine.Operator) column.Value {
			if indented {
				return column.Str(strings.Repeat("  ", x.Depth) + x.Name)
			}
			return column.Str(x.Name)
		}},
		{row{"depth", "how far below the last operator it stands; in a table it is indented instead"}, func(x engine.Operator) column.Value { return column.Integer(int64(x.Depth)) }},
		{row{"rows_in", "rows that came in; of a scan and of kinds the events that were decoded and are of the time searched, in each reading"}, measured(func(x engine.Operator) column.Value { return column.Integer(x.In) })},
		{row{"rows", "rows that went out; of a kind of events those that passed all that runs with the scan"}, measured(func(x engine.Operator) column.Value { return column.Integer(x.Rows) })},
		{row{"seconds", "of its own: of a scan, and of what runs with it, those of all workers together"}, measured(func(x engine.Operator) column.Value { return column.Real(x.Time.Round(time.Microsecond).Seconds()) })},
	}
	if indented {
		return slices.Delete(columns, 1, 2)
	}
	return columns
}

// ofRules is what the rules of a pack took that ran.
func ofRules(answer *detect.Report) (out []*profiled) {
	for _, x := range answer.Outcomes {
		if x.Program != nil {
			out = append(out, &profiled{name: x.Rule.Name, Profile: x.Profile})
		}
	}
	return out
}

// ofQuery is what a query took that ran alone.
func ofQuery(text string, result *engine.Result, rows int64, took time.Duration) []*profiled {
	p := &profiled{name: text, Profile: result.Profile(), operators: result.Operators()}
	p.Rows, p.Above = rows, took
	return []*profiled{p}
}

func helpProfile(p *sheet) error {
	p.paragraph("", "", "--profile of search, eql and detect tells what the answer took, whatever -o says: as a table on the standard error, or as NDJSON in the file of --profile=FILE. Of rules the costliest come first.")
	p.WriteByte('\n')
	p.rows(rowsOf(profileColumns, func(c figure[*profiled]) row { return c.row }))
	p.WriteByte('\n')
	p.paragraph("", "", "Of a query of search and eql, what each operator took comes behind that; spoor explain says what the scan looks for in the text of the logs, and where it cannot.")
	p.WriteByte('\n')
	p.rows(rowsOf(operatorColumns(false), func(c figure[engine.Operator]) row { return c.row }))
	return nil
}
