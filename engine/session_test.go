package engine_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
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
// earliest event that has not come. It gives the rows of each program, and its session.
func rounds(t testing.TB, pack engine.Pack, log []timed, pieces int, r *rand.Rand, at point) ([]string, *engine.Session) {
	t.Helper()
	s, diag := engine.NewSession(pack)
	if diag != nil {
		t.Fatal(diag)
	}
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
	in := input.Inputs{{Path: "followed.log", Size: -1, Stream: strings.NewReader(text.String())}}
	out := make([]string, programs)
	res := s.Round(t.Context(), at.options(in), low, func(i int, r *engine.Result) error {
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
	for pieces := 1; pieces <= len(log)+1; pieces++ {
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

// Events of Sysmon ask for the starts of their processes, which came rounds before.
func TestProcessesLastFromRoundToRound(t *testing.T) {
	event := func(second int, text string) timed {
		at := time.Date(2026, 1, 5, 0, 0, second, 0, time.UTC)
		return timed{fmt.Sprintf(`{"Computer":"web1","UtcTime":"%s",%s}`+"\n", at.Format("2006-01-02 15:04:05.000"), text), at}
	}
	start := event(1, `"EventID":1,"ProcessGuid":"{aabbccdd-0001-6638-0000-000000000001}","ProcessId":"7","Image":"/bin/nc","ParentImage":"/lib/systemd/systemd"`)
	connection := event(9, `"EventID":3,"ProcessGuid":"{aabbccdd-0001-6638-0000-000000000001}","ProcessId":"7","Image":"/bin/nc","DestinationIp":"10.0.0.1","DestinationPort":"443"`)
	other := event(10, `"EventID":3,"ProcessGuid":"{aabbccdd-0001-6638-0000-000000000002}","ProcessId":"8","Image":"/bin/nc","DestinationIp":"10.0.0.1","DestinationPort":"443"`)
	var pack engine.Pack
	for _, text := range []string{
		`network where process.parent.name == "systemd"`,
		`sequence by process.entity_id with maxspan=1m [process where process.name == "nc"] [network where process.parent.name == "systemd"]`,
		`network where process.parent.name == "systemd" and process.parent.executable != null`,
	} {
		p, errs := engine.Compile(source.New("query", text), engine.Options{Language: engine.EQL})
		if errs.Failed() {
			t.Fatal(errs)
		}
		pack = append(pack, p)
	}
	seconds := func(n int) int64 { return time.Date(2026, 1, 5, 0, 0, n, 0, time.UTC).UnixNano() }
	for _, c := range []struct {
		says   string
		rounds [][]timed
		lows   []int64
		want   string // rows of each round, the first program's first
	}{
		{"in one round", [][]timed{{start, connection}}, []int64{seconds(9)}, "1 2 1"},
		{"in two", [][]timed{{start}, {connection}}, []int64{seconds(1), seconds(9)}, "0 0 0; 1 2 1"},
		{"a start that comes behind the event, within the lag", [][]timed{{connection}, {start}}, []int64{seconds(0), seconds(9)}, "0 0 0; 1 2 1"},
		{"a process of which nothing is known", [][]timed{{other}, {start}}, []int64{seconds(9), seconds(20)}, "0 0 0; 0 0 0"},
	} {
		s, diag := engine.NewSession(pack)
		if diag != nil {
			t.Fatal(diag)
		}
		var got []string
		for i, log := range c.rounds {
			var counts []string
			for _, rows := range oneRound(t, s, len(pack), log, c.lows[i], allOn) {
				counts = append(counts, fmt.Sprint(strings.Count(rows, "\n")))
			}
			got = append(got, strings.Join(counts, " "))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %s rows, want %s", c.says, strings.Join(got, "; "), c.want)
		}
	}
}

// What a session holds does not grow from round to round, whatever runs for days.
func TestSessionsAreBounded(t *testing.T) {
	var pack engine.Pack
	for _, text := range []string{
		`process where process.name == "perl"`,
		`network where process.parent.name == "perl"`,
		`sequence by process.entity_id with maxspan=20s [process where true] [network where true]`,
		`sequence by host.id with maxspan=20s [process where process.name == "sh"] [process where true] ![file where true]`,
	} {
		p, errs := engine.Compile(source.New("query", text), engine.Options{Language: engine.EQL})
		if errs.Failed() {
			t.Fatal(errs)
		}
		pack = append(pack, p)
	}
	s, diag := engine.NewSession(pack)
	if diag != nil {
		t.Fatal(diag)
	}
	begin := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	n, found := 0, 0
	turn := func() {
		var log []timed
		for range 20 {
			n++
			at := begin.Add(time.Duration(n) * 100 * time.Millisecond)
			guid := fmt.Sprintf("{aabbccdd-0001-6638-0000-%012d}", n/2)
			text := fmt.Sprintf(`{"Computer":"web1","EventID":1,"UtcTime":"%s","ProcessGuid":"%s","ProcessId":"%d","Image":"/bin/sh","ParentImage":"/usr/bin/perl"}`, at.Format("2006-01-02 15:04:05.000"), guid, n)
			if n%2 == 1 {
				text = fmt.Sprintf(`{"Computer":"web1","EventID":3,"UtcTime":"%s","ProcessGuid":"%s","ProcessId":"%d","Image":"/bin/sh","DestinationPort":"443"}`, at.Format("2006-01-02 15:04:05.000"), guid, n)
			}
			log = append(log, timed{text + "\n", at})
		}
		for _, rows := range oneRound(t, s, len(pack), log, log[len(log)-1].at.UnixNano()-int64(time.Second), point{prefilter: true, workers: 1, batchRows: 1024, blockSize: 4096}) {
			found += strings.Count(rows, "\n")
		}
	}
	var held [3]engine.Held
	var heap [3]uint64
	for i := range held {
		for range 333 {
			turn()
		}
		held[i] = s.Held()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		heap[i] = m.HeapObjects
	}
	if found < 10_000 {
		t.Errorf("%d rows", found)
	}
	if first, last := held[1], held[2]; last.Offers > first.Offers*3/2 || last.Batches > first.Batches*3/2 || last.Bytes > first.Bytes*3/2 || last.Files > first.Files*3/2+512 || last.Waiting > 50 {
		t.Errorf("held are %+v, then %+v", first, last)
	}
	// the starts of processes are many before the first go: they are about ten objects each
	if grown := int64(heap[2]) - int64(heap[1]); grown > 10*int64(held[2].Lives-held[1].Lives)+20_000 {
		t.Errorf("%d objects in memory, then %d; %d lives, then %d", heap[1], heap[2], held[1].Lives, held[2].Lives)
	}
}
