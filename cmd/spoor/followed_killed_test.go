package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const oneZ = "title: one z\nlanguage: eql\nquery: process where process.name == \"z\"\n"

// scribe appends events to a log, which is renamed from time to time.
type scribe struct {
	t      *testing.T
	path   string
	random *rand.Rand
	events int
	turns  int
}

func (s *scribe) event(name string) string {
	at := time.Date(2026, 3, 1, 12, 0, s.events, 0, time.UTC)
	s.events++
	return fmt.Sprintf(`{"@timestamp":"%s","event":{"id":"e%d","category":"process","type":"start","action":"start"},"host":{"id":"h"},"process":{"name":"%s","pid":%d}}`+"\n",
		at.Format(time.RFC3339), s.events, name, s.random.IntN(5))
}

func (s *scribe) write() {
	var some []string
	for range 1 + s.random.IntN(40) {
		some = append(some, s.event([]string{"a", "b", "c"}[s.random.IntN(3)]))
	}
	appendTo(s.t, s.path, some...)
	if s.random.IntN(12) == 0 {
		s.turns++
		if err := os.Rename(s.path, fmt.Sprintf("%s.%d", s.path, s.turns)); err != nil {
			s.t.Fatal(err)
		}
	}
}

// follower is a process that follows a log.
type follower struct {
	t         *testing.T
	cmd       *exec.Cmd
	out, said string
}

func newFollower(t *testing.T, spoor, config string, args ...string) *follower {
	t.Helper()
	f := &follower{t: t, cmd: exec.Command(spoor, args...)}
	f.cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+config)
	stream := func(name *string) *os.File {
		to, err := os.CreateTemp(config, "stream")
		if err != nil {
			t.Fatal(err)
		}
		*name = to.Name()
		return to
	}
	out, said := stream(&f.out), stream(&f.said)
	defer out.Close()
	defer said.Close()
	f.cmd.Stdout, f.cmd.Stderr = out, said
	if err := f.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *follower) text(name string) string {
	f.t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(text)
}

// waits waits until something stands in one of its streams.
func (f *follower) waits(name, text string) {
	f.t.Helper()
	for range 600 {
		if strings.Contains(f.text(name), text) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	f.kill()
	f.t.Fatalf("there is no %q; it said %s", text, f.text(f.said))
}

func (f *follower) kill() {
	_ = f.cmd.Process.Kill()
	_ = f.cmd.Wait()
}

var idInRow = regexp.MustCompile(`"event\.id":"(\w+)"`)

// rowOf is by what a row of a run is known again, and whether it is said that it may have been written before.
func rowOf(t *testing.T, command, line, said string) (key string, again bool) {
	t.Helper()
	if command != "detect" {
		for _, m := range idInRow.FindAllStringSubmatch(line, -1) {
			key += " " + m[1]
		}
		return key, strings.Contains(said, "given again")
	}
	var f struct {
		Rule    struct{ Name string }
		History struct{ Fingerprint, Status string }
	}
	if err := json.Unmarshal([]byte(line), &f); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return f.Rule.Name + " " + f.History.Fingerprint, f.History.Status == "again"
}

// Processes that follow a log are killed at any moment: in the end everything was written that one pass finds, and nothing twice unless that is said.
func TestKilledFollowers(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string // but for the logs
	}{
		{"rules", []string{"detect", ruleFile(t, oneA, aThenB, oneZ), "-o", "ndjson", "--data"}},
		{"events", []string{"search", `process.name=b OR process.name=z | table event.id`, "-o", "ndjson"}},
		{"sequences", []string{"eql", `sequence by process.pid with maxspan=30s [process where process.name : ("a", "z")] [process where process.name : ("b", "z")]`, "-o", "ndjson"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			killFollowers(t, c.args)
		})
	}
}

func killFollowers(t *testing.T, args []string) {
	folder, config, spoor := t.TempDir(), t.TempDir(), program(t)
	random := rand.New(rand.NewPCG(3, uint64(len(args[1]))))
	s := &scribe{t: t, path: filepath.Join(folder, "log"), random: random}
	appendTo(t, s.path)
	start := func() *follower {
		return newFollower(t, spoor, config, append(args[:len(args):len(args)], folder, "-F", "--state", filepath.Join(config, "state"))...)
	}
	told := map[string]int{}
	read := func(f *follower) {
		said := f.text(f.said)
		for line := range strings.Lines(f.text(f.out)) {
			if !strings.HasSuffix(line, "\n") {
				return // it was killed while it wrote
			}
			key, again := rowOf(t, args[0], line, said)
			if told[key]++; told[key] > 1 && !again {
				t.Errorf("%s was written %d times, as if it were new; it said %s", key, told[key], said)
			}
		}
	}
	begun := time.Now()
	f := start()
	f.waits(f.said, "following")
	usual := time.Since(begun)
	for range kills(t, 15) {
		end := time.Now().Add(time.Duration(random.Int64N(int64(usual + time.Second))))
		for time.Now().Before(end) {
			s.write()
			time.Sleep(time.Duration(random.IntN(100)) * time.Millisecond)
		}
		f.kill()
		read(f)
		f = start()
	}
	s.events += 60 // what waits for others to come before it waits no more
	last := s.event("z") + s.event("z")
	appendTo(t, s.path, regexp.MustCompile(`"pid":\d`).ReplaceAllString(last, `"pid":9`))
	if args[0] == "detect" {
		f.waits(f.out, "one z")
	} else {
		f.waits(f.out, fmt.Sprintf(`"e%d"`, s.events))
	}
	time.Sleep(time.Second)
	f.kill()
	read(f)
	pass := append(args[:len(args):len(args)], folder)
	if args[0] == "detect" { // fingerprints are told with a state only
		pass = append(pass, "--state", filepath.Join(config, "other"))
	}
	all := newFollower(t, spoor, config, pass...)
	if err := all.cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, all.text(all.said))
	}
	want := map[string]bool{}
	for line := range strings.Lines(all.text(all.out)) {
		key, _ := rowOf(t, args[0], line, "")
		if want[key] = true; told[key] == 0 {
			t.Errorf("%s was never written", key)
		}
	}
	for key := range told {
		if !want[key] {
			t.Errorf("%s was written, and is not found in all of the log", key)
		}
	}
	t.Logf("%d events, %d files, %d rows", s.events, s.turns+1, len(want))
}
