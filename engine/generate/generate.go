// Package generate writes realistic Sysmon for Linux events that are not real: the same seed gives the same bytes.
//
// A small simulation decides what happens: hosts with daemons, users and process trees, at a rate that breathes with the
// day. Its events are one logical list, whatever the form they are then rendered in. Attacks and their near misses are
// planted among them, and the Truth that Write returns says which event a detection must find and which it must not.
// Damage is applied to the rendered records, from its own random numbers, and never to a planted event.
package generate

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Config says what to write; its zero value, passed through Defaults, is a sensible run without attacks and damage.
type Config struct {
	Form    string    // one of Forms; empty means flat
	Profile string    // one of Profiles; empty means filtered
	Events  int       // how many events, not counting duplicates and other programs' lines
	Hosts   int       // how many computers; 0 means 40, or fewer in short runs
	Seed    uint64    // the same seed and configuration give the same bytes
	Start   time.Time // the time of the first event; the zero time means 2025-03-03 06:00 UTC
	Rate    float64   // mean events per second and host; 0 means 0.5
	Attacks float64   // density of planted events: 0 none, 1 the usual (0.05 % restarts, 0.5 % decoys)
	Damage  Damage    // what goes wrong on the way; the zero value is nothing
	RFC3339 bool      // in the syslog form: stamps as rsyslog's high-precision template writes them
}

// Defaults fills what c leaves open.
func (c Config) Defaults() Config {
	if c.Form == "" {
		c.Form = "flat"
	}
	if c.Profile == "" {
		c.Profile = "filtered"
	}
	if c.Hosts <= 0 {
		c.Hosts = min(40, 1+c.Events/500)
	}
	if c.Start.IsZero() {
		c.Start = time.Date(2025, time.March, 3, 6, 0, 0, 0, time.UTC)
	}
	if c.Rate == 0 {
		c.Rate = 0.5
	}
	return c
}

// Limits of a run: beyond them numbers would overflow, or set-up alone would take the machine's memory.
const (
	maxHosts = 10_000
	maxRate  = 100_000
)

func (c Config) check() error {
	if _, ok := findForm(c.Form); !ok {
		return fmt.Errorf("unknown form %q: use one of %s", c.Form, strings.Join(Forms(), ", "))
	}
	if _, ok := profiles[c.Profile]; !ok {
		return fmt.Errorf("unknown profile %q: use one of %s", c.Profile, strings.Join(Profiles(), ", "))
	}
	if c.Events < 0 {
		return fmt.Errorf("the number of events must not be negative, not %d", c.Events)
	}
	if c.Hosts > maxHosts {
		return fmt.Errorf("the number of hosts must be at most %d, not %d", maxHosts, c.Hosts)
	}
	if !(c.Rate > 0 && c.Rate <= maxRate) {
		return fmt.Errorf("the rate must be above 0 and at most %d events per second and host, not %v", maxRate, c.Rate)
	}
	if !(c.Attacks >= 0 && c.Attacks <= maxAttacks) {
		return fmt.Errorf("the density of attacks must be from 0 to %d, not %v", maxAttacks, c.Attacks)
	}
	if y := c.Start.UTC().Year(); y < 1971 || y > 2100 {
		return fmt.Errorf("the start must lie between 1971 and 2100, not in %d", y)
	}
	if years := float64(c.Events) / (float64(c.Hosts) * c.Rate) / (365 * 86400); years > 5 && years > 2105-float64(c.Start.UTC().Year()) {
		return fmt.Errorf("%d events of %d hosts at %v per second would last %.0f years: raise the rate", c.Events, c.Hosts, c.Rate, years)
	}
	return c.Damage.check()
}

// Write renders c.Events events to w as they happen and returns what was planted among them. It keeps the planted events
// and the running processes, nothing else. After an error the Truth tells of what had been written.
func Write(ctx context.Context, w io.Writer, c Config) (Truth, error) {
	c = c.Defaults()
	if err := c.check(); err != nil {
		return Truth{}, err
	}
	f, _ := findForm(c.Form)
	out := newWriter(ctx, w, c, f.new(c))
	err := newWorld(c).run(c.Events, out.event)
	if end := out.close(); err == nil {
		err = end
	}
	return out.truth, err
}

// Forms names the forms that Write can render.
func Forms() []string {
	names := make([]string, len(forms))
	for i, f := range forms {
		names[i] = f.name
	}
	return names
}

// Describe says in one line what a form looks like.
func Describe(name string) string {
	f, _ := findForm(name)
	return f.doc
}

// A renderer appends one record and its newline.
type renderer interface {
	render(dst []byte, e *event) []byte
}

type form struct {
	name, doc string
	new       func(Config) renderer
}

var forms = []form{
	{"syslog", "one line of syslog with the event as XML, as in /var/log/syslog", newSyslog},
	{"xml", "one event of XML on each line, as journalctl -o cat prints it", newXML},
	{"flat", "one JSON object per line with the fields of the event side by side", newFlat},
	{"evtx", "one JSON object per line, nested as evtx_dump writes it", newEvtx},
	{"journald", "journalctl -o json, with the event as XML in MESSAGE", newJournald},
	{"ecs", "one JSON object per line in the Elastic Common Schema, as Elastic Defend writes it", newECS},
}

func findForm(name string) (form, bool) {
	i := slices.IndexFunc(forms, func(f form) bool { return f.name == name })
	if i < 0 {
		return form{}, false
	}
	return forms[i], true
}
