package aggregate

import "spoor/engine/column"

var earliest = &Func{
	Name: "earliest", Syntax: "earliest(<field>)", Timed: true,
	Doc:     "The value of the event that is first in time; of several at the same time, of the one that stands first in the input.",
	Example: "earliest(name)", Want: "b",
	New: func(float64) State {
		return &moves{result: func(a, _ event) column.Value { return a.value }}
	},
}

var latest = &Func{
	Name: "latest", Syntax: "latest(<field>)", Timed: true,
	Doc:     "The value of the event that is last in time; of several at the same time, of the one that stands last in the input.",
	Example: "latest(name)", Want: "c",
	New: func(float64) State {
		return &moves{result: func(_, b event) column.Value { return b.value }}
	},
}

var earliestTime = &Func{
	Name: "earliest_time", Syntax: "earliest_time(<field>)", Timed: true,
	Doc:     "The time, in seconds since 1970, of the first event that has the field.",
	Example: "earliest_time(n)", Want: "1700000000",
	New: func(float64) State {
		return &moves{result: func(a, _ event) column.Value { return column.Real(column.Seconds(a.ns)) }}
	},
}

var latestTime = &Func{
	Name: "latest_time", Syntax: "latest_time(<field>)", Timed: true,
	Doc:     "The time, in seconds since 1970, of the last event that has the field.",
	Example: "latest_time(n)", Want: "1700000004",
	New: func(float64) State {
		return &moves{result: func(_, b event) column.Value { return column.Real(column.Seconds(b.ns)) }}
	},
}

var rate = &Func{
	Name: "rate", Syntax: "rate(<field>)", Timed: true, Numeric: true,
	Doc:     "The growth of a counter per second: the latest number less the earliest, divided by the seconds between them; null if there are none.",
	Example: "rate(n)", Want: "2.25",
	New: func(float64) State { return &moves{result: growth} },
}

func growth(a, b event) column.Value {
	x, okx := a.value.Number()
	y, oky := b.value.Number()
	if !okx || !oky || a.ns == b.ns {
		return column.Value{}
	}
	return column.Real((y - x) / column.Seconds(b.ns-a.ns))
}
