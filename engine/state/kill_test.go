package state

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The test binary is also the process that is killed, or that has no room: a variable of the environment says which.
const childVariable = "SPOOR_STATE_CHILD"

var children = map[string]func(dir string){"runs": runsForEver}

func TestMain(m *testing.M) {
	what, dir, _ := strings.Cut(os.Getenv(childVariable), " ")
	if child := children[what]; child != nil {
		child(dir)
		return
	}
	os.Exit(m.Run())
}

// killedTold is what a run tells: some findings of its own, and some again that the run before told.
func killedTold(id uint64) (out []Told) {
	random := rand.New(rand.NewPCG(id, 0))
	for i := range 1 + random.IntN(200) {
		out = append(out, Told{print(id, "-", i), Sighting{Seen: 1, Told: int64(id)}})
	}
	if id > 1 {
		out = append(out, Told{print(id-1, "-", 0), Sighting{Seen: 2, Told: int64(id)}})
	}
	return out
}

func killedRun(id uint64) Run {
	return Run{ID: id, Set: "set", Began: noon.UnixNano() + int64(id)*int64(time.Hour), Remember: 100 * 365 * 24 * time.Hour}
}

// runsForEver runs until it is killed, and says what is done when it is.
func runsForEver(dir string) {
	wasteful = func(head) bool { return true } // each time it is opened
	s, err := Open(dir, Options{Now: noon})
	for err == nil {
		id := s.NextRun()
		told := killedTold(id)
		if err = s.Announce(killedRun(id), told); err != nil {
			break
		}
		fmt.Println("announced", id)
		err = s.Commit(killedRun(id), Change{
			Told: told, Marks: map[string]Mark{"rule": {Until: int64(id), Run: id}}, Positions: []Position{{Path: "/a", Offset: int64(id)}},
			Counts: map[string]Count{"rule": {New: 1}}, Hosts: []Host{{Name: "web1", Last: int64(id)}},
		})
		fmt.Println("committed", id)
	}
	fmt.Println("failed", err)
	os.Exit(1)
}

// lifetime starts the process, kills it after a while, and is what it said: the last run that it announced and the last that it committed.
func lifetime(t *testing.T, dir string, life time.Duration) (announced, committed uint64) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=runs "+dir)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(life, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		id, err := strconv.ParseUint(rest, 10, 64)
		switch {
		case word == "failed":
			t.Fatal(rest)
		case err != nil: // it was killed within the line
		case word == "announced":
			announced = id
		case word == "committed":
			committed = id
		}
	}
	_ = cmd.Wait()
	return announced, committed
}

// However a process is killed: what it committed is there, what it announced is at least pending, and there is nothing else. SPOOR_KILLS says how
// often it is.
func TestKilled(t *testing.T) {
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("SPOOR_KILLS")); err == nil {
		kills = n
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(5, 6))
	ended := map[uint64]bool{} // runs that were committed
	var last uint64
	for range kills {
		announced, committed := lifetime(t, dir, time.Duration(random.Int64N(int64(60*time.Millisecond))))
		s := opened(t, dir)
		next := s.NextRun()
		if next <= max(announced, committed) {
			t.Fatalf("the next run is %d, and %d was announced, %d committed", next, announced, committed)
		}
		known := map[uint64]int64{} // when runs ended up as what
		for id := last + 1; id < next; id++ {
			ended[id] = afterKill(t, s, id)
			known[id] = 1
			if id <= committed && !ended[id] {
				t.Fatalf("run %d was committed, and is not", id)
			}
			if !ended[id] && id != next-1 {
				t.Fatalf("run %d was not committed, and yet another run began", id)
			}
		}
		if next-1 > max(announced, last)+1 {
			t.Fatalf("run %d was begun, and only %d was announced", next-1, announced)
		}
		last = next - 1
		newest := last
		for newest > 0 && !ended[newest] {
			newest--
		}
		if m := s.Mark("set", "rule"); m.Until != int64(newest) || m.Run != newest {
			t.Fatalf("the mark is %+v, and the last run that was committed is %d", m, newest)
		}
		if p := must[[]Position](t)(s.Positions(newest)); newest > 0 && (len(p) != 1 || p[0].Offset != int64(newest)) {
			t.Fatalf("positions of run %d are %v", newest, p)
		}
		s.Close()
	}
	s := opened(t, dir)
	total := 0
	for _, done := range ended {
		if done {
			total++
		}
	}
	if c := must[map[string]Count](t)(s.Counts("set")); c["rule"].New != total {
		t.Errorf("%d runs were counted, and %d committed", c["rule"].New, total)
	}
	s.Close()
	checked(t, dir)
	t.Logf("%d kills, %d runs, %d of them committed", kills, last, total)
}

// afterKill looks for what a run told, which must be pending as a whole or known as a whole, and says whether it is known.
func afterKill(t *testing.T, s *Store, id uint64) (known bool) {
	told := killedTold(id)
	var list []Fingerprint
	for _, x := range told[:len(told)-1] {
		list = append(list, x.Fingerprint)
	}
	list = append(list, told[len(told)-1].Fingerprint, print(id, "-", 500))
	got := must[map[Fingerprint]Sighting](t)(s.Sightings(list))
	if len(got) != len(told) {
		t.Fatalf("of the %d findings of run %d %d are there", len(told), id, len(got))
	}
	pending := 0
	for _, x := range told {
		y := got[x.Fingerprint]
		if y.Pending {
			pending++
		}
		y.Pending = false
		if y != x.Sighting && !(x.Fingerprint == print(id, "-", 0) && y.Seen == 2 && y.Told == int64(id)+1) { // which the next run told again
			t.Fatalf("of run %d: %+v, want %+v", id, y, x.Sighting)
		}
	}
	for _, x := range must[[]Run](t)(s.Runs("", 0)) {
		if x.ID == id {
			m := s.Mark("set", "rule")
			known = m.Run >= id
		}
	}
	if known && pending > 1 || !known && pending != len(told) {
		t.Fatalf("run %d is known: %v, and %d of %d of its findings are pending", id, known, pending, len(told))
	}
	return known
}

// A process that is killed gives the lock back.
func TestKilledWithLock(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=runs "+dir)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("nothing was said")
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrBusy) {
		t.Errorf("while it runs: %v", err)
	}
	must[Silence](t)(must[*Store](t)(Open(dir, Options{Shared: true})).AddSilence(Silence{}))
	reading := must[*Store](t)(Open(dir, Options{ReadOnly: true}))
	if len(must[[]Run](t)(reading.Runs("", 0))) == 0 {
		t.Error("no run is there while it runs")
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	s := opened(t, dir)
	if len(must[[]Silence](t)(s.Silences())) != 1 {
		t.Error("the silence is gone")
	}
}
