package engine_test

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/grammar/source"
)

var cases = flag.Int("cases", 150, "searches that TestSearchesAgree makes up; of the queries in EQL, which take longer, there are fewer")

// plainest reads everything and does everything as it is written; fastest does whatever saves work.
var (
	plainest = point{workers: 1, batchRows: 1, blockSize: 64}
	fastest  = allOn
)

// TestSearchesAgree asks made-up searches of made-up logs: always the same ones, unless -seed asks for others and -cases for more.
// FuzzSearch is for finding new ones.
func TestSearchesAgree(t *testing.T) { askMany(t, *cases, agree) }

func FuzzSearch(f *testing.F) { fuzz(f, agree) }

// askMany asks n made-up questions, of which some must find something.
func askMany(t *testing.T, n int, agree func(t *testing.T, dir string, choices []byte) bool) {
	s := max(*seed, 1)
	t.Logf("questions of -seed=%d", s)
	r := rand.New(rand.NewPCG(s, 1))
	dir := t.TempDir()
	answered := 0
	for i := range n {
		choices := make([]byte, 4096)
		for j := range choices {
			choices[j] = byte(r.Uint32())
		}
		if agree(t, dir, choices) {
			answered++
		}
		if t.Failed() {
			t.Fatalf("case %d", i)
		}
	}
	if answered < n/8 {
		t.Errorf("only %d of %d questions found something", answered, n)
	}
}

func fuzz(f *testing.F, agree func(t *testing.T, dir string, choices []byte) bool) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 64 {
		choices := make([]byte, 1024)
		for j := range choices {
			choices[j] = byte(r.Uint32())
		}
		f.Add(choices)
	}
	f.Fuzz(func(t *testing.T, choices []byte) { agree(t, t.TempDir(), choices) })
}

// agree makes a log and a search of the choices, and reports an answer that depends on how it is computed. It says whether there were rows.
func agree(t *testing.T, dir string, choices []byte) bool {
	t.Helper()
	d := &dice{left: choices}
	q := madeUp{file: filepath.Join(dir, "events.log")}
	q.early, q.late = d.query()
	q.options.Now = time.Date(2024, 5, 6, 11, 0, 0, 0, time.UTC)
	if d.oneIn(4) {
		q.options.Earliest, q.options.Latest = "2024-05-06T09:59:59", d.pick([]string{"2024-05-06T10:00:00", "2024-05-06T10:00:00.5", "now"})
	}
	log := strings.SplitAfter(d.log(), "\n")
	return q.agree(t, log)
}

// agree reports an answer to the question that depends on how it is computed, with as few records as show it. It says whether there were rows.
func (q *madeUp) agree(t *testing.T, log []string) bool {
	t.Helper()
	found, wrong := q.ask(t, log)
	if wrong == "" {
		return found
	}
	for i := 0; i < len(log); {
		fewer := slices.Delete(slices.Clone(log), i, i+1)
		if _, still := q.ask(t, fewer); still != "" {
			log, wrong = fewer, still
		} else {
			i++
		}
	}
	t.Errorf("%s\nof %s to %s in\n%s\n%s", strings.Join(q.early, " | "), q.options.Earliest, q.options.Latest, strings.Join(log, ""), wrong)
	return found
}

// madeUp is a search over a file.
type madeUp struct {
	early, late []string // commands, and others that must give the same
	options     engine.Options
	file        string
}

// ask says whether the search finds something in a log, and in which way answers differ.
func (q *madeUp) ask(t *testing.T, log []string) (found bool, wrong string) {
	t.Helper()
	if err := os.WriteFile(q.file, []byte(strings.Join(log, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(at point, commands []string) answer {
		return ask(t, source.New("query", strings.Join(commands, " | ")), q.options, []string{q.file}, at)
	}
	want, got := run(plainest, q.early), run(fastest, q.early)
	if got.rows != want.rows || got.errors != want.errors {
		return true, "plainly:\n" + want.rows + want.errors + "\nfast:\n" + got.rows + got.errors
	}
	if got := run(frugal, q.early); got.rows != want.rows || got.errors != want.errors {
		return true, "plainly:\n" + want.rows + want.errors + "\nin little memory:\n" + got.rows + got.errors
	}
	if q.late != nil && want.errors == "" {
		late := run(plainest, q.late)
		if a, b := unordered(late.rows), unordered(want.rows); a != b {
			return true, "early:\n" + b + "\nlate:\n" + a + late.errors
		}
	}
	return want.rows != "", ""
}

// unordered is rows with their columns, but for some, in the order of the names.
func unordered(rows string, but ...string) string {
	var b strings.Builder
	for line := range strings.Lines(rows) {
		columns := map[string]json.RawMessage{}
		if err := json.Unmarshal([]byte(line), &columns); err != nil {
			panic(err)
		}
		for _, name := range but {
			delete(columns, name)
		}
		out, _ := json.Marshal(columns)
		b.Write(append(out, '\n'))
	}
	return b.String()
}
