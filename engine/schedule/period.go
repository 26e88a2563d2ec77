package schedule

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"spoor/engine/rules"
	"spoor/engine/timerange"
)

// HowPeriod says how a period is written.
const HowPeriod = "write a part of a minute, of an hour or of a day, such as 30s, 15m, 1h or 6h; or 1d, 1w, 1mon"

// Period is ticks of a clock on the wall of the zone, by a text such as 15m: each period begins with one. Days begin at midnight, weeks on Sunday as
// Splunk has it, months on the first. The window of a tick is the period that ends with it. A period that would not fit evenly into the next longer one
// is an error.
func Period(text string, zone *time.Location) (*Schedule, error) {
	if zone == nil {
		zone = time.UTC
	}
	ticks, err := period(strings.TrimSpace(text), zone)
	if err != nil {
		return nil, err
	}
	return &Schedule{rule: &rules.Rule{}, zone: zone, ticks: ticks, tiled: true}, nil
}

func period(text string, zone *time.Location) (cadence, error) {
	digits := text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
	n, err := strconv.ParseInt(digits, 10, 16)
	unit, known := timerange.UnitNamed(strings.TrimSpace(text[len(digits):]))
	seconds := n * int64(unit.Length()/time.Second)
	switch unit {
	case timerange.Day:
		seconds = n * 86400
	case timerange.Week:
		seconds = n * 7 * 86400
	case timerange.Month:
		seconds = n * month
	}
	if err != nil || !known || seconds == 0 {
		return nil, fmt.Errorf("%q is no period", text)
	}
	cron := ""
	switch {
	case seconds == month:
		cron = "0 0 1 * *"
	case seconds < 0:
		return nil, uneven(text)
	case seconds < 60 && 60%seconds == 0:
		return interval(seconds), nil
	case seconds < 3600 && 3600%seconds == 0 && seconds%60 == 0:
		cron = fmt.Sprintf("*/%d * * * *", seconds/60)
	case seconds < 86400 && 86400%seconds == 0 && seconds%3600 == 0:
		cron = fmt.Sprintf("0 */%d * * *", seconds/3600)
	case seconds == 86400:
		cron = "0 0 * * *"
	case seconds == 7*86400:
		cron = "0 0 * * 0"
	default:
		return nil, uneven(text)
	}
	ticks, wrong := cronOf(&rules.Rule{Schedule: rules.Schedule{Cron: cron}}, zone)
	if wrong != nil {
		return nil, wrong
	}
	return ticks, nil
}

func uneven(text string) error {
	return fmt.Errorf("%q does not fit evenly into an hour or a day, so that its ticks would come at other times every day", text)
}

// month stands for a month: it is no length that a text in other units can have.
const month = -1
