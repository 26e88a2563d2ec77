package bench

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program writes a shell script into a folder.
func program(t *testing.T, folder, name, script string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// stub is a bench whose spoor is a script that looks at its arguments.
func stub(t *testing.T, script string) *Bench {
	t.Helper()
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("needs a shell")
	}
	folder := t.TempDir()
	return &Bench{
		Spoor: Program{program(t, folder, "some-spoor", script), "spoor"}, Folder: folder, Environment: os.Environ(), Runs: 2, Clock: time.Now,
	}
}

// tool asks a script for every workload but "group".
func tool(t *testing.T, b *Bench, name, script string) Tool {
	path := program(t, b.Folder, name, script)
	return Tool{Name: name, asks: func(workload string, d *Data) []string {
		if workload == "group" {
			return nil
		}
		return []string{path, d.Flat}
	}}
}

func workload(t *testing.T, name string) Workload {
	t.Helper()
	for _, w := range Workloads() {
		if w.Name == name {
			return w
		}
	}
	t.Fatalf("no workload %s", name)
	return Workload{}
}

const threeInTwo = `echo '{"count":1}'; echo '{"count":2,"x":"y"}'; echo '{"Bytes":2097152,"Objects":7}' > $SPOOR_BENCH_ALLOCATIONS`

func TestMeasure(t *testing.T) {
	b := stub(t, threeInTwo)
	tools := []Tool{
		tool(t, b, "same", `echo '{"n":"3"}{"n":0}'`),
		tool(t, b, "slow", `sleep 0.2; echo '{"n":2}{"n":1}'`),
		tool(t, b, "other", `echo '{"n":3}'`),
		tool(t, b, "broken", `echo no such option >&2; exit 2`),
		tool(t, b, "silent", `exit 9`),
		tool(t, b, "chatty", `echo hello`),
	}
	d := &Data{Name: "logs", Flat: "file", Bytes: 1e9, Records: 10}
	got, err := b.Measure(t.Context(), d, workload(t, "selective"), tools)
	if err != nil {
		t.Fatal(err)
	}
	notes := []string{"", "", "", "another answer: 1 rows with a sum of 3, not 2 rows with a sum of 3", "failed: no such option", "failed: exit status 9", "failed: row 1 of the answer is no JSON"}
	for i, r := range got {
		if !strings.HasPrefix(r.Note, notes[i]) || notes[i] == "" && r.Note != "" {
			t.Errorf("%s: note %q, want %q", r.Tool, r.Note, notes[i])
		}
		if measured := i < 4; measured != (r.Wall > 0) || measured == r.Cannot || r.Differs != (i == 3) {
			t.Errorf("%s: %+v", r.Tool, r)
		}
	}
	if own := got[0]; own.Rows != 2 || own.Allocated != 2<<20 || own.Objects != 7 || own.Ratio != 0 || own.Bytes != 1e9 {
		t.Errorf("spoor: %+v", own)
	}
	if slow := got[2]; slow.Wall < 200*time.Millisecond || slow.Ratio <= 1 || slow.Objects != 0 {
		t.Errorf("slow: %+v", slow)
	}
	for _, without := range []struct {
		workload, flat string
	}{{"group", "file"}, {"selective", ""}} {
		d.Flat = without.flat
		got, err := b.Measure(t.Context(), d, workload(t, without.workload), tools[:1])
		if err != nil || !got[1].Cannot || got[1].Note != "cannot" {
			t.Errorf("%v: %+v %v", without, got, err)
		}
	}
}

func TestTurns(t *testing.T) {
	b := stub(t, `echo a >> $0.log; `+threeInTwo)
	log := program(t, b.Folder, "some-spoor.log", "")
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	both := tool(t, b, "b", `echo b >> `+log+`; echo '{"n":3}{"n":0}'`)
	if _, err := b.Measure(t.Context(), &Data{Flat: "x"}, workload(t, "selective"), []Tool{both}); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(log); string(got) != "a\nb\na\nb\na\nb\n" {
		t.Errorf("the turns were %q", got)
	}
}

// What spoor itself cannot do ends the benchmark, but for what it says with an answer.
func TestSpoorFails(t *testing.T) {
	for script, want := range map[string]string{
		`echo 'unknown flag' >&2; exit 2`: "selective: spoor failed: unknown flag",
		`kill -9 $$`:                      "selective: spoor failed: signal: killed",
		`echo '{"n":1}'`:                  "selective: spoor failed: row 1 of the answer has no number count",
	} {
		_, err := stub(t, script).Measure(t.Context(), &Data{}, workload(t, "selective"), nil)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", script, err, want)
		}
	}
	got, err := stub(t, threeInTwo+`; echo 'a file broke' >&2; exit 3`).Measure(t.Context(), &Data{}, workload(t, "selective"), nil)
	if err != nil || got[0].Note != "a file broke" || got[0].Rows != 2 || got[0].Cannot {
		t.Errorf("%+v %v", got, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := stub(t, `exec sleep 60`).Measure(ctx, &Data{}, workload(t, "selective"), nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after an interrupt: %v", err)
	}
}

func TestLook(t *testing.T) {
	for name, c := range map[string]struct{ script, field, id string }{
		"sysmon":  {`echo '{"ProcessGuid":"{1-2}","process.entity_id":null}'`, "ProcessGuid", "{1-2}"},
		"elastic": {`echo '{"process.entity_id":"abc"}'`, "process.entity_id", "abc"},
		"neither": {``, "", ""},
	} {
		b := stub(t, `[ "$5" = --ledger ] && echo '{"total":{"bytes":1000,"records":3}}' > "$6"; `+c.script)
		d := &Data{Paths: []string{"a", "b"}}
		if err := b.Look(t.Context(), d); err != nil {
			t.Fatal(name, err)
		}
		if d.Bytes != 1000 || d.Records != 3 || d.IDField != c.field || d.ID != c.id {
			t.Errorf("%s: %+v", name, d)
		}
		if d.Can(workload(t, "process")) != (c.id != "") || d.Can(workload(t, "rules")) || !d.Can(workload(t, "pack")) {
			t.Errorf("%s: what can be asked is wrong", name)
		}
	}
	const nothing = `echo '{"total":{"records":0}}' > "$6"; `
	for script, want := range map[string]string{
		`echo 'wrong' >&2; exit 2`:                  "logs cannot be searched: wrong",
		nothing + `echo 'no such file' >&2; exit 3`: "logs cannot be searched: no such file",
		nothing: "logs cannot be searched: there are no records",
	} {
		err := stub(t, script).Look(t.Context(), &Data{Name: "logs"})
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", script, err, want)
		}
	}
}

// Of many rules some are asked that stand far from each other; of few, all of them and nothing else.
func TestFewer(t *testing.T) {
	b := stub(t, `case "$*" in
	rules*list*language=SPL*language=EQL*folder) for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do echo '{"rule":"R '$i'","language":"SPL"}'; done ;;
	*) echo '{"total":{"bytes":1000,"records":3}}' > "$6" ;;
esac`)
	d := &Data{Paths: []string{"a"}, Rules: "folder"}
	if err := b.Look(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range workload(t, "rules10").args(d) {
		if name, ok := strings.CutPrefix(a, "name="); ok {
			got = append(got, name)
		}
	}
	if want := "R 0,R 2,R 4,R 6,R 8,R 10,R 12,R 14,R 16,R 18"; strings.Join(got, ",") != want {
		t.Errorf("asked for %q, want %q", got, want)
	}
	for name, can := range map[string]bool{"rules1": true, "rules10": true, "rules100": false, "rules": true} {
		if d.Can(workload(t, name)) != can {
			t.Errorf("%s can be asked: %v", name, !can)
		}
	}
	for script, want := range map[string]string{
		`echo 'no rules there' >&2; exit 2`: "the rules in folder cannot be listed: no rules there",
		`echo '{"rule":'`:                   "the list of the rules in folder: unexpected EOF",
	} {
		if err := stub(t, script).list(t.Context(), &Data{Rules: "folder"}); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", script, err, want)
		}
	}
}

func TestPrepare(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	err := stub(t, `echo "$@"`).Prepare(t.Context(), "flat", 12, file)
	if text, _ := os.ReadFile(file); err != nil || string(text) != "generate --form flat --events 12 --attacks 1\n" {
		t.Errorf("%q %v", text, err)
	}
	if err := stub(t, `exit 1`).Prepare(t.Context(), "flat", 12, file); err == nil {
		t.Error("no error")
	}
}

func TestFlat(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"sysmon":     {`{"EventID":"1","UtcTime":"2025-03-03 06:00:00.004"}` + "\nmore", true},
		"elastic":    {`{"@timestamp":"2025-03-03T06:00:00.004Z","event":{"kind":"event"}}` + "\n", false},
		"nested":     {`{"Event":{"System":{"EventID":1}}}` + "\n", false},
		"numbers":    {`{"EventID":1,"UtcTime":"2025-03-03 06:00:00.004"}` + "\n", false},
		"syslog":     {"Mar  3 06:00:00 host sysmon: <Event></Event>\n", false},
		"compressed": {"\x28\xb5\x2f\xfd", false},
		"empty":      {"", false},
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := flat([]string{path}); (got == path) != c.want || !c.want && got != "" {
			t.Errorf("%s: %q", name, got)
		}
		if flat([]string{path, path}) != "" {
			t.Errorf("%s: two files are not one", name)
		}
	}
}
