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

// Runs exclude each other; silences are added, and everything is read, while one is under way.
func TestBeside(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
	if entries := must[[]fs.DirEntry](t)(os.ReadDir(dir)); len(entries) != 0 {
		t.Errorf("reading made %v", entries)
	}
	first := must[*Store](t)(Open(dir, Options{Now: noon, Shared: true})) // makes it
	s := opened(t, dir)
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrBusy) {
		t.Errorf("two runs at once: %v", err)
	}
	reading := must[*Store](t)(Open(dir, Options{ReadOnly: true}))
	second := must[*Store](t)(Open(dir, Options{Shared: true}))
	for _, x := range []*Store{first, second} {
		must[Silence](t)(x.AddSilence(Silence{}))
		if x.Commit(Run{ID: 1}, Change{}) == nil || x.Announce(Run{ID: 1}, nil) == nil {
			t.Error("a shared folder was changed")
		}
	}
	for _, x := range []*Store{s, reading, first} {
		if got := must[[]Silence](t)(x.Silences()); len(got) != 2 {
			t.Errorf("silences are %v", got)
		}
	}
	if _, err := reading.AddSilence(Silence{}); err == nil {
		t.Error("a folder open for reading was changed")
	}
	s.Close()
	if err := s.Commit(Run{ID: 1}, Change{}); err == nil {
		t.Error("a closed folder was changed")
	}
	opened(t, dir)
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	release := must[func()](t)(Lock(path))
	if _, err := Lock(path); err != ErrBusy {
		t.Errorf("a lock that is taken: %v", err)
	}
	release()
	again := must[func()](t)(Lock(path))
	release() // gives nothing of others back
	if _, err := Lock(path); err != ErrBusy {
		t.Errorf("a lock that is taken again: %v", err)
	}
	again()
	if _, err := Lock(filepath.Join(path, "x")); err == nil || err == ErrBusy {
		t.Errorf("a lock in a file: %v", err)
	}
}

// A transaction that somebody else does not end is a failure, not another run.
func TestHeld(t *testing.T) {
	defer func(before time.Duration) { patience = before }(patience)
	patience = 50 * time.Millisecond
	dir := t.TempDir()
	s := opened(t, dir)
	release := must[func()](t)(Lock(filepath.Join(dir, fileLock)))
	_, reading := s.Runs("", 0)
	for what, err := range map[string]error{"reading": reading, "writing": s.Commit(Run{ID: 1}, Change{})} {
		if err == nil || errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "was in use by another process for 50ms") {
			t.Errorf("%s: %v", what, err)
		}
	}
	release()
	db := must[*bbolt.DB](t)(bbolt.Open(filepath.Join(dir, fileName), 0o600, nil)) // as another program does that knows nothing of our lock
	if err := s.Commit(Run{ID: 1}, Change{}); err == nil || !strings.Contains(err.Error(), "was in use by another process") {
		t.Errorf("beside another program: %v", err)
	}
	if err := errors.Join(db.Close(), s.Commit(Run{ID: 1}, Change{})); err != nil {
		t.Errorf("later: %v", err)
	}
}

func TestHeard(t *testing.T) {
	const s = int64(time.Second)
	for _, c := range []struct {
		name                string
		before              Host
		first, last, events int64
		want                Host
	}{
		{"nothing", Host{Last: 5}, 6, 7, 0, Host{Last: 5}},
		{"first one event", Host{}, 9 * s, 9 * s, 1, Host{Last: 9 * s, Events: 1}},
		{"first eleven events", Host{}, 0, 10 * s, 11, Host{Last: 10 * s, Usual: s, Events: 11}},
		{"then one after a while", Host{Last: 10 * s, Usual: s, Events: 11}, 22 * s, 22 * s, 1, Host{Last: 22 * s, Usual: 2 * s, Events: 12}},
		{"the same again", Host{Last: 10 * s, Usual: s, Events: 11}, 0, 10 * s, 11, Host{Last: 10 * s, Usual: s, Events: 11}},
		{"half of them again", Host{Last: 10 * s, Usual: s, Events: 11}, 0, 20 * s, 20, Host{Last: 20 * s, Usual: s, Events: 21}},
	} {
		if got := c.before.Heard(c.first, c.last, c.events); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	h := Host{Last: 0, Usual: s, Events: 1 << 40}
	for i := range int64(100) { // what is usual changes, however long it was otherwise
		h = h.Heard(i*36000*s+s, (i+1)*36000*s, 3600)
	}
	if h.Usual < 9*s || h.Usual > 10*s {
		t.Errorf("after a hundred days, every %d s is usual", h.Usual/s)
	}
}

func TestSilent(t *testing.T) {
	h := Host{Last: at0(0), Usual: int64(time.Hour), Events: 9}
	for _, c := range []struct {
		name   string
		host   Host
		since  time.Duration
		times  float64
		silent bool
	}{
		{"as usual", h, time.Hour, 10, false},
		{"just as often", h, 10 * time.Hour, 10, false},
		{"longer", h, 10*time.Hour + 1, 10, true},
		{"longer than half", h, 31 * time.Minute, .5, true},
		{"often heard", Host{Last: at0(0), Usual: 1, Events: 9}, 5*time.Minute - 1, 10, false},
		{"often heard, and not for long", Host{Last: at0(0), Usual: 1, Events: 9}, 5 * time.Minute, 10, true},
		{"heard once", Host{Last: at0(0), Events: 1}, 1000 * time.Hour, 10, false},
		{"the logs end before", h, -time.Hour, 10, false},
	} {
		since, silent := c.host.Silent(at0(0)+int64(c.since), c.times)
		if since != c.since || silent != c.silent {
			t.Errorf("%s: %s, %v", c.name, since, silent)
		}
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
