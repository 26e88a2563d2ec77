package engine_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/output"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// timed is a record of a log, and when it happened.
type timed struct {
	text string
	at   time.Time
}

// rounds answers programs round by round over records as they come, cut at random into so many pieces. Each round goes up to the time before the
// earliest event that has not come. They are files, or else streams. It gives the rows of each program, and its session.
func rounds(t testing.TB, pack engine.Pack, log []timed, pieces int, r *rand.Rand, at point) ([]string, *engine.Session) {
	t.Helper()
	s, diag := engine.NewSession(pack)
	if diag != nil {
		t.Fatal(diag)
	}
	at.pipe = r.IntN(2) == 0
	out := make([]string, len(pack))
	cuts := []int{0, len(log)}
	for range pieces - 1 {
		cuts = append(cuts, r.IntN(len(log)+1))
	}
	slices.Sort(cuts)
	for i := range cuts[1:] {
		low := int64(column.End)
		for _, x := range log[cuts[i+1]:] {
			if !x.at.IsZero() {
				low = min(low, x.at.UnixNano()-1)
			}
		}
		for p, rows := range oneRound(t, s, len(pack), log[cuts[i]:cuts[i+1]], low, at) {
			out[p] += rows
		}
	}
	return out, s
}

// oneRound is the rows of each program of a session in one round.
func oneRound(t testing.TB, s *engine.Session, programs int, log []timed, low int64, at point) []string {
	t.Helper()
	var text strings.Builder
	for _, x := range log {
		text.WriteString(x.text)
	}
	in := open(t, []string{writeLog(t, text.String())}, at.pipe)
	out := make([]string, programs)
	res := s.Round(t.Context(), at.options(in), engine.Watermark{Low: low}, func(i int, r *engine.Result) error {
		var b bytes.Buffer
		_, err := output.Write(&b, r.Rows(), output.Options{Format: "ndjson"})
		out[i] = b.String()
		if d := r.Diagnostics(); d != nil && strings.Contains(d.Error(), "limit") {
			t.Error(d)
		}
		return err
	})
	for _, err := range res.Errors {
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// units is the sequences, or events, of rows in an order that does not depend on when they were found: without numbers of sequences, and columns
// without values.
func units(t testing.TB, rows string) []string {
	t.Helper()
	var out []string
	last := -1.0
	for line := range strings.Lines(rows) {
		columns := map[string]any{}
		if err := json.Unmarshal([]byte(line), &columns); err != nil {
			t.Fatal(err)
		}
		number, sequence := columns[plan.SequenceNumber].(float64)
		delete(columns, plan.SequenceNumber)
		for name, v := range columns {
			if v == nil {
				delete(columns, name)
			}
		}
		text, _ := json.Marshal(columns)
		if sequence && number == last {
			out[len(out)-1] += "\n" + string(text)
		} else {
			out = append(out, string(text))
		}
		last = number
	}
	slices.Sort(out)
	return out
}

// statementLog is the records of a statement's events, and when they happened.
func statementLog(t testing.TB, events string) (file string, log []timed) {
	t.Helper()
	file = eqlLog(t, events)
	for line := range strings.Lines(readText(t, file)) {
		var record struct {
			At *time.Time `json:"@timestamp"`
		}
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		x := timed{text: line}
		if record.At != nil {
			x.at = *record.At
		}
		log = append(log, x)
	}
	return file, log
}

// mostPieces is into how many rounds a log is cut at most: some logs have a thousand events.
const mostPieces = 20

// inRounds asks a statement's query of its events round by round, in the order in which they stand and in others, and compares with one pass.
func (s *statement) inRounds(t *testing.T) {
	t.Helper()
	p, errs := engine.Compile(source.New("query", s.query), engine.Options{Language: engine.EQL})
	if errs.Failed() {
		return
	}
	file, log := statementLog(t, s.events)
	want := run(t, p, engine.Options{}, []string{file}, allOn)
	if want.errors != "" {
		t.Fatal(want.errors)
	}
	if p.Pace() == plan.Whole {
		if _, diag := engine.NewSession(engine.Pack{p}); diag == nil || diag.Code != "whole" {
			t.Errorf("%s\n%s\nis answered round by round", s.says, s.query)
		}
		return
	}
	r := rand.New(rand.NewPCG(1, uint64(len(s.events))))
	for pieces := 1; pieces <= min(len(log)+1, mostPieces); pieces++ {
		got, _ := rounds(t, engine.Pack{p}, log, pieces, r, point{prefilter: true, workers: 1 + pieces%3, batchRows: 1 + pieces, blockSize: 512})
		if g, w := units(t, got[0]), units(t, want.rows); !slices.Equal(g, w) {
			t.Errorf("%s\n%s\nin %d rounds finds %s\nwant %s", s.says, s.query, pieces, g, w)
		}
	}
}

// TestEQLAgreesInRounds cuts made-up logs into rounds, in order and in disorder, and asks made-up queries.
func TestEQLAgreesInRounds(t *testing.T) { askMany(t, *cases/5, agreeInRounds) }

func FuzzEQLRounds(f *testing.F) { fuzz(f, agreeInRounds) }

func agreeInRounds(t *testing.T, dir string, choices []byte) bool {
	t.Helper()
	d := &dice{left: choices, plain: true}
	q := madeUpEQL{dir: dir, programs: map[string]*engine.Program{}}
	o := engine.Options{Language: engine.EQL, Now: time.Date(2024, 5, 6, 11, 0, 0, 0, time.UTC)}
	o.EQL.NoProcessTable = true // which of several starts counts depends on what is yet to come
	query := d.simpleQuery()
	at := point{prefilter: d.oneIn(2), workers: 1 + d.roll(4), batchRows: 1 + d.roll(7), blockSize: []int{64, 512, 4096}[d.roll(3)]}
	pieces, shuffle := 1+d.roll(20), d.oneIn(2)
	seed := uint64(d.roll(1 << 16))
	made := d.eqlLog()
	log := make([]timed, len(made.records))
	for i, text := range made.records {
		log[i] = timed{text, made.docs[i].at}
	}
	r := rand.New(rand.NewPCG(seed, 5))
	if shuffle {
		r.Shuffle(len(log), func(i, j int) { log[i], log[j] = log[j], log[i] })
	}
	p, errs := engine.Compile(source.New("query", query.String()), o)
	if errs.Failed() {
		t.Fatalf("%s\n%s", query.String(), errs)
	}
	if p.Pace() == plan.Whole {
		return false
	}
	var records []string
	for _, x := range log {
		records = append(records, x.text)
	}
	want := run(t, p, o, []string{q.file(t, "events.log", records)}, allOn)
	got, _ := rounds(t, engine.Pack{p}, log, pieces, r, at)
	if g, w := units(t, got[0]), units(t, want.rows); !slices.Equal(g, w) || want.errors != "" {
		t.Errorf("%s\nin %d rounds of\n%s\nfinds\n%s\nwant\n%s%s", query.String(), pieces, strings.Join(records, ""), strings.Join(g, "\n\n"), strings.Join(w, "\n\n"), want.errors)
	}
	return want.rows != ""
}
