package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/examples"
)

// sandbox is a folder in which lines of a crontab run as cron runs them, over the logs of the examples.
type sandbox struct {
	t    *testing.T
	bin  string
	home string
}

func newSandbox(t *testing.T) *sandbox {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("needs sh")
	}
	s := &sandbox{t: t, bin: filepath.Dir(program(t)), home: t.TempDir()}
	logs, err := filepath.Abs(filepath.Join("..", "..", "examples", "logs"))
	if err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{"journalctl": "cat '" + logs + "/service_restarts.journal.json'", "logger": "cat > '" + s.home + "/logged'"} {
		if err := os.WriteFile(filepath.Join(s.bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// run runs the command of a line at a time, with what cron has of an environment, and gives what would be mailed.
func (s *sandbox) run(command, now string) string {
	s.t.Helper()
	command = strings.NewReplacer(`\%`, "%", "/usr/local/bin/spoor", "spoor", "/etc/spoor/rules", "examples/rules", "/etc/spoor/", "examples/searches/",
		"/var/lib/spoor", s.home, "/var/log/syslog.1", "", "/var/log/syslog", "examples/logs/service_restarts.log").Replace(command)
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = []string{"PATH=" + s.bin + ":/usr/bin:/bin", "HOME=" + s.home, "LOGNAME=secmon", "SHELL=/bin/sh", "SPOOR_NOW=" + now}
	var mail bytes.Buffer
	cmd.Stdout, cmd.Stderr = &mail, &mail
	if err := cmd.Run(); err != nil {
		s.t.Fatalf("%s: %v\n%s", command, err, mail.String())
	}
	return mail.String()
}

// jobs is the commands of a crontab, each of which cron would run as it stands.
func jobs(t *testing.T) (commands []string) {
	t.Helper()
	line := regexp.MustCompile(`^((?:\S+ ){5})(.+)$`)
	for l := range strings.Lines(examples.Scheduled("crontab")) {
		l = strings.TrimSuffix(l, "\n")
		if l == "" || l[0] == '#' || strings.HasPrefix(l, "MAILTO=") {
			continue
		}
		m := line.FindStringSubmatch(l)
		if m == nil {
			t.Fatalf("no line of a crontab: %s", l)
		}
		if _, err := schedule.Of(&rules.Rule{Schedule: rules.Schedule{Cron: strings.TrimSpace(m[1])}}, nil); err != nil {
			t.Error(err)
		}
		if strings.Contains(strings.ReplaceAll(m[2], `\%`, ""), "%") {
			t.Errorf("cron would cut this at %%: %s", l)
		}
		if len(m[2]) > schedule.LongestCron {
			t.Errorf("cron does not take so much: %s", l)
		}
		commands = append(commands, m[2])
	}
	return commands
}

// block is the block of the page that begins with a line, without its margin.
func block(t *testing.T, page, first string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, "\n    "+first)
	if !ok {
		t.Fatalf("the page has no %q", first)
	}
	text, _, _ := strings.Cut(first+rest, "\n\n")
	return strings.ReplaceAll(text, "\n    ", "\n") + "\n"
}

// The crontab of the examples: the mails that its page shows, the file and the line in the journal, and no mail when there is nothing to tell.
func TestScheduledByCron(t *testing.T) {
	s, page, commands := newSandbox(t), examples.Scheduled("README.md"), jobs(t)
	if len(commands) != 4 {
		t.Fatalf("%d commands", len(commands))
	}
	for i, c := range []struct{ at, mail string }{
		{"2024-05-06T10:10:42Z", block(t, page, " dest           | user")}, {"2024-05-06T10:00:42Z", ""}, {"2024-05-06T11:10:07Z", block(t, page, "Linux Service Restarted: 3")},
	} {
		if got := s.run(commands[i], c.at); got != c.mail {
			t.Errorf("%s\nmails\n%swant\n%s", commands[i], got, c.mail)
		}
		if got := s.run(commands[i], "2024-05-07T00:00:00Z"); got != "" {
			t.Errorf("%s\nfinds nothing, and mails\n%s", commands[i], got)
		}
	}
	if got := read(t, filepath.Join(s.home, "2024-05-06", "restarts-10.csv")); strings.Count(got, "\n") != 4 {
		t.Errorf("want a header and 3 rows:\n%s", got)
	}
	s.run(commands[1], "2024-05-06T10:00:59Z")
	took := regexp.MustCompile(`took=\S+`)
	if got, want := read(t, filepath.Join(s.home, "logged")), block(t, page, "spoor: found=3"); took.ReplaceAllString(got, "") != took.ReplaceAllString(want, "") {
		t.Errorf("the journal has\n%swant\n%s", got, want)
	}
}

// Runs that know of each other: what was told is not told again, and a run that was missed is made up for.
func TestScheduledWithState(t *testing.T) {
	s, page, command := newSandbox(t), examples.Scheduled("README.md"), jobs(t)[3]
	if got := s.run(command, "2024-05-06T10:00:42Z"); !strings.Contains(got, "3 findings") {
		t.Errorf("at ten:\n%s", got)
	}
	if got := s.run(command, "2024-05-06T10:05:03Z"); got != "" {
		t.Errorf("nothing is due, and this is mailed:\n%s", got)
	}
	narrow := func(table string) string { // columns are as wide as the name of the log
		table = strings.ReplaceAll(table, "examples/logs/service_restarts.log", "/var/log/syslog")
		return regexp.MustCompile(`( |-)+`).ReplaceAllString(table, "$1")
	}
	if got, want := s.run(command, "2024-05-06T12:00:07Z"), block(t, page, "Linux Service Restarted: 5"); narrow(got) != narrow(want) {
		t.Errorf("at noon\n%swant\n%s", got, want)
	}
}

// The journal as it is written: the lines that the page shows are among those that come.
func TestFollowedJournal(t *testing.T) {
	s, page := newSandbox(t), examples.Scheduled("README.md")
	got := s.run(strings.TrimSpace(block(t, page, "journalctl -f")), "2024-05-06T12:00:00Z")
	if want := block(t, page, `{"_time":"2024-05-06T10:05:09.999Z"`); !strings.Contains(got, want) {
		t.Errorf("got\n%swant among it\n%s", got, want)
	}
}

// The units of the examples are those that the command of the page prints.
func TestScheduledBySystemd(t *testing.T) {
	page := examples.Scheduled("README.md")
	folder, err := filepath.Abs(filepath.Join("..", "..", "examples", "rules"))
	if err != nil {
		t.Fatal(err)
	}
	args := strings.Fields(strings.ReplaceAll(block(t, page, "spoor schedule "), "'", ""))
	args[2] = folder
	sh, out, _ := silentShell(t)
	if code := run(context.Background(), args[1:], sh); code != done {
		t.Fatalf("exit code %d", code)
	}
	want := "# /etc/systemd/system/spoor.service\n" + examples.Scheduled("spoor.service") + "\n# /etc/systemd/system/spoor.timer\n" + examples.Scheduled("spoor.timer")
	if got := strings.ReplaceAll(out.String(), folder, "/etc/spoor/rules"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
