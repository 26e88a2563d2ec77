package main

import (
	"cmp"
	"io"
	"slices"
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
}

// profileColumns is what is told of each query.
var profileColumns = []struct {
	row
	of func(p *profiled) column.Value
}{
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
	shown := list
	if !verbose && len(list) > mostProfiles {
		shown = list[:mostProfiles]
	}
	if err := writeProfiles(s.err, shown, output.Options{Format: "table", Terminal: s.errTerminal, Width: s.errWidth(), Bare: true}); err != nil {
		return err
	}
	if more := len(list) - len(shown); more > 0 {
		s.say("and %s more; -v shows them all, and --profile=FILE writes them", plural(int64(more), "rule"))
	}
	return nil
}

func writeProfiles(w io.Writer, list []*profiled, o output.Options) error {
	var names []string
	var cols []column.Vector
	for _, c := range profileColumns {
		values := make([]column.Value, len(list))
		for i, p := range list {
			values[i] = c.of(p)
		}
		names, cols = append(names, c.name), append(cols, column.FromValues(values))
	}
	batch := column.NewBatch(column.NewSchema(names...), cols, len(list))
	_, err := output.Write(w, func(yield func(*column.Batch, error) bool) { yield(batch, nil) }, o)
	return err
}

// ofRules is what the rules of a pack took that ran.
func ofRules(answer *detect.Report) (out []*profiled) {
	for _, x := range answer.Outcomes {
		if x.Program != nil {
			out = append(out, &profiled{x.Rule.Name, x.Profile})
		}
	}
	return out
}

// ofQuery is what a query took that ran alone.
func ofQuery(text string, result *engine.Result, rows int64, took time.Duration) []*profiled {
	p := &profiled{text, result.Profile()}
	p.Rows, p.Above = rows, took
	return []*profiled{p}
}

func helpProfile(p *sheet) error {
	p.paragraph("", "", "--profile of search, eql and detect tells what the answer took, whatever -o says: as a table on the standard error, or as NDJSON in the file of --profile=FILE. Of rules the costliest come first.")
	p.WriteByte('\n')
	var rows []row
	for _, c := range profileColumns {
		rows = append(rows, c.row)
	}
	p.rows(rows)
	return nil
}
