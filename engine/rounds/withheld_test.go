package rounds_test

import (
	"strings"
	"testing"

	"spoor/engine/rules"
	"spoor/engine/state"
)

// withheld is what the last run did not tell, and the totals of the state.
func (w *world) withheld(minute int) (suppressed, silenced int) {
	w.t.Helper()
	store := openStore(w.t, w.dir, at(minute))
	defer store.Close()
	counts, err := store.Counts("s")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range counts {
		suppressed, silenced = suppressed+c.Suppressed, silenced+c.Silenced
	}
	return suppressed, silenced
}

// Of findings that are alike one is told in a period, however the runs that find them overlap; the others are counted once.
func TestSuppressed(t *testing.T) {
	w := newWorld(t, event1, evil(1, 5, 5), evil(2, 15, 15), evil(3, 52, 52), evil(4, 54, 54), evil(5, 80, 80), evil(6, 200, 200))
	w.rules[0].Suppression = &rules.Suppression{By: []string{"host.name"}, Period: "1h"}
	for _, c := range []struct {
		minute     int
		told       string
		suppressed int
	}{
		{60, "5 new 1 +1", 1},   // with the one of minute 15
		{61, "", 1},             // the same windows again
		{120, "80 new 1 +2", 3}, // those of 52 and 54 belong to that of 5
		{121, "", 3},
		{240, "200 new 1", 3},
	} {
		if told, said := w.run(c.minute, true); told != c.told || said != "" {
			t.Errorf("minute %d: %s, %s", c.minute, told, said)
		}
		if n, _ := w.withheld(c.minute); n != c.suppressed {
			t.Errorf("minute %d: %d suppressed", c.minute, n)
		}
	}
}

// A run that did not come to its end suppresses nothing by what it announced: the next one tells that again.
func TestSuppressedAndKilled(t *testing.T) {
	w := newWorld(t, event1, evil(1, 5, 5), evil(2, 15, 15))
	w.rules[0].Suppression = &rules.Suppression{By: []string{"host.name"}, Period: "1h"}
	for _, c := range []struct {
		commit bool
		told   string
	}{{false, "5 new 1 +1"}, {true, "5 again 1 +1"}, {true, ""}} {
		if told, said := w.run(60, c.commit); told != c.told || said != "" {
			t.Errorf("%s, %s, want %s", told, said, c.told)
		}
	}
	if n, _ := w.withheld(60); n != 1 {
		t.Errorf("%d suppressed", n)
	}
}

// What was silenced stays untold when the silence is over, and is counted once.
func TestSilenced(t *testing.T) {
	w := newWorld(t, event1, evil(1, 5, 5), evil(2, 15, 15), evil(3, 30, 30))
	silences := []state.Silence{
		{Rule: "r", Where: `'process.name'="evil"`, Until: at(20).UnixNano(), Reason: "a test"},
		{Rule: "r", Where: `nosuch(`},
	}
	store := openStore(t, w.dir, at(0))
	for _, x := range silences {
		if _, err := store.AddSilence(x); err != nil {
			t.Fatal(err)
		}
	}
	store.Close()
	for _, c := range []struct {
		minute int
		told   string
	}{{60, "30 new 1"}, {62, ""}, {120, ""}} {
		told, said := w.run(c.minute, true)
		if told != c.told || (said != "") != (c.told != "") || said != "" && !strings.Contains(said, "silence 2 is not applied") {
			t.Errorf("minute %d: %s, %s", c.minute, told, said)
		}
	}
	if _, n := w.withheld(120); n != 2 {
		t.Errorf("%d silenced", n)
	}
	store = openStore(t, w.dir, at(121))
	defer store.Close()
	list, err := store.Silences()
	if err != nil || len(list) != 2 || list[0].Hits != 2 || list[1].Hits != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

// Of a group that grows, what is withheld is not told to have been: what comes then is an update of what was told, or new.
func TestWithheldGrowth(t *testing.T) {
	for name, c := range map[string]struct {
		silence state.Silence
		told    []string
	}{
		"suppressed":        {state.Silence{}, []string{"10 new 1", "", "200 update 2 +1"}},
		"silenced at first": {state.Silence{Rule: "r", Until: at(20).UnixNano()}, []string{"", "70 new 1", "200 update 2"}},
		"silenced for long": {state.Silence{Rule: "r", Until: at(100).UnixNano()}, []string{"", "", "200 new 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, group1, evil(1, 10, 10), evil(2, 70, 70), evil(3, 200, 200))
			w.rules[0].Suppression = &rules.Suppression{Period: "90m"}
			if c.silence.Rule != "" {
				store := openStore(t, w.dir, at(0))
				if _, err := store.AddSilence(c.silence); err != nil {
					t.Fatal(err)
				}
				store.Close()
			}
			for i, minute := range []int{60, 120, 240} {
				if told, said := w.run(minute, true); told != c.told[i] || said != "" {
					t.Errorf("minute %d: %s, %s, want %s", minute, told, said, c.told[i])
				}
			}
		})
	}
}
