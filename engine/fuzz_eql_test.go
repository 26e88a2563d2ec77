package engine_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/grammar/source"
)

// TestEQLAgrees asks made-up queries of EQL of made-up logs; see TestSearchesAgree.
func TestEQLAgrees(t *testing.T) { askMany(t, *cases/5, agreeEQL) }

func FuzzEQL(f *testing.F) { fuzz(f, agreeEQL) }

// agreeEQL makes a log and a query of the choices, and reports an answer that depends on how it is computed. It says whether there were rows.
func agreeEQL(t *testing.T, dir string, choices []byte) bool {
	t.Helper()
	d := &dice{left: choices}
	q := madeUpEQL{dir: dir, programs: map[string]*engine.Program{}}
	q.options.Language = engine.EQL
	q.options.Now = time.Date(2024, 5, 6, 11, 0, 0, 0, time.UTC)
	if d.oneIn(4) {
		q.options.Earliest, q.options.Latest = "2024-05-06T09:59:59", d.pick([]string{"2024-05-06T10:00:00", "2024-05-06T10:00:10.5", "now"})
	}
	o := &q.options.EQL
	custom := d.oneIn(6)
	if custom {
		o.Category, o.Timestamp = d.pick([]string{"kind", ""}), d.pick([]string{"when", ""})
		custom = o.Category+o.Timestamp != ""
	}
	if d.oneIn(8) {
		o.Tiebreaker = d.pick([]string{"process.pid", "user.name", "n"})
	}
	if d.oneIn(8) {
		o.ID = d.pick([]string{"event.id", "process.name", "n"})
	}
	if d.oneIn(8) {
		o.Size = 1 + d.roll(3)
	}
	o.NoProcessTable, o.Raw = d.oneIn(8), d.oneIn(8)
	early := *d
	q.at = point{rewrites: d.oneIn(2), prefilter: d.oneIn(2), workers: 1 + d.roll(4), batchRows: 1 + d.roll(7), blockSize: []int{64, 512, 4096}[d.roll(3)], pipe: d.oneIn(2)}
	late := *d
	early.left = late.left
	q.early = (&question{dice: &early, custom: custom}).query()
	q.late = (&question{dice: &late, custom: custom, late: true}).query()
	log := late.eqlLog()
	q.clean = log.clean
	found, wrong := q.ask(t, log.records)
	if wrong == "" {
		return found
	}
	records := log.records
	for i := 0; i < len(records); { // say it with fewer events
		fewer := slices.Delete(slices.Clone(records), i, i+1)
		if _, still := q.ask(t, fewer); still != "" {
			records, wrong = fewer, still
		} else {
			i++
		}
	}
	t.Errorf("%s\nwith %+v of %s to %s in\n%s\n%s", q.early, q.options.EQL, q.options.Earliest, q.options.Latest, strings.Join(records, ""), wrong)
	return found
}

// madeUpEQL is a query over a log.
type madeUpEQL struct {
	early, late string // a query, and one that must give the same
	options     engine.Options
	dir         string
	at          point
	clean       bool // the records may come in any order

	programs map[string]*engine.Program
}

// run answers a query, which is compiled once with rewrites and once without.
func (q *madeUpEQL) run(t *testing.T, query string, paths []string, at point) answer {
	t.Helper()
	key := fmt.Sprint(at.rewrites, query)
	p := q.programs[key]
	if p == nil {
		o := q.options
		o.NoRewrites = !at.rewrites
		var errs source.Errors
		if p, errs = engine.Compile(source.New("query", query), o); errs.Failed() {
			return answer{errors: errs.Error()}
		}
		q.programs[key] = p
	}
	return run(t, p, q.options, paths, at)
}

// ask says whether the query finds something in a log, and in which way answers differ.
func (q *madeUpEQL) ask(t *testing.T, records []string) (found bool, wrong string) {
	t.Helper()
	whole := []string{q.file(t, "events.log", records)}
	want := q.run(t, q.early, whole, plainest)
	asPipe, asPipes := plainest, fastest
	asPipe.pipe, asPipes.pipe = true, true
	ways := []struct {
		how   string
		paths []string
		at    point
	}{
		{"fast", whole, fastest}, {"as a pipe", whole, asPipe}, {"as a pipe, fast", whole, asPipes}, {q.at.String(), whole, q.at}, {"compressed", []string{q.zipped(t, records)}, fastest},
	}
	if q.clean {
		half := len(records) / 2
		ways = append(ways, ways[0], ways[0])
		ways[5].how, ways[5].paths = "in two files", []string{q.file(t, "a.log", records[:half]), q.file(t, "b.log", records[half:])}
		mixed := slices.Clone(records)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		ways[6].how, ways[6].paths = "shuffled", []string{q.file(t, "shuffled.log", mixed)}
	}
	for _, w := range ways {
		if got := q.run(t, q.early, w.paths, w.at); got.rows != want.rows || got.errors != want.errors || certain(got.warnings) != certain(want.warnings) {
			return true, "plainly:\n" + want.rows + want.errors + want.warnings + "\n" + w.how + ":\n" + got.rows + got.errors + got.warnings
		}
	}
	if o := q.options.EQL; want.errors == "" && o.Category+o.Timestamp+o.Tiebreaker+o.ID == "" && !o.Raw && !strings.Contains(q.early, "`") {
		if got := q.searched(t, whole); got.errors != "" || withoutMetadata(got.rows) != unordered(want.rows) {
			return true, "alone:\n" + want.rows + "\nwithin a search:\n" + got.rows + got.errors
		}
	}
	if want.errors == "" {
		for _, at := range []point{plainest, fastest} {
			if late := q.run(t, q.late, whole, at); unordered(late.rows) != unordered(want.rows) {
				return true, "early:\n" + want.rows + "\nlate:\n" + late.rows + late.errors
			}
		}
	}
	return want.rows != "", ""
}

// searched asks the query within a search.
func (q *madeUpEQL) searched(t *testing.T, paths []string) answer {
	t.Helper()
	o := q.options
	o.Language, o.EQL = engine.SPL, engine.EQLOptions{}
	text := fmt.Sprintf(`| eql "%s" process_table=%t`, strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(q.early), !q.options.EQL.NoProcessTable)
	if n := q.options.EQL.Size; n > 0 {
		text += fmt.Sprint(" size=", n)
	}
	return ask(t, source.New("query", text), o, paths, q.at)
}

// withoutMetadata is rows without the columns that a search's scan makes.
func withoutMetadata(rows string) string {
	return unordered(rows, "_time", "host", "source", "sourcetype")
}

var lookedAt = regexp.MustCompile(`(?m)^(query:[0-9:]+ warning: .* is approximated |warning: delivered more than once).*(\n  .*)*`)

// certain is the warnings without those that depend on what was looked at.
func certain(warnings string) string {
	return strings.TrimSpace(lookedAt.ReplaceAllString(warnings, ""))
}

func (q *madeUpEQL) file(t *testing.T, name string, records []string) string {
	t.Helper()
	file := filepath.Join(q.dir, name)
	if err := os.WriteFile(file, []byte(strings.Join(records, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (q *madeUpEQL) zipped(t *testing.T, records []string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(strings.Join(records, "")))
	_ = w.Close()
	return q.file(t, "events.log.gz", []string{b.String()})
}
