package generate

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
)

func testCatalog() *catalog { return newCatalog(rand.New(rand.NewPCG(1, 1))) }

func TestMix(t *testing.T) {
	for _, name := range Profiles() {
		const events = 100_000
		_, truth := write(t, Config{Form: "flat", Profile: name, Events: events, Seed: 9, Attacks: 1})
		p := profiles[name]
		for id, want := range map[int]float64{1: p.start, 3: p.connect, 5: p.end, 9: p.rawRead, 10: p.ptrace, 11: p.create, 23: p.delete} {
			if got := float64(truth.ByEventID[id]) / events; got < want*0.8-0.01 || got > want*1.2+0.01 {
				t.Errorf("%s: event %d makes %.3f of all, want %.3f", name, id, got, want)
			}
		}
		if truth.Events != events {
			t.Errorf("%s: %d events", name, truth.Events)
		}
	}
}

func TestCardinalities(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100,000 events")
	}
	data, _ := write(t, Config{Form: "flat", Events: 100_000, Hosts: 40, Seed: 1})
	distinct := map[string]map[string]int{}
	starts, unknownParents := 0, 0
	for _, d := range decodeAll(t, "flat", data) {
		if d["EventID"] != "1" {
			continue
		}
		starts++
		if d["ParentImage"] == "-" {
			unknownParents++
		}
		for _, name := range []string{"Image", "CommandLine", "CurrentDirectory", "ParentImage", "Computer", "ProcessGuid", "User"} {
			if distinct[name] == nil {
				distinct[name] = map[string]int{}
			}
			distinct[name][d[name]]++
		}
	}
	for name, want := range map[string][2]int{
		"Image": {1500, 2600}, "CommandLine": {12_000, 25_000}, "CurrentDirectory": {200, 300}, "ParentImage": {15, 60},
		"Computer": {40, 40}, "ProcessGuid": {starts * 98 / 100, starts}, "User": {8, 15},
	} {
		if n := len(distinct[name]); n < want[0] || n > want[1] {
			t.Errorf("%d values of %s, want %d to %d", n, name, want[0], want[1])
		}
	}
	if share := float64(unknownParents) / float64(starts); share < 0.28 || share > 0.32 {
		t.Errorf("the parent is unknown in %.2f of the starts, want 0.30", share)
	}
	if mean := len(data) / 100_000; mean < 700 || mean > 950 {
		t.Errorf("a line has %d bytes, want 700 to 950", mean)
	}
}

// What holds on any host: records count up, time does not go back, a process ends after it began and within its tree.
func TestHostsAreConsistent(t *testing.T) {
	data, _ := write(t, Config{Form: "flat", Profile: "server", Events: 25_000, Hosts: 12, Seed: 4, Attacks: 1})
	type counters struct {
		record int
		system string
	}
	last, began, ended := map[string]counters{}, map[[3]string]string{}, 0
	for _, d := range decodeAll(t, "flat", data) {
		record, err := strconv.Atoi(d["EventRecordID"])
		if err != nil {
			t.Fatal(err)
		}
		if l, ok := last[d["Computer"]]; ok && (record != l.record+1 || d["SystemTime"] < l.system) {
			t.Fatalf("%v after %v", d, l)
		}
		last[d["Computer"]] = counters{record, d["SystemTime"]}
		if _, err := time.Parse(time.RFC3339, d["SystemTime"]); err != nil {
			t.Fatal(err)
		}
		process := [3]string{d["Computer"], d["ProcessGuid"], d["ProcessId"]}
		switch d["EventID"] {
		case "1":
			began[process] = d["SystemTime"]
			machine := d["ProcessGuid"][:9]
			if g := d["ParentProcessGuid"]; g[:9] != machine && g != "{00000000-0000-0000-0000-000000000000}" {
				t.Fatalf("parent of another machine: %v", d)
			}
		case "5":
			if at, ok := began[process]; ok && d["SystemTime"] >= at {
				ended++
			}
		}
	}
	if len(last) != 12 {
		t.Errorf("%d hosts, want 12", len(last))
	}
	if ended < 6_000 {
		t.Errorf("only %d ends of processes that had begun", ended)
	}
}

func TestRate(t *testing.T) {
	day := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	_, truth := write(t, Config{Form: "flat", Events: 5 * 86400 / 2, Hosts: 5, Rate: 0.5, Start: day, Seed: 8})
	if !truth.First.Equal(day) {
		t.Errorf("begins at %v, want %v", truth.First, day)
	}
	if span := truth.Last.Sub(truth.First).Hours(); span < 21 || span > 27 {
		t.Errorf("a day's events took %.1f hours", span)
	}
}

func TestQueueIsOrdered(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var q queue
	for range 2000 {
		q.push(pending{at: r.Int64N(300)})
	}
	last := pending{at: -1}
	for len(q.heap) > 0 {
		p := q.pop()
		if p.at < last.at || p.at == last.at && p.turn < last.turn {
			t.Fatalf("%d/%d after %d/%d", p.at, p.turn, last.at, last.turn)
		}
		last = p
	}
}

func TestZipfFavoursTheFirst(t *testing.T) {
	r, draw := rand.New(rand.NewPCG(1, 2)), newZipf(100, 1)
	var seen [100]int
	for range 100_000 {
		seen[draw.next(r)]++
	}
	// The harmonic number of 100 is 5.19.
	if seen[0] < 18_700 || seen[0] > 19_900 || seen[9] < 1700 || seen[9] > 2200 {
		t.Errorf("ranks 1 and 10 came %d and %d times of 100,000, want about 19,280 and 1,928", seen[0], seen[9])
	}
}
