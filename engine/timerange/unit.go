package timerange

import "time"

// Unit is a unit of time. The zero Unit is none.
type Unit uint8

// The units, from the shortest to the longest.
const (
	Microsecond Unit = iota + 1
	Millisecond
	Centisecond
	Decisecond
	Second
	Minute
	Hour
	Day
	Week
	Month
	Quarter
	Year
)

var units = map[string]Unit{
	"us": Microsecond, "ms": Millisecond, "cs": Centisecond, "ds": Decisecond,
	"s": Second, "sec": Second, "secs": Second, "second": Second, "seconds": Second,
	"m": Minute, "min": Minute, "mins": Minute, "minute": Minute, "minutes": Minute,
	"h": Hour, "hr": Hour, "hrs": Hour, "hour": Hour, "hours": Hour,
	"d": Day, "day": Day, "days": Day,
	"w": Week, "week": Week, "weeks": Week,
	"mon": Month, "month": Month, "months": Month,
	"q": Quarter, "qtr": Quarter, "qtrs": Quarter, "quarter": Quarter, "quarters": Quarter,
	"y": Year, "yr": Year, "yrs": Year, "year": Year, "years": Year,
}

var lengths = map[Unit]time.Duration{
	Microsecond: time.Microsecond, Millisecond: time.Millisecond, Centisecond: 10 * time.Millisecond, Decisecond: 100 * time.Millisecond,
	Second: time.Second, Minute: time.Minute, Hour: time.Hour,
}

// UnitNamed is the unit of a name such as m, min or minutes.
func UnitNamed(name string) (u Unit, ok bool) {
	u = units[name]
	return u, u != 0
}

// Length is how long the unit lasts; 0 from a day on, for the calendar decides.
func (u Unit) Length() time.Duration { return lengths[u] }
