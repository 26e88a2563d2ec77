package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A day's log is written in pieces, between runs too, and renamed on the way: what all runs tell is what one pass over all of it finds, each once.
func TestDetectFollowRestarts(t *testing.T) {
	folder, stateDir := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	rules := ruleFile(t, oneA, aThenB)
	appendTo(t, path, process(0, "start", "a", "99"), process(1, "start", "b", "99")) // before anybody followed
	start := func() *running {
		r := follows(t, nil, "detect", "-F", rules, "--data", folder, "--state", stateDir)
		time.Sleep(700 * time.Millisecond)
		return r
	}
	var got []string
	take := func(r *running, n int) {
		for range n {
			f := r.finding()
			text := f.Rule.Name
			for _, e := range f.Evidence.Records {
				text += fmt.Sprint(" ", e.Offset)
			}
			got = append(got, text)
		}
	}
	r := start()
	appendTo(t, path, process(10, "start", "a", "1")) // its b comes while nobody follows
	take(r, 1)
	appendTo(t, path, process(11, "start", "a", "2")) // its b comes to another file, after another restart
	take(r, 1)
	r.stop()
	r.end(interrupted)

	appendTo(t, path, process(12, "start", "b", "1"), process(13, "start", "a", "3"))
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	r = start()
	take(r, 2)
	r.stop()
	r.end(interrupted)

	r = start()
	appendTo(t, path, process(15, "start", "b", "2"), process(14, "start", "b", "3")) // not in their order
	take(r, 2)
	r.stop()
	r.end(interrupted)
	if text := r.row(); text != "" {
		t.Errorf("also told: %s", text)
	}
	one := int64(len(process(10, "start", "a", "1")))
	from := int64(len(process(0, "start", "a", "99") + process(1, "start", "b", "99")))
	want := []string{
		fmt.Sprintf("one a %d", from), fmt.Sprintf("one a %d", from+one), fmt.Sprintf("one a %d", from+3*one),
		fmt.Sprintf("a and then b %d %d", from, from+2*one), fmt.Sprintf("a and then b %d 0", from+one), fmt.Sprintf("a and then b %d %d", from+3*one, one),
	}
	slices.Sort(want)
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The published sequence of systemd and a network tool is found once, though the run ends between its events.
func TestDetectFollowPublishedSequence(t *testing.T) {
	text, err := os.ReadFile("../../examples/logs/systemd_network.json")
	if err != nil {
		t.Fatal(err)
	}
	folder, stateDir := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	appendTo(t, path)
	lines := strings.SplitAfter(strings.TrimSuffix(string(text), "\n")+"\n", "\n")
	ids := map[string]int{}
	for at := 0; at < len(lines); at += 5 {
		r := follows(t, nil, "detect", "-F", "../../examples/rules/suspicious_network_connection_via_systemd.toml", "--data", folder, "--state", stateDir)
		time.Sleep(500 * time.Millisecond)
		appendTo(t, path, lines[at:min(at+5, len(lines))]...)
		time.Sleep(600 * time.Millisecond)
		r.stop()
		for text := r.row(); text != ""; text = r.row() {
			ids[text[:min(200, len(text))]]++
		}
		r.end(interrupted)
	}
	total := 0
	for _, n := range ids {
		total += n
	}
	if total != 7 { // as the rule's own test says
		t.Errorf("%d findings: %v", total, ids)
	}
}
