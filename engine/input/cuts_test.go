package input

import (
	"math/rand/v2"
	"testing"

	"spoor/engine/input/frame"
)

// Where no event goes over several lines, lines are cut without asking what they hold: with the same result.
func TestPlainLinesAreRecords(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	pieces := []string{"\n", "\r\n", "\r", " ", "{\"a\":1}", "[{}]", "data: {}", "a < b", "<Eventful>", "x", "a line that is longer than the others by far, so that some begin in other pieces of the text"}
	for range 2000 {
		var data []byte
		for range r.IntN(40) {
			data = append(data, pieces[r.IntN(len(pieces))]...)
		}
		cut := newCuts(&chunk{data: data}, 0)
		lines := frame.Lines{Data: data}
		for {
			start, end, ok := cut.next()
			wantStart, wantEnd, want := lines.Next()
			if start != wantStart || end != wantEnd || ok != want || cut.at() != lines.At {
				t.Fatalf("%q: %d to %d %v, want %d to %d %v", data, start, end, ok, wantStart, wantEnd, want)
			}
			if !ok {
				break
			}
		}
		if !cut.plain {
			t.Fatalf("%q holds an event", data)
		}
	}
}
