package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"spoor/engine/service"
	"spoor/engine/state"
)

// soaked is a service by a clock that moves while it sleeps, over a log that is written meanwhile.
type soaked struct {
	*served
	now, end time.Time
	cancel   context.CancelFunc
	heaps    []uint64 // after each quarter
	threads  []int
}

// sleep lets time pass, and every program start once in eleven minutes of it.
func (s *soaked) sleep(_ context.Context, d time.Duration) {
	before := s.now
	s.now = s.now.Add(max(d, time.Millisecond))
	for at := before.Truncate(11 * time.Minute).Add(11 * time.Minute); !at.After(s.now); at = at.Add(11 * time.Minute) {
		f, err := os.OpenFile(s.path("log"), os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			s.t.Fatal(err)
		}
		for i := range soakedRules {
			s.events++
			fmt.Fprintf(f, `{"EventID":"1","Computer":"web%d","UtcTime":"%s","Image":"/bin/evil%d","ProcessId":"%d","EventRecordID":"%d"}`+"\n", i%3, at.UTC().Format("2006-01-02 15:04:05.000"), i, s.events, s.events)
		}
		_ = f.Close()
	}
	if left := s.end.Sub(s.now); left <= s.lasts()*time.Duration(3-len(s.heaps))/4 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		s.heaps, s.threads = append(s.heaps, m.HeapAlloc), append(s.threads, runtime.NumGoroutine())
	}
	if s.now.After(s.end) {
		s.cancel()
	}
}

// soakedRules is how many rules there are; days for how long they are answered, unless SPOOR_SOAK says so.
const soakedRules, soakedDays = 6, 1

func (s *soaked) lasts() time.Duration {
	days, err := strconv.Atoi(os.Getenv("SPOOR_SOAK"))
	if err != nil {
		days = soakedDays
	}
	return time.Duration(days) * 24 * time.Hour
}

// A service that runs for long tells each finding once, and holds no more in the end than in the beginning.
func TestServiceSoak(t *testing.T) {
	s := &soaked{served: newServed(t), now: time.Date(2026, 3, 2, 0, 0, 30, 0, time.UTC)}
	s.end = s.now.Add(s.lasts())
	for i := range soakedRules {
		when := []string{"*/15 * * * *", "5 * * * *", "*/20 * * * *"}[i%3]
		query := fmt.Sprintf("EventID=1 Image=*/evil%d", i)
		if i%4 == 1 {
			query += " | stats count min(_time) as firstTime max(_time) as lastTime by ProcessId"
		}
		s.write(fmt.Sprintf("rules/%d.yml", i), fmt.Sprintf("title: r%d\nlanguage: spl\nschedule: {cron: \"%s\", earliest: -90m@m, latest: now}\nquery: %s\n", i, when, query))
	}
	if err := os.Remove(s.path("rules/first.yml")); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	sh := &shell{in: strings.NewReader(""), out: &said, err: &said, config: t.TempDir(), errWidth: func() int { return 0 }, env: func(string) string { return "" }, now: func() time.Time { return s.now }}
	_, runs := detecting(sh)
	runs.zone, runs.data, runs.to, runs.format, runs.quiet, runs.state = "UTC", []string{s.path("log")}, s.path("out.ndjson"), "ndjson", true, s.path("state")
	v := &server{detection: runs, shell: sh, paths: []string{s.path("rules")}, zone: time.UTC, vitals: vitals{now: sh.now}, troubles: &troubles{now: sh.now}}
	var err error
	if v.version, err = v.first(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v.store, err = state.Open(v.detection.state, state.Options{Now: s.now}); err != nil {
		t.Fatal(err)
	}
	defer v.store.Close()
	v.files = service.NewFiles(v.sources())
	defer v.files.Close()
	ctx, cancel := context.WithCancel(t.Context())
	s.cancel = cancel
	defer cancel()
	answering := &service.Service{Now: sh.now, Sleep: s.sleep, Changed: v.changed, Answered: v.answered, Round: v.rounds, Say: v.say}
	if err := answering.Run(ctx, v.version.duties); err != nil {
		t.Fatal(err)
	}
	// What is not due yet at the end is found by a last round.
	s.now = s.end.Add(time.Hour)
	if err := answering.Once(t.Context(), v.version.duties); err != nil {
		t.Fatal(err)
	}
	told := s.told()
	if len(told.all) != s.events || s.events < soakedRules*100 || said.Len() > 0 {
		t.Errorf("%d findings, of %d; said %s", len(told.all), s.events, &said)
	}
	for finding, n := range told.all {
		if n != 1 {
			t.Errorf("%s was told %d times", finding, n)
		}
	}
	t.Logf("heaps %d, goroutines %d", s.heaps, s.threads)
	if last := len(s.heaps) - 1; last < 2 || s.heaps[last] > s.heaps[0]*3/2+8<<20 || s.threads[last] > s.threads[0]+2 {
		t.Errorf("heaps %d, goroutines %d", s.heaps, s.threads)
	}
}
