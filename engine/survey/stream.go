package survey

import (
	"fmt"
	"math"
	"strings"
	"time"

	"spoor/engine/column"
)

// batchRows is how many rows a batch has.
const batchRows = 1024

// Rows is all rows, section after section. The column what names the section.
func (s *Survey) Rows() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for _, section := range Sections() {
			t := &rows{names: []string{"what"}, lead: []column.Value{column.Str(section.Name)}, yield: yield}
			for _, c := range section.Columns {
				t.names = append(t.names, c.Name)
			}
			section.rows(s, t.add)
			if !t.flush() {
				return
			}
		}
	}
}

// Table is the rows of a section without the column what, and unless it may be wide without details and seconds.
func (s *Survey) Table(section Section, wide bool) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		t := &rows{short: !wide, zone: s.zone(), yield: yield}
		for _, c := range section.Columns {
			name := c.Name
			if c.Detail && !wide {
				name = ""
			}
			t.names, t.spans = append(t.names, name), append(t.spans, c.Span)
		}
		section.rows(s, t.add)
		t.flush()
	}
}

// zone is that of times that are written short.
func (s *Survey) zone() *time.Location {
	if s.options.Zone == nil {
		return time.UTC
	}
	return s.options.Zone
}

// rows makes batches of rows.
type rows struct {
	names []string // of columns; a column without a name is left out
	spans []bool   // columns of seconds that are written for people; nil: none
	short bool     // times are written to the minute
	zone  *time.Location
	lead  []column.Value
	cells [][]column.Value
	yield func(*column.Batch, error) bool
	full  bool
}

func (r *rows) add(values ...column.Value) bool {
	if r.cells == nil {
		r.cells = make([][]column.Value, len(r.names))
	}
	for i, v := range append(r.lead[:len(r.lead):len(r.lead)], values...) {
		switch {
		case v.IsNull():
		case r.spans != nil && r.spans[i]:
			v = column.Str(spelled(v.Float()))
		case r.short && v.Kind() == column.Time:
			v = column.Str(time.Unix(0, v.Int()).In(r.zone).Format("2006-01-02 15:04"))
		}
		r.cells[i] = append(r.cells[i], v)
	}
	return len(r.cells[0]) < batchRows || r.flush()
}

// flush hands the rows over; it says whether more are wanted.
func (r *rows) flush() bool {
	if r.full || r.cells == nil {
		return !r.full
	}
	var names []string
	var cols []column.Vector
	for i, name := range r.names {
		if name != "" {
			names, cols = append(names, name), append(cols, column.FromValues(r.cells[i]))
		}
	}
	b := column.NewBatch(column.NewSchema(names...), cols, len(r.cells[0]))
	r.cells = nil
	r.full = !r.yield(b, nil)
	return !r.full
}

// spelled is a number of seconds as people write it: 3d 4h, 2h 5m, 7m 30s, -0.004s.
func spelled(seconds float64) string {
	sign := ""
	if seconds < 0 {
		sign = "-"
	}
	left := math.Abs(seconds)
	if left < 60 {
		return fmt.Sprintf("%s%gs", sign, left)
	}
	var parts []string
	for _, unit := range []struct {
		name  string
		worth float64
	}{{"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}} {
		n := math.Floor(left / unit.worth)
		left -= n * unit.worth
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%g%s", n, unit.name))
		} else if len(parts) > 0 {
			break
		}
	}
	return sign + strings.Join(parts[:min(len(parts), 2)], " ")
}
