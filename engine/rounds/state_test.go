package rounds_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/rounds"
	"spoor/engine/rules"
)

// noon is when the tests' hours begin.
var noon = time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)

func at(minute int) time.Time { return noon.Add(time.Duration(minute) * time.Minute) }

// evil is an event of which the rules find something, at a minute, written at another one.
func evil(record, minute, written int) event {
	when := at(minute)
	return event{when, at(written), fmt.Sprintf(`{"EventID":"1","Computer":"web1","UtcTime":"%s","Image":"/bin/evil","ProcessId":"7","EventRecordID":"%d"}`, when.Format("2006-01-02 15:04:05.000"), record)}
}

// world is rules, a log and a state.
type world struct {
	t     *testing.T
	dir   string
	rules []*rules.Rule
	log   log
	set   func(*rounds.Options)
	more  bool // the last round left windows
}

func newWorld(t *testing.T, rule string, events ...event) *world {
	slices.SortStableFunc(events, func(a, b event) int { return a.written.Compare(b.written) })
	w := &world{t: t, dir: t.TempDir(), log: log{filepath.Join(t.TempDir(), "log"), events}, set: func(*rounds.Options) {}}
	if rule != "" {
		w.rules = []*rules.Rule{ruleOf(t, rule)}
	}
	return w
}

// run is what a run at a minute tells: the minute of each finding's last event with its status; and what it says.
func (w *world) run(minute int, commit bool) (told, said string) {
	w.t.Helper()
	now := at(minute)
	store := openStore(w.t, w.dir, now)
	defer store.Close()
	o := options(now, time.UTC)
	w.set(&o)
	round, err := rounds.Answer(w.t.Context(), store, w.rules, []rounds.File{w.log.until(w.t, now)}, o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.more = round.More
	if err := round.Announce(); err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for f := range round.Findings() {
		text := fmt.Sprintf("%d %s %d", time.Unix(0, f.Last).Sub(noon)/time.Minute, f.History.Status, f.History.Seen)
		if f.History.Late {
			text += " late"
		}
		if n := f.History.Suppressed; n > 0 {
			text += fmt.Sprintf(" +%d", n)
		}
		out = append(out, text)
	}
	if commit {
		if err := round.Commit(now.UnixNano(), 0); err != nil {
			w.t.Fatal(err)
		}
	}
	var problems []string
	for _, d := range round.Problems {
		problems = append(problems, d.Message)
	}
	return strings.Join(out, ", "), strings.Join(problems, "; ")
}

const (
	event1 = "title: r\nlanguage: eql\nquery: 'process where process.name == \"evil\"'\nschedule: {cron: '0 * * * *', earliest: -70m@m, latest: -10m@m}\n"
	group1 = "title: r\nlanguage: spl\nquery: '| tstats count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes where Processes.process_name=evil by Processes.dest'\nschedule: {cron: '0 * * * *', earliest: -70m@m, latest: -10m@m}\n"
)

// step is a run, and what it must tell and say.
type step struct {
	minute     int
	told, said string
	crash      bool // before it is committed
}

func TestRuns(t *testing.T) {
	user := func(earliest, latest string) func(*rounds.Options) {
		return func(o *rounds.Options) {
			o.Detect.Scheduled, o.Detect.Compile.Earliest, o.Detect.Compile.Latest = false, earliest, latest
		}
	}
	for _, c := range []struct {
		name   string
		rule   string
		events []event
		set    func(*rounds.Options)
		steps  []step
	}{
		{"each event once", event1, []event{evil(1, 10, 10), evil(2, 70, 70)}, nil, []step{
			{minute: 60, told: "10 new 1"}, {minute: 60}, {minute: 61}, {minute: 120, told: "70 new 1"}, {minute: 180},
		}},
		{"what was announced and not acknowledged is told again", event1, []event{evil(1, 10, 10), evil(2, 70, 70)}, nil, []step{
			{minute: 60, told: "10 new 1", crash: true}, {minute: 60, told: "10 again 1", crash: true}, {minute: 120, told: "10 again 1, 70 new 1"}, {minute: 180},
		}},
		{"what must be missing is waited for", "title: r\nlanguage: eql\nquery: 'sequence by host.name with maxspan=10m [process where process.name == \"evil\"] ![network where true]'\n", []event{evil(1, 10, 10), evil(2, 40, 40)}, user("", ""), []step{
			{minute: 12}, {minute: 19}, {minute: 21, told: "10 new 1"}, {minute: 45}, {minute: 60, told: "40 new 1"}, {minute: 61},
		}},
		{"missed runs", event1, []event{evil(1, 10, 10), evil(2, 70, 70), evil(3, 130, 130)}, nil, []step{
			{minute: 60, told: "10 new 1"}, {minute: 250, told: "70 new 1, 130 new 1"},
		}},
		{"late events", event1, []event{evil(1, 10, 10), evil(2, 20, 100), evil(3, 70, 70)}, nil, []step{
			{minute: 60, told: "10 new 1"}, {minute: 120, told: "20 new 1 late, 70 new 1"}, {minute: 180},
		}},
		{"a group that grows", group1, []event{evil(1, 10, 10), evil(2, 70, 70), evil(3, 75, 75)}, nil, []step{
			{minute: 60, told: "10 new 1"}, {minute: 120, told: "75 update 2"}, {minute: 180},
		}},
		{"a group that gets a late event", group1, []event{evil(1, 10, 10), evil(2, 20, 100)}, nil, []step{
			{minute: 60, told: "10 new 1"}, {minute: 120, told: "20 update 2"}, {minute: 180},
		}},
		{"longer ago than runs go back", event1, []event{evil(1, 10, 10), evil(2, 70, 70), evil(3, 200, 200)}, func(o *rounds.Options) { o.Catchup = 2 * time.Hour }, []step{
			{minute: 60, told: "10 new 1"},
			{minute: 300, told: "200 new 1", said: `"r" was not evaluated from 2026-05-06T12:50:00Z to 2026-05-06T13:50:00Z: 1 missed run longer ago than --catch-up`},
		}},
		{"late, longer ago than runs go back", event1, []event{evil(1, 10, 10), evil(2, 20, 290)}, func(o *rounds.Options) { o.Catchup = time.Hour }, []step{
			{minute: 60, told: "10 new 1"}, {minute: 120}, {minute: 180}, {minute: 240},
			{minute: 300, said: `"r" was not evaluated from 2026-05-06T12:20:00Z to 2026-05-06T16:00:00Z: late events longer ago than --catch-up`},
		}},
		{"a clock that goes back", event1, []event{evil(1, 10, 10), evil(2, 70, 70)}, nil, []step{
			{minute: 60, told: "10 new 1"}, {minute: 0}, {minute: 30}, {minute: 120, told: "70 new 1"},
		}},
		{"a clock that goes back, and a window of the user's", event1, []event{evil(1, 45, 45), evil(2, 70, 70), evil(3, 20, 95)}, user("-70m@m", "-10m@m"), []step{
			{minute: 60, told: "45 new 1"}, {minute: 0}, {minute: 90, told: "70 new 1"}, {minute: 30}, {minute: 120, told: "20 new 1 late"}, {minute: 60},
		}},
		{"a clock that goes back, and no window", event1, []event{evil(1, 10, 10), evil(2, 70, 70), evil(3, 72, 100)}, user("", ""), []step{
			{minute: 75, told: "10 new 1, 70 new 1"}, {minute: 20}, {minute: 74}, {minute: 120, told: "72 new 1"},
		}},
		{"a window of the user's", event1, []event{evil(1, 10, 10), evil(2, 45, 45), evil(3, 55, 55), evil(4, 20, 100)}, user("-70m@m", "-10m@m"), []step{
			{minute: 60, told: "10 new 1, 45 new 1"}, {minute: 61}, {minute: 120, told: "20 new 1 late, 55 new 1"},
		}},
		{"a window of the user's, after missed runs", event1, []event{evil(1, 10, 10), evil(2, 70, 70)}, user("-10m", "now"), []step{
			{minute: 12, told: "10 new 1"}, {minute: 200, told: "70 new 1"},
		}},
		{"a window of the user's, after a run that broke off", event1, []event{evil(1, 10, 10), evil(2, 70, 70)}, user("-10m", "now"), []step{
			{minute: 12, told: "10 new 1", crash: true}, {minute: 200, told: "10 again 1, 70 new 1"}, {minute: 201},
		}},
		{"no window, and a run that breaks off", event1, []event{evil(1, 10, 10), evil(2, 70, 70)}, user("", ""), []step{
			{minute: 20, told: "10 new 1", crash: true}, {minute: 75, told: "10 again 1, 70 new 1"}, {minute: 130},
		}},
		{"no window", event1, []event{evil(1, 10, 10), evil(2, 70, 70), evil(3, 5, 80), evil(4, 70, 90)}, user("", ""), []step{
			{minute: 20, told: "10 new 1"}, {minute: 20}, {minute: 75, told: "70 new 1"}, {minute: 120, told: "5 new 1 late, 70 new 1 late"}, {minute: 130},
		}},
		{"equal events are several", event1, []event{
			{at(10), at(10), strings.Replace(evil(1, 10, 10).line, `,"EventRecordID":"1"`, "", 1)}, {at(10), at(10), strings.Replace(evil(1, 10, 10).line, `,"EventRecordID":"1"`, "", 1)},
		}, nil, []step{{minute: 60, told: "10 new 1, 10 new 1"}, {minute: 61}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, c.rule, c.events...)
			if c.set != nil {
				w.set = c.set
			}
			for _, s := range c.steps {
				if told, said := w.run(s.minute, !s.crash); told != s.told || said != s.said {
					t.Errorf("minute %d: told %q and said %q, want %q and %q", s.minute, told, said, s.told, s.said)
				}
			}
		})
	}
}
