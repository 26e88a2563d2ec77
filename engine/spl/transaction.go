package spl

import (
	"strings"
	"time"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var transaction = Command{
	Name:   "transaction",
	Syntax: "transaction [<field>...] [<option>...]",
	Doc: "Make one row of the events that belong together: that agree in the fields, within maxspan of each other, without a pause longer than maxpause, from one that matches " +
		"startswith to one that matches endswith: words in quotes, (a search) or eval(an expression). It has the first one's _time, duration, eventcount, and every value of each field " +
		"once; mvlist=true keeps all, in the order of time. closed_txn is 1 if something ended it. keepevicted=true gives those too that lack their start, keeporphans=true " +
		"the events in none, with _txn_orphan.",
	Notes: "An event that matches startswith or endswith belongs to a transaction only by its fields, as with unifyends=true. An event that fits several that are open joins the one that was begun last. The number of events is unlimited unless maxevents says otherwise, and that of open transactions and their events unless the options or --splunk-limits bound it. Rows are read newest first, whatever their order, " +
		"and transactions given by their first event's time, newest first.",
	Options: []Option{
		{Name: "maxspan", Value: "<span>", Default: "-1", Doc: "The longest time between the first and the last event; a negative one is no limit."},
		{Name: "maxpause", Value: "<span>", Default: "-1", Doc: "The longest time between two events; a negative one is no limit."},
		{Name: "maxevents", Value: "<count>", Default: "0", Doc: "How many events may be in one; 0 is no limit."},
		{Name: "startswith", Value: "<condition>", Doc: "What the first event must match: words in quotes, (a search) or eval(an expression)."},
		{Name: "endswith", Value: "<condition>", Doc: "What the last event must match."},
		{Name: "connected", Value: "<bool>", Default: "true", Doc: "Let an event begin a new transaction if it has none of the fields of those that are open."},
		{Name: "keepevicted", Value: "<bool>", Default: "false", Doc: "Give transactions too that did not come to their end."},
		{Name: "keeporphans", Value: "<bool>", Default: "false", Doc: "Give events that are in no transaction, with _txn_orphan."},
		{Name: "mvlist", Value: "<bool>", Default: "false", Doc: "Keep all values of fields in the order of time, not each once: of all fields, or of those that a text such as \"user,pid\" names."},
		{Name: "mvraw", Value: "<bool>", Default: "false", Doc: "Make _raw a multivalue of the events' texts, not one text of several lines."},
		{Name: "delim", Value: "<text>", Idle: true},
		{Name: "unifyends", Value: "<bool>", Idle: true},
		{Name: "maxopentxn", Value: "<count>", Default: "0", Doc: "How many transactions may be open: beyond it the one that was idle longest is given up. 0 is no limit."},
		{Name: "maxopenevents", Value: "<count>", Default: "0", Doc: "How many events may be in open transactions, likewise."},
		{Name: "nullstr", Value: "<text>", Default: "NULL", Doc: "What stands in such lists for a missing value."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Transaction{In: in, Loose: !a.flag("connected", true), Evicted: a.flag("keepevicted", false), Orphans: a.flag("keeporphans", false)}
		n.Span, n.Pause = p.longest(a, "maxspan"), p.longest(a, "maxpause")
		n.Most = p.countOption(a, "maxevents")
		n.Missing, n.RawList = a.text("nullstr", "NULL"), a.flag("mvraw", false)
		n.Lists, n.Listed = a.lists()
		n.Start, n.End = p.bound(a, "startswith", in), p.bound(a, "endswith", in)
		n.MostOpen, n.MostRows = p.openLimit(a, "maxopentxn", "limit-open-transactions"), p.openLimit(a, "maxopenevents", "limit-open-events")
		names := a.names()
		a.done()
		p.checkNames(in, names)
		n.Fields = texts(names)
		return n
	},
}

// lists is the option mvlist: all fields, or those that a text names.
func (a *args) lists() (all bool, fields []string) {
	v := a.option("mvlist")
	if s, ok := v.(*ast.String); ok {
		if _, truth := truthOf(s.Text); !truth {
			return false, strings.FieldsFunc(s.Text, func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
	if v == nil {
		return false, nil
	}
	a.left = append(a.left, &ast.Option{Pos: ast.Pos{Span: v.At()}, Name: "mvlist", Value: v})
	return a.flag("mvlist", false), nil
}

// openLimit is the bound that an option gives or, without it, the limit of a name.
func (p *planner) openLimit(a *args, option, name string) plan.OpenLimit {
	l := limitOf(name)
	out := plan.OpenLimit{Limit: l.bound(commandSpan(a.c))}
	if v := a.option(option); v != nil {
		out.Most, out.Limit.Cure = a.amount(v), "raise "+option
	} else if p.SplunkLimits {
		out.Most = l.Most
	}
	return out
}

// longest is the time that an option gives; negative if it gives none.
func (p *planner) longest(a *args, name string) time.Duration {
	v := a.option(name)
	if v == nil {
		return -1
	}
	text, _ := literal(v)
	if text = strings.TrimSpace(text); strings.HasPrefix(text, "-") {
		return -1
	}
	if strings.TrimRight(text, "smhd") == "0" {
		return 0
	}
	d, ok := p.fixedSpan(v, name)
	if !ok {
		return -1
	}
	return d
}

// bound is the condition of startswith and endswith, nil without the option.
func (p *planner) bound(a *args, name string, in plan.Node) plan.Expr {
	v := a.option(name)
	if v == nil {
		return nil
	}
	m := &matcher{p: p, terms: p.rawTerms(in), field: p.searchField(in)}
	switch v := v.(type) {
	case *ast.String:
		if tree := p.searchText(name, v.Text, v.Span); tree != nil {
			return m.lower(tree)
		}
		return nil
	case *ast.Call:
		if strings.EqualFold(v.Name, "eval") && len(v.Args) == 1 {
			return p.eval(v.Args[0], p.knownFields(in))
		}
	case *ast.Name:
		return m.lower(&ast.Term{Pos: v.Pos, Value: &ast.Value{Pos: v.Pos, Text: v.Text}})
	}
	return m.lower(v)
}
