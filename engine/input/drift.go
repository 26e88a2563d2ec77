package input

import (
	"maps"
	"slices"

	"spoor/grammar/source"
)

// drift counts, for a host, events that tell whether the clock behind UtcTime was right. Process starts do not: theirs is the time of the fork.
type drift struct{ events, wrong int64 }

// enough is how many events it takes to judge a clock.
const enough = 3

// drifted is a warning for each host whose clock was wrong in most of its events.
func drifted(hosts map[string]drift) (out source.Errors) {
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		if d := hosts[host]; d.events >= enough && 2*d.wrong > d.events {
			out = append(out, source.Warnf(source.Span{}, "clock-drift", "%s: in %d of %d events UtcTime is more than a minute from SystemTime", host, d.wrong, d.events).
				WithHint("the time of these events is their SystemTime; a suspended machine's Sysmon counts time wrongly until it is restarted"))
		}
	}
	return out
}
