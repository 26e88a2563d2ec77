package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// killsVariable is how many runs a test kills: a few if it is not set.
const killsVariable = "SPOOR_KILLS"

func kills(t *testing.T, usually int) int {
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		return n
	}
	if testing.Short() {
		return 5
	}
	return usually
}

// toldBy is the findings of which whole lines were written: how often each was told, and how often without a word that it may have been told before.
type toldBy struct{ all, fresh map[string]int }

func (b toldBy) read(t *testing.T, out []byte) {
	t.Helper()
	for line := range bytes.Lines(out) {
		if !bytes.HasSuffix(line, []byte("\n")) {
			return // it was killed while it wrote
		}
		var f struct {
			Rule    struct{ Name string }
			History struct{ Fingerprint, Status string }
		}
		if err := json.Unmarshal(line, &f); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		name := f.Rule.Name + " " + f.History.Fingerprint
		b.all[name]++
		if f.History.Status != "again" {
			b.fresh[name]++
		}
	}
}

// Runs over a growing log are killed at any moment: in the end every finding was told, and none twice unless it says so.
func TestKilledRuns(t *testing.T) {
	folder := t.TempDir()
	rules := filepath.Join(folder, "rules.yml")
	text := "title: one event\nlanguage: eql\nquery: 'process where process.name == \"evil\"'\n---\n" +
		"title: a sequence\nlanguage: eql\nquery: 'sequence by host.name with maxspan=1m [process where process.name == \"evil\"] [process where process.name == \"worse\"]'\n---\n" +
		"title: groups\nlanguage: spl\nquery: 'EventID=1 Image=\"*/worse\" | stats count min(_time) as firstTime max(_time) as lastTime by ProcessId'\n"
	if err := os.WriteFile(rules, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "log")
	log, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	random := rand.New(rand.NewPCG(1, 2))
	events := 0
	grow := func() {
		var some bytes.Buffer
		for range 1 + random.IntN(30) {
			at := time.Date(2026, 5, 6, 0, 0, 10*events, 0, time.UTC)
			image := []string{"evil", "worse", "good"}[random.IntN(3)]
			fmt.Fprintf(&some, `{"EventID":"1","Computer":"web1","UtcTime":"%s","Image":"/bin/%s","ProcessId":"%d","EventRecordID":"%d"}`+"\n", at.Format("2006-01-02 15:04:05.000"), image, events, events)
			events++
		}
		if _, err := log.Write(some.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	spoor, config := program(t), t.TempDir()
	detect := func(state string, patience time.Duration) ([]byte, bool) {
		cmd := exec.Command(spoor, "detect", rules, "--data", name, "--state", state, "-q", "-o", "ndjson")
		cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+config)
		var out, said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		if timer.Stop() && err != nil || said.Len() > 0 {
			t.Fatalf("%v: %s", err, &said)
		}
		return out.Bytes(), err == nil
	}
	state := filepath.Join(folder, "state")
	told := toldBy{map[string]int{}, map[string]int{}}
	grow()
	begun := time.Now()
	first, _ := detect(state, time.Hour)
	usual := time.Since(begun)
	told.read(t, first)
	finished := 0
	for range kills(t, 25) {
		grow()
		out, whole := detect(state, time.Duration(random.Int64N(int64(usual*3/2))))
		if told.read(t, out); whole {
			finished++
		}
	}
	last, _ := detect(state, time.Hour)
	told.read(t, last)
	want := toldBy{map[string]int{}, map[string]int{}}
	all, _ := detect(filepath.Join(folder, "other"), time.Hour)
	want.read(t, all)
	for finding := range want.all {
		if told.all[finding] == 0 {
			t.Errorf("%s was never told", finding)
		}
	}
	for finding, n := range told.fresh {
		if n > 1 {
			t.Errorf("%s was told %d times as if it were new", finding, n)
		}
		if want.all[finding] == 0 {
			t.Errorf("%s was told, and is not found in all of the log", finding)
		}
	}
	t.Logf("%d runs killed, %d finished, %d findings", kills(t, 25)-finished, finished, len(want.all))
}
