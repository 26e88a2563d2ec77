package output

import (
	"testing"

	"spoor/engine/column"
)

// A table whose rows come for long has one header while the columns are the same.
func TestLiveTable(t *testing.T) {
	row := func(cells ...column.Value) *column.Batch { return table([]string{"n", "text"}, cells) }
	rows := func() column.Stream {
		return stream(row(num(1), str("a")), row(num(2), str("a longer text")), table([]string{"text"}, []column.Value{str("b")}), table([]string{"other"}, []column.Value{num(3)}))
	}
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Format: "table", Live: true}, " n │ text\n───┼──────\n 1 │ a\n 2 │ a longer text\n   │ b\n other\n───────\n     3\n"},
		{Options{Terminal: true, Width: 14, Live: true}, " n │ text\n───┼──────────\n 1 │ a\n 2 │ a longe…\n   │ b\n other\n───────\n     3\n"},
	} {
		if got, summary := write(t, rows(), c.o); got != c.want || summary.Rows != 4 {
			t.Errorf("%d rows:\n%s\nwant\n%s", summary.Rows, got, c.want)
		}
	}
}
