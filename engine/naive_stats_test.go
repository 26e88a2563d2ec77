package engine_test

import (
	"slices"
	"strconv"
	"strings"
)

// aggregates is those that plain readings know, under the names that stand behind them.
var aggregates = []string{
	"count", "count(n) as cn", "sum(n) as s", "min(n) as mi", "max(n) as ma", "dc(n) as dc", "values(n) as v", "list(n) as l", "first(g) as f", "last(g) as la", "range(n) as r",
	"avg(n) as a",
}

// measures is some aggregates, and gives rows their names.
type measures []string

func (c chance) measures() measures {
	var out measures
	for _, i := range c.Perm(len(aggregates))[:1+c.IntN(3)] {
		out = append(out, aggregates[i])
	}
	return out
}

func (m measures) String() string { return strings.Join(m, ", ") }

// add is a row with the aggregates of other rows.
func (m measures) add(r row, rows []row) row {
	all := measured(rows)
	for _, a := range m {
		name := a[strings.LastIndexByte(a, ' ')+1:]
		r = r.with(name, all[name]...)
	}
	return r
}

// measured is all aggregates of rows.
func measured(rows []row) row {
	r := row{}
	var all, firsts []string
	for _, o := range rows {
		all = append(all, o["n"]...)
		firsts = append(firsts, o["g"]...)
	}
	var numbers []int
	for _, v := range all {
		if x, err := strconv.Atoi(v); err == nil {
			numbers = append(numbers, x)
		}
	}
	r = r.with("count", strconv.Itoa(len(rows))).with("cn", strconv.Itoa(len(all)))
	sum := 0
	for _, x := range numbers {
		sum += x
	}
	if len(numbers) > 0 {
		r = r.with("s", strconv.Itoa(sum)).with("r", strconv.Itoa(slices.Max(numbers)-slices.Min(numbers)))
		r = r.with("a", strconv.FormatFloat(float64(sum)/float64(len(numbers)), 'f', -1, 64))
	}
	different := slices.Clone(all)
	slices.Sort(different)
	different = slices.Compact(different)
	r = r.with("dc", strconv.Itoa(len(different))).with("v", different...).with("l", all...)
	if len(all) > 0 {
		r = r.with("mi", slices.MinFunc(all, compareTexts)).with("ma", slices.MaxFunc(all, compareTexts))
	}
	if len(firsts) > 0 {
		r = r.with("f", firsts[0]).with("la", firsts[len(firsts)-1])
	}
	return r
}

// stats is the groups of rows: a row counts for each combination of the values of the by fields.
func (m measures) stats(rows []row, by []string) (out []row) {
	if len(by) == 0 {
		return []row{m.add(row{}, rows)}
	}
	groups := map[string][]row{}
	var keys []row
	for _, r := range having(rows, by...) {
		for _, one := range combinations(r, by) {
			id := key(one, by)
			if groups[id] == nil {
				keys = append(keys, one)
			}
			groups[id] = append(groups[id], r)
		}
	}
	slices.SortFunc(keys, func(x, y row) int {
		for _, f := range by {
			if d := compareTexts(x.one(f), y.one(f)); d != 0 {
				return d
			}
		}
		return 0
	})
	for _, k := range keys {
		out = append(out, m.add(k, groups[key(k, by)]))
	}
	return out
}

// combinations is a row of the fields alone for each choice of their values.
func combinations(r row, fields []string) []row {
	out := []row{{}}
	for _, f := range fields {
		var longer []row
		for _, o := range out {
			for _, v := range r[f] {
				longer = append(longer, o.with(f, v))
			}
		}
		out = longer
	}
	return out
}
