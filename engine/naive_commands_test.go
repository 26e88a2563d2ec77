package engine_test

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

var tables = flag.Int("tables", 1000, "tables that TestNaively makes up for each command")

// naiveCommands makes a command up for a table, which it may change to leave out what is not defined.
var naiveCommands = map[string]func(chance, []row) ([]row, naive){
	"stats": naiveStats, "eventstats": naiveEventstats, "streamstats": naiveStreamstats, "dedup": naiveDedup, "sort": naiveSort, "mvexpand": naiveMvexpand,
	"join": naiveJoin, "top": naiveTop, "transaction": naiveTransaction, "transaction bounds": naiveBounds, "timechart": naiveTimechart, "chart": naiveChart, "search": naiveSearch, "where": naiveWhere,
	"head": naiveHead, "fillnull": naiveFillnull, "filldown": naiveFilldown, "accum": naiveAccum, "autoregress": naiveAutoregress, "streamstats resets": naiveResets,
}

func naiveStats(c chance, rows []row) ([]row, naive) {
	by := [][]string{nil, {"k"}, {"g"}, {"k", "g"}}[c.IntN(4)]
	m := c.measures()
	return rows, naive{command: "stats " + m.String() + clause(by), want: m.stats(rows, by)}
}

func naiveEventstats(c chance, rows []row) ([]row, naive) {
	by := [][]string{nil, {"g"}, {"k", "g"}}[c.IntN(3)]
	rows = single(rows, "k")
	m := c.measures()
	n := naive{command: "eventstats " + m.String() + clause(by)}
	for _, r := range rows {
		group := slices.DeleteFunc(having(rows, by...), func(o row) bool { return key(o, by) != key(r, by) })
		if len(having([]row{r}, by...)) > 0 {
			r = m.add(r, group)
		}
		n.want = append(n.want, r)
	}
	return rows, n
}

func naiveStreamstats(c chance, rows []row) ([]row, naive) {
	by := [][]string{nil, {"g"}, {"k"}}[c.IntN(3)]
	window, current, global := c.IntN(4), !c.oneIn(3), !c.oneIn(2)
	rows = single(rows, "k")
	m := c.measures()
	n := naive{command: fmt.Sprintf("streamstats window=%d current=%t global=%t %s%s", window, current, global, m, clause(by))}
	var seen []row
	for _, r := range rows {
		if len(having([]row{r}, by...)) == 0 {
			n.want = append(n.want, r)
			continue
		}
		before := slices.Clone(seen)
		seen = append(seen, r)
		if current {
			before = slices.Clone(seen)
		}
		other := func(o row) bool { return key(o, by) != key(r, by) }
		if !global {
			before = slices.DeleteFunc(before, other)
		}
		if window > 0 {
			before = before[max(0, len(before)-window):]
		}
		n.want = append(n.want, m.add(r, slices.DeleteFunc(before, other)))
	}
	return rows, n
}

func naiveDedup(c chance, rows []row) ([]row, naive) {
	fields := [][]string{{"k"}, {"g"}, {"g", "k"}}[c.IntN(3)]
	most, empty, events, consecutive := 1+c.IntN(2), c.oneIn(2), c.oneIn(3), c.oneIn(3)
	if consecutive {
		most = 1
	}
	n := naive{command: fmt.Sprintf("dedup %d %s keepempty=%t keepevents=%t consecutive=%t", most, strings.Join(fields, " "), empty, events, consecutive)}
	seen, last := map[string]int{}, ""
	for _, r := range rows {
		id := key(r, fields)
		lacks := len(having([]row{r}, fields...)) == 0
		again := seen[id] >= most
		if consecutive {
			again = id == last
		}
		if !lacks {
			seen[id]++
			last = id
		}
		switch {
		case lacks && empty, !lacks && !again:
			n.want = append(n.want, r)
		case events && !lacks:
			for _, f := range fields {
				r = r.with(f)
			}
			n.want = append(n.want, r)
		}
	}
	return rows, n
}

func naiveSort(c chance, rows []row) ([]row, naive) {
	rows = single(rows, "k", "n")
	type by struct {
		field string
		down  bool
		as    string
	}
	keys := []by{{"k", c.oneIn(2), c.of("", "", "str")}, {"n", c.oneIn(2), c.of("", "str")}, {"g", c.oneIn(2), ""}}
	c.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	keys = keys[:1+c.IntN(3)]
	var words []string
	for _, k := range keys {
		sign, field := "+", k.field
		if k.down {
			sign = "-"
		}
		if k.as != "" {
			field = k.as + "(" + field + ")"
		}
		words = append(words, sign+field)
	}
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(x, y row) int {
		for _, k := range keys {
			if d := compareFields(x, y, k.field, k.down, k.as == "str"); d != 0 {
				return d
			}
		}
		return 0
	})
	if limit := c.IntN(4); limit > 0 {
		return rows, naive{command: fmt.Sprintf("sort %d %s", limit, strings.Join(words, ", ")), want: out[:min(limit, len(out))]}
	}
	return rows, naive{command: "sort 0 " + strings.Join(words, " "), want: out}
}

func naiveMvexpand(c chance, rows []row) ([]row, naive) {
	limit := c.IntN(3)
	n := naive{command: "mvexpand k limit=" + strconv.Itoa(limit)}
	for _, r := range rows {
		values := r["k"]
		if limit > 0 {
			values = values[:min(limit, len(values))]
		}
		for _, v := range values {
			n.want = append(n.want, r.with("k", v))
		}
		if len(values) == 0 {
			n.want = append(n.want, r)
		}
	}
	return rows, n
}

func clause(by []string) string {
	if len(by) == 0 {
		return ""
	}
	return " by " + strings.Join(by, " ")
}

// key is the values of the fields.
func key(r row, fields []string) string {
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "%q ", r[f])
	}
	return b.String()
}

// compareFields orders two rows by a field; one that lacks it is last.
func compareFields(x, y row, field string, down, asText bool) int {
	switch {
	case len(x[field]) == 0 && len(y[field]) == 0:
		return 0
	case len(x[field]) == 0:
		return 1
	case len(y[field]) == 0:
		return -1
	}
	d := compareTexts(x.one(field), y.one(field))
	if asText {
		d = strings.Compare(x.one(field), y.one(field))
	}
	if down {
		return -d
	}
	return d
}
