package engine

import (
	"fmt"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/op"
	"spoor/engine/plan"
)

// explainScan says which kinds of events are read, with which fields and conditions, and which texts they are searched for.
func (p *Program) explainScan() string {
	all := p.config(RunOptions{}).Kinds
	var b strings.Builder
	for _, r := range op.Readings(p.Plan, all, p.folder()) {
		if r.Of != "" {
			fmt.Fprintf(&b, "%s:\n", r.Of)
		}
		explainReading(&b, r, all)
	}
	return strings.TrimRight(b.String(), "\n")
}

func explainReading(b *strings.Builder, r op.Reading, all []plan.Kind) {
	switch {
	case len(r.Kinds) == 0:
		b.WriteString("no event can match: nothing is decoded\n")
	case r.Demand().Needles == nil:
		fmt.Fprintf(b, "every record is decoded: no text must occur in all matches%s\n", open(r, all))
	default:
		fmt.Fprintf(b, "only records that hold one of %s are decoded\n", listed(r.Demand().Needles))
	}
	var same []string // what is read, in the order of the first kind of which it is
	kinds := map[string][]string{}
	for _, k := range append(all[:len(all):len(all)], plan.Kind{}) {
		kp, live := r.Kinds[k.Name]
		if !live {
			continue
		}
		what := explainKind(kp)
		if kinds[what] == nil {
			same = append(same, what)
		}
		kinds[what] = append(kinds[what], k.Name)
	}
	for _, what := range same {
		fmt.Fprintf(b, "%s: %s", families(kinds[what]), what)
	}
}

// open names the kinds of events that keep the scan from looking for texts, if it could for others; or is "".
func open(r op.Reading, all []plan.Kind) string {
	var kinds []string
	for _, k := range append(all[:len(all):len(all)], plan.Kind{}) {
		if kp, live := r.Kinds[k.Name]; live && kp.Needles == nil {
			kinds = append(kinds, k.Name)
		}
	}
	if len(kinds) == len(r.Kinds) {
		return ""
	}
	return " of " + families(kinds)
}

// mostNeedles is how many needles are listed.
const mostNeedles = 100

// listed is texts in quotes, of very many the first.
func listed(texts []string) string {
	if len(texts) <= mostNeedles {
		return fmt.Sprintf("%q", texts)
	}
	return fmt.Sprintf("%q and %d more", texts[:mostNeedles], len(texts)-mostNeedles)
}

// explainKind is the fields and conditions of a kind, in lines.
func explainKind(kp plan.KindPlan) string {
	what := strings.Join(slices.DeleteFunc(slices.Clone(kp.Fields), column.Hidden), " ")
	if kp.All {
		what = "all fields"
	}
	what += "\n"
	for _, s := range kp.Steps {
		if f, ok := s.(*plan.Filter); ok {
			what += fmt.Sprintf("  %s\n", f)
		}
	}
	return what
}

// fewKinds is how many kinds of a source are listed by name.
const fewKinds = 3

// families is the names of kinds, those of a source with many of them as one.
func families(kinds []string) string {
	count := map[string]int{}
	for _, k := range kinds {
		family, _, _ := strings.Cut(k, "/")
		count[family]++
	}
	var out []string
	for _, k := range kinds {
		family, _, _ := strings.Cut(k, "/")
		switch {
		case k == "":
			k = "events of any other kind"
		case count[family] > fewKinds:
			k = fmt.Sprintf("%s/* (%d kinds)", family, count[family])
		}
		if !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return strings.Join(out, ", ")
}
