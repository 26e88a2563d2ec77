package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine/nobody"
)

func TestSettings(t *testing.T) {
	const fileTZ, envTZ = "tz: Europe/Berlin\n", "Asia/Tokyo"
	for _, c := range []struct {
		name, file, env string
		args            []string
		want            string // in what is said; the zone of the search
	}{
		{"nothing", "", "", nil, "times are in UTC"},
		{"file", fileTZ, "", nil, "times are in Europe/Berlin"},
		{"environment", fileTZ, envTZ, nil, "times are in Asia/Tokyo"},
		{"flag", fileTZ, envTZ, []string{"--tz", "UTC"}, "times are in UTC"},
		{"wrong value", "jobs: many\n", "", nil, `config.yaml: invalid argument "many"`},
		{"wrong name", "\ntzz: UTC\n", "", nil, "config.yaml:2: unknown setting `tzz`\n  did you mean `tz`?"},
		{"wrong type", "tz: {a: b}\n", "", nil, "config.yaml:1: `tz` is a text or a list of texts"},
		{"no YAML", "tz: [\n", "", nil, "config.yaml: line 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScreen(t, event)
			s.env = func(name string) string { return map[string]string{"SPOOR_TZ": c.env}[name] }
			if err := os.WriteFile(filepath.Join(s.config, "config.yaml"), []byte(c.file), 0o644); err != nil {
				t.Fatal(err)
			}
			s.run(append([]string{"search", "EventID=1"}, c.args...)...)
			if !strings.Contains(s.stderr.String(), c.want) {
				t.Errorf("said %q, want %q", s.stderr.String(), c.want)
			}
		})
	}
}

func TestMacrosOfConfigEnvironmentAndFlags(t *testing.T) {
	s := newScreen(t, "")
	folder := t.TempDir()
	for name, body := range map[string]string{
		filepath.Join(s.config, "macros.conf"): "[a]\ndefinition = config\n[b]\ndefinition = config\n[c]\ndefinition = config\n",
		filepath.Join(folder, "more.yml"):      "name: b\ndefinition: env\n---\nname: c\ndefinition: env\n",
	} {
		if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s.env = func(name string) string { return map[string]string{"SPOOR_MACROS": folder}[name] }
	if code := s.run("macros", "expand", "`a` `b` `c`", "-D", "c=flag"); code != done {
		t.Fatalf("code %d: %s", code, s.stderr.String())
	}
	if got := s.stdout.String(); got != "config env flag\n" {
		t.Errorf("got %q", got)
	}
}

// Where the config folder would be there may be something else.
func TestNoConfigFolder(t *testing.T) {
	s := newScreen(t, event)
	s.config = filepath.Join(os.DevNull, "spoor")
	if code := s.run("search", "EventID=1"); code != done {
		t.Errorf("code %d: %s", code, s.stderr.String())
	}
}

func TestConfigFolderThatMayNotBeEntered(t *testing.T) {
	if nobody.Runs(t) {
		return
	}
	s := newScreen(t, event)
	home := t.TempDir()
	s.config = filepath.Join(home, "spoor")
	if err := os.Chmod(home, 0); err != nil {
		t.Fatal(err)
	}
	if code := s.run("search", "EventID=1"); code != done {
		t.Errorf("code %d: %s", code, s.stderr.String())
	}
}

func TestHelpAndVersionWorkWhateverTheSettings(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"help", "time"}} {
		s := newScreen(t, "")
		if err := os.WriteFile(filepath.Join(s.config, "config.yaml"), []byte("tz: [\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if code := s.run(args...); code != done {
			t.Errorf("%v: code %d: %s", args, code, s.stderr.String())
		}
	}
}
