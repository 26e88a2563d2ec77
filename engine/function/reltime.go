package function

import (
	"fmt"

	"spoor/engine/column"
)

// ages is the function behind the command reltime.
var ages = []Func{{
	Name: "reltime", Lang: Command, Family: "commands", Syntax: "reltime(<time>)", MinArgs: 1, MaxArgs: 1,
	Doc:     "How long before the start of the search a time was, in words.",
	Example: `reltime(1699992800)`, Want: "2 hours ago",
	Bind: rowwise(func(env *Env, row []column.Value) column.Value {
		at, ok := row[0].Instant()
		if !ok {
			return column.Value{}
		}
		return column.Str(age(env.Now/1e9 - floorSeconds(at)))
	}),
}}

// floorSeconds is the whole second in which a point in time lies.
func floorSeconds(ns int64) int64 {
	s := ns / 1e9
	if ns%1e9 < 0 {
		s--
	}
	return s
}

var ageUnits = []struct {
	seconds int64
	name    string
}{{365 * 86400, "year"}, {30 * 86400, "month"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}

// age is a number of seconds in the largest unit of which there is at least one.
func age(seconds int64) string {
	form := "%d %s ago"
	if seconds < 0 {
		form, seconds = "in %d %s", -seconds
	}
	unit := ageUnits[len(ageUnits)-1]
	for _, u := range ageUnits {
		if seconds >= u.seconds {
			unit = u
			break
		}
	}
	n, name := seconds/unit.seconds, unit.name
	if n != 1 {
		name += "s"
	}
	return fmt.Sprintf(form, n, name)
}
