package engine

import (
	"slices"
	"strings"

	"spoor/engine/op"
	"spoor/engine/plan"
)

// Prospect is what a program could find in data of which a census was taken.
type Prospect struct {
	// Able says that it could find something. If not, that is certain: no event of the kinds and with the fields that there are can be a result.
	Able    bool
	Reasons []string // why not, or what makes it find less than it should
	Nearly  bool     // the reasons are only that some fields are approximated
}

// Prospect judges the program by what there is in the data.
func (p *Program) Prospect(c *Census) Prospect {
	n := c.counts[p.manner()]
	if !p.Reads() || n == nil {
		return Prospect{Able: true}
	}
	known := append(slices.Clone(p.opts.common.known().kinds), plan.Kind{})
	met := n.met(known[:len(known)-1])
	found := op.ProspectOf(p.Plan, known, met, p.folder())
	out := Prospect{Able: !found.Silent || p.pending}
	for _, lack := range found.Lacks {
		if text := lacking(lack, len(met)); !slices.Contains(out.Reasons, text) {
			out.Reasons = append(out.Reasons, text)
		}
	}
	if out.Able && len(found.Missing) > 0 {
		out.Reasons = append(out.Reasons, "absent from all events: "+strings.Join(found.Missing, ", "))
	}
	if out.Able && p.eql != nil {
		near := p.approximations(met)
		out.Nearly = len(near) > 0 && len(out.Reasons) == 0
		out.Reasons = append(out.Reasons, near...)
	}
	return out
}

// lacking is in words why there is no event for a part of a program.
func lacking(l op.Lack, met int) string {
	switch {
	case met == 0:
		return "there are no events"
	case len(l.Kinds) == 0:
		return "no event of a kind that is known here can match"
	case len(l.Met) == 0:
		return "there are no events " + families(l.Kinds)
	}
	which := "no event " + families(l.Met)
	if slices.Contains(l.Met, "") {
		which = "no event"
	}
	switch {
	case l.Typed:
		return which + " is of the sourcetype that it asks for"
	case len(l.Fields) == 0:
		return which + " can match"
	}
	return which + " has " + strings.Join(l.Fields, ", ")
}

// approximations names the fields that some of the events do not give exactly.
func (p *Program) approximations(met []plan.Kind) (out []string) {
	for _, a := range p.eql.Approximated {
		if slices.ContainsFunc(met, func(k plan.Kind) bool { return slices.Contains(a.Kinds, k.Name) }) {
			out = append(out, a.Field+" is approximated")
		}
	}
	return out
}

// Outside says in words that none of the data are in the time that the program searches; "" if some may be. The data reach from first to last.
func (p *Program) Outside(first, last int64) string {
	from, to, bounded := p.Window()
	if !bounded || first == 0 || last >= from && first < to {
		return ""
	}
	if last < from {
		return "the data end before the time searched"
	}
	return "the data begin after the time searched"
}
