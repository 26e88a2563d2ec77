package op

import (
	"testing"

	"spoor/engine/plan"
)

func TestSample(t *testing.T) {
	for _, c := range []struct {
		name, events string
		n            plan.Sample
		want         string
	}{
		{"in any order, by host", `
			net 1 host=b user=B n=1
			net 2 host=a user=A n=2
			net 3 host=a user=B n=3
			net 4 host=b user=A n=4
			net 5 host=c user=A n=5`, plan.Sample{Filters: stages("A host.id", "B host.id")}, "2 3 (a); 4 1 (b)"},
		{"the earliest events, those without a time last", `
			net - host=a user=A n=1
			net 2 host=a user=A n=2
			net 1 host=a user=A n=3
			net - host=a user=B n=4`, plan.Sample{Filters: stages("A host.id", "B host.id")}, "3 4 (a)"},
		{"no event twice", `
			net 1 host=a user=A n=1
			net 2 host=b user=A n=2
			net 3 host=b user=A n=3`, plan.Sample{Filters: stages("A host.id", "A host.id")}, "2 3 (b)"},
		{"an event that two filters could use does not block", `
			net 1 host=a user=A n=1
			net 2 host=a user=B n=2
			net 3 host=a user=A n=3`, plan.Sample{Filters: []plan.Stage{
			{Cond: fn("isnotnull", col("user")), Keys: []plan.Key{{Field: "host.id"}}}, stage("B host.id"), stage("A host.id")}}, "1 2 3 (a)"},
		{"numbers before text, by size", `
			net 1 pid=10 user=A n=1
			net 1 pid=9 user=A n=2
			net 1 guid=x user=A n=3
			net 2 pid=10 user=B n=4
			net 2 pid=9 user=B n=5`, plan.Sample{Filters: stages("A process.pid", "B process.pid")}, "2 5 (9); 1 4 (10)"},
		{"keys of different fields, and several values", `
			net 1 host=a guid=x,y user=A n=1
			net 2 host=a parent=y,z user=B n=2
			net 3 host=a parent=x user=B n=3`, plan.Sample{Filters: stages("A host.id process.entity_id", "B host.id process.parent.entity_id")}, "1 3 (a x); 1 2 (a y)"},
		{"a missing key, that is optional", `
			net 1 user=A n=1
			net 2 user=B n=2
			net 3 host=a user=A n=3
			net 4 host=a user=B n=4`, plan.Sample{Filters: stages("A ?host.id", "B ?host.id")}, "3 4 (a); 1 2 (-)"},
		{"a missing key", `
			net 1 user=A n=1
			net 2 user=B n=2`, plan.Sample{Filters: stages("A host.id", "B host.id")}, ""},
		{"picks", `
			net 1 host=a,b,c user=A n=1
			net 2 host=a,b,c user=B n=2`, plan.Sample{Filters: stages("A host.id", "B host.id"), Picks: []plan.Pick{{N: 2}, {N: 1, Last: true}}}, "1 2 (b)"},
		{"without keys", `
			net 1 host=a user=A n=1
			net 2 host=b user=B n=2`, plan.Sample{Filters: stages("A", "B")}, "1 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			settings(t, events(c.events), func(t *testing.T, w *world, _ []event) {
				n := c.n
				n.In = view()
				if got := w.sequences(t, &n, len(n.Filters[0].Keys)); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
			})
		})
	}
}

func TestSampleOverProcessTable(t *testing.T) {
	settings(t, events(`
		start 1 host=a guid=P1 cmd=perl user=A n=1
		start 2 host=a guid=Q1 cmd=sh parent=P1 n=2
		net 3 host=a guid=Q1 user=B n=3
		net 4 host=a guid=Q2 user=B n=4`), func(t *testing.T, w *world, _ []event) {
		n := &plan.Sample{In: enriched(view()), Filters: []plan.Stage{
			{Cond: is("event.category", "net"), Keys: []plan.Key{{Field: "host.id"}, {Field: "process.parent.entity_id"}}},
			{Cond: is("user", "A"), Keys: []plan.Key{{Field: "host.id"}, {Field: "process.entity_id"}}},
		}}
		if got, want := w.sequences(t, n, 2), "3 1 (a P1)"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
