package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"spoor/engine/column"
	"spoor/engine/output"
)

// standingTables is what is said, table by table.
type standingTables struct {
	sets, silent, gaps, problems, rules *standingTable
}

// standingTable is rows of one kind.
type standingTable struct {
	what, title string
	names       []string
	spans       []string // columns of seconds, which a table shows as people write them
	details     []string // columns that a table shows only if it may be wide
	rows        [][]column.Value
}

func newStandingTables() *standingTables {
	of := []string{"searched"}
	return &standingTables{
		sets: &standingTable{what: "set", title: "Searches", spans: []string{"lag", "took"}, details: []string{"run", "took", "updated", "repeated", "silenced", "late"}, names: []string{
			"searched", "rules", "until", "lag", "run", "began", "took", "new", "updated", "repeated", "suppressed", "silenced", "late", "gaps",
		}},
		silent: &standingTable{what: "silent", title: "Silent hosts", spans: []string{"silent", "usual"}, details: of, names: []string{
			"host", "last", "silent", "usual", "searched",
		}},
		gaps: &standingTable{what: "gap", title: "Gaps", details: of, names: []string{
			"rule", "from", "to", "why", "run", "searched",
		}},
		problems: &standingTable{what: "problem", title: "Problems of the last run", details: of, names: []string{
			"problem", "run", "searched",
		}},
		rules: &standingTable{what: "rule", title: "Rules", spans: []string{"lag"}, names: []string{
			"rule", "until", "lag", "tick", "new", "updated", "repeated", "suppressed", "silenced", "late", "last", "id", "searched",
		}},
	}
}

func (t *standingTable) add(row ...column.Value) { t.rows = append(t.rows, row) }

// textCell is a text, and null if it is empty.
func textCell(text string) column.Value {
	if text == "" {
		return column.Value{}
	}
	return column.Str(text)
}

// timeCell is a time, and null if there is none.
func timeCell(ns int64) column.Value {
	if ns == 0 {
		return column.Value{}
	}
	return column.Nanos(ns)
}

func spanCell(d time.Duration) column.Value { return column.Real(d.Seconds()) }

// write writes rows, or a table for each kind of them.
func (t *standingTables) write(w io.Writer, o output.Options) error {
	all := []*standingTable{t.sets, t.silent, t.gaps, t.problems, t.rules}
	if o.Format != "table" && (o.Format != "" || !o.Terminal) {
		_, err := output.Write(w, func(yield func(*column.Batch, error) bool) {
			for _, x := range all {
				if len(x.rows) > 0 && !yield(x.batch(nil, true), nil) {
					return
				}
			}
		}, o)
		return err
	}
	if !o.Wide {
		all = all[:len(all)-1]
	}
	o.Format, o.Bare = "table", true
	for _, x := range all {
		rows := func(yield func(*column.Batch, error) bool) {
			if len(x.rows) > 0 {
				yield(x.batch(o.Zone, o.Wide), nil)
			}
		}
		if err := writeSection(w, rows, x.title, o); err != nil {
			return err
		}
	}
	return nil
}

// batch is the rows with a column that says what they are, or for people, with times of a zone, without it.
func (t *standingTable) batch(zone *time.Location, wide bool) *column.Batch {
	var names []string
	var cols []column.Vector
	if zone == nil {
		names, cols = []string{"what"}, []column.Vector{column.FromValues(slices.Repeat([]column.Value{column.Str(t.what)}, len(t.rows)))}
	}
	for c, name := range t.names {
		if !wide && slices.Contains(t.details, name) {
			continue
		}
		values := make([]column.Value, len(t.rows))
		for r, row := range t.rows {
			if values[r] = row[c]; zone != nil && !row[c].IsNull() {
				values[r] = t.readable(name, row[c], zone, wide)
			}
		}
		names, cols = append(names, name), append(cols, column.FromValues(values))
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(t.rows))
}

// readable is a cell as people read it: lengths of time in words, and times to the minute if they must be short.
func (t *standingTable) readable(name string, v column.Value, zone *time.Location, wide bool) column.Value {
	switch {
	case slices.Contains(t.spans, name):
		return column.Str(lasting(v.Float()))
	case v.Kind() == column.Time && !wide:
		return column.Str(time.Unix(0, v.Int()).In(zone).Format("2006-01-02 15:04"))
	}
	return v
}

// lasting is a length of time in the two units that say most of it.
func lasting(seconds float64) string {
	sign := ""
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	whole := int64(seconds)
	switch {
	case seconds < 10:
		return fmt.Sprintf("%s%.1fs", sign, seconds)
	case whole < 60:
		return fmt.Sprintf("%s%ds", sign, whole)
	case whole < 3600:
		return fmt.Sprintf("%s%dm %ds", sign, whole/60, whole%60)
	case whole < 24*3600:
		return fmt.Sprintf("%s%dh %dm", sign, whole/3600, whole/60%60)
	}
	return fmt.Sprintf("%s%dd %dh", sign, whole/(24*3600), whole/3600%24)
}
