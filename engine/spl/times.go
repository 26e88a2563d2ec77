package spl

import (
	"errors"
	"strings"

	"spoor/engine/timerange"
	"spoor/grammar/ast"
)

// agoUnits is what the older time modifiers count in: starthoursago=168 is earliest=-168h.
var agoUnits = []struct{ name, unit string }{{"minutesago", "m"}, {"hoursago", "h"}, {"daysago", "d"}, {"monthsago", "mon"}}

// spans is older time modifiers that cannot run, with what does the same.
var spans = []struct{ name, instead string }{
	{"searchtimespan", "earliest=-<count>h or the like, and latest="},
	{"timeformat", "earliest= and latest= with a time such as 2024-05-06T10:00:00"},
}

// timeModifier sets an end of the window from `earliest=-1h` and the like; it overrides the window that the search was given.
func (m *matcher) timeModifier(n *ast.Compare) {
	p, window := m.p, m.window
	name, text := strings.ToLower(n.Field.Text), n.Value.Text
	if n.Op != "=" && n.Op != "==" {
		p.errorf(n.Span, "bad-time", "%s wants `=`, not `%s`", name, n.Op).
			WithHint("a search has one range of time, from earliest= to latest=; `| where _time ...` compares the times of its events in other ways")
		return
	}
	for _, s := range spans {
		if strings.HasPrefix(name, s.name) {
			p.errorf(n.Span, "bad-time", "%s cannot run here", name).WithHint("write %s", s.instead)
			return
		}
	}
	isLatest := name == "latest" || strings.HasPrefix(name, "end")
	for _, u := range agoUnits {
		if strings.HasSuffix(name, u.name) {
			text = "-" + text + u.unit
		}
	}
	t, err := timerange.Parse(text, p.now(), p.Env.Zone)
	if err != nil {
		code := "bad-time"
		if _, following := errors.AsType[*timerange.RealTime](err); following {
			code = "real-time"
		}
		p.errorf(n.Value.Span, code, "%s", err)
		return
	}
	if isLatest {
		window.Latest, m.ends = t.UnixNano(), true
		return
	}
	window.Earliest = t.UnixNano()
	if !m.ends { // a beginning alone means until now, whatever end the search was given
		window.Latest = p.Env.Now
	}
}
