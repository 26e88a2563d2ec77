package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

// screen is a shell whose streams are terminals, unless a test says otherwise.
type screen struct {
	shell
	stdout, stderr bytes.Buffer
}

func newScreen(t *testing.T, input string) *screen {
	s := &screen{}
	s.shell = shell{
		in: strings.NewReader(input), out: &s.stdout, err: &s.stderr,
		outTerminal: true, errTerminal: true, width: 100,
		errWidth: func() int { return 100 },
		env:      func(string) string { return "" },
		now:      func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) },
		config:   t.TempDir(),
	}
	return s
}

func (s *screen) run(args ...string) exit { return run(context.Background(), args, &s.shell) }

func TestTerminalWithoutInput(t *testing.T) {
	s := newScreen(t, "")
	s.inTerminal = true
	if code := s.run("search", "EventID=1"); code != misused {
		t.Errorf("code %d", code)
	}
	if !strings.Contains(s.stderr.String(), "no input: name files") || s.stdout.Len() > 0 {
		t.Errorf("said %q", s.stderr.String())
	}
}

// event is a log line whose command would clear the screen and turn the text around.
const event = `{"EventID":"1","UtcTime":"2026-03-01 11:30:00.000","SystemTime":"2026-03-01T11:30:00.000000000Z","Computer":"h",` +
	`"Channel":"Linux-Sysmon/Operational","ProcessId":"7","Image":"/bin/sh","CommandLine":"a\u001b[2J\u202eb"}` + "\n"

func TestTerminalNeverSeesControlCharacters(t *testing.T) {
	for _, format := range []string{"table", "json", "ndjson", "csv", "tsv", "raw"} {
		s := newScreen(t, event)
		if code := s.run("search", "EventID=1 | table CommandLine", "--color", "never", "-o", format); code != done {
			t.Fatalf("%s: code %d: %s", format, code, s.stderr.String())
		}
		got := s.stdout.String() + s.stderr.String()
		if strings.ContainsAny(got, "\x1b\u202e") || !strings.Contains(got, `\u202e`) {
			t.Errorf("%s: %q", format, got)
		}
	}
}

func TestTerminalGetsATable(t *testing.T) {
	s := newScreen(t, event)
	if code := s.run("search", "EventID=1 | stats count by Image"); code != done {
		t.Fatalf("code %d: %s", code, s.stderr.String())
	}
	for _, want := range []string{"Image", "│", "/bin/sh", "1 row, times in UTC"} {
		if !strings.Contains(s.stdout.String(), want) {
			t.Errorf("%q is missing in\n%s", want, s.stdout.String())
		}
	}
}

func TestInterruptedBeforeTheStart(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := newScreen(t, event)
	if code := run(ctx, []string{"search", "EventID=1"}, &s.shell); code != interrupted {
		t.Errorf("code %d", code)
	}
}

func TestColored(t *testing.T) {
	for _, c := range []struct {
		when     string
		terminal bool
		env      map[string]string
		want     bool
	}{
		{"auto", true, nil, true},
		{"auto", false, nil, false},
		{"auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"auto", true, map[string]string{"TERM": "dumb"}, false},
		{"always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", true, nil, false},
	} {
		s := shell{env: func(name string) string { return c.env[name] }}
		if got := s.colored(c.when, c.terminal); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestHarmless(t *testing.T) {
	if got := harmless("a\x1b[0m\n\tb\u202e"); got != "a\\x1b[0m\n\tb\\u202e" {
		t.Errorf("got %q", got)
	}
}

func TestASCII(t *testing.T) {
	for _, c := range []struct {
		env      string
		terminal bool
		want     bool
	}{
		{"", false, true}, // as in cron
		{"", true, false},
		{"LANG=en_US.UTF-8", false, false},
		{"LANG=de_DE.utf8", false, false},
		{"LANG=C", true, true},
		{"LC_ALL=C LANG=en_US.UTF-8", true, true},
		{"LC_CTYPE=POSIX LANG=en_US.UTF-8", false, true},
		{"LC_ALL=C.UTF-8 LANG=C", false, false},
	} {
		s := &shell{env: func(name string) string {
			for _, pair := range strings.Fields(c.env) {
				if value, ok := strings.CutPrefix(pair, name+"="); ok {
					return value
				}
			}
			return ""
		}}
		if got := s.ascii(c.terminal); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
