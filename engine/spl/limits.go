package spl

import (
	"slices"
	"time"

	"spoor/engine/aggregate"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Limit is one of the limits by which Splunk protects its servers. None of them holds unless Options.SplunkLimits is set.
type Limit struct {
	Name string // the code of what is said when it takes something
	Of   string // what is limited, as the message begins
	Most int
	Time time.Duration // 0: any
	Doc  string
	Cure string // how to raise it, besides doing without Options.SplunkLimits; may be empty
}

var limits = []Limit{
	{"limit-append", "this subsearch", 50_000, time.Minute, "rows of a subsearch of append, appendcols, set and union, and its time", "maxout= sets the rows"},
	{"limit-format", "format", 10_000, 0, "rows that format takes", "maxresults= sets them"},
	{"limit-join", "the subsearch of join", 50_000, time.Minute, "rows of a subsearch of join, and its time", ""},
	{"limit-list", "list()", 100, 0, "values of list() in a row, or in a cell of chart and timechart", "values() keeps each different value"},
	{"limit-map", "map", 10, 0, "rows for which map runs its search", "maxsearches= sets them"},
	{"limit-open-events", "transaction", 100_000, 0, "rows in open transactions: beyond it the one that was idle longest is given up", "maxopenevents= sets them"},
	{"limit-open-transactions", "transaction", 5_000, 0, "open transactions: beyond it the one that was idle longest is given up", "maxopentxn= sets them"},
	{"limit-sort", "sort", 10_000, 0, "rows that sort gives if no count stands behind it", "sort 0 gives all rows"},
	{"limit-spath", "spath", 5_000, 0, "bytes of a text that spath reads if it is given no path", "spath path=... reads the whole text"},
	{"limit-subsearch", "this subsearch", 10_000, time.Minute, "rows of a subsearch that becomes a condition, and its time", ""},
	{"limit-top", "this command", 50_000, 0, "rows that top and rare give", ""},
	{"limit-window", "streamstats", 10_000, 0, "rows in a window of streamstats", ""},
}

// Limits is all of them, by name.
func Limits() []Limit { return limits }

// limit is the limit of a name; nil if it does not hold.
func (p *planner) limit(name string) *Limit {
	if !p.SplunkLimits {
		return nil
	}
	return limitOf(name)
}

func limitOf(name string) *Limit {
	return &limits[slices.IndexFunc(limits, func(l Limit) bool { return l.Name == name })]
}

func (l *Limit) bound(at source.Span) plan.Bound {
	return plan.Bound{Span: at, Name: l.Name, Of: l.Of, Cure: l.cure()}
}

func (l *Limit) cure() string {
	cure := "there is no such limit without --splunk-limits"
	if l.Cure != "" {
		cure = l.Cure + "; " + cure
	}
	return cure
}

// capped is the rows of a node that the limit of a name leaves.
func (p *planner) capped(n plan.Node, name string, at source.Span) plan.Node {
	l := p.limit(name)
	if l == nil || n == nil {
		return n
	}
	return &plan.Cap{In: n, Rows: l.Most, Time: l.Time, Limit: l.bound(at)}
}

// shortened is a node whose lists are as long as the limit allows.
func (p *planner) shortened(n plan.Node, aggs []plan.Agg, at source.Span) plan.Node {
	short := p.short(aggs, at)
	if short == nil {
		return n
	}
	short.In = n
	return short
}

// short says how long the lists among aggregates may be; nil if there is none, or no limit.
func (p *planner) short(aggs []plan.Agg, at source.Span) *plan.Shorten {
	l := p.limit("limit-list")
	if l == nil {
		return nil
	}
	list, _, _ := aggregate.Lookup("list")
	var columns []string
	for _, a := range aggs {
		if a.Func == list && a.Param == 0 {
			columns = append(columns, a.As)
		}
	}
	if columns == nil {
		return nil
	}
	return &plan.Shorten{Columns: columns, Values: l.Most, Limit: l.bound(at)}
}
