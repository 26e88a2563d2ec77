package engine_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// TestSplunkLimits counts the rows that the large limits leave, with and without them; the small ones have scripts.
func TestSplunkLimits(t *testing.T) {
	for _, c := range []struct {
		query      string
		free, kept int    // rows
		limit      string // that takes the others; empty: none does
	}{
		{"| makeresults count=10003 | sort _time", 10003, 10000, "limit-sort"},
		{"| makeresults count=10003 | sort 0 _time", 10003, 10003, ""},
		{"| makeresults count=10003 | sort 10002 _time", 10002, 10002, ""},
		{"| makeresults count=10003 | sort limit=0 _time", 10003, 10003, ""},
		{"| makeresults count=10000 | sort _time", 10000, 10000, ""},
		{"| makeresults count=10003 | sort _time | head 10000", 10000, 10000, ""},
		{"| makeresults count=10003 | sort _time | head 5", 5, 5, ""},
		{"| makeresults count=10003 | streamstats count as n | search [| makeresults count=10003 | streamstats count as n | fields n]", 10003, 10000, "limit-subsearch"},
		{"| makeresults count=10003 | streamstats count as n | search [| makeresults count=10003 | streamstats count as n | return 10003 n]", 10003, 10003, ""},
		{"| makeresults | append [| makeresults count=50002]", 50003, 50001, "limit-append"},
		{"| makeresults | append maxout=50001 [| makeresults count=50002]", 50002, 50002, ""},
		{"| makeresults | appendcols [| makeresults count=50002 | eval a=1]", 50002, 50000, "limit-append"},
		{"| makeresults | union [| makeresults count=50002]", 50003, 50001, "limit-append"},
		{"| makeresults count=50002 | streamstats count as n | join n [| makeresults count=50002 | streamstats count as n]", 50002, 50000, "limit-join"},
		{"| makeresults count=50002 | streamstats count as n | top limit=0 n", 50002, 50000, "limit-top"},
		{"| makeresults count=50002 | streamstats count as n | rare limit=50001 n", 50001, 50000, "limit-top"},
	} {
		for _, limits := range []bool{false, true} {
			want, code := c.free, ""
			if limits {
				want, code = c.kept, c.limit
			}
			rows, said := limited(t, c.query, nil, engine.Options{SplunkLimits: limits}, nil)
			if rows != want || strings.Join(said, " ") != code {
				t.Errorf("%s with limits %t: %d rows and %q, want %d and %q", c.query, limits, rows, said, want, code)
			}
		}
	}
}

// limited is how many rows a search gives, and which limits say that they took some.
func limited(t *testing.T, query string, logs input.Inputs, o engine.Options, clock func() time.Time) (rows int, said []string) {
	t.Helper()
	p, errs := engine.Compile(source.New("query", query), o)
	if errs.Failed() {
		t.Fatal(errs)
	}
	r := p.Run(context.Background(), engine.RunOptions{Inputs: logs, Workers: 1, BlockSize: 4096, Clock: clock})
	var out bytes.Buffer
	summary, err := output.Write(&out, r.Rows(), output.Options{Format: "ndjson"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diagnostics() {
		if engine.Lost(d) {
			said = append(said, d.Code)
		}
	}
	return int(summary.Rows), said
}

// TestSubsearchTime ends a subsearch by a clock that says that ten seconds go by each time that somebody looks at it.
func TestSubsearchTime(t *testing.T) {
	var log strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&log, `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:%02d:%02d.000"}`+"\n", i/60%60, i%60)
	}
	logs := func() input.Inputs {
		return input.Inputs{{Path: "log", Size: -1, Stream: strings.NewReader(log.String())}}
	}
	now := time.Unix(0, 0)
	slow := func() time.Time { now = now.Add(10 * time.Second); return now }
	const query = "| makeresults | append [search EventID=1]"
	if rows, said := limited(t, query, logs(), engine.Options{}, slow); rows != 20_001 || said != nil {
		t.Errorf("without limits: %d rows and %q", rows, said)
	}
	rows, said := limited(t, query, logs(), engine.Options{SplunkLimits: true}, slow)
	if rows <= 1 || rows >= 20_001 || strings.Join(said, " ") != "limit-append-time" {
		t.Errorf("with a slow clock: %d rows and %q", rows, said)
	}
	still := func() time.Time { return time.Unix(0, 0) }
	if rows, said := limited(t, query, logs(), engine.Options{SplunkLimits: true}, still); rows != 20_001 || said != nil {
		t.Errorf("with a clock that stands still: %d rows and %q", rows, said)
	}
}
