package op

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/plan"
)

// madeUp is random events: few processes, some without entity id, some of which share numbers, names and hosts; few attackers.
func madeUp(rng *rand.Rand, n int) []event {
	guid := func() string { return fmt.Sprint("GUID-", rng.IntN(12)) }
	var out []event
	for i := range n {
		e := event{"t": fmt.Sprint(rng.IntN(n)), "host": fmt.Sprint("host-", rng.IntN(3)), "n": fmt.Sprint(i),
			"kind": []string{"start", "start", "end", "net", "net", "file"}[rng.IntN(6)], "user": []string{"somebody", "nobody", "attacker"}[rng.IntN(9)/4]}
		if rng.IntN(8) > 0 {
			e["guid"] = guid()
		}
		if rng.IntN(8) > 0 {
			e["pid"] = fmt.Sprint(rng.IntN(6))
		}
		switch {
		case e["kind"] == "start", e["kind"] == "net" && rng.IntN(6) == 0:
			e["parent"] = guid()
			e["cmd"] = []string{"sh", "nc", "perl"}[rng.IntN(3)]
		}
		if rng.IntN(20) == 0 {
			e["host"] += ",host-0"
		}
		out = append(out, e)
	}
	return out
}

// Looking for a rare stage first finds the same sequences, and so does to ask only about events that have company.
func TestRareStage(t *testing.T) {
	by := func(fields ...string) (keys []plan.Key) {
		for _, f := range fields {
			name, optional := strings.CutPrefix(f, "?")
			keys = append(keys, plan.Key{Field: name, Optional: optional})
		}
		return keys
	}
	attack := is("user", "attacker")
	net, file := is("event.category", "net"), is("event.category", "file")
	other := plan.And(net, is("user", "somebody"))
	shell := plan.And(net, plan.Holds(is("process.command_line", "sh")))
	const child, self, host = "process.parent.entity_id", plan.EntityID, plan.HostID
	patterns := []plan.Sequence{
		{Stages: []plan.Stage{{Cond: attack, Keys: by(host, self)}, {Cond: net, Keys: by(host, child)}}},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(host, self)}, {Cond: shell, Keys: by(host, child)}}, MaxSpan: 9 * time.Second},
		{Stages: []plan.Stage{{Cond: net, Keys: by(self)}, {Cond: attack, Keys: by(self)}, {Cond: file, Keys: by(self)}}},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(host, "?"+self)}, {Cond: net, Keys: by(host, "?"+self)}}},
		{Stages: []plan.Stage{{Cond: attack, Keys: by("?" + self)}, {Cond: net, Keys: by("?" + self)}}},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(plan.ProcessID)}, {Cond: attack, Keys: by(plan.ProcessID)}, {Cond: file, Keys: by(plan.ProcessID)}}},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(self)}, {Cond: net, Keys: by(self)}}, Until: &plan.Stage{Cond: file, Keys: by(child)}},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(self)}, {Cond: file, Keys: by(child), Missing: true}, {Cond: net, Keys: by(self), Runs: 2}}, MaxSpan: 40 * time.Second},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(host, self)}, {Cond: other, Keys: by(host, child)}}, MaxSpan: 9 * time.Second},
		{Stages: []plan.Stage{{Cond: other, Keys: by(child)}, {Cond: attack, Keys: by(self)}}, MaxSpan: 20 * time.Second},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(child)}, {Cond: other, Keys: by(child), Runs: 2}}, MaxSpan: 60 * time.Second},
		{Stages: []plan.Stage{{Cond: other, Keys: by(self), Missing: true}, {Cond: attack, Keys: by(self)}, {Cond: other, Keys: by(child)}},
			Until: &plan.Stage{Cond: file, Keys: by(child)}, MaxSpan: 25 * time.Second},
		{Stages: []plan.Stage{{Cond: attack, Keys: by(self), Runs: 2}, {Cond: other, Keys: by(child), Missing: true}}, MaxSpan: 30 * time.Second},
		{Stages: []plan.Stage{{Cond: is("user", "nowhere"), Keys: by(self)}, {Cond: net, Keys: by(self)}}},
	}
	found, rare, close, crowded := make([]int, len(patterns)), 0, 0, 0
	rng := rand.New(rand.NewPCG(5, 6))
	for range 40 {
		list := madeUp(rng, 20+rng.IntN(100))
		for i, n := range patterns {
			seen := view()
			if rng.IntN(2) == 0 {
				seen.In = &plan.Scan{Earliest: 10e9, Latest: 90e9}
			}
			n.In = enriched(seen)
			keys := len(n.Stages[0].Keys)
			whole, split := newWorld(list, 1, 7, true), newWorld(list, 1+rng.IntN(3), 7, false)
			split.Waiting = []int{0, 4}[rng.IntN(2)]
			split.AllStages = rng.IntN(4) == 0
			if rng.IntN(2) == 0 {
				split.keep()
			}
			want, got := whole.sequences(t, &n, keys), split.sequences(t, &n, keys)
			if got != want {
				t.Fatalf("%s\nfound %s\n want %s\nin %v", &n, got, want, list)
			}
			found[i] += strings.Count(want, "(")
			if slices.Equal(split.scans[0].Needles, []string{"attacker"}) {
				rare++
			}
			if !split.AllStages && len(split.scans[0].Needles) == 2 && n.MaxSpan > 0 {
				close++
				if len(split.scans) > 1 && slices.Equal(split.scans[1].Needles, []string{"attacker"}) {
					crowded++
				}
			}
		}
	}
	if rare == 0 || close == 0 || crowded == 0 || crowded == close || slices.Contains(found[:len(found)-1], 0) || found[len(found)-1] != 0 {
		t.Errorf("found %v, by way of a rare stage %d times, by company %d times, but for a crowd %d: the test shows nothing", found, rare, close, crowded)
	}
}

// The scans behind a rare stage look for its keys, for the children's, and read what was found; without the rare events there are none.
func TestRareStageScans(t *testing.T) {
	n := &plan.Sequence{In: enriched(view()), Stages: []plan.Stage{
		{Cond: is("user", "attacker"), Keys: []plan.Key{{Field: plan.HostID}, {Field: plan.EntityID}}},
		{Cond: is("event.category", "file"), Keys: []plan.Key{{Field: plan.HostID}, {Field: "process.parent.entity_id"}}},
	}}
	w := newWorld(events(`
		start 1 host=host-a guid=GUID-P user=attacker n=1
		start 2 host=host-a guid=GUID-Q parent=GUID-P n=2
		start 2 host=host-a guid=GUID-R parent=GUID-O n=3
		file 3 host=host-a guid=GUID-Q n=4
		file 3 host=host-a guid=GUID-R n=5`), 2, 2, false)
	if got := w.sequences(t, n, 2); got != "1 4 (host-a GUID-P)" {
		t.Errorf("got %s", got)
	}
	var looked []string
	for _, d := range w.scans {
		looked = append(looked, strings.Join(d.Needles, " "))
	}
	if got := strings.Join(looked, "; "); got != "attacker; GUID-P; GUID-P GUID-Q; " || w.scans[3].At == nil {
		t.Errorf("looked for %s", got)
	}
	w = newWorld(events(`file 3 host=host-a guid=GUID-R n=5`), 2, 2, false)
	if got := w.sequences(t, n, 2); got != "" || len(w.scans) != 1 {
		t.Errorf("got %s in %d scans", got, len(w.scans))
	}
}

// Where a sequence ends in time there are two scans and those of what was found: for all stages, and for the processes of events that have company. One
// has another host, one is of another time, and one comes before.
func TestCompany(t *testing.T) {
	n := &plan.Sequence{In: enriched(view()), MaxSpan: 5 * time.Second, Stages: []plan.Stage{
		{Cond: is("user", "attacker"), Keys: []plan.Key{{Field: plan.HostID}, {Field: plan.EntityID}}},
		{Cond: is("user", "somebody"), Keys: []plan.Key{{Field: plan.HostID}, {Field: "process.parent.entity_id"}}},
	}}
	w := newWorld(events(`
		start 10 host=host-a guid=GUID-P user=attacker n=1
		start 11 host=host-a guid=GUID-Q parent=GUID-P n=2
		file 15 host=host-a guid=GUID-Q user=somebody n=3
		file 15 host=host-b guid=GUID-R user=somebody n=4
		file 15.1 host=host-a guid=GUID-S user=somebody n=5
		file 9.9 host=host-a guid=GUID-T user=somebody n=6`), 2, 2, false)
	if got := w.sequences(t, n, 2); got != "1 3 (host-a GUID-P)" {
		t.Errorf("got %s", got)
	}
	var looked []string
	for _, d := range w.scans {
		looked = append(looked, strings.Join(d.Needles, " "))
	}
	if got := strings.Join(looked, "; "); got != "attacker somebody; GUID-Q; " || w.scans[2].At == nil {
		t.Errorf("looked for %s", got)
	}
}

// Of too many keys all events are looked at, once more.
func TestRareStageManyKeys(t *testing.T) {
	var list []event
	for i := range mostKeys + 10 {
		e := event{"kind": "net", "t": fmt.Sprint(i), "guid": fmt.Sprint("G", i), "user": "attacker", "n": fmt.Sprint(i)}
		list = append(list, e)
	}
	list = append(list, event{"kind": "file", "t": "9999", "guid": "G7", "user": "x", "n": "x"})
	w := newWorld(list, 2, 100, false)
	n := &plan.Sequence{In: view(), Stages: []plan.Stage{
		{Cond: is("user", "attacker"), Keys: []plan.Key{{Field: plan.EntityID}}}, {Cond: is("event.category", "file"), Keys: []plan.Key{{Field: plan.EntityID}}},
	}}
	if got := w.sequences(t, n, 1); got != "7 x (G7)" || len(w.scans) != 3 {
		t.Errorf("got %s in %d scans", got, len(w.scans))
	}
}
