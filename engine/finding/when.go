package finding

import (
	"time"

	"spoor/engine/column"
)

// times is the columns in which results tell when something was: first and last of an aggregated row, or the time of an event.
var (
	firstTimes = []string{"firstTime", "first_time", "earliest", "_time", "@timestamp"}
	lastTimes  = []string{"lastTime", "last_time", "latest", "_time", "@timestamp"}
)

// layouts is the forms in which searches write times: RFC 3339, and those of security_content's macro and of ctime.
var layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "01/02/2006 15:04:05.999999999"}

// when is the first and the last moment of what was found: what the rows say, or else the records.
func when(rows []Row, evidence Evidence, zone *time.Location) (first, last int64) {
	for _, row := range rows {
		first, last = span(first, last, told(row, firstTimes, zone))
		first, last = span(first, last, told(row, lastTimes, zone))
	}
	if first != 0 {
		return first, last
	}
	for _, r := range evidence.Records {
		first, last = span(first, last, r.Time)
	}
	return first, last
}

// span is the time from first to last with a further moment; 0 is none.
func span(first, last, at int64) (int64, int64) {
	switch {
	case at == 0:
		return first, last
	case first == 0:
		return at, at
	}
	return min(first, at), max(last, at)
}

// told is the time in the first of some columns that has one.
func told(row Row, names []string, zone *time.Location) int64 {
	for _, name := range names {
		v, _ := row.Get(name)
		if ns, ok := instant(v, zone); ok {
			return ns
		}
	}
	return 0
}

func instant(v column.Value, zone *time.Location) (int64, bool) {
	if ns, ok := v.Instant(); ok && ns != 0 {
		return ns, true
	}
	if v.Text() == "" {
		return 0, false
	}
	if zone == nil {
		zone = time.UTC
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, v.Text(), zone); err == nil {
			return t.UnixNano(), true
		}
	}
	return 0, false
}
