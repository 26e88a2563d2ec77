package engine_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

func naiveJoin(c chance, rows []row) ([]row, naive) {
	rows = single(rows, "k")
	sub := single(c.table(), "k")
	kind, most, overwrite := c.of("inner", "left", "outer"), c.IntN(3), c.oneIn(2)
	n := naive{command: fmt.Sprintf("join type=%s max=%d overwrite=%t k [%s | table k n]", kind, most, overwrite, made(sub))}
	for _, r := range rows {
		var partners []row
		for _, s := range sub {
			if len(r["k"]) > 0 && s.one("k") == r.one("k") && (most == 0 || len(partners) < most) {
				partners = append(partners, s)
			}
		}
		if len(partners) == 0 && kind != "inner" {
			n.want = append(n.want, r)
		}
		for _, p := range partners {
			joined := r
			if len(p["n"]) > 0 && (overwrite || len(r["n"]) == 0) {
				joined = r.with("n", p["n"]...)
			}
			n.want = append(n.want, joined)
		}
	}
	return rows, n
}

func naiveTop(c chance, rows []row) ([]row, naive) {
	rows = single(rows, "k")
	limit := c.IntN(4)
	word, sign := "top", -1
	if c.oneIn(2) {
		word, sign = "rare", 1
	}
	var by []string
	if c.oneIn(2) {
		by = []string{"g"}
	}
	n := naive{command: fmt.Sprintf("%s %d k%s", word, limit, clause(by)), loose: by != nil}
	counts, totals, left := map[string]int{}, map[string]int{}, map[string]int{}
	var kept []row
	for _, r := range having(rows, append(by, "k")...) {
		r = row{"k": r["k"]}.with("g", slices.Concat(r["g"])...)
		if by == nil {
			r = r.with("g")
		}
		if counts[r.String()] == 0 {
			kept = append(kept, r)
		}
		counts[r.String()]++
		totals[r.one("g")]++
	}
	slices.SortFunc(kept, func(x, y row) int {
		return cmp.Or(sign*cmp.Compare(counts[x.String()], counts[y.String()]), compareTexts(x.one("k"), y.one("k")))
	})
	for _, r := range kept {
		if left[r.one("g")]++; limit > 0 && left[r.one("g")] > limit {
			continue
		}
		count := counts[r.String()]
		share := math.Round(100e6*float64(count)/float64(totals[r.one("g")])) / 1e6
		n.want = append(n.want, r.with("count", strconv.Itoa(count)).with("percent", strconv.FormatFloat(share, 'f', -1, 64)))
	}
	return rows, n
}

// naiveTransaction goes from the newest row back: a row is in the transaction of its value unless that would last, or pause, too long.
func naiveTransaction(c chance, rows []row) ([]row, naive) {
	rows = having(rows, "g")
	span, pause := 1+c.IntN(20), 1+c.IntN(6)
	n := naive{loose: true}
	n.command = fmt.Sprintf("eval _time=t | transaction g maxspan=%ds maxpause=%ds | eval t=_time+0, n=mvsort(n) | table g n t duration eventcount", span, pause)
	open := map[string][]row{}
	end := func(g string) {
		if of := open[g]; len(of) > 0 {
			var values []string
			for _, r := range of {
				values = append(values, r["n"]...)
			}
			slices.Sort(values)
			first, last := of[len(of)-1], of[0]
			r := row{"g": {g}, "t": first["t"]}.with("n", slices.Compact(values)...)
			n.want = append(n.want, r.with("duration", strconv.Itoa(seconds(last)-seconds(first))).with("eventcount", strconv.Itoa(len(of))))
		}
		delete(open, g)
	}
	for _, r := range rows {
		g := r.one("g")
		if of := open[g]; len(of) > 0 && (seconds(of[0])-seconds(r) > span || seconds(of[len(of)-1])-seconds(r) > pause) {
			end(g)
		}
		open[g] = append(open[g], r)
	}
	for g := range open {
		end(g)
	}
	return rows, n
}

// naiveBounds is transaction with a first and a last row: from the newest row back, one of its last row is open until its first one comes.
func naiveBounds(c chance, rows []row) ([]row, naive) {
	rows = having(single(rows, "k"), "g")
	span := 1 + c.IntN(40)
	n := naive{loose: true}
	n.command = fmt.Sprintf(`eval _time=t | transaction g maxspan=%ds startswith=eval(k="a") endswith=eval(k="b") | eval t=_time+0 | table g t duration eventcount`, span)
	open := map[string][]row{}
	for _, r := range rows {
		g := r.one("g")
		if of := open[g]; len(of) > 0 && seconds(of[0])-seconds(r) > span {
			delete(open, g)
		}
		switch of := open[g]; {
		case r.one("k") == "b":
			open[g] = []row{r}
		case len(of) == 0:
		case r.one("k") == "a":
			n.want = append(n.want, row{
				"g": {g}, "t": r["t"], "duration": {strconv.Itoa(seconds(of[0]) - seconds(r))}, "eventcount": {strconv.Itoa(len(of) + 1)},
			})
			delete(open, g)
		default:
			open[g] = append(of, r)
		}
	}
	return rows, n
}

func seconds(r row) int {
	t, err := strconv.Atoi(r.one("t"))
	if err != nil {
		panic(err)
	}
	return t
}

// cell is an aggregate of rows in a table, and what it is called.
type tableCell struct {
	aggregate, name string
}

var tableCells = []tableCell{{"count", "count"}, {"sum(n)", "s"}, {"max(n)", "ma"}, {"dc(n)", "dc"}, {"count(n)", "cn"}}

// columns is a row of a table: the aggregate of the rows of each value of g, and of those that have none; without split, of all.
func (x tableCell) columns(r row, rows, all []row, split bool) row {
	if !split {
		return r.with(x.aggregate, measured(rows)[x.name]...)
	}
	names := map[string]bool{}
	for _, o := range all {
		names[splitName(o)] = true
	}
	for name := range names {
		r = r.with(name, measured(slices.DeleteFunc(slices.Clone(rows), func(o row) bool { return splitName(o) != name }))[x.name]...)
	}
	return r
}

func splitName(r row) string {
	if len(r["g"]) == 0 {
		return "NULL"
	}
	return r.one("g")
}

func naiveTimechart(c chance, rows []row) ([]row, naive) {
	span, x, split := 1+c.IntN(20), tableCells[c.IntN(len(tableCells))], c.oneIn(2)
	n := naive{command: fmt.Sprintf("eval _time=t | timechart span=%ds limit=0 %s", span, x.aggregate)}
	if split {
		n.command += " by g"
	}
	n.command += " | eval t=_time+0 | fields - _time"
	if len(rows) == 0 {
		return rows, n
	}
	start := func(r row) int { return seconds(r) - seconds(r)%span }
	for t := start(rows[len(rows)-1]); t <= start(rows[0]); t += span {
		here := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return start(r) != t })
		n.want = append(n.want, x.columns(row{"t": {strconv.Itoa(t)}}, here, rows, split))
	}
	return rows, n
}

func naiveChart(c chance, rows []row) ([]row, naive) {
	x, split := tableCells[c.IntN(len(tableCells))], c.oneIn(2)
	n := naive{command: "chart limit=0 " + x.aggregate + " over k"}
	if split {
		n.command += " by g"
	}
	all := having(rows, "k")
	var values []string
	for _, r := range all {
		values = append(values, r["k"]...)
	}
	slices.SortFunc(values, compareTexts)
	for _, v := range slices.Compact(values) {
		var here []row
		for _, r := range all {
			for _, own := range r["k"] {
				if own == v {
					here = append(here, r)
				}
			}
		}
		n.want = append(n.want, x.columns(row{"k": {v}}, here, all, split))
	}
	return rows, n
}
