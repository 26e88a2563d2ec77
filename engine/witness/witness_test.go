package witness

import (
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain leaves garbage about: the heap is small, but every scan makes a large table.
func TestMain(m *testing.M) {
	debug.SetGCPercent(600)
	os.Exit(m.Run())
}

// tally counts what was asked.
type tally struct {
	rules, fired, mutations, implied, still int
}

func (c *tally) log(t *testing.T) {
	t.Helper()
	t.Logf("%d of %d rules fired; %d mutations asked, %d could not be made since what would be false follows from the rest, in %d other records match",
		c.fired, c.rules, c.mutations, c.implied, c.still)
}

// TestWitnesses makes events of Elastic Defend for every rule.
func TestWitnesses(t *testing.T) {
	c := &tally{}
	for _, r := range rules(t) {
		t.Run(r.name, func(t *testing.T) {
			c.rules++
			var scenes []*scene
			for _, full := range []bool{false, true} {
				s, without := newScene(r, ecs, full, false)
				if s == nil {
					t.Fatalf("no event found for item %d, of %d", without+1, len(r.items))
				}
				if got := describe(answer(r, ecs, s.records())); got != describe([][]int{s.ids()}) {
					t.Fatalf("the events made do not satisfy the rule: %q\n%s", got, lines(ecs, s.records()))
				}
				scenes = append(scenes, s)
			}
			c.check(t, scenes)
		})
	}
	c.log(t)
}

// TestSysmonWitnesses makes events of Sysmon for every rule that events of Sysmon can satisfy.
func TestSysmonWitnesses(t *testing.T) {
	c, helped, lacking := &tally{}, 0, map[string][]string{}
	for i, r := range rules(t) {
		t.Run(r.name, func(t *testing.T) {
			c.rules++
			f := []*form{sysmonJSON, sysmonXML}[i%2]
			var scenes []*scene
			for _, full := range []bool{false, true} {
				if s := sysmonScene(r, f, full); s != nil {
					scenes = append(scenes, s)
				}
			}
			if len(scenes) == 0 {
				lacks := wanting(t, r, f)
				lacking[lacks] = append(lacking[lacks], r.name)
				return
			}
			if scenes[0].helpers() > 0 {
				helped++
			} else if s := scenes[0]; describe(answer(r, f, s.records())) != describe([][]int{s.ids()}) {
				t.Errorf("other events than those made satisfy the rule:\n%s", lines(f, s.records()))
			}
			c.check(t, scenes)
		})
	}
	c.log(t)
	t.Logf("%d rules need the start of a process beside another event", helped)
	for _, fields := range slices.Sorted(maps.Keys(lacking)) {
		t.Logf("%d rules need %q: %s", len(lacking[fields]), fields, strings.Join(lacking[fields], " "))
	}
}

// wanting is the fields for want of which no events were found. An unknown one is a mistake in the search for events.
func wanting(t *testing.T, r *rule, f *form) string {
	t.Helper()
	fields := r.lacks(f)
	for _, field := range fields {
		if unlogged[field] == "" {
			t.Errorf("no events found, for want of %s", field)
		}
	}
	return strings.Join(fields, ", ")
}

// sysmonScene is a match among events of Sysmon, nil if there is none. A full one has the start of its process beside each event, unless
// that is in the way; the other only where it is needed.
func sysmonScene(r *rule, f *form, full bool) *scene {
	for _, helped := range []bool{full, !full} {
		if s, _ := newScene(r, f, full, helped); s != nil && len(answer(r, f, s.records())) > 0 {
			return s
		}
	}
	return nil
}

// trial is records and what is to be found in them.
type trial struct {
	what    string
	records []*record
	want    [][]int
}

// check asks for scenes of one rule, each alone, and for all their mutations.
func (c *tally) check(t *testing.T, scenes []*scene) {
	t.Helper()
	r, f := scenes[0].rule, scenes[0].form
	a := newAsker(t, r)
	var trials []*trial
	for _, s := range scenes {
		records := s.records()
		a.compare(t, f, &trial{"", records, answer(r, f, records)})
		list, implied := s.mutations()
		c.implied += len(implied)
		for _, m := range list {
			c.mutations++
			records := m.scene.records()
			want := answer(r, f, records)
			switch {
			case m.fires && len(want) == 0:
				t.Errorf("%s: the events made do not satisfy the rule:\n%s", m.what, lines(f, records))
			case !m.fires && len(want) > 0:
				c.still++
			}
			trials = append(trials, &trial{m.what, records, want})
		}
		if *s.gaveUp > 0 {
			t.Errorf("%d searches for events were given up", *s.gaveUp)
		}
	}
	if all := together(r, f, trials); all != nil {
		trials = []*trial{all}
	}
	for _, one := range trials {
		a.compare(t, f, one)
	}
	if !t.Failed() {
		c.fired++
	}
}

// together is trials as one, so far apart that the same is found; nil if that cannot be.
func together(r *rule, f *form, trials []*trial) *trial {
	all := &trial{}
	var at time.Duration
	for _, one := range trials {
		all.what += fmt.Sprintf("\n%d: %s", len(all.records)+1, one.what)
		for _, m := range one.want {
			shifted := slices.Clone(m)
			for i := range shifted {
				shifted[i] += len(all.records)
			}
			all.want = append(all.want, shifted)
		}
		for _, rec := range one.records {
			moved := *rec
			moved.id, moved.at = len(all.records)+1, at+rec.at
			all.records = append(all.records, &moved)
		}
		at += r.maxSpan() + time.Hour
	}
	if describe(answer(r, f, all.records)) != describe(all.want) {
		return nil
	}
	return all
}

// compare asks in all ways, and reports answers that are not what is wanted.
func (a *asker) compare(t *testing.T, f *form, one *trial) {
	t.Helper()
	a.write(t, f, one.records)
	for _, w := range ways {
		if got := describe(a.ask(t, w)); got != describe(one.want) {
			t.Errorf("%s: found %q, want %q in%s\n%s", w.name, got, describe(one.want), one.what, lines(f, one.records))
		}
	}
}

func lines(f *form, records []*record) string {
	var b strings.Builder
	for _, r := range records {
		fmt.Fprintf(&b, "%d: %s", r.id, f.line(r))
	}
	return b.String()
}
