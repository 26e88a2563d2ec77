package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var tags = Command{
	Name:    "tags",
	Syntax:  "tags [outputfield=<field>] [inclname=<bool>] [inclvalue=<bool>] [<field>...]",
	Doc:     "Change nothing. Splunk adds the tags that its configuration gives to fields; here nothing is tagged but the data models' events.",
	Notes:   "Splunk's tags come from its configuration, of which there is none here.",
	Options: idle("outputfield", "inclname", "inclvalue"),
	lower:   nothingDone,
}

var typer = Command{
	Name:    "typer",
	Syntax:  "typer [eventtypes=<text>] [maxlen=<count>]",
	Doc:     "Change nothing. Splunk sets eventtype to the event types of its configuration that an event matches.",
	Notes:   "Splunk's event types come from its configuration, of which there is none here.",
	Options: idle("eventtypes", "maxlen"),
	lower:   nothingDone,
}

// nothingDone lowers a command that changes nothing here, and says so.
func nothingDone(p *planner, c *ast.Command, in plan.Node) plan.Node {
	p.args(c)
	p.warnf(commandSpan(c), "no-effect", "%s changes nothing here: there is no configuration that it could read", c.Name)
	return in
}
