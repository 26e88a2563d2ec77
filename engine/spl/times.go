package spl

import (
	"errors"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/timerange"
	"spoor/grammar/ast"
)

// agoUnits is what the older time modifiers count in: starthoursago=168 is earliest=-168h.
var agoUnits = []struct{ name, unit string }{{"minutesago", "m"}, {"hoursago", "h"}, {"daysago", "d"}, {"monthsago", "mon"}}

// timeModifier sets an end of the window from `earliest=-1h` and the like; it overrides the window that the search was given.
func (p *planner) timeModifier(n *ast.Compare, window *plan.Scan) {
	name, text := strings.ToLower(n.Field.Text), n.Value.Text
	if n.Op != "=" && n.Op != "==" {
		p.errorf(n.Span, "bad-time", "%s wants `=`, not `%s`", name, n.Op)
		return
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
		window.Latest = t.UnixNano()
		return
	}
	window.Earliest = t.UnixNano()
	if window.Latest == column.End { // a beginning alone means until now
		window.Latest = p.Env.Now
	}
}
