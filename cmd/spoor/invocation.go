package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"spoor/engine/schedule"
)

// invocation makes the command line of a run from that of the schedule.
type invocation struct {
	job *schedule.Job
	err error
}

func (a *invocation) word(words ...string) { a.job.Command = append(a.job.Command, words...) }

// path is a path as it is anywhere on the machine; a pattern stays one.
func (a *invocation) path(p string) string {
	if p == "" || p == "-" {
		return p
	}
	out, err := filepath.Abs(p)
	if err != nil && a.err == nil {
		a.err = err
	}
	return out
}

func (a *invocation) reads(p string) string {
	p = a.path(p)
	a.job.Reads = append(a.job.Reads, p)
	return p
}

// writes takes note of a folder in which runs write.
func (a *invocation) writes(folder string) string {
	folder = a.path(folder)
	for _, known := range a.job.Writes {
		if known == folder {
			return folder
		}
	}
	a.job.Writes = append(a.job.Writes, folder)
	return folder
}

// ofPrinting is the flags that are about what is printed, or that have their place at the end.
var ofPrinting = map[string]bool{"print": true, "state": true, "lock": true, "jitter": true, "user": true, "mailto": true, "program": true, "once": true, "service": true, "for": true}

// flags is those flags that were set, on the command line or by settings, which runs need not find.
func (a *invocation) flags(f *pflag.FlagSet) {
	f.Visit(func(of *pflag.Flag) {
		if ofPrinting[of.Name] {
			return
		}
		values := []string{of.Value.String()}
		if list, ok := of.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			switch of.Name {
			case "data", "macros", "lookups", "geoip":
				v = a.reads(v)
			case "to", "navigator", "temp-dir":
				v = a.target(of.Name, v)
			}
			a.flag(of, v)
		}
	})
}

func (a *invocation) flag(of *pflag.Flag, value string) {
	name := "--" + of.Name
	switch {
	case of.Value.Type() == "bool" && value == "true":
		a.word(name)
	case of.NoOptDefVal != "" || strings.HasPrefix(value, "-"):
		a.word(name + "=" + value)
	default:
		a.word(name, value)
	}
}

// target is a file or folder in which runs write.
func (a *invocation) target(flag, value string) string {
	value = a.path(value)
	switch {
	case value == "" || value == "-":
	case flag == "temp-dir":
		a.writes(value)
	default:
		a.writes(undated(value))
	}
	return value
}

// cron prints a crontab.
func (o *scheduling) cron(s *shell, job schedule.Job) error {
	for _, word := range job.Command {
		if strings.ContainsAny(word, "\r\n\x00") {
			return usage("a crontab has no way to write the line break in %q", word)
		}
	}
	if n := len(schedule.CronCommand(job.Command)); n > schedule.LongestCron {
		s.say("warning: the command has %d characters; cron of Debian takes %d", n, schedule.LongestCron)
	}
	_, err := fmt.Fprint(s.out, schedule.Crontab(job))
	return err
}

// systemd prints a service, and its timer if it has one.
func (o *scheduling) systemd(s *shell, job schedule.Job) error {
	for _, folder := range job.Writes {
		if o.user == "" && !schedule.Owned(folder) {
			return usage("the service has a user of its own, who cannot write in %s", folder).hint("name a folder below /var/lib or /var/log, which systemd makes for it; or --user NAME")
		}
	}
	for _, p := range job.Reads {
		if schedule.Below(p, "/tmp", "/var/tmp") {
			s.say("warning: the service does not see %s: it has a /tmp of its own", p)
		}
	}
	files := schedule.Units(job)
	for i, file := range files {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		if _, err := fmt.Fprintf(s.out, "# %s\n%s", file.Path, file.Text); err != nil {
			return err
		}
	}
	return nil
}
