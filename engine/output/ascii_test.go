package output

import (
	"strings"
	"testing"

	"spoor/engine/column"
)

// Tables for readers who have nothing but ASCII have only that but for the text itself: as a grid, and as blocks where there is no room for one.
func TestASCII(t *testing.T) {
	batch := column.NewBatch(column.NewSchema("host", "command"), []column.Vector{
		column.FromValues([]column.Value{column.Str("web1"), column.Str("é")}),
		column.FromValues([]column.Value{column.Str("curl -s http://198.51.100.7/of/a/long/path"), column.Str("sh")}),
	}, 2)
	rows := func(yield func(*column.Batch, error) bool) { yield(batch, nil) }
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, " host | command\n------+--------------------------------------------\n web1 | curl -s http://198.51.100.7/of/a/long/path\n é    | sh\n"},
		{Options{Terminal: true, Width: 30}, " host | command\n------+-----------------------\n web1 | curl -s http://198.5~\n é    | sh\n1 cell shortened to fit the terminal (~): --wide shows all of the text\n"},
	} {
		var b strings.Builder
		c.o.Format, c.o.ASCII, c.o.Bare = "table", true, true
		if _, err := Write(&b, rows, c.o); err != nil || b.String() != c.want {
			t.Errorf("%+v: %v\n%swant\n%s", c.o, err, b.String(), c.want)
		}
	}
	var b strings.Builder
	if _, err := Write(&b, rows, Options{Format: "table", ASCII: true, Terminal: true, Width: 12}); err != nil || strings.ContainsAny(b.String(), "─│┼…") || !strings.Contains(b.String(), "-- row 1 ") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
