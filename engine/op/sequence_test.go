package op

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"spoor/engine/plan"
)

// stage wants events whose user is the first word; the others are its keys, with a question mark if they are optional.
func stage(text string) plan.Stage {
	words := strings.Fields(text)
	s := plan.Stage{Cond: is("user", words[0]), Runs: 1}
	for _, w := range words[1:] {
		name, optional := strings.CutPrefix(w, "?")
		s.Keys = append(s.Keys, plan.Key{Field: name, Optional: optional})
	}
	return s
}

func stages(texts ...string) (out []plan.Stage) {
	for _, t := range texts {
		out = append(out, stage(t))
	}
	return out
}

// sequences gives of each sequence the values of n and the join keys: `1 2 (a G1)`.
func (w *world) sequences(t *testing.T, n plan.Node, keys int) string {
	t.Helper()
	columns := []string{plan.SequenceNumber, plan.StageNumber, "n"}
	for i := range keys {
		columns = append(columns, plan.JoinKey(i))
	}
	var out []string
	for _, row := range w.answerOf(t, n, columns) {
		cells := strings.Fields(row)
		if number := fmt.Sprint(len(out) + 1); cells[0] == number && cells[1] == "1" {
			out = append(out, "("+strings.Join(cells[3:], " ")+")")
		}
		last := &out[len(out)-1]
		if cells[0] != fmt.Sprint(len(out)) || !strings.HasSuffix(*last, "("+strings.Join(cells[3:], " ")+")") {
			t.Errorf("row %q does not belong to sequence %s", row, *last)
		}
		before, after, _ := strings.Cut(*last, "(")
		*last = before + cells[2] + " (" + after
	}
	return strings.ReplaceAll(strings.Join(out, "; "), " ()", "")
}

func TestSequence(t *testing.T) {
	until := stage("U host.id")
	for _, c := range []struct {
		name, events string
		n            plan.Sequence
		want         string
	}{
		{"events follow each other, by host", `
			net 1 host=a user=A n=1
			net 2 host=b user=B n=2
			net 3 host=a user=B n=3`, plan.Sequence{Stages: stages("A host.id", "B host.id")}, "1 3 (a)"},
		{"without keys", `
			net 1 host=a user=A n=1
			net 2 host=b user=B n=2`, plan.Sequence{Stages: stages("A", "B")}, "1 2"},
		{"in the order of the last event", `
			net 1 host=a user=A n=1
			net 2 host=b user=A n=2
			net 3 host=b user=B n=3
			net 4 host=a user=B n=4`, plan.Sequence{Stages: stages("A host.id", "B host.id")}, "2 3 (b); 1 4 (a)"},
		{"at one time the tiebreaker decides", `
			net 1 host=a user=A n=2
			net 1 host=a user=B n=1
			net 1 host=b user=A n=3
			net 1 host=b user=B n=4`, plan.Sequence{Stages: stages("A host.id", "B host.id"), Tiebreaker: "n"}, "3 4 (b)"},
		{"an event without a time is none", `
			net - host=a user=A n=1
			net 3 host=a user=B n=3`, plan.Sequence{Stages: stages("A host.id", "B host.id")}, ""},
		{"a missing key", `
			net 1 user=A n=1
			net 3 user=B n=3`, plan.Sequence{Stages: stages("A host.id", "B host.id")}, ""},
		{"a missing key that is optional", `
			net 1 user=A n=1
			net 3 user=B n=3
			net 4 user=B host=a n=4`, plan.Sequence{Stages: stages("A ?host.id", "B ?host.id")}, "1 3 (-)"},
		{"keys of different fields", `
			net 1 guid=x user=A n=1
			net 2 parent=x guid=y user=B n=2`, plan.Sequence{Stages: stages("A process.entity_id", "B process.parent.entity_id")}, "1 2 (x)"},
		{"a number is not its text", `
			net 1 pid=7 user=A n=1
			net 2 guid=7 user=B n=2`, plan.Sequence{Stages: stages("A process.pid", "B process.entity_id")}, ""},
		{"each value of a key", `
			net 1 host=a guid=x,y user=A n=1
			net 2 host=a guid=y,z,y user=B n=2
			net 3 host=a guid=x user=B n=3`, plan.Sequence{Stages: stages("A host.id process.entity_id", "B host.id process.entity_id")}, "1 2 (a y); 1 3 (a x)"},
		{"every combination of values", `
			net 1 host=a,b guid=x,y user=A n=1
			net 2 host=b guid=x user=B n=2
			net 3 host=a guid=y user=B n=3
			net 4 host=b guid=z user=B n=4`, plan.Sequence{Stages: stages("A host.id process.entity_id", "B host.id process.entity_id")}, "1 2 (b x); 1 3 (a y)"},
		{"of one last event, in the order of the ones before", `
			net 1 host=b user=A n=1
			net 2 host=a user=A n=2
			net 2 host=c user=A n=3
			net 3 host=c,b,a user=B n=4`, plan.Sequence{Stages: stages("A host.id", "B host.id"), Tiebreaker: "n"}, "1 4 (b); 2 4 (a); 3 4 (c)"},
		{"no farther than maxspan", `
			net 1 host=a user=A n=1
			net 6 host=a user=B n=2
			net 11 host=b user=A n=3
			net 16.000000001 host=b user=B n=4`, plan.Sequence{Stages: stages("A host.id", "B host.id"), MaxSpan: 5 * time.Second}, "1 2 (a)"},
		{"until", `
			net 1 host=a user=A n=1
			net 2 host=a user=U n=2
			net 3 host=a user=B n=3
			net 4 host=b user=A n=4
			net 5 host=b user=B n=5
			net 6 host=b user=U n=6`, plan.Sequence{Stages: stages("A host.id", "B host.id"), Until: &until}, "4 5 (b)"},
		{"until, of another key", `
			net 1 host=a user=A n=1
			net 2 host=c user=U n=2
			net 3 host=a user=B n=3`, plan.Sequence{Stages: stages("A host.id", "B host.id"), Until: &until}, "1 3 (a)"},
		{"runs", `
			net 1 host=a user=A n=1
			net 2 host=a user=A n=2
			net 3 host=a user=A n=3
			net 4 host=a user=A n=4`, plan.Sequence{Stages: []plan.Stage{{Cond: is("user", "A"), Runs: 3}}}, "1 2 3; 2 3 4"},
		{"a missing event", `
			net 1 host=a user=A n=1
			net 2 host=a user=M n=2
			net 3 host=a user=B n=3
			net 4 host=a user=A n=4
			net 5 host=a user=B n=5`, plan.Sequence{Stages: []plan.Stage{stage("A"), {Cond: is("user", "M"), Missing: true, Runs: 1}, stage("B")}, MaxSpan: time.Minute}, "4 - 5"},
		{"picks, one after another", `
			net 1 user=A n=1
			net 2 user=A n=2
			net 3 user=A n=3
			net 4 user=A n=4
			net 5 user=A n=5`, plan.Sequence{Stages: stages("A", "A"), Picks: []plan.Pick{{N: 3}, {N: 2, Last: true}}}, "2 3; 3 4"},
		{"the last one", `
			net 1 user=A n=1
			net 2 user=A n=2
			net 3 user=A n=3`, plan.Sequence{Stages: stages("A", "A"), Picks: []plan.Pick{{N: 1, Last: true}}}, "2 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			settings(t, events(c.events), func(t *testing.T, w *world, _ []event) {
				n := c.n
				n.In = view()
				if got := w.sequences(t, &n, len(n.Stages[0].Keys)); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
			})
		})
	}
}

// A child of the first event's process connects: the parent is known from the child's start only.
func TestSequenceOverProcessTable(t *testing.T) {
	list := events(`
		start 1 host=a guid=P1 pid=7 cmd=perl parent=P0 user=A n=1
		start 2 host=a guid=Q1 pid=8 cmd=sh parent=P1 n=2
		net 3 host=a guid=Q1 pid=8 user=B n=3
		start 4 host=b guid=P2 pid=7 cmd=nc parent=P0 user=A n=4
		net 5 host=b guid=P2 pid=7 user=B n=5
		net 6 host=a pid=8 user=B n=6
		start 7 host=b guid=Q2 pid=9 cmd=sh parent=P2 n=7
		net 6.5 host=b guid=Q2 pid=9 user=B n=8
		start 8 host=c guid=P1 pid=7 cmd=nc parent=P0 user=A n=9
		net 8.5 host=c guid=Q1 pid=8 user=B n=10`)
	settings(t, list, func(t *testing.T, w *world, _ []event) {
		n := &plan.Sequence{In: enriched(view()), MaxSpan: 5 * time.Second, Stages: []plan.Stage{
			{Cond: is("user", "A"), Keys: []plan.Key{{Field: "host.id"}, {Field: "process.entity_id"}}, Runs: 1},
			{Cond: plan.And(is("event.category", "net"), plan.Holds(is("process.command_line", "sh"))), Keys: []plan.Key{{Field: "host.id"}, {Field: "process.parent.entity_id"}}, Runs: 1},
		}}
		if got, want := w.sequences(t, n, 2), "1 3 (a P1); 4 8 (b P2)"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		rows := w.answer(t, n, "n", "process.command_line", "process.parent.entity_id")
		if got, want := strings.Join(rows, "; "), "1 perl P0; 3 sh P1; 4 nc P0; 8 sh P2"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// The rows hold the events' columns, those that have a value, and none that only a condition read.
func TestSequenceColumns(t *testing.T) {
	for _, once := range []bool{false, true} {
		w := newWorld(events(`
			net 1 host=a user=A n=1
			file 2 host=a user=B cmd=x`), 2, 1, once)
		rows, diag := Run(t.Context(), &plan.Sequence{In: view(), Stages: stages("A host.id", "B host.id")}, w.Config)
		if diag != nil {
			t.Fatal(diag)
		}
		for b, err := range rows {
			if got := strings.Join(b.Schema.Visible(), " "); err != nil || got != "_sequence _stage event.category host.id n process.command_line user" {
				t.Errorf("got %s %v", got, err)
			}
		}
	}
}

// An event with too many combinations of key values ends in time, and is told.
func TestKeyCombinations(t *testing.T) {
	var many []string
	for i := range 2000 {
		many = append(many, fmt.Sprint(i))
	}
	list := []event{
		{"kind": "net", "t": "1", "host": strings.Join(many, ","), "guid": strings.Join(many, ","), "user": "A", "n": "1"},
		{"kind": "net", "t": "2", "host": "0", "guid": "5", "user": "B", "n": "2"},
	}
	w := newWorld(list, 1, 2, false)
	got := w.sequences(t, &plan.Sequence{In: view(), Stages: stages("A host.id process.entity_id", "B host.id process.entity_id")}, 2)
	if got != "1 2 (0 5)" || len(w.warned) != 1 || !strings.HasSuffix(w.warned[0], "did not count: 1") {
		t.Errorf("got %s, warned of %q", got, w.warned)
	}
}
