package rules

import (
	"cmp"
	"path/filepath"
	"strings"
)

// setting is what a checkout of security_content says of the rules in it.
type setting struct {
	below      string // the folder of the checkout, with a slash at its end
	deployment *deployment
	source     *DataSource
}

// deployment is the schedule and the actions of all rules of a type.
type deployment struct {
	kind          string
	schedule      Schedule
	risk, notable bool
}

func (d *document) deployment(v *value) *deployment {
	f := d.reader(v, "")
	s, actions := f.table("scheduling"), f.table("alert_action")
	out := &deployment{kind: f.table("tags").text("type"), risk: actions.table("rba").flag("enabled", false), notable: actions.has("notable")}
	out.schedule = Schedule{Cron: s.text("cron_schedule"), Earliest: s.text("earliest_time"), Latest: s.text("latest_time"), Window: s.text("schedule_window")}
	return out
}

func (d *document) dataSource(v *value) *DataSource {
	f := d.reader(v, "")
	return &DataSource{Name: f.text("name"), Source: f.text("source"), Sourcetype: f.text("sourcetype")}
}

// apply adds to a rule what its checkout says.
func (s setting) apply(r *Rule) {
	if r.Format != SecurityContent || !strings.HasPrefix(filepath.ToSlash(r.path), s.below) {
		return
	}
	if d := s.deployment; d != nil && d.kind == r.Type {
		r.Risk.Creates, r.Risk.Notable = d.risk, d.notable
		r.Schedule = Schedule{
			Cron: cmp.Or(d.schedule.Cron, r.Schedule.Cron), Earliest: cmp.Or(d.schedule.Earliest, r.Schedule.Earliest),
			Latest: cmp.Or(d.schedule.Latest, r.Schedule.Latest), Window: cmp.Or(d.schedule.Window, r.Schedule.Window),
		}
	}
	for i := range r.DataSources {
		if s.source != nil && r.DataSources[i].Name == s.source.Name {
			r.DataSources[i] = *s.source
		}
	}
}
