package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// A run that answers by periods is killed at any moment, while its log is written and renamed: in the end every group was told, and none twice unless it
// says so.
func TestKilledPeriods(t *testing.T) {
	folder, state := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	rules := ruleFile(t, "title: groups\nlanguage: spl\nquery: 'EventID=1 | stats count by ProcessId'\n", "title: other groups\nlanguage: spl\nquery: 'EventID=1 Image=*sh | stats count by ProcessId Image'\n")
	spoor, config := program(t), t.TempDir()
	follow := func() *follower {
		return newFollower(t, spoor, config, "detect", rules, "--data", folder, "-o", "ndjson", "-F", "--every", "1s", "--lag", "1s", "--state", state)
	}
	told := toldBy{map[string]int{}, map[string]int{}}
	appendTo(t, path)
	f := follow()
	f.waits(f.said, "following with 2 rules")
	random, events := rand.New(rand.NewPCG(3, 4)), 0
	for n := range kills(t, 6) {
		for until := time.Now().Add(time.Duration(random.Int64N(int64(3 * time.Second)))); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
			events++
			appendTo(t, path, eventAt(time.Now().UTC().Format("2006-01-02 15:04:05"), strconv.Itoa(events)))
		}
		f.kill()
		told.read(t, []byte(f.text(f.out)))
		if n%2 == 1 {
			if err := os.Rename(path, fmt.Sprint(path, ".", n)); err != nil {
				t.Fatal(err)
			}
			appendTo(t, path)
		}
		f = follow()
	}
	want := toldBy{map[string]int{}, map[string]int{}}
	whole := newFollower(t, spoor, config, "detect", rules, "--data", folder, "-o", "ndjson", "-q", "--state", filepath.Join(t.TempDir(), "other"))
	err := whole.cmd.Wait()
	if want.read(t, []byte(whole.text(whole.out))); err != nil || len(want.all) != 2*events {
		t.Fatalf("%d of %d groups: %v", len(want.all), 2*events, err)
	}
	lacking := func() map[string]int {
		now := toldBy{maps.Clone(told.all), maps.Clone(told.fresh)}
		now.read(t, []byte(f.text(f.out)))
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
	f.kill()
	told.read(t, []byte(f.text(f.out)))
	again := 0
	for name, n := range told.all {
		again += n - told.fresh[name]
		if told.fresh[name] > 1 || want.all[name] == 0 {
			t.Errorf("%s was told %d times, %d of them as if it were new", name, n, told.fresh[name])
		}
	}
	t.Logf("%d groups, told again %d times", len(want.all), again)
}
