package op

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// What the process table fills, for each network event by its n: command line, parent and entity id.
func TestProcessTable(t *testing.T) {
	for _, c := range []struct{ name, events, want string }{
		{"by entity id", `
			start 1 host=a guid=G1 pid=7 cmd=perl parent=G0
			net 2 host=a guid=G1 pid=7 n=1`, "1 perl G0 G1"},
		{"nothing is invented", `
			start 1 host=a guid=G2 pid=7 cmd=perl parent=G0
			net 2 host=a guid=G1 pid=7 n=1`, "1 - - G1"},
		{"the event's own values stay", `
			start 1 host=a guid=G1 pid=7 cmd=perl parent=G0
			net 2 host=a guid=G1 pid=7 n=1 cmd=own`, "1 own G0 G1"},
		{"two hosts with the same id", `
			start 1 host=a guid=G1 pid=7 cmd=perl parent=G0
			start 1 host=b guid=G1 pid=7 cmd=nc parent=G9
			net 2 host=a guid=G1 n=1
			net 2 host=b guid=G1 n=2
			net 2 host=c guid=G1 n=3`, "1 perl G0 G1; 2 nc G9 G1; 3 - - G1"},
		{"an event that comes before the start", `
			start 5 host=a guid=G1 cmd=first parent=G0
			start 6 host=a guid=G1 cmd=second parent=G0
			net 2 host=a guid=G1 n=1`, "1 first G0 G1"},
		{"the last of several starts that is not later", `
			start 5 host=a guid=G1 cmd=first
			start 6 host=a guid=G1 cmd=second
			start 8 host=a guid=G1 cmd=third
			net 5.5 host=a guid=G1 n=1
			net 6 host=a guid=G1 n=2
			net 7 host=a guid=G1 n=3`, "1 first - G1; 2 second - G1; 3 second - G1"},
		{"by process id, where there is no entity id", `
			start 1 host=a guid=G1 pid=7 cmd=perl parent=G0
			start 3 host=a guid=G3 pid=7 cmd=nc parent=G2
			net 2 host=a pid=7 n=1
			net 4 host=a pid=7 n=2
			net 0.5 host=a pid=7 n=3
			net 4 host=a pid=8 n=4
			net 4 host=b pid=7 n=5
			net 4 pid=7 n=6
			net 4 host=a n=7
			file 4 host=a pid=7 n=8`, "1 perl G0 G1; 2 nc G2 G3; 3 - - -; 4 - - -; 5 - - -; 6 - - -; 7 - - -; 8 - - -"},
		{"a start without entity id", `
			start 1 host=a pid=7 cmd=perl
			net 2 host=a pid=7 n=1`, "1 perl - -"},
		{"a number that ended is not the same process, but for a minute", `
			start 10 host=a guid=G1 pid=7 cmd=perl
			end 20 host=a guid=G1 pid=7
			net 80 host=a pid=7 n=1
			net 80.5 host=a pid=7 n=2
			file 90 host=a guid=G1 pid=7 n=3`, "1 perl - G1; 2 - - -; 3 perl - G1"},
		{"an end of the number's former process does no harm", `
			start 1 host=a guid=G1 pid=7 cmd=perl
			end 2 host=a guid=G1 pid=7
			start 3 host=a guid=G3 pid=7 cmd=nc
			net 500 host=a pid=7 n=1`, "1 nc - G3"},
		{"an event without a time is found by its id only", `
			start 1 host=a guid=G1 pid=7 cmd=perl
			net - host=a guid=G1 pid=7 n=1
			net - host=a pid=7 n=2`, "1 perl - G1; 2 - - -"},
		{"starts are not filled", `
			start 1 host=a guid=G1 pid=7 cmd=perl parent=G0
			start 2 host=a guid=G1 pid=7 n=1`, "1 - - G1"},
		{"lists", `
			start 1 host=a guid=G1 cmd=perl,-e parent=G0
			net 2 host=a guid=G1 n=1`, "1 perl -e G0 G1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			settings(t, events(c.events), func(t *testing.T, w *world, _ []event) {
				n := &plan.Filter{In: enriched(view()), Cond: fn("isnotnull", col("n"))}
				got := w.answer(t, &plan.Sort{In: n, Keys: []plan.SortKey{{Name: "n"}}}, "n", "process.command_line", "process.parent.entity_id", "process.entity_id")
				if s := strings.Join(got, "; "); s != c.want {
					t.Errorf("got %s, want %s", s, c.want)
				}
				if w.warned != nil {
					t.Error(w.warned)
				}
			})
		})
	}
}

// Events that ask for nothing do not wait, and where nothing is asked no second scan is made.
func TestProcessTableUnasked(t *testing.T) {
	w := newWorld(events(`
		start 1 host=a guid=G1 cmd=perl parent=G0 n=1
		net 2 host=a guid=G1 cmd=own parent=G0 n=2`), 2, 3, false)
	got := w.answer(t, &plan.Sort{In: enriched(view()), Keys: []plan.SortKey{{Name: "n"}}}, "n", "process.command_line")
	if strings.Join(got, ";") != "1 perl;2 own" || len(w.scans) != 1 {
		t.Errorf("got %q in %d scans", got, len(w.scans))
	}
}

// The second scan looks for the names of the processes that are asked for, at all times, and reads nothing but starts and ends.
func TestProcessTableNeedles(t *testing.T) {
	w := newWorld(events(`
		start 1 host=a guid=GUID-ONE cmd=perl
		start 1 host=a guid=GUID-TWO cmd=nc
		net 2 host=a guid=GUID-ONE n=1`), 1, 3, false)
	v := view()
	v.In = &plan.Scan{Earliest: 2e9, Latest: 3e9}
	got := w.answer(t, &plan.Filter{In: enriched(v), Cond: is("event.category", "net")}, "n", "process.command_line")
	d := w.scans[len(w.scans)-1]
	if len(w.scans) != 2 || !slices.Equal(d.Needles, []string{"GUID-ONE"}) || d.Earliest != column.Beginning || len(d.Kinds) != 2 {
		t.Errorf("%d scans, the last of %+v", len(w.scans), d)
	}
	if fmt.Sprint(got) != "[1 perl]" {
		t.Errorf("got %q", got)
	}
}

// Where the input is read once, the events and the starts come out of the same scan, though they look at different times.
func TestProcessTableOfPipe(t *testing.T) {
	w := newWorld(events(`
		net 1 host=a guid=G1 n=0
		start 1 host=a guid=G1 cmd=perl
		net 2 host=a guid=G1 n=1
		net 3 host=a guid=G1 n=2`), 1, 3, true)
	v := view()
	v.In = &plan.Scan{Earliest: 2e9, Latest: 3e9}
	got := w.answer(t, &plan.Filter{In: enriched(v), Cond: fn("isnotnull", col("n"))}, "n", "process.command_line")
	if fmt.Sprint(got) != "[1 perl]" || len(w.scans) != 1 {
		t.Errorf("got %q in %d scans", got, len(w.scans))
	}
}

// A full table forgets the oldest starts, and says so if they were missed.
func TestStartsForget(t *testing.T) {
	const n = 1000
	var list []event
	for i := range n {
		list = append(list, event{"kind": "start", "t": fmt.Sprint(i), "host": "a", "guid": fmt.Sprint("G", i), "pid": fmt.Sprint(i), "cmd": fmt.Sprint("c", i)},
			event{"kind": "end", "t": fmt.Sprint(i, ".5"), "host": "a", "guid": fmt.Sprint("G", i), "pid": fmt.Sprint(i)})
	}
	s := newStarts(told, nil, 100, 1<<30)
	w := newWorld(list, 1, 10, true)
	r := &runner{Config: w.Config, bd: newBinder(w.Env)}
	chains := []chain{r.startsWhere(enriched(view()), nil)}
	workers := []*worker{r.newWorker(chains)}
	workers[0].lines[0].sink = s
	if err := r.consume(w.open, demand(chains), workers); err != nil {
		t.Fatal(err)
	}
	if s.table.facts.rows > 110 || s.table.facts.rows+s.table.forgotten != n || len(s.table.ends) > 110 {
		t.Fatalf("%d starts and %d ends are kept, %d forgotten", s.table.facts.rows, len(s.table.ends), s.table.forgotten)
	}
	ask := column.NewBatch(column.NewSchema(plan.HostID, plan.EntityID, plan.EventTime), []column.Vector{
		&column.Const{V: column.Str("a"), N: 2}, column.FromValues([]column.Value{column.Str("G999"), column.Str("G1")}), &column.Const{V: column.Nanos(1e12), N: 2},
	}, 2)
	q := newQuestions(nil)
	q.add([]*column.Batch{ask})
	table := s.finish(q)
	found := table.find(ask, []uint32{0, 1})
	if found[0] < 0 || found[1] >= 0 || table.facts.value(uint32(found[0]), 0).String() != "c999" {
		t.Errorf("found %v", found)
	}
	table.warn(r)
	if len(w.warned) != 1 || !strings.HasPrefix(w.warned[0], "limit: ") || !strings.Contains(w.warned[0], fmt.Sprint(table.forgotten)) {
		t.Error(w.warned)
	}
}

func BenchmarkProcessTable(b *testing.B) {
	const rows, known = 1024, 100_000
	texts := func(name string, from, n int) column.Vector {
		values := make([]column.Value, n)
		for i := range values {
			values[i] = column.Str(fmt.Sprint(name, (from+i*97)%known))
		}
		return column.FromValues(values)
	}
	table := func(from, n int, of ...column.Vector) *column.Batch {
		yes := &column.Const{V: column.Boolean(true), N: n}
		names := []string{plan.HostID, plan.EntityID, plan.EventTime, plan.Position, plan.Starts, plan.Open(told[0])}
		return column.NewBatch(column.NewSchema(append(names, told[0])...), append([]column.Vector{&column.Const{V: column.Str("a"), N: n},
			texts("c9eb4a87-4093-637f-789d-", from, n), &column.Const{V: column.Nanos(1), N: n}, &column.Const{V: column.Integer(1), N: n}, yes, yes}, of...), n)
	}
	s := newStarts(told, nil, 0, 0)
	s.Add(table(0, known, texts("perl -e ", 0, known)))
	events := table(7, rows, column.Nulls(rows))
	q := newQuestions(nil)
	q.add([]*column.Batch{table(0, known)})
	t := s.finish(q)
	b.ReportAllocs()
	b.SetBytes(rows) // MB/s reads as million rows per second
	for b.Loop() {
		if t.fill(events, asking(events, told)).Col(told[0]).IsNull(0) {
			b.Fatal("not filled")
		}
	}
}
