package op

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// grouped is the groups of events for which a condition holds.
func grouped(cond plan.Expr, keys ...string) plan.Node {
	count, _, _ := aggregate.Lookup("count")
	return &plan.Aggregate{In: &plan.Filter{In: view(), Cond: cond}, Keys: keys, Aggs: []plan.Agg{{Func: count, As: "count"}}}
}

// Reading the side of a join first that promises fewer rows, and of the other one those that may have partners, changes no row.
func TestJoinSides(t *testing.T) {
	attack, net := is("user", "attacker"), is("event.category", "net")
	const self, child = plan.EntityID, "process.parent.entity_id"
	all := fn("isnotnull", col(self))
	joins := []plan.Join{
		{Left: grouped(net, self, plan.HostID), Right: grouped(attack, self, plan.ProcessID), Keys: []string{self}, Max: 1},
		{Left: grouped(attack, self, plan.HostID), Right: grouped(all, self, "process.command_line", plan.HostID), Keys: []string{self, plan.HostID}},
		{Left: grouped(attack, self), Right: grouped(all, self, "n"), Keys: []string{self}, Outer: true, Max: 2},
		{Left: grouped(all, child, plan.HostID), Right: grouped(attack, plan.HostID, "n"), Keys: []string{plan.HostID}, Keep: true},
		{Left: grouped(all, self), Right: grouped(attack, self), Keys: []string{child}, Max: 1},
	}
	found, fewer := 0, 0
	rng := rand.New(rand.NewPCG(8, 9))
	for range 40 {
		list := madeUp(rng, 10+rng.IntN(60))
		for i := range joins {
			columns := []string{self, plan.HostID, plan.ProcessID, "process.command_line", child, "n", "count"}
			whole, split := newWorld(list, 1, 7, false), newWorld(list, 1+rng.IntN(3), 7, false)
			whole.Needles = false
			want, got := whole.answer(t, &joins[i], columns...), split.answer(t, &joins[i], columns...)
			if !slices.Equal(got, want) {
				t.Fatalf("%s\nfound %s\n want %s\nin %v", &joins[i], strings.Join(got, "\n"), strings.Join(want, "\n"), list)
			}
			found += len(want)
			if len(split.scans) < 2 || split.scans[1].Needles != nil {
				fewer++
			}
		}
	}
	if found < 100 || fewer < 50 {
		t.Errorf("%d rows, %d times the other side was asked for less: the test shows nothing", found, fewer)
	}
}

// What a join looks for, scan by scan.
func TestJoinScans(t *testing.T) {
	const self = plan.EntityID
	rare, every, none := is("user", "attacker"), is("event.category", "start"), is("user", "stranger")
	outer := func(left, right plan.Expr) *plan.Join {
		return &plan.Join{Left: grouped(left, self), Right: grouped(right, self), Keys: []string{self}, Outer: true}
	}
	inner := func(left, right plan.Expr) *plan.Join {
		j := outer(left, right)
		j.Outer = false
		return j
	}
	for _, c := range []struct {
		about string
		join  plan.Node
		want  string
	}{
		{"the right side is rare", inner(every, rare), "attacker; GUID-P GUID-Q"},
		{"the left side is rare", inner(rare, every), "attacker; GUID-P GUID-Q"},
		{"the left side is rare, and all of it stays", outer(rare, every), "attacker; GUID-P GUID-Q"},
		{"all of the left side stays", outer(every, rare), "attacker; "},
		{"nothing on the right", inner(every, none), "stranger"},
		{"nothing on the left", inner(none, every), "stranger"},
		{"nothing on the left, whose rows all stay", outer(none, every), "stranger"},
		{"no event can be on the left", outer(plan.And(every, is("event.category", "net")), every), ""},
		{"rows that are there", inner(every, every).With(grouped(every, self), &plan.Rows{Names: []string{self}, Cols: []column.Vector{&column.Const{V: column.Str("GUID-P"), N: 1}}, N: 1}), "GUID-P"},
	} {
		w := newWorld(events(`
			start 1 host=host-a guid=GUID-P user=attacker n=1
			start 2 host=host-a guid=GUID-Q user=attacker n=2
			start 2 host=host-a guid=GUID-R n=3`), 1, 2, false)
		w.answer(t, c.join, self)
		var looked []string
		for _, d := range w.scans {
			looked = append(looked, strings.Join(d.Needles, " "))
		}
		if got := strings.Join(looked, "; "); got != c.want {
			t.Errorf("%s: looked for %q, want %q", c.about, got, c.want)
		}
	}
}

// A side that writes a table is read though there can be no partners.
func TestWrites(t *testing.T) {
	rows := &plan.Rows{Names: []string{"x"}}
	if writes(&plan.Limit{In: rows, N: 1}) || !writes(&plan.Join{Left: rows, Right: &plan.Limit{In: &plan.ToLookup{In: rows}, N: 1}}) {
		t.Error("writing is not told from reading")
	}
}
