package suppress

import (
	"spoor/engine/finding"
	"spoor/engine/state"
)

// candidate is a finding that may be suppressed.
type candidate struct {
	*setting
	*Finding
	nth  int
	key  state.Fingerprint
	at   int64 // of the finding
	when int64 // from when its period counts
	term []finding.Term
}

// period is a time in which one finding is told for all that are alike.
type period struct {
	state.Throttle
	open   bool
	teller *Decision // about the finding that was told, if that is one of this run
}

// channel is findings that are alike.
type channel struct {
	last    period
	early   period // one that ended before the last one began: of findings that came late
	changed bool
}

// decide tells a finding if no period is under way, and else counts it.
func (c *channel) decide(x *candidate, d *Decision) {
	p := &c.last
	if p.open && x.when <= p.First-x.length {
		p = &c.early
	} else {
		c.changed = true
	}
	switch {
	case !p.open || x.when >= p.Until:
		p.begin(x, d)
	case x.together && x.Tick != 0 && p.First == x.when && p.Rule == nameOf(x.Finding.Rule):
		d.Folded = x.folded(x.at, x.at)
	default:
		d.Verdict, d.By = Suppressed, x.words
		p.add(x)
	}
}

// begin tells a finding, and with it how many were not told since the last one.
func (p *period) begin(x *candidate, d *Decision) {
	d.Suppressed, d.Folded = p.Count, x.folded(x.at, x.at)
	if p.Count > 0 {
		d.Folded.First, d.Folded.Last = min(x.at, p.First), max(x.at, p.Last)
	}
	p.Throttle = state.Throttle{Rule: nameOf(x.Finding.Rule), Until: x.when + x.length, First: x.when, Last: x.at, Told: x.Fingerprint}
	p.open, p.teller = true, d
}

// add counts a finding that is not told: with the one that was, if that is still to be written.
func (p *period) add(x *candidate) {
	p.Last = max(p.Last, x.at)
	if p.teller == nil {
		p.Count++
		return
	}
	p.teller.Suppressed++
	f := p.teller.Folded
	f.First, f.Last = min(f.First, x.at), max(f.Last, x.at)
}

func (x *candidate) folded(first, last int64) *finding.Folded {
	return &finding.Folded{Terms: x.term, First: first, Last: last}
}
