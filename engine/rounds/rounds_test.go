package rounds_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/macros"
)

// event is a record of a log, and when it was written there.
type event struct {
	at, written time.Time
	line        string
}

// log is a file that grows.
type log struct {
	path string
	all  []event // in the order in which they are written
}

// until writes what was written by a time, and is the file as it stands then.
func (l *log) until(t *testing.T, now time.Time) rounds.File {
	t.Helper()
	var text strings.Builder
	var times []int64
	var ends []int64
	newest := int64(0)
	for _, e := range l.all {
		if e.written.After(now) {
			break
		}
		text.WriteString(e.line + "\n")
		times, ends = append(times, e.at.UnixNano()), append(ends, int64(text.Len()))
		newest = max(newest, e.at.UnixNano())
	}
	if err := os.WriteFile(l.path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	in, errs := input.Resolve([]string{l.path}, nil)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return rounds.File{
		Input: in[0], At: state.Position{Path: l.path, Offset: int64(text.Len()), Newest: newest},
		Since: func(offset int64) (first, last int64, ok bool) {
			for i, at := range times {
				if ends[i] <= offset {
					continue
				}
				if !ok || at < first {
					first = at
				}
				last, ok = max(last, at), true
			}
			return first, last, ok
		},
		Seen: func(p state.Position) (int64, bool) { return p.Offset, p.Path == l.path },
	}
}

func ruleOf(t *testing.T, text string) *rules.Rule {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.yml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	pack := &rules.Library{}
	if errs := pack.Load(path); len(errs) > 0 {
		t.Fatal(errs)
	}
	return pack.All()[0]
}

func hourly(t *testing.T) []*rules.Rule {
	const when = "\nschedule: {cron: '0 * * * *', earliest: -70m@m, latest: -10m@m}\n"
	return []*rules.Rule{
		ruleOf(t, "title: one event\nlanguage: spl\nquery: 'EventID=1 Image=\"*/evil\"'"+when),
		ruleOf(t, "title: groups\nlanguage: spl\nquery: '| tstats count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes where Processes.process_name=evil by Processes.dest Processes.process_id'"+when),
		ruleOf(t, "title: events of EQL\nlanguage: eql\nquery: 'process where process.name == \"evil\"'"+when),
		ruleOf(t, "title: a sequence\nlanguage: eql\nquery: 'sequence by host.name, process.pid with maxspan=5m [process where process.name == \"first\"] [process where process.name == \"evil\"]'"+when),
		ruleOf(t, "title: what does not follow\nlanguage: eql\nquery: 'sequence by host.name, process.pid with maxspan=5m [process where process.name == \"first\"] ![process where process.name == \"evil\"]'"+when),
	}
}

func options(now time.Time, zone *time.Location) rounds.Options {
	return rounds.Options{Set: "s", Detect: detect.Options{
		Scheduled: true, Evidence: 3, Compile: engine.Options{Models: datamodels.Builtin(), Macros: macros.Builtin(), Now: now, Zone: zone},
	}}
}

func openStore(t *testing.T, dir string, now time.Time) *state.Store {
	t.Helper()
	s, err := state.Open(dir, state.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// attacks is a day's events of which the rules find some, beginning at a time: most are written at once, some late.
func attacks(begin time.Time, hours int, seed uint64) (out []event) {
	random := rand.New(rand.NewPCG(seed, 1))
	add := func(at time.Time, pid int, image string) {
		written := at.Add(time.Duration(random.IntN(2000)) * time.Millisecond)
		switch random.IntN(12) {
		case 0:
			written = at.Add(10*time.Minute + time.Second)
		case 1:
			written = at.Add(3*time.Hour + 7*time.Minute)
		}
		line := fmt.Sprintf(`{"EventID":"1","Computer":"web%d","UtcTime":"%s","Image":"/bin/%s","ProcessId":"%d","EventRecordID":"%d"}`,
			pid%3, at.UTC().Format("2006-01-02 15:04:05.000"), image, pid, len(out)+1)
		out = append(out, event{at, written, line})
	}
	end := begin.Add(time.Duration(hours) * time.Hour)
	pid := 100
	for at := begin; at.Before(end); at = at.Add(time.Duration(60+random.IntN(600)) * time.Second) {
		pid++
		switch random.IntN(4) {
		case 0:
			add(at, pid, "evil")
		case 1:
			add(at, pid, "first")
		case 2:
			add(at, pid, "first")
			add(at.Add(time.Duration(random.IntN(400))*time.Second), pid, "evil")
		default:
			add(at, pid, "other")
		}
	}
	slices.SortStableFunc(out, func(a, b event) int { return a.written.Compare(b.written) })
	return out
}

// whole is the fingerprints of what one pass over all of a log finds.
func whole(t *testing.T, list []*rules.Rule, file rounds.File, now time.Time, zone *time.Location) map[string]int {
	t.Helper()
	store := openStore(t, t.TempDir(), now)
	defer store.Close()
	o := options(now, zone)
	o.Detect.Scheduled = false
	round, err := rounds.Answer(t.Context(), store, list, []rounds.File{file}, o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for f := range round.Findings() {
		out[f.Rule.Name+" "+f.History.Fingerprint]++
	}
	return out
}

// A day of hourly runs, some of them missed, some late, gives exactly what one pass over the whole day gives, each finding once.
func TestDay(t *testing.T) {
	for _, c := range []struct {
		name, zone string
		year       int
		month      time.Month
		day, hours int
	}{
		{"24 hours", "Europe/Berlin", 2026, 5, 6, 24},
		{"25 hours", "Europe/Berlin", 2026, 10, 25, 25},
		{"23 hours", "Europe/Berlin", 2026, 3, 29, 23},
		{"half an hour more", "Australia/Lord_Howe", 2026, 4, 5, 25},
		{"half an hour less", "Australia/Lord_Howe", 2026, 10, 4, 24},
		{"midnight twice", "America/Santiago", 2026, 4, 4, 25},
		{"no midnight", "America/Santiago", 2026, 9, 6, 23},
		{"no summer time, three quarters of an hour off", "Asia/Kathmandu", 2026, 3, 29, 24},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(c.zone)
			if err != nil {
				t.Fatal(err)
			}
			begin := time.Date(c.year, c.month, c.day, 0, 0, 0, 0, zone)
			list := hourly(t)
			l := log{filepath.Join(t.TempDir(), "log"), attacks(begin, c.hours, 7)}
			random := rand.New(rand.NewPCG(8, 8))
			dir := t.TempDir()
			told, updates, late := map[string]int{}, 0, 0
			var file rounds.File
			var now time.Time
			for h := 1; h <= c.hours+5; h++ {
				if h == 6 || h == 7 {
					continue // missed
				}
				now = begin.Add(time.Duration(h)*time.Hour + time.Duration(random.IntN(60))*time.Second)
				file = l.until(t, now)
				store := openStore(t, dir, now)
				round, err := rounds.Answer(t.Context(), store, list, []rounds.File{file}, options(now, zone))
				if err != nil {
					t.Fatal(err)
				}
				if len(round.Problems) > 0 {
					t.Errorf("%s: %v", now, round.Problems)
				}
				if err := round.Announce(); err != nil {
					t.Fatal(err)
				}
				for f := range round.Findings() {
					switch f.History.Status {
					case "new":
						told[f.Rule.Name+" "+f.History.Fingerprint]++
						if f.History.Late {
							late++
						}
					case "update":
						updates++
					default:
						t.Errorf("%s at %s is %s", f.Rule.Name, now, f.History.Status)
					}
				}
				if err := round.Commit(now.UnixNano(), 0); err != nil {
					t.Fatal(err)
				}
				store.Close()
			}
			heard(t, dir, l.all, now)
			want := whole(t, list, file, now, zone)
			forgive(told, want)
			compare(t, told, want)
			if late == 0 {
				t.Error("nothing was late")
			}
			by := map[string]int{}
			for name := range want {
				by[name[:strings.LastIndex(name, " ")]]++
			}
			if len(by) != len(list) {
				t.Errorf("not all rules found something: %v", by)
			}
		})
	}
}

// heard compares the hosts in the state with the events.
func heard(t *testing.T, dir string, all []event, now time.Time) {
	t.Helper()
	store := openStore(t, dir, now)
	defer store.Close()
	hosts, err := store.Hosts("s")
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]int64{}
	for _, e := range all {
		if !e.written.After(now) && e.at.Before(now) {
			host := e.line[strings.Index(e.line, "web"):][:4]
			last[host] = max(last[host], e.at.UnixNano())
		}
	}
	for _, h := range hosts {
		if d := h.Last - last[h.Name]; d > 1000 || d < -1000 {
			t.Errorf("%s was last heard at %s, not at %s", h.Name, time.Unix(0, h.Last), time.Unix(0, last[h.Name]))
		}
		delete(last, h.Name)
	}
	if len(last) > 0 {
		t.Errorf("not heard: %v", last)
	}
}

// forgive drops what was told because nothing had followed, and what followed came late: it was true when it was told.
func forgive(told, want map[string]int) {
	for name := range told {
		if strings.HasPrefix(name, "what does not follow") && want[name] == 0 {
			delete(told, name)
		}
	}
}

func compare(t *testing.T, told, want map[string]int) {
	t.Helper()
	for name, n := range told {
		if n > 1 {
			t.Errorf("%s was told %d times", name, n)
		}
		if want[name] == 0 {
			t.Errorf("%s was told, and one pass does not find it", name)
		}
	}
	for name := range want {
		if told[name] == 0 {
			t.Errorf("%s was never told", name)
		}
	}
}
