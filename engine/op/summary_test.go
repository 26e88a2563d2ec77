package op

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// TestSummaryCounts divides rows among workers, and compares what is counted of a column with counts of each value's text.
func TestSummaryCounts(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 31))
		most := r.IntN(6)
		sinks := []*summary{}
		for range 1 + r.IntN(3) {
			sinks = append(sinks, newSummary(&plan.Summary{Most: most}))
		}
		rows, counts := 0, map[string]int{}
		for range 1 + r.IntN(30) {
			values := make([]column.Value, r.IntN(20))
			for i := range values {
				if values[i] = anyKey(r); r.IntN(2) == 0 {
					values[i] = column.Str(fmt.Sprint("v", r.IntN(40)))
				}
				rows += min(1, len(values[i].Items()))
				for _, x := range values[i].Items() {
					counts[x.String()]++
				}
			}
			b := column.NewBatch(column.NewSchema("f"), []column.Vector{column.FromValues(values)}, len(values))
			sinks[r.IntN(len(sinks))].Add(b)
		}
		for _, s := range sinks[1:] {
			sinks[0].Merge(s)
		}
		var texts []string
		for text := range counts {
			texts = append(texts, text)
		}
		slices.SortFunc(texts, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
		if most > 0 && len(texts) > most {
			texts = texts[:most]
		}
		want := fmt.Sprint(rows, len(counts))
		for _, text := range texts {
			want += fmt.Sprintf(" %q %d", text, counts[text])
		}
		if got := counted(t, sinks[0].Result()); rows > 0 && got != want {
			t.Fatalf("seed %d, at most %d values: counted %s, want %s", seed, most, got, want)
		}
	}
}

// counted is the counts in the first row of a summary.
func counted(t *testing.T, in column.Stream) (out string) {
	t.Helper()
	for b, err := range in {
		if err != nil {
			t.Fatal(err)
		}
		if b.Rows == 0 {
			return ""
		}
		out = fmt.Sprint(b.Col("count").Value(0).Int(), b.Col("distinct_count").Value(0).Int())
		var list []struct {
			Value string
			Count int
		}
		if err := json.Unmarshal([]byte(b.Col("values").Value(0).Text()), &list); err != nil {
			t.Fatal(err)
		}
		for _, x := range list {
			out += fmt.Sprintf(" %q %d", x.Value, x.Count)
		}
	}
	return out
}
