package suppress

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"spoor/engine/finding"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// setting is what a rule says of suppression, read.
type setting struct {
	rule     *rules.Rule
	splunk   bool
	length   int64 // of a period, in nanoseconds
	once     bool  // a period is one execution
	together bool  // findings of one tick are one alert
	words    string
	ticks    *schedule.Schedule // of a period that is one execution; nil if the rule has no schedule
}

// mostFields is how many fields Kibana takes in group_by.
const mostFields = 3

// Check says what is wrong with what a rule says of suppression; nil if nothing is, or it says nothing.
func Check(r *rules.Rule) *source.Diagnostic {
	if r.Suppression == nil {
		return nil
	}
	if _, wrong := settingOf(r); wrong != nil {
		return wrong
	}
	return refused(r)
}

// refused says what is refused where the rule comes from, or does not do there what it seems to, but has a meaning here.
func refused(r *rules.Rule) *source.Diagnostic {
	s := r.Suppression
	say := func(hint, format string, args ...any) *source.Diagnostic {
		return source.Errorf(r.At, "suppression", format, args...).WithHint("%s", hint)
	}
	switch {
	case kibana(r) && len(s.By) > mostFields:
		return say("Kibana takes 1 to 3 of them", "%q is suppressed by %d fields", r.Name, len(s.By))
	case kibana(r) && s.Period != "" && !strings.ContainsAny(s.Period[len(s.Period)-1:], "smh"):
		return say("Kibana takes s, m and h", "%q is suppressed for %s", r.Name, s.Period)
	case r.Format == rules.SavedSearch && r.Trigger.PerRow && len(s.By) == 0:
		return say("name fields in alert.suppress.fields, or set alert.digest_mode = 1", "%q raises an alert for each row, and does not say by which fields they are suppressed", r.Name)
	case r.Format == rules.SecurityContent && len(s.By) == 0:
		return say("write fields: [user, dest]", "%q is throttled by no fields, and contentctl wants some", r.Name)
	}
	return nil
}

func kibana(r *rules.Rule) bool { return r.Format == rules.Elastic || r.Format == rules.Kibana }

// settingOf reads what a rule says of suppression. What is wrong with it is an error.
func settingOf(r *rules.Rule) (*setting, *source.Diagnostic) {
	said := r.Suppression
	wrong := func(hint, format string, args ...any) (*setting, *source.Diagnostic) {
		return nil, source.Errorf(r.At, "suppression", format, args...).WithHint("%s", hint)
	}
	s := &setting{rule: r, splunk: r.Format == rules.SavedSearch || r.Format == rules.SecurityContent}
	length, ok := lengthOf(said.Period)
	s.length, s.together = int64(length), s.splunk && len(said.By) == 0
	switch {
	case said.Period != "" && !ok:
		return wrong("write a number and s, m, h or d: 60s, 30m, 6h", "%q is suppressed for %q, which is no period", r.Name, said.Period)
	case said.Period == "" && s.splunk:
		return wrong("write alert.suppress.period = 1h", "%q does not say for how long it is suppressed", r.Name)
	case said.Period == "" && r.Type == "threshold":
		return wrong("write duration = {value = 1, unit = 'h'}", "%q does not say for how long it is suppressed, as a threshold rule must", r.Name)
	case kibana(r) && len(said.By) == 0 && r.Type != "threshold":
		return wrong("write group_by = ['host.id']", "%q does not say by which fields it is suppressed", r.Name)
	case !slices.Contains([]string{"", suppressMissing, tellMissing}, said.Missing):
		return wrong("it is suppress or doNotSuppress", "there is no missing_fields_strategy %q", said.Missing)
	}
	if s.once = said.Period == ""; s.once {
		s.length = 1
		s.ticks, _ = schedule.Of(r, time.UTC)
	}
	s.words = s.inWords()
	return s, nil
}

// What missing_fields_strategy can be.
const (
	suppressMissing = "suppress"
	tellMissing     = "doNotSuppress"
)

// longest is the longest period.
const longest = 10 * 366 * 24 * time.Hour

// lengthOf reads a period: a number and a unit, or a number of seconds.
func lengthOf(text string) (time.Duration, bool) {
	rest := strings.TrimLeft(text, "0123456789")
	n, err := strconv.ParseInt(text[:len(text)-len(rest)], 10, 32)
	length := time.Second
	if rest = strings.TrimSpace(rest); rest != "" {
		unit, known := timerange.UnitNamed(rest)
		switch length = unit.Length(); {
		case !known:
			return 0, false
		case unit == timerange.Day:
			length = 24 * time.Hour
		case unit == timerange.Week:
			length = 7 * 24 * time.Hour
		}
	}
	if err != nil || n <= 0 || length < time.Second || n > int64(longest/length) {
		return 0, false
	}
	return time.Duration(n) * length, true
}

// Words is what a rule says of suppression, for people; empty if it says nothing.
func Words(r *rules.Rule) string {
	if r.Suppression == nil {
		return ""
	}
	s, wrong := settingOf(r)
	if wrong != nil {
		return "not applied: " + wrong.Message
	}
	return s.words
}

func (s *setting) inWords() string {
	said := s.rule.Suppression
	text := "one alert"
	switch {
	case s.together:
		text = "the alerts of one run"
	case len(said.By) > 0:
		text += " of equal " + strings.Join(said.By, ", ")
	}
	if s.once {
		text += " each execution"
	} else {
		text += " every " + withUnit(said.Period)
	}
	if said.Group != "" {
		text += fmt.Sprintf(", of all rules in the group %q", said.Group)
	}
	if said.Missing == tellMissing {
		text += "; all in which one of them is missing"
	}
	return text
}

// withUnit is a period as it was written, with its unit.
func withUnit(text string) string {
	if strings.TrimLeft(text, "0123456789") == "" {
		return text + "s"
	}
	return text
}

// candidate is a finding with what it has in common with others; nil if it is not suppressed.
func (s *setting) candidate(f *Finding, o Options) *candidate {
	at := f.moment(o)
	x := &candidate{setting: s, Finding: f, at: at, when: at}
	switch {
	case s.once:
		x.when = s.execution(f, at, o)
	case s.splunk && f.Tick != 0:
		x.when = f.Tick
	}
	row := finding.Shared(f.Rows)
	missing := 0
	for _, name := range s.rule.Suppression.By {
		v, _ := row.Get(name)
		x.term = append(x.term, finding.Term{Field: name, Values: v.Items()})
		if v.IsNull() {
			missing++
		}
	}
	if missing > 0 && (s.rule.Suppression.Missing == tellMissing || s.splunk && missing == len(x.term)) {
		return nil
	}
	x.key = s.key(x, o.Set, f.Sequence())
	return x
}

// execution is the tick at which the rule finds something, or would if it ran by its schedule.
func (s *setting) execution(f *Finding, at int64, o Options) int64 {
	switch {
	case f.Tick != 0:
		return f.Tick
	case s.ticks != nil:
		if tick := s.ticks.Next(time.Unix(0, at-1)); !tick.IsZero() {
			return tick.UnixNano()
		}
	}
	return o.Compile.Now.UnixNano()
}
