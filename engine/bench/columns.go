package bench

import (
	"math"

	"spoor/engine/column"
)

// Column is one of the columns in which results are told.
type Column struct {
	Name, Doc string
	of        func(r *Result) column.Value
}

// Columns is what is told of each result.
func Columns() []Column {
	mebi := func(n int64) column.Value { return rounded(float64(n)/(1<<20), 1) }
	return []Column{
		{"data", "the form of the logs, or their name", func(r *Result) column.Value { return column.Str(r.Data) }},
		{"workload", "what was asked", func(r *Result) column.Value { return column.Str(r.Workload) }},
		{"tool", "who was asked", func(r *Result) column.Value { return column.Str(r.Tool) }},
		{"seconds", "from the start of the process to its end", measured(func(r *Result) column.Value { return rounded(r.Wall.Seconds(), 3) })},
		{"gb_per_s", "10^9 bytes of logs per second; of compressed ones what is in them", measured(func(r *Result) column.Value {
			return rounded(float64(r.Bytes)/1e9/r.Wall.Seconds(), 2)
		})},
		{"events_per_s", "records per second", measured(func(r *Result) column.Value { return rounded(float64(r.Records)/r.Wall.Seconds(), 0) })},
		{"cpu_seconds", "of all cores", measured(func(r *Result) column.Value { return rounded(r.CPU.Seconds(), 3) })},
		{"peak_mib", "memory, the most of all runs; of a pipe that of its largest process", measured(func(r *Result) column.Value { return mebi(r.Peak) })},
		{"allocated_mib", "memory that was asked for over time, by spoor", measured(func(r *Result) column.Value { return known(r.Objects, mebi(r.Allocated)) })},
		{"allocations", "how many pieces that was", measured(func(r *Result) column.Value { return known(r.Objects, column.Integer(r.Objects)) })},
		{"rows", "of the answer", measured(func(r *Result) column.Value { return column.Integer(r.Rows) })},
		{"ratio", "how many times spoor's seconds", measured(func(r *Result) column.Value {
			if r.Ratio == 0 {
				return column.Value{}
			}
			return rounded(r.Ratio, 2)
		})},
		{"note", "why there are no figures, or what is wrong with them", func(r *Result) column.Value {
			if r.Note == "" {
				return column.Value{}
			}
			return column.Str(r.Note)
		}},
	}
}

// measured is a column that has nothing to say where nothing was measured.
func measured(of func(*Result) column.Value) func(*Result) column.Value {
	return func(r *Result) column.Value {
		if r.Cannot {
			return column.Value{}
		}
		return of(r)
	}
}

func known(n int64, v column.Value) column.Value {
	if n == 0 {
		return column.Value{}
	}
	return v
}

func rounded(x float64, digits int) column.Value {
	unit := math.Pow10(digits)
	return column.Real(math.Round(x*unit) / unit)
}

// Rows is results as rows.
func Rows(list []Result) *column.Batch {
	var names []string
	var cols []column.Vector
	for _, c := range Columns() {
		values := make([]column.Value, len(list))
		for i := range list {
			values[i] = c.of(&list[i])
		}
		names, cols = append(names, c.Name), append(cols, column.FromValues(values))
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(list))
}
