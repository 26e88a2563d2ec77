package rehearsal

import (
	"fmt"
	"strings"
	"time"

	"spoor/engine/rules"
)

// need is what a rule would have to be like so that a finding is told once; zero: nobody knows.
type need struct {
	back    time.Duration // from the tick to where the window begins
	signals int           // the most alerts of a run
}

// with is a need that serves others too.
func (n need) with(other need) need {
	return need{max(n.back, other.back), max(n.signals, other.signals)}
}

// needAt is what lets windows hold a moment that none holds: that each begins where the one before ends.
func (x *item) needAt(at int64) (n need) {
	if i, ok := x.windows.edge(at); ok && i > 0 {
		n.back = x.windows[i].Tick.Sub(x.windows[i-1].To)
	}
	return n
}

// needOnce is what lets a window hold nothing that the one before held.
func (x *item) needOnce(s sighting) (n need) {
	if s.window > 0 {
		n.back = x.windows[s.window].Tick.Sub(x.windows[s.window-1].To)
	}
	return n
}

// needOver is what lets a window hold all of something of which a part is in others. Of sequences that is any of their length: what windows go back
// behind the one before stays, as it is for what comes late.
func (x *item) needOver(window int, span time.Duration, sequence bool) (n need) {
	w := x.windows[window]
	if !sequence {
		return need{back: w.Tick.Sub(time.Unix(0, x.first))}
	}
	if span == 0 {
		span = time.Duration(x.last - x.first)
	}
	if !w.From.IsZero() {
		n.back = w.Tick.Sub(w.From) + span
	}
	if window > 0 {
		n.back = max(n.back, w.Tick.Sub(x.windows[window-1].To)+span)
	}
	return n
}

// needLate is what lets the first run after it was written find it.
func (x *item) needLate(s sighting) (n need) {
	for _, w := range x.windows[s.window:] {
		if w.Tick.UnixNano() >= s.arrived && w.To.UnixNano() > x.last && x.first != 0 {
			return need{back: w.Tick.Sub(time.Unix(0, x.first))}
		}
	}
	return n
}

// beginnings is, by format, how a rule says where its window begins.
var beginnings = map[rules.Format]string{
	rules.Elastic: "from = \"%s\"", rules.Kibana: "from: %s", rules.SavedSearch: "dispatch.earliest_time = %s", rules.SecurityContent: "earliest_time: %s", rules.Own: "earliest: %s",
}

// words is a need as the rule would say it.
func (n need) words(r *rules.Rule) string {
	switch {
	case n.signals > 0 && n.back > 0:
		return need{back: n.back}.words(r) + ", " + need{signals: n.signals}.words(r)
	case n.signals > 0:
		return fmt.Sprintf("max_signals = %d", n.signals)
	case n.back <= 0:
		return ""
	}
	unit, size := "m", time.Minute
	if n.back < 2*time.Minute {
		unit, size = "s", time.Second
	}
	count := (n.back + size - 1) / size
	if n.back%time.Hour == 0 && n.back >= 2*time.Hour {
		unit, count = "h", n.back/time.Hour
	}
	text := fmt.Sprintf("-%d%s", count, unit)
	if r.Format == rules.Elastic || r.Format == rules.Kibana {
		text = "now" + text
	}
	if _, snap, snapped := strings.Cut(r.Schedule.Earliest, "@"); snapped && n.back%time.Minute == 0 {
		text += "@" + snap
	}
	return fmt.Sprintf(beginnings[r.Format], text)
}
