package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// printedFor is what is printed for a rule, a log and a state that are named as they are in the folder where spoor is asked, in ways that need quotes.
func printedFor(t *testing.T, tool string, more ...string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), `it's 100% "$HOME"`)
	for name, text := range map[string]string{
		"a rule.yml":   strings.Replace(evilRule, "'-20y'", "-70m", 1) + "---\ntitle: without a schedule\nlanguage: eql\nquery: any where true\n",
		"logs/one.log": evils(2), "other folder/x": "",
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	s, out, said := silentShell(t)
	args := append([]string{"schedule", "a rule.yml", "--data", "logs/*.log", "--state", "a state", "--program", program(t), "--print", tool}, more...)
	if code := run(context.Background(), args, s); code != done {
		t.Fatalf("exit code %d: %s", code, said)
	}
	t.Chdir("other folder")
	return out.String()
}

// twice runs what is printed for an hour twice, as cron and systemd would, and gives what comes of it. Those have hardly any environment.
func twice(t *testing.T, command ...string) (out []string) {
	t.Helper()
	home := t.TempDir()
	for range 2 {
		cmd := exec.Command(command[0], command[1:]...)
		cmd.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + home, "LOGNAME=secmon", "SHELL=/bin/sh", "SPOOR_NOW=2026-05-06T01:00:42Z"}
		var both bytes.Buffer
		cmd.Stdout, cmd.Stderr = &both, &both
		if err := cmd.Run(); err != nil {
			t.Fatalf("%q: %v\n%s", command, err, &both)
		}
		out = append(out, both.String())
	}
	return out
}

// The line of a crontab mails each finding once, and then nothing.
func TestPrintedLineOfCron(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("needs sh")
	}
	text := strings.TrimSpace(printedFor(t, "cron"))
	line := text[strings.LastIndexByte(text, '\n')+1:]
	fields := strings.SplitN(line, " ", 6)
	command := strings.NewReplacer(`\%`, "%", "%", "\n").Replace(fields[5]) // as cron does
	mails := twice(t, "sh", "-c", command)
	if strings.Count(mails[0], "| new\n") != 2 || mails[1] != "" {
		t.Errorf("%s\nmails\n%s\nand then\n%s", line, mails[0], mails[1])
	}
}

// What a unit of systemd starts has each finding in the journal once.
func TestPrintedUnitOfSystemd(t *testing.T) {
	text := printedFor(t, "systemd", "--user", "secmon")
	_, rest, ok := strings.Cut(text, "\nExecStart=")
	line, _, _ := strings.Cut(rest, "\n")
	if !ok {
		t.Fatalf("no command in\n%s", text)
	}
	said := twice(t, unitWords(t, line)...)
	if strings.Count(said[0], `"status":"new"`) != 2 || strings.Contains(said[1], `"status"`) {
		t.Errorf("%s\nsays\n%s\nand then\n%s", line, said[0], said[1])
	}
}

// unitWords is the words of a command of a unit, as systemd reads them: quotes, escapes, %% and $$.
func unitWords(t *testing.T, line string) (words []string) {
	t.Helper()
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimLeft(line, " ") {
		var word strings.Builder
		quoted := false
		for line != "" && (quoted || line[0] != ' ') {
			switch c := line[0]; {
			case c == '"':
				quoted = !quoted
			case c == '\\':
				line = line[1:]
				word.WriteByte(line[0])
			case c == '%' || c == '$':
				if line = line[1:]; line == "" || line[0] != c {
					t.Fatalf("a single %c in a unit", c)
				}
				word.WriteByte(c)
			default:
				word.WriteByte(c)
			}
			line = line[1:]
		}
		words = append(words, word.String())
	}
	return words
}
