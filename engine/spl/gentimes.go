package spl

import (
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/timerange"
	"spoor/grammar/ast"
)

var gentimes = Command{
	Name:   "gentimes",
	Syntax: "| gentimes start=<time> [end=<time>] [increment=<span>]",
	Doc: "Make a row for each span of time from start until end, with starttime, starthuman, endtime and endhuman. Times are dates such as 10/1/2024 or 10/1/2024:20:00:00, or whole days from today's midnight such as -7; " +
		"end is today's midnight unless told otherwise. increment is a day, or a span such as 12h. A row ends a second before the next begins.",
	Notes: "At most 100000 rows are made.",
	Options: []Option{
		{Name: "start", Value: "<time>", Doc: "Where to begin; it must be given."},
		{Name: "end", Value: "<time>", Doc: "Where to end, before today's midnight unless told otherwise."},
		{Name: "increment", Value: "<span>", Default: "1d", Doc: "How far the rows are apart."},
	},
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		start, end, increment := a.option("start"), a.option("end"), a.option("increment")
		a.done()
		if start == nil {
			p.errorf(commandSpan(c), "missing-time", "gentimes needs a time to begin with: start=10/1/2024")
			return nil
		}
		from, ok := p.day(start)
		to := midnight(p.now())
		if end != nil && ok {
			to, ok = p.day(end)
		}
		step, at := "1d", c.At()
		if increment != nil {
			step, _ = literal(increment)
			at = increment.At()
		}
		span, diag := function.ParseSpan(step, at)
		if diag != nil {
			p.report(diag)
			return nil
		}
		if !ok {
			return nil
		}
		return p.spans(c, from, to, span)
	},
}

// mostTimes is how many rows gentimes makes.
const mostTimes = 100_000

func (p *planner) spans(c *ast.Command, from, to time.Time, span function.Span) plan.Node {
	var starts, startTexts, ends, endTexts []column.Value
	human := func(t time.Time) column.Value { return column.Str(t.Format("Mon Jan _2 15:04:05 2006")) }
	for t := from; t.Before(to); {
		if len(starts) == mostTimes {
			p.errorf(commandSpan(c), "too-long", "gentimes would make more than %d rows", mostTimes).WithHint("choose a longer increment")
			return nil
		}
		next := time.Unix(0, span.After(t.UnixNano(), p.Env.Zone)).In(p.Env.Zone)
		last := next.Add(-time.Second)
		starts, startTexts = append(starts, column.Integer(t.Unix())), append(startTexts, human(t))
		ends, endTexts = append(ends, column.Integer(last.Unix())), append(endTexts, human(last))
		t = next
	}
	if len(starts) == 0 {
		p.warnf(commandSpan(c), "no-times", "gentimes makes no rows: it would end at %s, and begin at %s", human(to), human(from)).WithHint("start= is the earlier time: gentimes start=-3 end=-1")
	}
	n := &plan.Rows{Names: []string{"starttime", "starthuman", "endtime", "endhuman"}, N: len(starts)}
	for _, values := range [][]column.Value{starts, startTexts, ends, endTexts} {
		n.Cols = append(n.Cols, column.FromValues(values))
	}
	return n
}

// day is a time of gentimes: a date, or days from today's midnight.
func (p *planner) day(n ast.Node) (time.Time, bool) {
	s, _ := literal(n)
	if days, err := strconv.Atoi(s); err == nil && days > -40000 && days < 40000 {
		return midnight(p.now()).AddDate(0, 0, days), true
	}
	date, clock, _ := strings.Cut(s, ":")
	parts := strings.Split(date, "/")
	if len(parts) == 3 {
		for i, width := range []int{2, 2, 4} {
			if len(parts[i]) < width && width == 2 {
				parts[i] = "0" + parts[i]
			} else if len(parts[i]) == 2 && width == 4 {
				parts[i] = "20" + parts[i]
			}
		}
		s = strings.Join(parts, "/")
		if clock != "" {
			s += ":" + clock
		}
	}
	t, err := timerange.Parse(s, p.now(), p.Env.Zone)
	if err != nil {
		p.errorf(n.At(), "bad-time", "%s", err)
		return t, false
	}
	return t, true
}

func midnight(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, t.Location())
}
