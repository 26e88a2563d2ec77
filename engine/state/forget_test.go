package state

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"
)

func TestForgetting(t *testing.T) {
	s := opened(t, t.TempDir())
	tell := func(id uint64, day float64, names ...string) {
		t.Helper()
		r := Run{ID: id, Set: "s", Began: at0(day), Remember: 3 * 24 * time.Hour}
		c := Change{
			Marks:     map[string]Mark{"hourly": {Run: id}},
			Positions: []Position{{Path: fmt.Sprint(id)}},
			Hosts:     []Host{{Name: fmt.Sprint(id), Last: r.Began}},
			Throttles: []Throttled{{print(id), Throttle{Until: r.Began}}},
		}
		if id == 1 {
			c.Marks["rare"] = Mark{Run: 1}
		}
		for _, n := range names {
			c.Told = append(c.Told, Told{print(n), Sighting{Seen: int(id)}})
		}
		if err := errors.Join(s.Announce(r, append(c.Told, Told{print("pending", id), Sighting{}})), s.Commit(r, c)); err != nil {
			t.Fatal(err)
		}
	}
	known := func(when string, want map[string]int) {
		t.Helper()
		got := map[string]int{}
		for i, name := range []string{"a", "b", "c", "d", "pending1", "pending2", "pending3", "pending4"} {
			if x, ok := must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{print(name)}))[print(name)]; ok {
				got[name] = x.Seen
				if x.Pending != (i > 3) {
					t.Errorf("%s: %s is pending: %v", when, name, x.Pending)
				}
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: known is %v, want %v", when, got, want)
		}
	}
	tell(1, 0, "a", "b")
	tell(2, 2, "b", "c")
	known("two days", map[string]int{"a": 1, "b": 2, "c": 2, "pending1": 0, "pending2": 0})
	tell(3, 4, "d")
	known("four days", map[string]int{"b": 2, "c": 2, "d": 3, "pending2": 0, "pending3": 0})
	tell(4, 3, "d") // the clock went back
	known("the clock went back", map[string]int{"b": 2, "c": 2, "d": 4, "pending2": 0, "pending3": 0, "pending4": 0})

	names := func(list []Host) (out []string) {
		for _, h := range list {
			out = append(out, h.Name)
		}
		return out
	}
	if got := names(must[[]Host](t)(s.Hosts("s"))); !reflect.DeepEqual(got, []string{"2", "3", "4"}) {
		t.Errorf("hosts are %v", got)
	}
	if got := must[map[Fingerprint]Throttle](t)(s.Throttles([]Fingerprint{print(1), print(2)})); len(got) != 1 {
		t.Errorf("throttles are %v", got)
	}
	if got := must[[]Run](t)(s.Runs("", 0)); len(got) != 3 {
		t.Errorf("runs are %v", got)
	}
	for run, want := range map[uint64]int{1: 1, 2: 0, 3: 0, 4: 1} { // 1 is the rare rule's, 4 the hourly rule's
		if got := must[[]Position](t)(s.Positions(run)); len(got) != want {
			t.Errorf("positions of run %d are %v", run, got)
		}
	}
	tell(5, 500)
	if got, want := s.Marks("s"), map[string]Mark{"hourly": {Run: 5}}; !reflect.DeepEqual(got, want) {
		t.Errorf("after a year, marks are %v", got)
	}
	if got := must[[]Position](t)(s.Positions(1)); len(got) != 0 {
		t.Errorf("after a year, positions are %v", got)
	}
}

// Nothing is forgotten if a run remembers for ever.
func TestRemembering(t *testing.T) {
	s := opened(t, t.TempDir())
	for i, day := range []float64{0, 3000} {
		r := Run{ID: uint64(i + 1), Began: at0(day)}
		if err := s.Commit(r, Change{Told: []Told{{print(i), Sighting{}}}, Hosts: []Host{{Name: fmt.Sprint(i)}}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{print(0), print(1)})); len(got) != 2 {
		t.Errorf("known is %v", got)
	}
	if got := must[[]Run](t)(s.Runs("", 0)); len(got) != 2 {
		t.Errorf("runs are %v", got)
	}
}

func TestOnlyTheLastRunsAreKept(t *testing.T) {
	s := opened(t, t.TempDir())
	for _, id := range []uint64{1, 2, mostRuns, mostRuns + 1} {
		if err := s.Commit(Run{ID: id, Began: 1}, Change{}); err != nil {
			t.Fatal(err)
		}
	}
	var got []uint64
	for _, r := range must[[]Run](t)(s.Runs("", 0)) {
		got = append(got, r.ID)
	}
	if want := []uint64{mostRuns + 1, mostRuns, 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("runs are %v, want %v", got, want)
	}
}
