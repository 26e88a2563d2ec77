package generate

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestEveryFormTellsTheSame(t *testing.T) {
	c := Config{Events: 6000, Hosts: 10, Seed: 3, Attacks: 5}
	c.Form = "xml"
	data, _ := write(t, c)
	want := decodeAll(t, "xml", data)
	if len(want) != c.Events {
		t.Fatalf("%d events, want %d", len(want), c.Events)
	}
	for form := range decoders {
		c.Form = form
		data, _ := write(t, c)
		got := decodeAll(t, form, data)
		if len(got) != len(want) {
			t.Fatalf("%s: %d events, want %d", form, len(got), len(want))
		}
		for i := range want {
			if !maps.Equal(got[i], want[i]) {
				t.Fatalf("%s: event %d is\n%v, want\n%v", form, i, got[i], want[i])
			}
		}
	}
}

// Every kind has the fields of the published schema, in its order; the parse by name above would not see the order.
func TestFieldsInOrder(t *testing.T) {
	data, _ := write(t, Config{Form: "flat", Events: 30_000, Hosts: 5, Seed: 1})
	first := map[string]string{}
	for _, line := range lines(data) {
		d, _ := decodeFlat(line)
		if first[d["EventID"]] == "" {
			first[d["EventID"]] = line
		}
	}
	for _, k := range kinds {
		line := first[strconv.Itoa(k.id)]
		if line == "" {
			t.Errorf("no event %d", k.id)
			continue
		}
		at := 0
		for _, name := range k.names {
			i := strings.Index(line[at:], `"`+name+`":"`)
			if i < 0 {
				t.Fatalf("event %d: %s is missing or out of order in %s", k.id, name, line)
			}
			at += i
		}
	}
}

func TestSyslogPrefix(t *testing.T) {
	c := Config{Form: "syslog", Events: 200, Start: time.Date(2024, 12, 31, 23, 59, 0, 0, time.UTC)}
	for _, modern := range []bool{false, true} {
		c.RFC3339 = modern
		layout := time.Stamp
		if modern {
			layout = "2006-01-02T15:04:05.000000-07:00"
		}
		data, _ := write(t, c)
		for _, line := range lines(data) {
			d, err := decodeSyslog(line)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339, d["SystemTime"])
			if err != nil {
				t.Fatal(err)
			}
			if want := at.Format(layout) + " " + d["Computer"] + " sysmon: <Event>"; !strings.HasPrefix(line, want) {
				t.Fatalf("%s does not begin with %s", line, want)
			}
		}
	}
}

type ecsEvent struct {
	Timestamp time.Time `json:"@timestamp"`
	Event     struct {
		Category, Type []string
		Action         string
		Sequence       uint64
	}
	Host struct {
		ID   string
		Name string
		OS   struct{ Type string }
	}
	User    struct{ ID, Name string }
	Process struct {
		PID              uint32
		EntityID         string `json:"entity_id"`
		Executable, Name string
		CommandLine      string `json:"command_line"`
		Args             []string
		ArgsCount        int    `json:"args_count"`
		WorkingDirectory string `json:"working_directory"`
		Parent           struct {
			PID         uint32
			EntityID    string `json:"entity_id"`
			Executable  string
			CommandLine string `json:"command_line"`
		}
	}
	Source, Destination struct {
		IP   string
		Port int
	}
	File struct{ Path, Name, Extension string }
}

// pairs lists what an event of the ecs form says and what it should say, given the same event in Sysmon's terms.
func (e ecsEvent) pairs(w decoded) [][2]string {
	pairs := [][2]string{
		{e.Host.Name, w["Computer"]}, {e.Host.OS.Type, "linux"}, {strconv.FormatUint(e.Event.Sequence, 10), w["EventRecordID"]},
	}
	if w["ProcessId"] != "" {
		pairs = append(pairs, [2]string{strconv.Itoa(int(e.Process.PID)), w["ProcessId"]},
			[2]string{e.Process.Executable, missing(w["Image"])}, [2]string{e.User.Name, missing(w["User"])})
	}
	action := ""
	switch w["EventID"] {
	case "1":
		action = "process start exec"
		pairs = append(pairs, [2]string{e.Process.CommandLine, missing(w["CommandLine"])},
			[2]string{strings.Join(e.Process.Args, " "), missing(w["CommandLine"])},
			[2]string{strconv.Itoa(e.Process.ArgsCount), strconv.Itoa(len(e.Process.Args))},
			[2]string{e.Process.WorkingDirectory, w["CurrentDirectory"]},
			[2]string{strconv.Itoa(int(e.Process.Parent.PID)), w["ParentProcessId"]},
			[2]string{e.Process.Parent.Executable, missing(w["ParentImage"])},
			[2]string{e.Process.Parent.CommandLine, missing(w["ParentCommandLine"])})
	case "3":
		action = "network start connection_attempted"
		if w["Initiated"] == "false" {
			action = "network start connection_accepted"
		}
		pairs = append(pairs, [2]string{e.Source.IP, w["SourceIp"]}, [2]string{e.Destination.IP, w["DestinationIp"]},
			[2]string{strconv.Itoa(e.Source.Port), w["SourcePort"]}, [2]string{strconv.Itoa(e.Destination.Port), w["DestinationPort"]})
	case "5":
		action = "process end end"
		pairs = append(pairs, [2]string{e.Process.CommandLine, ""})
	case "11":
		action = "file creation creation"
		pairs = append(pairs, [2]string{e.File.Path, w["TargetFilename"]})
	case "23":
		action = "file deletion deletion"
		pairs = append(pairs, [2]string{e.File.Path, w["TargetFilename"]})
	}
	if action != "" {
		got := strings.Join(slices.Concat(e.Event.Category, e.Event.Type, []string{e.Event.Action}), " ")
		pairs = append(pairs, [2]string{got, action})
	}
	return pairs
}

// missing is what the ecs form leaves out.
func missing(s string) string {
	if s == "-" || s == "(null)" || s == "<unknown process>" {
		return ""
	}
	return s
}

func TestECSTellsTheSame(t *testing.T) {
	c := Config{Events: 6000, Hosts: 10, Seed: 3, Attacks: 5, Form: "flat"}
	data, _ := write(t, c)
	want := decodeAll(t, "flat", data)
	c.Form = "ecs"
	data, _ = write(t, c)
	for i, line := range lines(data) {
		var e ecsEvent
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		w := want[i]
		for j, p := range e.pairs(w) {
			if p[0] != p[1] {
				t.Fatalf("event %d, pair %d: %q, want %q\n%s\n%v", i, j, p[0], p[1], line, w)
			}
		}
	}
}
