package engine_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

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
			now := s.Held()
			most := &held[i]
			most.Offers, most.Batches, most.Bytes = max(most.Offers, now.Offers), max(most.Batches, now.Batches), max(most.Bytes, now.Bytes)
			most.Waiting, most.Files, most.Lives = max(most.Waiting, now.Waiting), max(most.Files, now.Files), now.Lives
		}
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

var utcTime = regexp.MustCompile(`"UtcTime":"([^"]+)"`)

// TestExampleRulesInRounds asks the rules of the examples that can be answered by rounds, the published one about systemd among them, of a log with
// attacks: those that ask for the starts of processes too find what they find in one pass.
func TestExampleRulesInRounds(t *testing.T) {
	file, _ := planted(t, generate.Config{Events: 1_500, Attacks: 12, Seed: 6})
	var log []timed
	for line := range strings.Lines(readText(t, file)) {
		at, err := time.Parse("2006-01-02 15:04:05.000", utcTime.FindStringSubmatch(line)[1])
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, timed{line, at})
	}
	library := &rules.Library{}
	library.Load(examples + "rules")
	var pack engine.Pack
	var want []string
	sequences, found := 0, 0
	for _, c := range engine.CompileRules(library.All(), engine.Options{}) {
		if c.Program == nil || c.Program.Pace() == plan.Whole {
			continue
		}
		rows := run(t, c.Program, engine.Options{}, []string{file}, allOn).rows
		pack, want = append(pack, c.Program), append(want, rows)
		if c.Program.Pace() == plan.BySequence && rows != "" {
			sequences++
		}
		found += strings.Count(rows, "\n")
	}
	if sequences == 0 {
		t.Fatalf("no sequence among %d rules has rows; %d rows in all", len(pack), found)
	}
	r := rand.New(rand.NewPCG(3, 3))
	for _, pieces := range []int{1, 3, 40} {
		got, _ := rounds(t, pack, log, pieces, r, allOn)
		for i := range pack {
			if g, w := units(t, got[i]), units(t, want[i]); !slices.Equal(g, w) {
				t.Errorf("%s in %d rounds: %d rows, want %d", pack[i].Text.Name, pieces, len(g), len(w))
			}
		}
	}
}

// A position in the rows of a session says in which round's input the record stands.
func TestPlacesOfRounds(t *testing.T) {
	p, errs := engine.Compile(source.New("query", stages("", "maxspan=1m", "A B")), engine.Options{Language: engine.EQL, Evidence: 4})
	if errs.Failed() {
		t.Fatal(errs)
	}
	_, log := statementLog(t, letters("A B"))
	s, diag := engine.NewSession(engine.Pack{p})
	if diag != nil {
		t.Fatal(diag)
	}
	var got []string
	for i, x := range log {
		in := input.Inputs{{Path: fmt.Sprintf("round%d.log", i), Size: -1, Stream: strings.NewReader("\n" + x.text)}}
		res := s.Round(t.Context(), engine.RunOptions{Inputs: in}, engine.Watermark{Low: column.End}, func(_ int, r *engine.Result) error {
			for b, err := range r.Rows() {
				if err != nil {
					return err
				}
				for row := range b.Rows {
					at, offset, ok := s.Place(b.Col(plan.Proof).Value(row).Items()[0].Int())
					got = append(got, fmt.Sprint(at.Path, " ", offset, " ", ok))
				}
			}
			return nil
		})
		if res.Errors[0] != nil {
			t.Fatal(res.Errors[0])
		}
	}
	if want := []string{"round0.log 1 true", "round1.log 1 true"}; !slices.Equal(got, want) {
		t.Errorf("the events stand in %q, want %q", got, want)
	}
	if _, _, ok := s.Place(column.PackPosition(1000, 0)); ok {
		t.Error("a place is known of an input that never came")
	}
}

// How much older text a session must read when it begins anew.
func TestLookback(t *testing.T) {
	for text, want := range map[string]string{
		`process where true`: "0s true",
		`sequence with maxspan=5m [process where true] [network where true]`:                "5m0s true",
		`sequence with maxspan=5m ![file where true] [process where true] [any where true]`: "10m0s true",
		`sequence by host.id [process where true] [network where true]`:                     "0s false",
	} {
		p, errs := engine.Compile(source.New("query", text), engine.Options{Language: engine.EQL})
		if errs.Failed() {
			t.Fatal(errs)
		}
		s, diag := engine.NewSession(engine.Pack{p})
		if diag != nil {
			t.Fatal(diag)
		}
		if back, ok := s.Lookback(); fmt.Sprint(back, " ", ok) != want {
			t.Errorf("%s: %s %t, want %s", text, back, ok, want)
		}
	}
}

// The starts of processes that are in files when following begins are learned from there.
func TestLearn(t *testing.T) {
	p, errs := engine.Compile(source.New("query", `network where process.parent.name == "systemd"`), engine.Options{Language: engine.EQL})
	if errs.Failed() {
		t.Fatal(errs)
	}
	s, diag := engine.NewSession(engine.Pack{p})
	if diag != nil {
		t.Fatal(diag)
	}
	old := writeLog(t, `{"Computer":"web1","UtcTime":"2026-01-05 00:00:01.000","EventID":1,"ProcessGuid":"{aabbccdd-0001-6638-0000-000000000001}","ProcessId":"7","Image":"/bin/nc","ParentImage":"/lib/systemd/systemd"}`+"\n")
	if err := s.Learn(t.Context(), engine.RunOptions{Inputs: open(t, []string{old}, false), Workers: 2}); err != nil {
		t.Fatal(err)
	}
	log := []timed{{text: `{"Computer":"web1","UtcTime":"2026-01-05 00:00:09.000","EventID":3,"ProcessGuid":"{aabbccdd-0001-6638-0000-000000000001}","ProcessId":"7","Image":"/bin/nc","DestinationPort":"443"}` + "\n"}}
	if rows := oneRound(t, s, 1, log, 0, allOn); strings.Count(rows[0], "\n") != 1 {
		t.Errorf("found %q", rows[0])
	}
	if n := s.Held().Lives; n == 0 {
		t.Error("no process is known")
	}
}
