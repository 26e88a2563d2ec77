package engine_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/lookup"
)

// Events of a service: as many users as a tenth of them, and as many rows in the table of users.
const (
	serviceEvents = 500_000
	serviceUsers  = serviceEvents / 10
)

var tableSearches = []bench{
	{"stats", "* | stats count sum(n) max(n) by user"},
	{"eventstats", "* | eventstats sum(n) AS total by user | where n > total/5 | stats count"},
	{"sort", "* | sort 0 n | table n id user"},
	{"lookup", "* | lookup users.csv user OUTPUT dept | stats count by dept"},
	{"transaction", "* | transaction user maxpause=30m | stats count"},
	{"timechart", "* | timechart span=1h count by status"},
}

// BenchmarkTables is BenchmarkSearch for work on many rows and groups.
func BenchmarkTables(b *testing.B) {
	dir := b.TempDir()
	path := filepath.Join(dir, "events.json")
	serviceLog(b, path)
	folder := filepath.Join(dir, "lookups")
	if err := os.Mkdir(folder, 0o700); err != nil {
		b.Fatal(err)
	}
	written(b, filepath.Join(folder, "users.csv"), func(w *bufio.Writer, r *rand.Rand) {
		fmt.Fprintln(w, "user,dept")
		for i := range serviceUsers {
			fmt.Fprintf(w, "u%07d,dept-%d\n", i, r.IntN(500))
		}
	})
	library, errs := lookup.Open(folder)
	if len(errs) > 0 {
		b.Fatal(errs)
	}
	for _, s := range tableSearches {
		b.Run(s.name, func(b *testing.B) { benchSearch(b, s.query, path, engine.Options{Lookups: library}) })
	}
}

func serviceLog(b *testing.B, path string) {
	b.Helper()
	outcomes := []string{"ok", "ok", "ok", "denied", "timeout", "error"}
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	written(b, path, func(w *bufio.Writer, r *rand.Rand) {
		for i := range serviceEvents {
			at = at.Add(time.Duration(r.Int64N(2e9)))
			fmt.Fprintf(w, `{"@timestamp":"%s","hostname":"web-%d","user":"u%07d","n":%d,"status":"%s","id":%d}`+"\n",
				at.Format("2006-01-02T15:04:05.000Z"), r.IntN(1000), r.IntN(serviceUsers), r.IntN(1e6), outcomes[r.IntN(len(outcomes))], i)
		}
	})
}

func written(b *testing.B, path string, write func(*bufio.Writer, *rand.Rand)) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	write(w, rand.New(rand.NewPCG(1, 2)))
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
}
