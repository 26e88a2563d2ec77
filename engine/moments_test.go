package engine_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"spoor/engine"
	"spoor/grammar/source"
)

// TestMoments asks of every hour of two days whether a program was handed an event of it.
func TestMoments(t *testing.T) {
	begin := time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)
	hour := func(n int) int64 { return begin.Add(time.Duration(n) * time.Hour).UnixNano() }
	log := filepath.Join(t.TempDir(), "log.json")
	text := ""
	for _, e := range []struct {
		hour  int
		image string
	}{{3, "bash"}, {10, "curl"}, {11, "bash"}, {30, "bash"}, {30, "bash"}, {47, "curl"}} {
		at := begin.Add(time.Duration(e.hour)*time.Hour + 59*time.Minute + 59*time.Second)
		text += fmt.Sprintf(`{"EventID":"1","Computer":"a","ProcessId":"7","UtcTime":"%s","Image":"/bin/%s"}`+"\n", at.Format("2006-01-02 15:04:05.000"), e.image)
	}
	if err := os.WriteFile(log, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query string
		want  []int // hours
		all   bool  // nothing is known
	}{
		{"EventID=1 | stats count by Image", []int{3, 10, 11, 30, 47}, false},
		{"EventID=1 Image=*/bash | stats count", []int{3, 11, 30}, false},
		{"EventID=1 Image=*/bash | head 1", []int{3, 11, 30}, false},
		{"EventID=1 Image=*/bash | append [search EventID=1 Image=*/curl]", []int{3, 10, 11, 30, 47}, false},
		{"EventID=1 Image=*/bash | append [search EventID=1 Image=*/curl earliest=-2h]", nil, true},
		{"EventID=1 Image=*/ncat | stats count", nil, false},
	} {
		p, errs := engine.Compile(source.New("query", c.query), engine.Options{Earliest: "2024-05-06", Latest: "2024-05-08", Now: begin.Add(48 * time.Hour)})
		if errs.Failed() {
			t.Fatal(errs)
		}
		o := engine.RunOptions{Inputs: open(t, []string{log}, false), Workers: 2, BatchRows: 2, Moments: 6 * time.Minute}
		run := engine.Pack{p}.Run(context.Background(), o, func(_ int, r *engine.Result) error {
			for _, err := range r.Rows() {
				if err != nil {
					return err
				}
			}
			return nil
		})
		if run.Errors[0] != nil {
			t.Fatal(run.Errors[0])
		}
		m := run.Profiles[0].Moments
		var got []int
		for n := -1; n < 49; n++ {
			if m.Some(hour(n), hour(n+1)) {
				got = append(got, n)
			}
		}
		if want := fmt.Sprint(c.want); !c.all && fmt.Sprint(got) != want || c.all && len(got) != 50 {
			t.Errorf("%s: events in the hours %v, want %s", c.query, got, want)
		}
		for _, part := range []struct {
			from, to time.Duration
			some     bool
		}{{10*time.Hour + 54*time.Minute, 11 * time.Hour, true}, {10*time.Hour + 30*time.Minute, 10*time.Hour + 50*time.Minute, false}, {-1e6 * time.Hour, 11 * time.Hour, true}, {11 * time.Hour, 11 * time.Hour, false}} {
			if len(c.want) == 5 && m.Some(begin.Add(part.from).UnixNano(), begin.Add(part.to).UnixNano()) != part.some {
				t.Errorf("%s: events from %s to %s: %v", c.query, part.from, part.to, !part.some)
			}
		}
	}
}
