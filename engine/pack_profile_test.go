package engine_test

import (
	"sync/atomic"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/grammar/source"
)

// TestPackProfile measures what each program of a pack takes.
func TestPackProfile(t *testing.T) {
	queries := []struct {
		text             string
		rows             int64
		readings         int
		atLeast, atMost  int64 // events
		works, workAbove bool
	}{
		{"| tstats count from datamodel=Endpoint.Processes", 1, 1, 100, 400, true, true},
		{"EventID=1 | append [search EventID=3] | stats count", 1, 2, 100, 800, true, true},
		{"| makeresults count=3", 3, 0, 0, 0, false, true},
		{`"no record holds this" | table _raw`, 0, 1, 0, 0, false, true},
	}
	var pack engine.Pack
	for _, q := range queries {
		p, errs := engine.Compile(source.New("query", q.text), engine.Options{})
		if errs.Failed() {
			t.Fatal(errs)
		}
		pack = append(pack, p)
	}
	log := generated(t, generate.Config{Events: 400, Seed: 2})
	var ticks atomic.Int64
	o := engine.RunOptions{
		Inputs: open(t, []string{log}, false), Workers: 2, BatchRows: 100,
		Clock: func() time.Time { return time.Unix(ticks.Add(1), 0) },
	}
	var account *engine.Result
	o.Begun = func(r *engine.Result) {
		if account = r; account == nil {
			t.Fatal("nobody accounts for the readings")
		}
		if done, _ := r.Progress(); done != 0 {
			t.Errorf("%d bytes are read before anything is", done)
		}
	}
	r := pack.Run(t.Context(), o, func(_ int, r *engine.Result) error {
		for _, err := range r.Rows() {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if done, total := account.Progress(); done == 0 || done != total {
		t.Errorf("%d of %d bytes are read at the end", done, total)
	}
	for i, q := range queries {
		p := r.Profiles[i]
		if p.Rows != q.rows || p.Readings != q.readings || p.Events < q.atLeast || p.Events > q.atMost || p.Batches < (p.Events+99)/100 {
			t.Errorf("%s: %+v", q.text, p)
		}
		if p.Below > 0 != q.works || p.Above > 0 != q.workAbove {
			t.Errorf("%s: worked %v below the cut and %v above it", q.text, p.Below, p.Above)
		}
	}
}
