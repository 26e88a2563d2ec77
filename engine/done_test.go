package engine_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/grammar/source"
	"spoor/macros"
)

// restarted is the published search for restarted services.
func restarted(t testing.TB) *source.Text {
	return readQuery(t, examples+"searches/linux_service_restarted.spl")
}

// found is a row of that search.
type found struct {
	Dest      string `json:"dest"`
	User      string `json:"user"`
	Process   string `json:"process"`
	ID        string `json:"process_id"`
	GUID      string `json:"process_guid"`
	Count     int    `json:"count"`
	FirstTime string `json:"firstTime"`
}

// key tells a process from all others.
func (f found) key() string { return f.Dest + " " + f.GUID + " " + f.ID }

func rowsOf(t testing.TB, o engine.Options, file string) []found {
	t.Helper()
	a := ask(t, restarted(t), o, []string{file}, allOn)
	if a.errors != "" {
		t.Fatal(a.errors)
	}
	var out []found
	for line := range strings.Lines(a.rows) {
		var f found
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

const clock = "2006-01-02T15:04:05"

// TestPlantedEventsAreFound searches every form that the generator writes, with and without damage: each planted restart is found, at
// its time, and nothing else is.
func TestPlantedEventsAreFound(t *testing.T) {
	for _, form := range generate.Forms() {
		for name, damage := range map[string]generate.Damage{"whole": {}, "damaged": generate.Realistic()} {
			t.Run(form+"/"+name, func(t *testing.T) {
				file, truth := planted(t, generate.Config{Form: form, Events: 30_000, Attacks: 1, Seed: 11, Damage: damage})
				want := map[string]string{}
				for _, p := range truth.Matches("Linux Service Restarted") {
					guid := p.ProcessGUID
					if form == "ecs" {
						guid = p.EntityID
					}
					want[found{Dest: p.Computer, GUID: guid, ID: fmt.Sprint(p.ProcessID)}.key()] = p.Time.Format(clock)
				}
				if len(want) == 0 {
					t.Fatal("nothing was planted")
				}
				got := map[string]string{}
				for _, f := range rowsOf(t, engine.Options{}, file) {
					got[f.key()] = f.FirstTime
					if _, ok := want[f.key()]; !ok {
						t.Errorf("found what was not planted: %+v", f)
					} else if name == "whole" && f.Count != 1 {
						t.Errorf("found %d times: %+v", f.Count, f)
					}
				}
				if !maps.Equal(got, want) {
					t.Errorf("found\n%v\nwant\n%v", got, want)
				}
			})
		}
	}
}

// TestHourlyRunsFindEachRestartOnce runs the search 25 times as cron would over a day, on the hour and seconds late, each time over -70m@m to -10m@m.
func TestHourlyRunsFindEachRestartOnce(t *testing.T) {
	day := time.Date(2025, time.March, 4, 0, 0, 0, 0, time.UTC)
	file, truth := planted(t, generate.Config{Events: 20_000, Hosts: 2, Rate: 0.12, Attacks: 8, Seed: 3, Start: day})
	if truth.Last.After(day.Add(24*time.Hour + 50*time.Minute)) {
		t.Fatalf("the generated day lasts until %s", truth.Last)
	}
	want := map[string]int{}
	for _, p := range truth.Matches("Linux Service Restarted") {
		want[found{Dest: p.Computer, GUID: p.ProcessGUID, ID: fmt.Sprint(p.ProcessID)}.key()]++
	}
	if len(want) < 20 {
		t.Fatalf("only %d restarts in the generated day", len(want))
	}
	log, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 48 { // on both sides of every border, not in the order of time
		at := day.Add(time.Duration((i*7)%24)*time.Hour + 50*time.Minute - time.Duration(i%2)*time.Millisecond)
		f := found{Dest: "edge", GUID: fmt.Sprintf("{%d}", i), ID: fmt.Sprint(i)}
		want[f.key()]++
		fmt.Fprintf(log, `{"EventID":"1","Computer":"edge","UtcTime":"%s","ProcessGuid":"%s","ProcessId":"%s","Image":"/usr/bin/systemctl","CommandLine":"systemctl restart %d"}`+"\n",
			at.Format("2006-01-02 15:04:05.000"), f.GUID, f.ID, i)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	for _, late := range []time.Duration{0, 7 * time.Second} {
		got := map[string]int{}
		for hour := range 25 {
			o := engine.Options{Earliest: "-70m@m", Latest: "-10m@m", Now: day.Add(time.Duration(hour+1)*time.Hour + late)}
			for _, f := range rowsOf(t, o, file) {
				got[f.key()] += f.Count
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s late: found\n%v\nwant\n%v", late, got, want)
		}
	}
}

// TestFilterMacro defines the search's filter in a macros.conf: the rows of that user are gone, and no others.
func TestFilterMacro(t *testing.T) {
	library := macros.Builtin()
	if errs := library.Load(source.New("macros.conf", "[linux_service_restarted_filter]\ndefinition = search NOT user=ansible\n")); errs.Failed() {
		t.Fatal(errs)
	}
	all := rowsOf(t, engine.Options{}, restarts+".json")
	kept := rowsOf(t, engine.Options{Macros: library}, restarts+".json")
	want := slices.DeleteFunc(slices.Clone(all), func(f found) bool { return f.User == "ansible" })
	if len(want) == len(all) || !slices.Equal(kept, want) {
		t.Errorf("kept %v\nof %v", kept, all)
	}
}

// attack is the files that hold the 93 events of one recorded attack: those of the decoders' tests and, if SPOOR_DATA names a folder
// with the directory derived in it, the files there.
func attack(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("input/format/testdata/otrf_*.gz")
	if err != nil || len(files) < 10 {
		t.Fatal("no recorded attack", err)
	}
	if folder := os.Getenv("SPOOR_DATA"); folder != "" {
		if !filepath.IsAbs(folder) {
			folder = filepath.Join("..", folder)
		}
		more, err := filepath.Glob(filepath.Join(folder, "derived", "otrf_*"))
		if err != nil || len(more) == 0 {
			t.Fatalf("nothing in %s: %v", folder, err)
		}
		files = append(files, more...)
	}
	return slices.DeleteFunc(files, func(f string) bool { return strings.Contains(f, "auoms") }) // another recording
}

// TestRecordedAttack finds the 31 starts and 50 ends of processes of a recorded attack, row for row alike in every form.
func TestRecordedAttack(t *testing.T) {
	files := attack(t)
	want := ""
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			a := ask(t, source.New("query", "| tstats count from datamodel=Endpoint.Processes by Processes.process_name Processes.process_id Processes.process_guid"), engine.Options{}, []string{f}, allOn)
			if want == "" {
				want = a.rows
			}
			diff(t, "rows", a.rows, want)
			a = ask(t, source.New("query", "| tstats count from datamodel=Endpoint.Processes by Processes.action"), engine.Options{}, []string{f}, allOn)
			diff(t, "starts and ends", a.rows, `{"Processes.action":"allowed","count":31}`+"\n"+`{"Processes.action":"blocked","count":50}`+"\n")
		})
	}
}
