package input

import (
	"math/rand/v2"
	"strings"
	"testing"

	"spoor/engine/input/frame"
)

const longLine = "a line that is longer than the others by far, so that some begin in other pieces of the text"

var (
	plainPieces = []string{"\n", "\r\n", "\r", " ", "{\"a\":1}", "[{}]", "data: {}", "a < b", "<Eventful>", "x", longLine}
	eventPieces = append([]string{"<Event>", "<Event a='b'>", "</Event>", "<Event>1</Event>", "<Event>2</Event>\n", "Nov 24 h sysmon: <Event>3</Event>\n", "\n", "{\"a\":\"<Event>\"}\n", "</E", "vent>",
		"<EventID>1</EventID>", strings.Repeat(longLine, 50)}, plainPieces...)
)

// made is text of some of the pieces.
func made(r *rand.Rand, pieces []string) (data []byte) {
	for range r.IntN(40) {
		data = append(data, pieces[r.IntN(len(pieces))]...)
	}
	return data
}

// Where a line is a record, whatever stands in others, it is cut without asking what it holds: with the same result.
func TestCutsAreThoseOfLines(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 4000 {
		pieces := [][]string{plainPieces, eventPieces}[n%2]
		c := chunk{data: made(r, pieces)}
		if n%2 == 1 {
			c.part, c.state = r.IntN(4) == 0, frame.State{Open: r.IntN(4) == 0}
		}
		cut := newCuts(&c, 0)
		lines := frame.Lines{Data: c.data, Part: c.part, State: c.state}
		for {
			start, end, ok := cut.next()
			wantStart, wantEnd, want := lines.Next()
			if start != wantStart || end != wantEnd || ok != want || cut.at() != lines.At || cut.lines.State != lines.State {
				t.Fatalf("%q: %d to %d %v, want %d to %d %v", c.data, start, end, ok, wantStart, wantEnd, want)
			}
			if !ok {
				break
			}
		}
		if n%2 == 0 && !cut.plain {
			t.Fatalf("%q holds an event", c.data)
		}
	}
}

// What is skipped are records that end before the hit, none of which is the last.
func TestSkippedAreRecords(t *testing.T) {
	r, skipped := rand.New(rand.NewPCG(7, 8)), [2]int64{}
	for n := range 4000 {
		c := chunk{data: made(r, [][]string{plainPieces, eventPieces}[n%2])}
		cut := newCuts(&c, 0)
		lines := frame.Lines{Data: c.data}
		if r.IntN(2) == 0 {
			cut.next()
			lines.Next()
		}
		hit := cut.at() + r.IntN(len(c.data)-cut.at()+1)
		passed := cut.skip(hit)
		skipped[n%2] += passed
		for range passed {
			if _, end, ok := lines.Next(); !ok || end > hit {
				t.Fatalf("%q: passed a record that ends at %d, with a hit at %d", c.data, end, hit)
			}
		}
		if cut.at() != lines.At || passed > 0 && cut.ended() {
			t.Fatalf("%q: at %d behind %d records, want %d", c.data, cut.at(), passed, lines.At)
		}
	}
	if skipped[0] < 1000 || skipped[1] < 1000 {
		t.Errorf("skipped only %d", skipped)
	}
}
