package engine_test

import (
	"fmt"
	"strconv"
)

func naiveHead(c chance, rows []row) ([]row, naive) {
	rows = single(rows, "k", "n")
	x, null, last := c.compared(1), c.oneIn(2), c.oneIn(2)
	n := naive{command: fmt.Sprintf("head null=%t keeplast=%t (%s)", null, last, x.text)}
	for _, r := range rows {
		if got := x.holds(r); got == no || got == unknown && !null {
			if last {
				n.want = append(n.want, r)
			}
			break
		}
		n.want = append(n.want, r)
	}
	return rows, n
}

func naiveFillnull(c chance, rows []row) ([]row, naive) {
	n := naive{command: "fillnull value=none " + c.of("k", "k g", "new n")}
	fill := func(r row, names ...string) row {
		for _, name := range names {
			if len(r[name]) == 0 {
				r = r.with(name, "none")
			}
		}
		return r
	}
	for _, r := range rows {
		switch n.command {
		case "fillnull value=none k":
			r = fill(r, "k")
		case "fillnull value=none k g":
			r = fill(r, "k", "g")
		default:
			r = fill(r, "new", "n")
		}
		n.want = append(n.want, r)
	}
	return rows, n
}

func naiveFilldown(c chance, rows []row) ([]row, naive) {
	n, names := naive{command: "filldown"}, []string{"k", "g", "n"}
	if c.oneIn(2) {
		n.command, names = "filldown g k", []string{"k", "g"}
	}
	last := row{}
	for _, r := range rows {
		for _, name := range names {
			if len(r[name]) == 0 {
				r = r.with(name, last[name]...)
			}
			last = last.with(name, r[name]...)
		}
		n.want = append(n.want, r)
	}
	return rows, n
}

func naiveAccum(_ chance, rows []row) ([]row, naive) {
	rows = single(rows, "n")
	n, sum := naive{command: "accum n as total"}, 0
	for _, r := range rows {
		if x, err := strconv.Atoi(r.one("n")); err == nil {
			sum += x
			r = r.with("total", strconv.Itoa(sum))
		}
		n.want = append(n.want, r)
	}
	return rows, n
}

func naiveAutoregress(c chance, rows []row) ([]row, naive) {
	from := 1 + c.IntN(2)
	to := from + c.IntN(2)
	n := naive{command: fmt.Sprintf("autoregress k p=%d-%d", from, to)}
	for i, r := range rows {
		for p := from; p <= min(to, i); p++ {
			r = r.with(fmt.Sprintf("k_p%d", p), rows[i-p]["k"]...)
		}
		n.want = append(n.want, r)
	}
	return rows, n
}

// naiveResets is streamstats that begins anew.
func naiveResets(c chance, rows []row) ([]row, naive) {
	rows = having(single(rows, "k", "n"), "g")
	change, current := c.oneIn(2), !c.oneIn(3)
	m, before, after := c.measures(), c.compared(0), c.compared(0)
	n := naive{command: fmt.Sprintf("streamstats reset_on_change=%t current=%t reset_before=(%s) reset_after=(%s) %s by g", change, current, before.text, after.text, m)}
	var seen []row
	last := ""
	for _, r := range rows {
		if change && r.one("g") != last || before.holds(r) == yes {
			seen = nil
		}
		last = r.one("g")
		var group []row
		for _, o := range seen {
			if o.one("g") == r.one("g") {
				group = append(group, o)
			}
		}
		if current {
			group = append(group, r)
		}
		n.want = append(n.want, m.add(r, group))
		if seen = append(seen, r); after.holds(r) == yes {
			seen = nil
		}
	}
	return rows, n
}
