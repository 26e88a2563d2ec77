package frame

import (
	"math/rand/v2"
	"testing"
)

// A line is alone if Lines gives it as one record that leaves no event open, and two lines are never one record then.
func TestAlone(t *testing.T) {
	for line, want := range map[string]bool{
		"": true, "x": true, "<Event>1</Event>": true, "a <Event >1</Event> b": true, "a</Event>": true, "</Event></Event>": true, "<Event>1</Event></Event>": true, "<Events>": true, "<EventData>": true,
		"<Event>": false, "<Event": false, "<Event/>": false, "<Event>1</Event><Event>2</Event>": false, "<Event><Event></Event>": false, "</Event><Event></Event>": false, "<Event></event>": false,
		`{"a":"<Event>"}`: true, ` [{"a":"<Event>"}`: true, `data: {"a":"<Event>`: true, `[1,"<Event>`: false,
	} {
		var m Marks
		m.Open([]byte(line))
		if stop, alone := m.Line(0); stop != len(line) || alone != want {
			t.Errorf("%q is alone: %v", line, !want)
		}
	}
	r := rand.New(rand.NewPCG(13, 14))
	for range 50_000 {
		data := random(r) + "\n" + random(r)
		var m Marks
		m.Open([]byte(data))
		l := Lines{Data: []byte(data)}
		stop := l.lineEnd(0)
		_, _, ok := l.Next()
		end, got := m.Line(0)
		if end != stop {
			t.Fatalf("%q ends at %d", data, end)
		}
		if want := !ok || !l.State.Open && l.At == min(stop+1, len(data)); got && !want {
			t.Fatalf("%q is alone", data[:stop])
		}
	}
}
