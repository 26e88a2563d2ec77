package rounds_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/state"
)

// tolerance is how late events of sequences may come where logs are followed.
const tolerance = 3 * time.Minute

// punctual is events of which those that sequences need are late by no more than the tolerance.
func punctual(all []event) []event {
	for i, e := range all {
		if strings.Contains(e.line, "first") || strings.Contains(e.line, "evil") && e.written.Sub(e.at) < time.Hour {
			all[i].written = e.at.Add(min(e.written.Sub(e.at), tolerance))
		}
	}
	all = slices.DeleteFunc(all, func(e event) bool {
		_, pid, _ := strings.Cut(e.line, `"ProcessId":`)
		pid, _, _ = strings.Cut(pid, ",")
		return e.written.Sub(e.at) > tolerance && slices.ContainsFunc(all, func(o event) bool {
			return strings.Contains(o.line, "first") && strings.Contains(o.line, `"ProcessId":`+pid)
		})
	})
	slices.SortStableFunc(all, func(a, b event) int { return a.written.Compare(b.written) })
	return all
}

// follower is a process that follows a log: events and sequences as they come, groups by their schedule.
type follower struct {
	t       *testing.T
	log     *log
	store   *state.Store
	live    *detect.Live
	telling *rounds.Live
	groups  []*rules.Rule
	read    int64 // up to where the log was followed
	told    map[string]int
}

// begin begins where the last process ended, and reads as far back as sequences may have begun.
func (f *follower) begin(dir string, list []*rules.Rule, now time.Time) {
	f.t.Helper()
	o := options(now, time.UTC)
	f.store = openStore(f.t, dir, now)
	unscheduled := o
	unscheduled.Detect.Scheduled = false
	live, diag := detect.NewLive(list, unscheduled.Detect)
	if diag != nil {
		f.t.Fatal(diag)
	}
	f.live, f.groups = live, nil
	for _, x := range live.Whole {
		f.groups = append(f.groups, x.Rule)
	}
	f.telling = rounds.NewLive(f.store, live.Rules(), unscheduled)
	before, err := f.telling.Positions()
	if err == nil {
		err = f.telling.Begin()
	}
	if err == nil {
		err = rounds.Begin(f.store, f.groups, now, o)
	}
	if err != nil {
		f.t.Fatal(err)
	}
	f.read = 0
	if len(before) > 0 {
		back, known := live.Lookback()
		if !known {
			f.t.Fatal("the sequences have no maxspan")
		}
		reached := before[0]
		f.telling.Old = func(r finding.Record) bool { return r.Offset < reached.Offset }
		f.read = min(reached.Offset, f.log.since(reached.Newest-int64(back)-int64(tolerance)))
	}
}

// since is where the first record of a time or later begins.
func (l *log) since(from int64) (offset int64) {
	for _, e := range l.all {
		if e.at.UnixNano() >= from {
			break
		}
		offset += int64(len(e.line)) + 1
	}
	return offset
}

func (f *follower) tell(round *rounds.Round, err error, now time.Time) {
	f.t.Helper()
	if err == nil {
		err = round.Announce()
	}
	if err != nil {
		f.t.Fatal(err)
	}
	for x := range round.Findings() {
		if x.History.Status == "new" {
			f.told[x.Rule.Name+" "+x.History.Fingerprint]++
		}
	}
	if err := round.Commit(now.UnixNano(), 0); err != nil {
		f.t.Fatal(err)
	}
}

// answer answers what came, and the windows that are over.
func (f *follower) answer(file rounds.File, now time.Time) {
	f.t.Helper()
	in := file.Input
	in.Bounds = &input.Range{From: f.read, To: in.Size}
	f.read = in.Size
	report := f.live.Round(f.t.Context(), input.Inputs{in}, engine.Watermark{Low: file.At.Newest - int64(tolerance)})
	f.telling.Pass([]state.Position{file.At})
	round, err := f.telling.Tell(f.t.Context(), report, now)
	f.tell(round, err, now)
	late := now.Add(-tolerance)
	round, err = rounds.Answer(f.t.Context(), f.store, f.groups, []rounds.File{file}, options(late, time.UTC))
	f.tell(round, err, now)
}

// A day that is followed, with restarts in between, gives exactly what one pass over the whole day gives, each finding once.
func TestFollowedDay(t *testing.T) {
	begin := time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC)
	list := hourly(t)
	end := begin.Add(25 * time.Hour)
	last := event{end, end, `{"EventID":"1","Computer":"web1","UtcTime":"` + end.Format("2006-01-02 15:04:05.000") + `","Image":"/bin/other","ProcessId":"1"}`}
	l := log{filepath.Join(t.TempDir(), "log"), punctual(append(attacks(begin, 24, 7), last))} // with the last one it is known what does not follow
	f := &follower{t: t, log: &l, told: map[string]int{}}
	dir := t.TempDir()
	var file rounds.File
	var now time.Time
	for h := 0; h <= 29; h++ {
		if h == 6 || h == 7 {
			continue // nobody follows
		}
		now = begin.Add(time.Duration(h)*time.Hour + 17*time.Minute)
		file = l.until(t, now)
		if h%5 == 0 || h == 8 {
			if f.store != nil {
				f.store.Close()
			}
			f.begin(dir, list, now)
		}
		f.answer(file, now)
	}
	f.store.Close()
	want := whole(t, list, file, now, time.UTC)
	forgive(f.told, want)
	compare(t, f.told, want)
	if len(want) < 100 || len(f.groups) != 1 {
		t.Errorf("only %d findings, and %d rules of groups", len(want), len(f.groups))
	}
}
