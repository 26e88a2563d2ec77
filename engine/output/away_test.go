package output

import (
	"bytes"
	"context"
	"testing"

	"spoor/engine/column"
	"spoor/engine/spill"
)

// TestAway writes batches of different columns with enough memory and with too little.
func TestAway(t *testing.T) {
	rows := func(yield func(*column.Batch, error) bool) {
		for i := range 50 {
			name := string(rune('a' + i%7))
			cells := []column.Value{column.Integer(int64(i)), column.Str("x,\t" + name)}
			if !yield(column.NewBatch(column.NewSchema("n", name), []column.Vector{column.FromValues(cells[:1]), column.FromValues(cells[1:])}, 1), nil) {
				return
			}
		}
	}
	for _, format := range []string{"csv", "tsv"} {
		var want bytes.Buffer
		if _, err := Write(&want, rows, Options{Format: format}); err != nil {
			t.Fatal(err)
		}
		if bytes.Count(want.Bytes(), []byte("\n")) != 51 {
			t.Fatalf("%s has other than 51 lines:\n%s", format, &want)
		}
		for _, limit := range []int64{1, 500, 1 << 20} {
			space := spill.New(context.Background(), limit, t.TempDir())
			var got bytes.Buffer
			if _, err := Write(&got, rows, Options{Format: format, Space: space}); err != nil {
				t.Fatal(err)
			}
			if got.String() != want.String() {
				t.Errorf("%s with %d bytes:\n%s\nwant\n%s", format, limit, &got, &want)
			}
			space.Close()
		}
	}
}
