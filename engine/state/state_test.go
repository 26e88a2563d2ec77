package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"spoor/grammar/source"
)

var noon = time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)

// opened opens a folder in which nothing is wrong.
func opened(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{Now: noon, Warn: func(d *source.Diagnostic) { t.Errorf("told: %s", d) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func print(parts ...any) (f Fingerprint) {
	copy(f[:], fmt.Sprintf("%016s", fmt.Sprint(parts...)))
	return f
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func at0(days float64) int64 { return noon.UnixNano() + int64(days*24*float64(time.Hour)) }

func TestRoundTrip(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	s := opened(t, dir)
	if got := s.NextRun(); got != 1 {
		t.Errorf("the first run is %d", got)
	}
	run := Run{
		ID: 1, Set: "set", What: "/var/log/*", Began: at0(0), Ended: at0(0) + 5, Rules: 2, New: 1, Updated: 2, Repeated: 3, Suppressed: 4, Silenced: 5, Late: 6,
		Gaps: []Gap{{"r", 1, 2, "missed"}}, Read: 77, Remember: 100 * 365 * 24 * time.Hour, Problems: []string{"p"},
	}
	long := strings.Repeat("x", 40_000)
	told := []Told{
		{print("b"), Sighting{Rule: "r", First: -1, Last: 2, Told: 3, Seen: 4, Digest: 1 << 63, Suppressed: 6}},
		{print("a"), Sighting{Rule: long}},
	}
	change := Change{
		Marks: map[string]Mark{"r": {Until: 10, Tick: 20, Run: 1, Name: "R"}, "": {Until: 1, Run: 1}, long: {Until: -5, Run: 1}},
		Positions: []Position{
			{Path: "/z", Key: [20]byte{1, 19: 2}, Offset: 1 << 40, Tail: [16]byte{15: 3}, Newest: -4, Failed: "no permission"},
			{Path: "/a"},
		},
		Told: told, Hosts: []Host{{"web1", 5, 6, 7}, {"", 1, 2, 3}, {long, 1, 2, 3}},
		Throttles: []Throttled{{print("t"), Throttle{"r", 1, 2, 3, 4, print("x")}}},
		Counts:    map[string]Count{"r": {1, 2, 3, 4, 5, 6, 7}},
	}
	if err := errors.Join(s.Announce(run, told), s.Commit(run, change)); err != nil {
		t.Fatal(err)
	}
	silence := must[Silence](t)(s.AddSilence(Silence{Rule: "r*", Where: "x=1", Reason: "why", Until: 9, Added: 8, By: "me"}))
	for _, when := range []string{"at once", "opened again"} {
		if when != "at once" {
			s.Close()
			s = opened(t, dir)
		}
		for _, c := range []struct {
			what      string
			got, want any
		}{
			{"the next run", s.NextRun(), uint64(2)},
			{"a mark", s.Mark("set", "r"), Mark{10, 20, 1, "R"}},
			{"the mark of a long name", s.Mark("set", long), Mark{Until: -5, Run: 1}},
			{"no mark", s.Mark("other", "r"), Mark{}},
			{"the sets", must[[]Set](t)(s.Sets()), []Set{"set"}},
			{"positions", must[[]Position](t)(s.Positions(1)), change.Positions},
			{"no positions", must[[]Position](t)(s.Positions(2)), []Position(nil)},
			{"sightings", must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{print("b"), print("c"), print("a"), print("b")})),
				map[Fingerprint]Sighting{print("a"): told[1].Sighting, print("b"): told[0].Sighting}},
			{"runs", must[[]Run](t)(s.Runs("set", 1)), []Run{run}},
			{"runs of another set", must[[]Run](t)(s.Runs("other", 0)), []Run(nil)},
			{"hosts", must[[]Host](t)(s.Hosts("set")), []Host{{"", 1, 2, 3}, {"web1", 5, 6, 7}, {long, 1, 2, 3}}},
			{"counts", must[map[string]Count](t)(s.Counts("set")), change.Counts},
			{"throttles", must[map[Fingerprint]Throttle](t)(s.Throttles([]Fingerprint{print("u"), print("t")})), map[Fingerprint]Throttle{print("t"): change.Throttles[0].Throttle}},
			{"silences", must[[]Silence](t)(s.Silences()), []Silence{{ID: "1", Rule: "r*", Where: "x=1", Reason: "why", Until: 9, Added: 8, By: "me"}}},
		} {
			if !reflect.DeepEqual(c.got, c.want) {
				t.Errorf("%s, %s: %.300s\nwant %.300s", when, c.what, fmt.Sprint(c.got), fmt.Sprint(c.want))
			}
		}
	}
	if silence.ID != "1" {
		t.Errorf("the first silence is %q", silence.ID)
	}
	for name, want := range map[string]fs.FileMode{"": 0o700 | fs.ModeDir, fileName: 0o600, runLock: 0o600, fileLock: 0o600} {
		info := must[fs.FileInfo](t)(os.Stat(filepath.Join(dir, name)))
		if info.Mode() != want {
			t.Errorf("the mode of %q is %s, want %s", name, info.Mode(), want)
		}
	}
}

// What a run announced is pending until any run says that it was told; what was known before comes back only then.
func TestPending(t *testing.T) {
	s := opened(t, t.TempDir())
	a, b, c := print("a"), print("b"), print("c")
	known := func(want string) {
		t.Helper()
		var got strings.Builder
		for f, name := range map[Fingerprint]string{a: "a", b: "b", c: "c"} {
			if x, ok := must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{a, b, c}))[f]; ok {
				fmt.Fprintf(&got, "%s%d%v ", name, x.Seen, x.Pending)
			}
		}
		words := strings.Fields(got.String())
		for _, w := range strings.Fields(want) {
			if !strings.Contains(got.String(), w) {
				t.Errorf("known is %s, want %s", got.String(), want)
			}
		}
		if len(words) != len(strings.Fields(want)) {
			t.Errorf("known is %s, want %s", got.String(), want)
		}
	}
	do := func(id uint64, announce, commit []Told) {
		t.Helper()
		r := Run{ID: id, Began: at0(0), Remember: 24 * time.Hour}
		if announce != nil {
			if err := s.Announce(r, announce); err != nil {
				t.Fatal(err)
			}
		}
		if commit != nil {
			if err := s.Commit(r, Change{Told: commit}); err != nil {
				t.Fatal(err)
			}
		}
	}
	seen := func(f Fingerprint, n int) Told { return Told{f, Sighting{Seen: n}} }
	do(1, []Told{seen(a, 1), seen(b, 1)}, nil)
	known("a1true b1true")
	do(2, []Told{seen(a, 1)}, nil) // killed again
	do(3, []Told{seen(a, 1)}, []Told{seen(a, 1)})
	known("a1false b1true")
	do(4, []Told{seen(a, 2), seen(c, 1)}, nil)
	known("a2true b1true c1true")
	do(5, nil, []Told{seen(a, 2), seen(b, 1), seen(c, 1), seen(c, 2)})
	known("a2false b1false c2false")
	if got := s.NextRun(); got != 6 {
		t.Errorf("the next run is %d", got)
	}
}

// A run may commit again and again: its record and positions are those of the last time, counts are of all times.
func TestCheckpoints(t *testing.T) {
	s := opened(t, t.TempDir())
	silence := must[Silence](t)(s.AddSilence(Silence{Rule: "r"}))
	for i := range 3 {
		c := Change{
			Marks: map[string]Mark{"r": {Until: int64(i), Run: 1}}, Positions: []Position{{Offset: int64(i)}},
			Counts: map[string]Count{"r": {New: 1, Last: int64(10 - i)}}, Hits: map[string]int{silence.ID: 2, "99": 1, "no": 1},
		}
		if err := s.Commit(Run{ID: 1, New: i}, c); err != nil {
			t.Fatal(err)
		}
	}
	if got := must[[]Run](t)(s.Runs("", 0)); len(got) != 1 || got[0].New != 2 {
		t.Errorf("runs are %v", got)
	}
	if got := must[[]Position](t)(s.Positions(1)); len(got) != 1 || got[0].Offset != 2 {
		t.Errorf("positions are %v", got)
	}
	if got := must[map[string]Count](t)(s.Counts("")); got["r"] != (Count{New: 3, Last: 10}) {
		t.Errorf("counts are %v", got)
	}
	if got := must[[]Silence](t)(s.Silences()); len(got) != 1 || got[0].Hits != 6 {
		t.Errorf("silences are %v", got)
	}
	if found := must[bool](t)(s.RemoveSilence("1")); !found {
		t.Error("the silence was not found")
	}
	for _, id := range []string{"1", "0", "", "x"} {
		if found := must[bool](t)(s.RemoveSilence(id)); found {
			t.Errorf("there is a silence %q", id)
		}
	}
	if again := must[Silence](t)(s.AddSilence(Silence{})); again.ID != "2" {
		t.Errorf("the ID %s was given twice", again.ID)
	}
}

// checked is what bbolt itself thinks of the database.
func checked(t testing.TB, dir string) {
	t.Helper()
	db := must[*bbolt.DB](t)(bbolt.Open(filepath.Join(dir, fileName), 0o600, &bbolt.Options{Timeout: time.Second}))
	defer db.Close()
	err := db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Error(err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
