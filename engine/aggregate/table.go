package aggregate

import (
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
)

// table is all aggregates in the order of the help.
var table = []*Func{
	count, distinct, estimatedDistinct, estimatedDistinctError, minimum, maximum, spread, sum, sumOfSquares, mean,
	sampleDeviation, populationDeviation, sampleVariance, populationVariance,
	median, percentile, exactPercentile, upperPercentile, mode, values, list, first, last, earliest, latest, earliestTime, latestTime, rate, meanRate, totalRate,
	perSecond, perMinute, perHour, perDay, sparkline,
}

var byName = func() map[string]*Func {
	out := map[string]*Func{}
	for _, f := range table {
		out[f.Name] = f
		for _, a := range f.Aliases {
			out[a] = f
		}
	}
	return out
}()

// Lookup is the aggregate of a name, whatever its case, with the number at the name's end if the aggregate takes one: perc95.
func Lookup(name string) (f *Func, param float64, ok bool) {
	name = strings.ToLower(name)
	if f := byName[name]; f != nil && !f.Param {
		return f, 0, true
	}
	word := strings.TrimRight(name, "0123456789.")
	f = byName[word]
	if f == nil || !f.Param {
		return nil, 0, false
	}
	param, err := strconv.ParseFloat(name[len(word):], 64)
	if err != nil || param < 0 || param > 100 {
		return nil, 0, false
	}
	return f, param, true
}

// All is the aggregates by name.
func All() []*Func {
	return slices.SortedFunc(slices.Values(table), func(a, b *Func) int { return strings.Compare(a.Name, b.Name) })
}

// Names is the names and aliases of all aggregates, for suggestions.
func Names() []string {
	out := make([]string, 0, len(byName))
	for name := range byName {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// ExampleRows is the rows that the examples are evaluated on.
func ExampleRows() *column.Batch {
	texts := func(values ...string) column.Vector {
		out := make([]column.Value, len(values))
		for i, s := range values {
			if s != "" {
				out[i] = column.Str(s)
			}
		}
		return column.FromValues(out)
	}
	times := &column.Times{}
	for i := range 5 {
		times.Values = append(times.Values, column.Instant(1_700_000_000+i)*1e9)
	}
	schema := column.NewSchema("n", "name", "_time", column.Position)
	return column.NewBatch(schema, []column.Vector{texts("1", "4", "4", "", "10"), texts("b", "a", "b", "", "c"), times, &column.Ints{Values: []int64{1, 2, 3, 4, 5}}}, 5)
}
