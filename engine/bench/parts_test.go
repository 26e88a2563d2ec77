package bench

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		runs []int
		want time.Duration
	}{{[]int{7}, 7}, {[]int{1, 3}, 2}, {[]int{9, 1, 2}, 2}, {[]int{40, 10, 20, 30}, 25}, {[]int{5, 5, 1, 100, 5}, 5}} {
		var runs []measurement
		for _, n := range c.runs {
			runs = append(runs, measurement{wall: time.Duration(n)})
		}
		if got := median(runs, measurement.wallTime); got != c.want {
			t.Errorf("%v: %d, want %d", c.runs, got, c.want)
		}
	}
}

func TestReadAnswer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "answer")
	for _, c := range []struct {
		text, column string
		want         answer
		wrong        string
	}{
		{"", "n", answer{0, 0}, ""},
		{"{\"n\":1}\n{\"n\":\"41\"}\n", "n", answer{2, 42}, ""},
		{`{"a":{"b":[1]}}`, "", answer{1, 0}, ""},
		{`{"n":1.5}`, "n", answer{}, "row 1 of the answer has no number n"},
		{`{"n":1}{"n":null}`, "n", answer{}, "row 2 of the answer has no number n"},
		{`{"n":1`, "n", answer{}, "row 1 of the answer is no JSON"},
	} {
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readAnswer(file, c.column)
		if c.wrong == "" && (err != nil || got != c.want) || c.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), c.wrong)) {
			t.Errorf("%s: %v, %v", c.text, got, err)
		}
	}
}

func TestMachine(t *testing.T) {
	files := map[string]string{"/proc/cpuinfo": "processor\t: 0\nmodel name\t: A Fast One\nmodel name\t: another\n", "/proc/loadavg": "0.50 1.00 2.00 1/234 5\n"}
	got := Machine(func(name string) ([]byte, error) { return []byte(files[name]), nil })
	if !strings.HasPrefix(got, "A Fast One, ") || !strings.HasSuffix(got, "load average 0.50 1.00 2.00") {
		t.Error(got)
	}
	got = Machine(func(string) ([]byte, error) { return nil, errors.New("no such file") })
	if !strings.HasSuffix(got, "load average unknown") {
		t.Error(got)
	}
}

// Every tool answers each workload in words that hold the file and, of a process, its id, or not at all.
func TestCommands(t *testing.T) {
	d := &Data{Flat: `/logs/it's %s "one"`, ID: "{12-34}"}
	answers := map[string][]string{
		"duckdb":       {"selective", "group", "process", "distinct"},
		"clickhouse":   {"selective", "group", "process", "distinct"},
		"ripgrep | jq": {"selective", "process"},
	}
	for _, tool := range Tools() {
		for _, w := range Workloads() {
			args := tool.asks(w.Name, d)
			if can := slices.Contains(answers[tool.Name], w.Name); can != (args != nil) {
				t.Errorf("%s, %s: %q", tool.Name, w.Name, args)
			} else if !can {
				continue
			}
			text := strings.NewReplacer("''", "'", `'\''`, "'").Replace(strings.Join(args, " "))
			if !strings.Contains(text, d.Flat) || strings.Contains(text, d.ID) != (w.Name == "process") {
				t.Errorf("%s, %s: %s", tool.Name, w.Name, text)
			}
		}
	}
}

// What ripgrep and jq are told finds what it should, where they are installed.
func TestRipgrep(t *testing.T) {
	tool := Tools()[1]
	if missing := tool.Missing(); len(missing) > 0 {
		t.Skipf("needs %v", missing)
	}
	file := filepath.Join(t.TempDir(), "it's a log")
	start := func(id, image, line string) string {
		return `{"EventID":"` + id + `","UtcTime":"2025-03-03 06:00:00.004","ProcessGuid":"{12-34}","Image":"` + image + `","ParentImage":"/bin/sh","CommandLine":"` + line + `"}` + "\n"
	}
	text := start("1", "/usr/bin/systemctl", "systemctl restart x") + start("1", "/usr/bin/systemctl", "systemctl restart x") +
		start("1", "/sbin/SERVICE", "x reload") + start("1", "/bin/sh", "sh -c 'SystemCtl Enable y'") +
		start("1", "/bin/sh", "sh restart") + start("1", "/usr/bin/systemctl", "systemctl status") + start("11", "/usr/bin/systemctl", "systemctl restart x")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]answer{"selective": {3, 4}, "process": {7, 0}} {
		args := tool.asks(name, &Data{Flat: file, ID: "{12-34}"})
		out, err := exec.Command(args[0], args[1:]...).Output()
		if err != nil {
			t.Fatal(name, err)
		}
		answered := filepath.Join(t.TempDir(), "answer")
		if err := os.WriteFile(answered, out, 0o600); err != nil {
			t.Fatal(err)
		}
		counts := map[string]string{"selective": "n"}[name]
		if got, err := readAnswer(answered, counts); err != nil || got != want {
			t.Errorf("%s: %v %v, want %v\n%s", name, got, err, want, out)
		}
	}
}

func TestMissing(t *testing.T) {
	bin := t.TempDir()
	program(t, bin, "rg", "echo ripgrep 1.2; echo more")
	program(t, bin, "sh", "")
	t.Setenv("PATH", bin)
	tool := Tools()[1]
	if got := tool.Missing(); !slices.Equal(got, []string{"jq"}) {
		t.Errorf("missing: %q", got)
	}
	if got := tool.Version(t.Context()); got != "ripgrep 1.2, jq of an unknown version" {
		t.Error(got)
	}
}

func TestRows(t *testing.T) {
	got := Rows([]Result{
		{Data: "flat", Workload: "group", Tool: "spoor", Wall: 2 * time.Second, CPU: 3 * time.Second, Peak: 3 << 19, Bytes: 5e9, Records: 1e6, Rows: 4},
		{Data: "flat", Workload: "group", Tool: "other", Cannot: true, Note: "cannot"},
	})
	want := map[string][2]string{
		"data": {"flat", "flat"}, "tool": {"spoor", "other"}, "seconds": {"2"}, "gb_per_s": {"2.5"}, "events_per_s": {"500000"}, "cpu_seconds": {"3"},
		"peak_mib": {"1.5"}, "allocations": {}, "allocated_mib": {}, "rows": {"4"}, "ratio": {}, "note": {"", "cannot"}, "workload": {"group", "group"},
	}
	for i, c := range Columns() {
		for row := range 2 {
			text := ""
			if v := got.Cols[i].Value(row); !v.IsNull() {
				text = v.String()
			}
			if text != want[c.Name][row] {
				t.Errorf("%s of row %d: %q, want %q", c.Name, row, text, want[c.Name][row])
			}
		}
	}
}
