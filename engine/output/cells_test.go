package output

import (
	"strings"
	"testing"

	"spoor/engine/column"
)

// TestPieces holds that rows come in their order however many pieces of a batch are made at the same time.
func TestPieces(t *testing.T) {
	names := []string{"n", "text", "few", "at"}
	var batches []*column.Batch
	for _, rows := range []int{0, 1, 2*leastPiece - 1, 2 * leastPiece, 1000, 3} {
		var cells [][]column.Value
		for i := range rows {
			few := null
			if i%7 == 0 {
				few = list("a", "b")
			}
			cells = append(cells, []column.Value{num(int64(i)), str(strings.Repeat("ü\"", i%9)), few, noon})
		}
		batches = append(batches, table(names, cells...))
	}
	for _, f := range Formats() {
		want, _ := write(t, stream(batches...), Options{Format: f.Name, Workers: 1})
		for _, workers := range []int{2, 3, 64} {
			if got, _ := write(t, stream(batches...), Options{Format: f.Name, Workers: workers}); got != want {
				t.Errorf("%s with %d workers: %q", f.Name, workers, got)
			}
		}
	}
}
