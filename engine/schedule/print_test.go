package schedule

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/rules"
)

func TestMinutes(t *testing.T) {
	hourly := func(minute string) rules.Schedule { return rules.Schedule{Cron: minute + " * * * *"} }
	var spread []rules.Schedule
	for minute := range 60 {
		spread = append(spread, hourly(itoa(minute)))
	}
	for _, c := range []struct {
		name           string
		list           []rules.Schedule
		zone, machine  string
		cron, calendar string
		distance       time.Duration
	}{
		{"hourly", []rules.Schedule{hourly("0")}, "UTC", "UTC", "0", "*-*-* *:00:00", time.Hour},
		{"hourly, a little later", []rules.Schedule{hourly("7")}, "UTC", "UTC", "7", "*-*-* *:07:00", time.Hour},
		{"two that differ", []rules.Schedule{hourly("0"), {Cron: "10 0 * * *"}}, "UTC", "UTC", "0,10", "*-*-* *:00,10:00", 10 * time.Minute},
		{"once a day: what was missed is made up for within the hour", []rules.Schedule{{Cron: "10 0 * * *"}}, "UTC", "UTC", "10", "*-*-* *:10:00", time.Hour},
		{"Elastic's", []rules.Schedule{{Interval: "5m"}, {Interval: "1h"}, {Interval: "24h"}}, "UTC", "UTC", "*/5", "*-*-* *:00/5:00", 5 * time.Minute},
		{"half an hour", []rules.Schedule{hourly("0,30")}, "UTC", "UTC", "*/30", "*-*-* *:00/30:00", 30 * time.Minute},
		{"half an hour, not from the hour on", []rules.Schedule{hourly("15,45")}, "UTC", "UTC", "15,45", "*-*-* *:15,45:00", 30 * time.Minute},
		{"every minute", []rules.Schedule{{Interval: "60s"}}, "UTC", "UTC", "*", "*-*-* *:*:00", time.Minute},
		{"more often than cron can", []rules.Schedule{{Interval: "20s"}}, "UTC", "UTC", "*", "*-*-* *:*:00", time.Minute},
		{"every three minutes", []rules.Schedule{{Interval: "3m"}}, "UTC", "UTC", "*/3", "*-*-* *:00/3:00", 3 * time.Minute},
		{"spread over the hour: every five minutes will do", spread, "UTC", "UTC", "*/5", "*-*-* *:00/5:00", 5 * time.Minute},
		{"nothing that divides the hour", []rules.Schedule{{Interval: "7m"}}, "UTC", "UTC", "*/5", "*-*-* *:00/5:00", 5 * time.Minute},
		{"the machine's clock is half an hour ahead", []rules.Schedule{hourly("5")}, "UTC", "Asia/Kolkata", "35", "*-*-* *:35:00", time.Hour},
		{"the rules' clock is three quarters ahead", []rules.Schedule{hourly("0")}, "Asia/Kathmandu", "UTC", "15", "*-*-* *:15:00", time.Hour},
		{"whole hours between clocks matter not", []rules.Schedule{hourly("5")}, "America/New_York", "Europe/Berlin", "5", "*-*-* *:05:00", time.Hour},
	} {
		var list []*Schedule
		for _, when := range c.list {
			list = append(list, of(t, when, zone(t, c.zone)))
		}
		m := MinutesOf(list, zone(t, c.machine))
		if m.String() != c.cron || m.calendar() != c.calendar || m.Distance() != c.distance {
			t.Errorf("%s: %s, %s, %s; want %s, %s, %s", c.name, m, m.calendar(), m.Distance(), c.cron, c.calendar, c.distance)
		}
	}
}

var awkward = []string{
	"/var/log/sys log*", "it's", "'", "''", `"both" 'kinds'`, "100%", "%", "%%", `\`, `\\`, `\\\`, `\%`, `%\`, `\'`, `a\\%b`, "$HOME", "`id`", "$(id)", "a;b", "a&b|c", "~", "#", "*",
	"", " ", "-q", "é\u202e", "\xff", "tab\there", "a=b", "{a,b}", "!!", "dir/%Y%m%dT%H.ndjson", "(severity>=high)",
}

// fromCron is what the shell gets of a command in a crontab: cron ends it at %, unless \ stands before it. Some crons make one \ of two.
func fromCron(command string, halves bool) string {
	var b strings.Builder
	for i := 0; i < len(command); i++ {
		switch c := command[i]; {
		case c == '\\' && i+1 < len(command) && (command[i+1] == '%' || halves && command[i+1] == '\\'):
			i++
			b.WriteByte(command[i])
		case c == '\\' && i+1 < len(command):
			b.WriteString(command[i : i+2])
			i++
		case c == '%':
			return b.String()
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func TestCronCommand(t *testing.T) {
	for command, want := range map[string]string{
		"/usr/bin/spoor detect /etc/spoor/rules -q": "/usr/bin/spoor detect /etc/spoor/rules -q",
		"x /var/log/syslog*":                        "x '/var/log/syslog*'",
		"x it's":                                    `x 'it'\''s'`,
		"x %H.ndjson":                               `x '\%H.ndjson'`,
	} {
		if got := CronCommand(strings.Split(command, " ")); got != want {
			t.Errorf("%s: %s, want %s", command, got, want)
		}
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	// Whatever stands in a word, it arrives.
	command := CronCommand(append([]string{"printf", `%s\0`}, awkward...))
	for _, halves := range []bool{false, true} {
		out, err := exec.Command(sh, "-c", fromCron(command, halves)).Output()
		got := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
		if err != nil || !slices.Equal(got, awkward) {
			t.Errorf("%s\ngave %q, %v", command, got, err)
		}
	}
}

func TestUnitWord(t *testing.T) {
	for word, want := range map[string]string{
		"/usr/bin/spoor": "/usr/bin/spoor", "/var/log/syslog*": `"/var/log/syslog*"`, "sys log": `"sys log"`, "it's": `"it's"`, `"x"`: `"\"x\""`, `a\b`: `"a\\b"`,
		"%H": `"%%H"`, "$HOME": `"$$HOME"`, ";": `";"`, "": `""`, "a\nb": `"a\x0ab"`, "é": `"é"`, "\xff": `"\xff"`,
	} {
		if got := unitWord(word, true); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
	if got := unitWord("/opt/a$b %", false); got != `"/opt/a$b %%"` {
		t.Errorf("where there are no variables: %s", got)
	}
}

func TestWritable(t *testing.T) {
	for folder, want := range map[string]string{
		"/var/lib/spoor":      "StateDirectory=spoor\nStateDirectoryMode=0700",
		"/var/lib/spoor/prod": "StateDirectory=spoor/prod\nStateDirectoryMode=0700",
		"/var/log/spoor":      "LogsDirectory=spoor\nLogsDirectoryMode=0700",
		"/srv/found it":       `ReadWritePaths="/srv/found it"`,
		"/var/lib":            "ReadWritePaths=/var/lib",
	} {
		if got := writable(folder); got != want {
			t.Errorf("%s: %s, want %s", folder, got, want)
		}
	}
}

// What systemd itself says of the units, where it is installed.
func TestUnitsVerified(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze")
	}
	program := filepath.Join(t.TempDir(), "spoor here")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		user  string
		stays bool
	}{"a user of its own": {}, "root": {user: "root"}, "a service that stays": {stays: true}} {
		dir := t.TempDir()
		var paths []string
		for _, f := range Units(Job{
			Command: append([]string{program, "detect"}, awkward...), About: "100% of spoor", Minutes: 1 | 1<<10, User: c.user, Stays: c.stays, Delay: 5 * time.Minute, Memory: 512 << 20,
			Reads: []string{"/home/me/rules"}, Writes: []string{"/var/lib/spoor"},
		}) {
			p := filepath.Join(dir, filepath.Base(f.Path))
			if err := os.WriteFile(p, []byte(f.Text), 0o644); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, p)
		}
		out, err := exec.Command(analyze, append([]string{"verify", "--man=no"}, paths...)...).CombinedOutput()
		if err != nil || strings.Contains(string(out), "spoor.") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		out, err = exec.Command(analyze, "security", "--offline=yes", "--no-pager", "--threshold=25", paths[0]).CombinedOutput()
		if strings.Contains(string(out), "unrecognized option") {
			t.Log("this systemd-analyze judges no files")
		} else if err != nil {
			t.Errorf("%s: exposed: %v\n%s", name, err, out)
		}
		out, err = exec.Command(analyze, "calendar", (Minutes(1 | 1<<10)).calendar()).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "*-*-* *:00,10:00") {
			t.Errorf("calendar: %v\n%s", err, out)
		}
	}
}
