package op

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"spoor/engine/plan"
)

// TestBirths looks for the starts of processes where they are known to stand, and where they are not as ever.
func TestBirths(t *testing.T) {
	const log = `
		start 1 host=a guid=G1 cmd=perl
		start 1 host=a guid=G2 pid=7 cmd=nc
		start 1 host=b guid=G1 cmd=sh
		start 5 host=a guid=G1 cmd=late`
	for _, c := range []struct {
		name, asks, want string
		whole            bool
		at               map[int][]int64 // nil: all starts are looked at
	}{
		{"by name", "net 2 host=a guid=G1 n=1", "[1 perl]", true, map[int][]int64{0: {0, 3}}},
		{"two processes", "net 2 host=b guid=G1 n=1\nnet 3 host=a guid=G2 n=2", "[1 sh 2 nc]", true, map[int][]int64{0: {1, 2}}},
		{"no such process", "net 2 host=c guid=G1 n=1", "[1 -]", true, map[int][]int64{}},
		{"by number", "net 2 host=a pid=7 n=1", "[1 nc]", true, nil},
		{"not all were read", "net 2 host=a guid=G1 n=1", "[1 perl]", false, nil},
	} {
		w := newWorld(events(log+"\n"+c.asks), 2, 3, false)
		n := &plan.Filter{In: enriched(view()), Cond: fn("isnotnull", col("n"))}
		before := w.Config
		before.Scan, before.Rescan = nil, nil // a pack prepares before it has a scan
		b, diag := NewBirths(enriched(view()), before)
		if diag != nil {
			t.Fatal(diag)
		}
		d, consumers := b.Reading()
		s, err := w.open(d)
		if err == nil {
			err = s.Run(context.Background(), consumers)
		}
		if err != nil {
			t.Fatal(err)
		}
		b.Settle(c.whole)
		w.Births = b
		got := w.answer(t, n, "n", "process.command_line")
		slices.Sort(got)
		last := w.scans[len(w.scans)-1]
		if fmt.Sprint(got) != c.want || !maps.EqualFunc(last.At, c.at, slices.Equal) || (last.At == nil) != (c.at == nil) {
			t.Errorf("%s: got %s, and looked at %v", c.name, got, last.At)
		}
	}
}
