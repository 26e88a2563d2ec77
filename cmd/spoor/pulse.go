package main

import (
	"strconv"
	"time"

	"spoor/engine"
)

// pulse is when it was told last how following goes, and what had come by then.
type pulse struct {
	at                    time.Time
	found, records, bytes int64
}

// How often a line in the journal tells how following goes, if something came, and if nothing did.
const (
	beatAgain = time.Minute
	beatQuiet = time.Hour
)

// beat tells in a line how following goes, if it is time to and the line is wanted: what came since the last one, what was found, and how old the newest
// event is.
func (r *reading) beat(found int64, held func() engine.Held) {
	if !r.summed {
		return
	}
	total, now := &r.came.Total, r.now()
	if r.last.at.IsZero() {
		r.last.at = now
	}
	last, since := r.last, now.Sub(r.last.at)
	if since < beatAgain || since < beatQuiet && found == last.found && total.Records == last.records {
		return
	}
	r.last = pulse{now, found, total.Records, total.Bytes}
	fields := []field{
		{"following", since.Round(time.Second).String()}, {"found", strconv.FormatInt(found-last.found, 10)},
		{"records", strconv.FormatInt(total.Records-last.records, 10)}, {"read", unblanked(size(total.Bytes - last.bytes))},
	}
	if newest := max(r.newest, int64(total.Last)); newest > 0 {
		fields = append(fields, field{"lag", now.Sub(time.Unix(0, newest)).Round(100 * time.Millisecond).String()})
	}
	h := held()
	r.say("%s", line(append(fields, field{"held", strconv.Itoa(h.Offers + h.Waiting)}, field{"heldbytes", unblanked(size(int64(h.Bytes)))})...))
}
