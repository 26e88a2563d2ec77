package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// followed is a process that follows logs: what it tells goes to a file, as with >>.
type followed struct {
	t    *testing.T
	cmd  *exec.Cmd
	out  *os.File
	said *words
}

func (f *followed) start(cmd *exec.Cmd) {
	f.t.Helper()
	out, err := os.CreateTemp(f.t.TempDir(), "out")
	if err != nil {
		f.t.Fatal(err)
	}
	f.cmd, f.out, f.said = cmd, out, &words{to: &bytes.Buffer{}}
	cmd.Stdout, cmd.Stderr = out, f.said
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
}

// end sends a signal, and gives what was told.
func (f *followed) end(how os.Signal) []byte {
	f.t.Helper()
	_ = f.cmd.Process.Signal(how)
	_ = f.cmd.Wait()
	defer f.out.Close()
	return []byte(read(f.t, f.out.Name()))
}

// A run that answers by periods is killed at any moment, while its log is written and renamed: in the end every group was told, and none twice unless it
// says so.
func TestKilledPeriods(t *testing.T) {
	folder, state := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	rules := ruleFile(t, "title: groups\nlanguage: spl\nquery: 'EventID=1 | stats count by ProcessId'\n", "title: other groups\nlanguage: spl\nquery: 'EventID=1 Image=*sh | stats count by ProcessId Image'\n")
	spoor, config := program(t), t.TempDir()
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(spoor, append([]string{"detect", rules, "--data", folder, "-o", "ndjson"}, args...)...)
		cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+config)
		return cmd
	}
	follow := func() *followed {
		f := &followed{t: t}
		f.start(command("-F", "--every", "1s", "--lag", "1s", "--state", state))
		return f
	}
	told := toldBy{map[string]int{}, map[string]int{}}
	appendTo(t, path)
	f := follow()
	for waited := 0; !strings.Contains(f.said.String(), "following with 2 rules"); waited++ {
		if time.Sleep(100 * time.Millisecond); waited > 300 {
			t.Fatal(f.said.String())
		}
	}
	random, events := rand.New(rand.NewPCG(3, 4)), 0
	for n := range kills(t, 6) {
		for until := time.Now().Add(time.Duration(random.Int64N(int64(3 * time.Second)))); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
			events++
			appendTo(t, path, eventAt(time.Now().UTC().Format("2006-01-02 15:04:05"), strconv.Itoa(events)))
		}
		told.read(t, f.end(os.Kill))
		if n%2 == 1 {
			if err := os.Rename(path, fmt.Sprint(path, ".", n)); err != nil {
				t.Fatal(err)
			}
			appendTo(t, path)
		}
		f = follow()
	}
	want := toldBy{map[string]int{}, map[string]int{}}
	all, err := command("-q", "--state", filepath.Join(t.TempDir(), "other")).Output()
	if want.read(t, all); err != nil || len(want.all) != 2*events {
		t.Fatalf("%d of %d groups: %v", len(want.all), 2*events, err)
	}
	lacking := func() map[string]int {
		now := toldBy{maps.Clone(told.all), maps.Clone(told.fresh)}
		now.read(t, []byte(read(t, f.out.Name())))
		out := maps.Clone(want.all)
		maps.DeleteFunc(out, func(name string, _ int) bool { return now.all[name] > 0 })
		return out
	}
	for waited := 0; waited < 600 && len(lacking()) > 0; waited++ {
		time.Sleep(100 * time.Millisecond)
	}
	for name := range lacking() {
		t.Errorf("%s was never told", name)
	}
	told.read(t, f.end(os.Interrupt))
	again := 0
	for name, n := range told.all {
		again += n - told.fresh[name]
		if told.fresh[name] > 1 || want.all[name] == 0 {
			t.Errorf("%s was told %d times, %d of them as if it were new", name, n, told.fresh[name])
		}
	}
	t.Logf("%d groups, told again %d times", len(want.all), again)
}
