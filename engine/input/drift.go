package input

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"spoor/grammar/source"
)

// drift counts, for a host, events that tell whether the clock behind UtcTime was right. Process starts do not: theirs is the time of the fork.
type drift struct{ events, wrong int64 }

// enough is how many events it takes to judge a clock.
const enough = 3

// named is how many hosts a warning lists by name.
const named = 10

// drifted warns of the hosts whose clock was wrong in most of their events.
func drifted(hosts map[string]drift) (out source.Errors) {
	var list []string
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		if d := hosts[host]; d.events >= enough && 2*d.wrong > d.events {
			list = append(list, fmt.Sprintf("%s (%d of %d events)", host, d.wrong, d.events))
		}
	}
	if len(list) == 0 {
		return nil
	}
	more := ""
	if len(list) > named {
		list, more = list[:named], " and "+source.Count(len(list)-named, "more host")
	}
	return source.Errors{source.Warnf(source.Span{}, "clock-drift", "UtcTime is more than a minute from SystemTime on %s%s", strings.Join(list, ", "), more).
		WithHint("the time of these events is their SystemTime; a suspended machine's Sysmon counts time wrongly until it is restarted")}
}
