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

// TestPackOfSequences holds that the events of a common stage are not looked for first where a census reads all of them anyway.
func TestPackOfSequences(t *testing.T) {
	tests := []struct {
		query            string
		readings, census int // without a census and with one
	}{
		{`sequence by process.entity_id [process where process.name == "curl"] [process where process.pid < 0]`, 2, 1},
		{`sequence by process.entity_id [process where process.name == "systemctl"] [process where process.pid < 0]`, 2, 2},
	}
	log := generated(t, generate.Config{Events: 4000, Seed: 2})
	for _, test := range tests {
		var pack engine.Pack
		for _, query := range []string{test.query, `network where process.parent.name == "nobody"`} { // which asks for starts of processes
			p, errs := engine.Compile(source.New("query", query), engine.Options{Language: engine.EQL})
			if errs.Failed() {
				t.Fatal(errs)
			}
			pack = append(pack, p)
		}
		for census, want := range map[bool]int{false: test.readings, true: test.census} {
			o := engine.RunOptions{Inputs: open(t, []string{log}, false), Workers: 2, Census: census}
			r := pack.Run(t.Context(), o, func(_ int, r *engine.Result) error {
				for _, err := range r.Rows() {
					if err != nil {
						return err
					}
				}
				return nil
			})
			if got := r.Profiles[0].Readings; r.Errors[0] != nil || got != want {
				t.Errorf("%s, census %v: %d readings, want %d; %v", test.query, census, got, want, r.Errors[0])
			}
		}
	}
}
