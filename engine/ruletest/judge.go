package ruletest

import (
	"fmt"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// counted looks at how many findings there are.
func (r *Result) counted(x *detect.Outcome, found []*finding.Finding) {
	n := len(found)
	if n >= r.Least && (r.Most < 0 || n <= r.Most) {
		return
	}
	r.end(Fail, source.Count(n, "finding")+", and there must be "+r.wanted())
	if n < r.Least && len(x.Reasons) > 0 {
		r.Reasons = append(r.Reasons, string(x.Verdict)+": "+strings.Join(x.Reasons, "; "))
	}
	if n > r.Least {
		r.Reasons = append(r.Reasons, told(found)...)
	}
}

// wanted is how many findings there must be, in words.
func (r *Result) wanted() string {
	switch {
	case r.Most == 0:
		return "none"
	case r.Most < 0:
		return fmt.Sprintf("at least %d", r.Least)
	case r.Least == r.Most:
		return fmt.Sprintf("exactly %d", r.Least)
	case r.Least == 0:
		return fmt.Sprintf("at most %d", r.Most)
	}
	return fmt.Sprintf("%d to %d", r.Least, r.Most)
}

// mostTold is how many findings are shown of those that should not be there.
const mostTold = 3

func told(found []*finding.Finding) (out []string) {
	for i, f := range found {
		if i == mostTold {
			return append(out, fmt.Sprintf("and %d more", len(found)-i))
		}
		out = append(out, "found: "+f.Message)
	}
	return out
}

// missed is, for each expected row of which there is no finding, how the nearest one differs. Each finding counts for one row.
func missed(expect []rules.Expected, found []*finding.Finding) (out []string) {
	m := matching{expect: expect, found: found, of: map[int]int{}}
	for i := range expect {
		if !m.place(i, map[int]bool{}) {
			out = append(out, m.nearest(i))
		}
	}
	return out
}

// matching gives every expected row a finding of its own.
type matching struct {
	expect []rules.Expected
	found  []*finding.Finding
	of     map[int]int // finding to row
}

// place gives a row a finding; those that were placed before may have to take others.
func (m *matching) place(row int, tried map[int]bool) bool {
	for i, f := range m.found {
		if tried[i] || len(differences(m.expect[row], f)) > 0 {
			continue
		}
		tried[i] = true
		if other, taken := m.of[i]; !taken || m.place(other, tried) {
			m.of[i] = row
			return true
		}
	}
	return false
}

func (m *matching) nearest(row int) string {
	var best []string
	for i, f := range m.found {
		if diff := differences(m.expect[row], f); i == 0 || len(diff) < len(best) {
			best = diff
		}
	}
	head := fmt.Sprintf("no finding is like row %d of expect", row+1)
	switch {
	case len(m.found) == 0:
		return head + ": there are none"
	case len(best) == 0:
		return head + ": those that are like it count for other rows"
	}
	return head + "; of the nearest " + strings.Join(best, ", ")
}

// differences is what the row of a finding that is the most like an expected one has otherwise.
func differences(want rules.Expected, f *finding.Finding) (best []string) {
	for i, row := range f.Rows {
		var diff []string
		for _, c := range want {
			if v, _ := row.Get(c.Name); !same(v, c.Values) {
				diff = append(diff, fmt.Sprintf("%s is %s, not %s", c.Name, shown(v), listed(c.Values)))
			}
		}
		if i == 0 || len(diff) < len(best) {
			best = diff
		}
	}
	return best
}

// same says whether a value is what is wanted. Texts that read as numbers are compared as such.
func same(v column.Value, want []string) bool {
	items := v.Items()
	if len(items) != len(want) {
		return false
	}
	for i, item := range items {
		got := column.Format(item, nil)
		a, bad := strconv.ParseFloat(got, 64)
		b, worse := strconv.ParseFloat(want[i], 64)
		if got != want[i] && (bad != nil || worse != nil || a != b) {
			return false
		}
	}
	return true
}

func shown(v column.Value) string {
	var out []string
	for _, item := range v.Items() {
		out = append(out, column.Format(item, nil))
	}
	return listed(out)
}

// listed is values in words.
func listed(values []string) string {
	if len(values) == 0 {
		return "missing"
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strconv.Quote(v)
	}
	return strings.Join(out, " and ")
}
