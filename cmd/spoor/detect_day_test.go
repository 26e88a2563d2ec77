package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// dayRules find events, sequences, and groups by a schedule and by spans.
var dayRules = []string{
	"title: one event\nlanguage: spl\nquery: 'EventID=1 Image=\"*/evil\"'\n",
	"title: a sequence\nlanguage: eql\nquery: 'sequence by host.name, process.pid with maxspan=5m [process where process.name == \"first\"] [process where process.name == \"evil\"]'\n",
	"title: what does not follow\nlanguage: eql\nquery: 'sequence by host.name, process.pid with maxspan=5m [process where process.name == \"first\"] ![process where process.name == \"evil\"]'\n",
	"title: groups\nlanguage: spl\nquery: '| tstats count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes where Processes.process_name=evil by Processes.dest Processes.process_id'\n" +
		"schedule: {cron: '0 * * * *', earliest: -70m@m, latest: -10m@m}\n",
	"title: spans\nlanguage: spl\nquery: 'EventID=1 Image=\"*/evil\" | bin _time span=15m | stats count by _time host'\n",
}

// dayEvent is an event, and when it is written.
type dayEvent struct {
	written time.Time
	line    string
}

// dayEvents is a day's events in the order in which they are written: some minutes late, and some that no sequence needs hours late.
func dayEvents(begin time.Time, hours int) (out []dayEvent) {
	random := rand.New(rand.NewPCG(7, 9))
	add := func(at time.Time, pid int, image string, late ...time.Duration) {
		written := at.Add(time.Duration(random.IntN(2000)) * time.Millisecond)
		if n := random.IntN(3 * len(late)); n < len(late) {
			written = at.Add(late[n])
		}
		out = append(out, dayEvent{written, fmt.Sprintf(`{"EventID":"1","Computer":"web%d","UtcTime":"%s","Image":"/bin/%s","ProcessId":"%d","EventRecordID":"%d"}`+"\n",
			pid%3, at.UTC().Format("2006-01-02 15:04:05.000"), image, pid, len(out)+1)})
	}
	end := begin.Add(time.Duration(hours) * time.Hour)
	pid := 100
	for at := begin.Add(time.Minute); at.Before(end); at = at.Add(time.Duration(60+random.IntN(600)) * time.Second) {
		pid++
		switch random.IntN(4) {
		case 0:
			add(at, pid, "evil", 10*time.Minute+time.Second, 187*time.Minute)
		case 1:
			add(at, pid, "first", 2*time.Minute)
		case 2:
			add(at, pid, "first", 2*time.Minute)
			add(at.Add(time.Duration(random.IntN(400))*time.Second), pid, "evil", 3*time.Minute)
		default:
			add(at, pid, "other", time.Minute)
		}
	}
	add(end.Add(time.Hour), pid, "other", 0) // so that it is known what does not follow any more
	slices.SortStableFunc(out, func(a, b dayEvent) int { return a.written.Compare(b.written) })
	return out
}

// dayTold is what was told, by rule and fingerprint: how many times as new.
type dayTold struct {
	mu   sync.Mutex
	t    *testing.T
	new  map[string]int
	late int
}

func (d *dayTold) take(line string) {
	var f struct {
		Rule    struct{ Name string }
		History struct {
			Fingerprint, Status string
			Late                bool
		}
	}
	if err := json.Unmarshal([]byte(line), &f); err != nil {
		d.t.Errorf("%v: %s", err, line)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch f.History.Status {
	case "new":
		d.new[f.Rule.Name+" "+f.History.Fingerprint]++
	case "update":
	default:
		d.t.Errorf("%s is %q", f.Rule.Name, f.History.Status)
	}
	if f.History.Late {
		d.late++
	}
}

// lacks is what is not told yet.
func (d *dayTold) lacks(want map[string]int) (out []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name := range want {
		if d.new[name] == 0 {
			out = append(out, name)
		}
	}
	return out
}

// A day is followed, by runs that end and begin at any time, over a log that is renamed, or copied and truncated: events, sequences and groups are told
// as one pass over the whole day finds them, each once.
func TestFollowedDay(t *testing.T) {
	folder, stateDir := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	appendTo(t, path)
	rules := ruleFile(t, dayRules...)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	const hours = 25
	begin := time.Date(2026, 10, 25, 0, 0, 0, 0, berlin)
	all := dayEvents(begin, hours)
	clock := &hands{}
	now := begin
	told := &dayTold{t: t, new: map[string]int{}}
	var r *running
	var group sync.WaitGroup
	start := func() {
		r = followsBy(t, clock.now, nil, "detect", "-F", rules, "--data", folder, "--state", stateDir, "--lag", "5m", "--catch-up", "0", "--tz", "Europe/Berlin")
		r.said("following with 5 rules, 2 of them by periods")
		rows := r.rows
		group.Go(func() {
			for line, err := rows.ReadString('\n'); err == nil; line, err = rows.ReadString('\n') {
				told.take(line)
			}
		})
	}
	stop := func() {
		r.stop()
		r.end(interrupted)
		r = nil
	}
	clock.at.Store(now.UnixNano())
	start()
	for h := 1; h <= hours+5; h++ {
		now = begin.Add(time.Duration(h) * time.Hour)
		for len(all) > 0 && !all[0].written.After(now) {
			appendTo(t, path, all[0].line)
			all = all[1:]
		}
		clock.at.Store(now.UnixNano())
		switch h % 6 {
		case 2:
			stop() // what was written last may have been read, or not
		case 3:
			rotate(t, path, h%12 == 3)
		case 4:
			start()
		default:
			time.Sleep(200 * time.Millisecond)
		}
	}
	want := &dayTold{t: t, new: map[string]int{}}
	s := newScreen(t, "")
	s.now, s.outTerminal = clock.now, false
	if code := s.run("detect", rules, "--data", folder, "--state", t.TempDir(), "-q", "-o", "ndjson"); code != done {
		t.Fatalf("code %d: %s", code, s.stderr.String())
	}
	for line := range strings.Lines(s.stdout.String()) {
		want.take(line)
	}
	for waited := 0; waited < 600 && len(told.lacks(want.new)) > 0; waited++ {
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	group.Wait()
	for _, name := range told.lacks(want.new) {
		t.Errorf("%s was never told", name)
	}
	by := map[string]int{}
	for name, n := range told.new {
		by[name[:strings.LastIndex(name, " ")]]++
		// What had not followed when it was told may have come since.
		if n > 1 || want.new[name] == 0 && !strings.HasPrefix(name, "what does not follow") {
			t.Errorf("%s was told %d times, and one pass finds it %d times", name, n, want.new[name])
		}
	}
	if len(by) != len(dayRules) {
		t.Errorf("found %v", by)
	}
	t.Logf("%d findings, %d of them late", len(told.new), told.late) // how many depends on how fast the periods are answered
}

// rotate renames a log, or copies and truncates it.
func rotate(t *testing.T, path string, copied bool) {
	t.Helper()
	to := fmt.Sprint(path, ".", time.Now().UnixNano())
	if !copied {
		if err := os.Rename(path, to); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(to, text, 0o600)
	}
	if err == nil {
		err = os.Truncate(path, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
}
