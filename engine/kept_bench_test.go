package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/startindex"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// BenchmarkHour asks for the parents of processes that had connections in the last hour of a log of a day: with the whole log read for their starts,
// and with where those stand known from an earlier run.
func BenchmarkHour(b *testing.B) {
	path := filepath.Join(b.TempDir(), "log")
	to, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := generate.Write(b.Context(), to, generate.Config{Form: "syslog", Events: 200_000, Seed: 3, Rate: 200_000.0 / 86_400 / 40}); err != nil {
		b.Fatal(err)
	}
	if err := to.Close(); err != nil {
		b.Fatal(err)
	}
	in, errs := input.Resolve([]string{path}, nil)
	if errs.Failed() {
		b.Fatal(errs)
	}
	times := timeindex.OpenFolder("", nil)
	var members []*timeindex.Member
	for range 2 { // what is known of a log is believed from the second look on
		if members, err = times.Look(b.Context(), in, timeindex.Options{Now: time.Now()}); err != nil {
			b.Fatal(err)
		}
	}
	last, _, err := input.Newest(b.Context(), in, 2)
	if err != nil {
		b.Fatal(err)
	}
	until := time.Unix(0, last)
	p, errs := engine.Compile(source.New("query", `network where process.parent.name : "*"`), engine.Options{Language: engine.EQL,
		Earliest: until.Add(-time.Hour).Format(time.RFC3339), Latest: until.Format(time.RFC3339)})
	if errs.Failed() {
		b.Fatal(errs)
	}
	folder := startindex.OpenFolder(b.TempDir(), startindex.Options{Now: time.Now()})
	for _, known := range []bool{false, true} {
		b.Run(fmt.Sprintf("known=%t", known), func(b *testing.B) {
			for b.Loop() {
				o := engine.RunOptions{Inputs: input.Inputs{members[0].Input}, Workers: 2}
				if known {
					o.Starts = folder.Of(members)
				}
				rows := 0
				for batch, err := range p.Run(b.Context(), o).Rows() {
					if err != nil {
						b.Fatal(err)
					}
					rows += batch.Rows
				}
				if rows == 0 {
					b.Fatal("nothing was found")
				}
			}
		})
	}
}
