package witness

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// fillings is what may stand between the pieces of a value.
var fillings = []string{"", "x", " x", "/x", `\x`, "7"}

// candidates is values to try for a raw field, best first.
func candidates(name string, claims []claim, extra, fillings []string) [][]string {
	counts := name[0] == varied[0]
	var wanted, direct [][]pieces
	var texts, numbers []string
	for _, c := range claims {
		reads := c.reads()
		if !slices.Contains(reads, name) {
			continue
		}
		if counts || !slices.ContainsFunc(reads, func(r string) bool { return r[0] == varied[0] }) {
			numbers = append(numbers, c.numbers...)
		}
		if options := c.options(name); options != nil {
			wanted = append(wanted, options)
			if slices.ContainsFunc(c.terms, func(t *term) bool { return slices.Index(t.from, name) == 0 }) {
				direct = append(direct, options)
			}
		}
	}
	texts = append(texts, merged(direct, fillings)...)
	if len(wanted) > len(direct) {
		texts = append(texts, merged(wanted, fillings)...)
		for _, w := range wanted {
			texts = append(texts, merged([][]pieces{w}, fillings)...)
		}
	}
	texts = append(append(texts, extra...), numbers...)
	for _, n := range numbers {
		if v, err := strconv.Atoi(n); err == nil && v > 0 && v < 10_000 {
			texts = append(texts, strings.Repeat("x", v))
		}
	}
	texts = append(texts, plain...)
	var out [][]string
	for _, t := range distinct(texts) {
		if n, err := strconv.Atoi(t); t != "" && (!counts || err == nil && n > 0 && n <= mostRecords) {
			out = append(out, []string{t})
		}
	}
	if strings.Contains(name, "{}") {
		for _, o := range out[:min(len(out), mostContents)] {
			out = append(out, slices.Repeat(o, 6))
		}
	}
	return append(out, nil)
}

// merged is texts that hold one option of each list.
func merged(wanted [][]pieces, fillings []string) (out []string) {
	for _, all := range combinations(wanted) {
		for _, fill := range fillings {
			out = append(out, merge(all, fill))
		}
	}
	return out
}

// mostRecords bounds the records that are made of one event.
const mostRecords = 2000

// options is texts that a raw field may hold so that the claim is true; nil if it does not ask for one.
func (c claim) options(name string) (out []pieces) {
	if c.want != yes {
		return nil
	}
	for _, t := range c.terms {
		if !slices.Contains(t.from, name) {
			continue
		}
		for _, w := range c.wanted {
			out = append(out, asWhole(t, w)...)
		}
		if c.wanted == nil && t.whole != nil {
			out = append(out, t.whole(pieces{anything})...)
		}
	}
	return out
}

// plain is values that searches do not ask for.
var plain = []string{"zz", "1", "/zz/zz.zz", "7", "77777", "9.9.9.9", "ZZ"}

func asWhole(t *term, p pieces) []pieces {
	if t.whole == nil {
		return []pieces{p}
	}
	return t.whole(p)
}

// variants is values of a raw field with which the same aims are reached, and of which another field has different values; fewer than
// asked for if there are no more.
func variants(name string, of *term, count int, f facts, aims []aim) [][]string {
	var claims []claim
	for _, a := range aims {
		a.each(func(p *predicate) {
			if slices.Contains(p.reads(), name) {
				claims = append(claims, claim{p, yes})
			}
		})
	}
	claims = append(claims, claim{asks("is there", of, nil, func(string) bool { return true }).predicate, yes})
	var out [][]string
	tried, seen := map[string]bool{}, map[string]bool{}
	for i := 0; len(out) < count && i < 2*count+10; i++ {
		fillings := []string{fmt.Sprintf("x%d", i), fmt.Sprintf(" x%d", i)}
		var extra []string
		for _, v := range f[name] {
			extra = append(extra, v+strconv.Itoa(i), strconv.Itoa(i)+v, fmt.Sprintf("10.9.%d.%d", i/200, 1+i%200), strconv.Itoa(20_000+i))
		}
		for _, c := range claims {
			for _, o := range c.options(name) {
				extra = append(extra, merge([]pieces{o}, fillings[0]))
			}
		}
		for _, v := range candidates(name, claims, extra, fillings) {
			if len(v) != 1 || tried[v[0]] || len(out) == count {
				continue
			}
			tried[v[0]] = true
			other := maps.Clone(f)
			other[name] = v
			counted := of.value(other)
			if len(counted) == 0 || seen[counted[0]] || slices.ContainsFunc(aims, func(a aim) bool { return a.truth(other) != a.want }) {
				continue
			}
			seen[counted[0]] = true
			out = append(out, v)
		}
	}
	return out
}
