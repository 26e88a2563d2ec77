package main

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"spoor/engine/input"
	"spoor/engine/timerange"
)

// location is the zone of --tz.
func location(name string) (*time.Location, error) {
	if name == "local" {
		return local(), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, usage("unknown time zone %q", name).hint("write UTC, local, or a name such as Europe/Berlin")
	}
	return zone, nil
}

// local is the machine's zone, under its proper name if that can be found out.
func local() *time.Location {
	name := time.Local.String()
	if target, err := filepath.EvalSymlinks("/etc/localtime"); err == nil && name == "Local" {
		_, name, _ = strings.Cut(target, "zoneinfo/")
	}
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return time.Local
}

// moment is the time of --now. Only for `data` are inputs needed: then newest tells the time of the newest event.
func (c *clock) moment(s *shell, zone *time.Location, newest func() (time.Time, error)) (time.Time, error) {
	switch c.now {
	case "":
		return s.now().Truncate(time.Millisecond), nil
	case "data":
		return newest()
	}
	t, err := timerange.Parse(c.now, s.now(), zone)
	if err != nil {
		return time.Time{}, usage("--now: %s", err)
	}
	return t, nil
}

// newest is the time of the newest event, for --now data.
func newest(ctx context.Context, resolve func() (inputs, error)) (time.Time, error) {
	in, err := resolve()
	if err != nil {
		return time.Time{}, err
	}
	if !in.found.Files() {
		return time.Time{}, usage("--now data needs files: the newest event of a pipe is known only when it was read")
	}
	ns, ok, err := input.Newest(ctx, in.found, runtime.GOMAXPROCS(0))
	switch {
	case err != nil:
		return time.Time{}, err
	case !ok:
		return time.Time{}, usage("--now data: no event with a time was found in the input")
	}
	return time.Unix(0, ns), nil
}
