package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// oddLogs is logs in which something is wrong that is no error: what is damaged is passed over and counted.
func oddLogs(t *testing.T) map[string]string {
	t.Helper()
	whole := read(t, filepath.Join("..", "..", "examples", "logs", "service_restarts.json"))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(whole))
	_ = z.Close()
	return map[string]string{
		"good":         whole,
		"packed":       packed.String(),
		"empty":        "",
		"blank lines":  "\n\n\r\n \n",
		"no line end":  strings.TrimSuffix(whole, "\n"),
		"cut off":      whole[:len(whole)-100],
		"others":       "Mar  1 11:00:00 web1 cron[7]: (root) CMD (true)\n",
		"binary":       "\x7fELF\x02\x01\x01\x00\x00\xff\xfe\x80\x00\n\x00\x01\x02",
		"invalid text": strings.ReplaceAll(whole, "root", "ro\xffot"),
		"broken JSON":  strings.ReplaceAll(whole, `":"`, `":`),
		"half XML":     "<Event><System><EventID>1</EventID>",
		"no times":     `{"EventID":"1","Image":"/bin/sh","Computer":"web1"}` + "\n",
		"far times":    strings.ReplaceAll(whole, "2024-05-06", "9999-99-99"),
		"a long line":  strings.Repeat("x", 1<<20),
	}
}

// A quiet run that finds nothing writes nothing at all, whatever the data and the format, and exits as a loud one does.
func TestQuiet(t *testing.T) {
	folder := t.TempDir()
	rules := filepath.Join(folder, "rules")
	if err := os.Mkdir(rules, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"none.yml": "title: None\nlanguage: spl\ncolour: red\nquery: search EventID=1 Image=*/nosuch\n",
		"twin.yml": "title: None\nlanguage: spl\nquery: search EventID=1 Image=*/nosuch\n",
		"fire.yml": "title: Never\nlanguage: spl\nquery: search EventID=1 no_such_field=*\n",
		"eql.yml":  "title: Sequence\nlanguage: eql\nquery: sequence with maxspan=5s [process where process.name == \"nosuch\"] [network where true]\n",
		"data.yml": "title: Unfed\nlanguage: spl\nquery: '| tstats count from datamodel=Web by Web.url'\n",
	} {
		if err := os.WriteFile(filepath.Join(rules, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range oddLogs(t) {
		log := filepath.Join(folder, name)
		if err := os.WriteFile(log, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, line := range [][]string{
			{"search", "EventID=1 Image=*/nosuch", log},
			{"search", "| tstats count from datamodel=Endpoint.Processes where Processes.process_name=nosuch by Processes.dest", log},
			{"search", "EventID=1 Image=*/nosuch", "-"},
			{"eql", `sequence by host.id with maxspan=5s [process where process.name == "nosuch"] [network where true]`, log},
			{"detect", rules, "--data", log},
			{"detect", rules, "--data", "-"},
		} {
			quietAs(t, name, text, line)
		}
	}
}

// quietAs runs a command line with -q, in every format if the log is good, and without.
func quietAs(t *testing.T, name, text string, line []string) {
	t.Helper()
	with := func(more ...string) (exit, string, string) {
		s, out, said := silentShell(t)
		s.in = strings.NewReader(text)
		code := run(context.Background(), append(line[:len(line):len(line)], more...), s)
		return code, out.String(), said.String()
	}
	want, _, loud := with()
	formats := []string{"csv"}
	switch {
	case name != "good":
	case line[0] == "detect":
		formats = findingFormats()
	default:
		formats = formatNames()
	}
	for _, format := range formats {
		more := []string{"-q", "-o", format}
		code, out, said := with(more...)
		if want == done && (out != "" || said != "") || code != want {
			t.Errorf("%s: %q %s: exit code %d, want %d\n%s%s", name, line, more, code, want, out, said)
		}
		if code != done && said == "" {
			t.Errorf("%s: %q %s: exit code %d, and nobody says why; without -q\n%s", name, line, more, code, loud)
		}
	}
	if name != "good" && name != "empty" {
		return
	}
	if code, out, said := with("-q", "-v"); want == done && (code != done || out != "" || strings.Count(said, "\n") != 1 || !strings.HasPrefix(said, "spoor: ") || !strings.Contains(said, " found=0 ") && !strings.HasPrefix(said, "spoor: found=0 ")) {
		t.Errorf("%s: %q -q -v: exit code %d\n%s%s", name, line, code, out, said)
	}
}

// What is found is written by a quiet run as by a loud one, in every format.
func TestQuietFinds(t *testing.T) {
	log := filepath.Join("..", "..", "examples", "logs", "service_restarts.json")
	rule := filepath.Join("..", "..", "examples", "rules", "linux_service_restarted.yml")
	type use struct {
		line    []string
		formats []string
	}
	for _, c := range []use{
		{[]string{"search", "EventID=1 | stats count by Image", log}, formatNames()},
		{[]string{"eql", "process where true", log}, formatNames()},
		{[]string{"detect", rule, "--data", log}, findingFormats()},
		{[]string{"detect", rule, "--data", log, "--by", "risk"}, formatNames()},
	} {
		for _, format := range c.formats {
			var got [2]string
			for i, flag := range []string{"--quiet=true", "--quiet=false"} {
				s, out, said := silentShell(t)
				line := append(c.line[:len(c.line):len(c.line)], "-o", format, flag)
				if code := run(context.Background(), line, s); code != done || i == 0 && said.Len() > 0 {
					t.Errorf("%q: exit code %d, said %q", line, code, said)
				}
				got[i] = out.String()
			}
			if got[0] != got[1] {
				t.Errorf("%q -o %s: quiet\n%sloud\n%s", c.line, format, got[0], got[1])
			}
		}
	}
}
