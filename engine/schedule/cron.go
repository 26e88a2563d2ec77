package schedule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// clockwork is the ticks of a cron by the clock on a wall. What the wall says of instants, and where clocks are put forward or back, is in wall.go.
type clockwork struct {
	zone   *time.Location
	fields cron.SpecSchedule // sets of bits
	hourly bool              // it runs at all hours
	steady bool              // its hours are * or */n: what comes twice, runs twice
}

const howCron = "a cron has five fields: minute, hour, day of the month, month, day of the week, such as */15 6-22 * * 1-5; or it is @hourly, @daily, @weekly, @monthly, @yearly, @every 5m"

var parser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)

// cronOf reads a cron of five fields, or a word such as @hourly.
func cronOf(r *rules.Rule, zone *time.Location) (cadence, *source.Diagnostic) {
	text := strings.TrimSpace(r.Schedule.Cron)
	wrong := func(format string, args ...any) *source.Diagnostic {
		return source.Errorf(r.At, "bad-cron", "the cron %q of %q: %s", text, r.Name, fmt.Sprintf(format, args...)).WithHint(howCron)
	}
	fields := strings.Fields(text)
	switch {
	case strings.Contains(text, "TZ="):
		return nil, wrong("it names a time zone").WithHint("the zone of all schedules is that of --tz")
	case text == "@reboot":
		return nil, wrong("nothing here starts with the machine")
	case strings.HasPrefix(text, "@"):
	case len(fields) == 6 || len(fields) == 7:
		return nil, wrong("it has %d fields, as if it began with seconds", len(fields))
	case len(fields) != 5:
		return nil, wrong("it has %s", source.Count(len(fields), "field"))
	default:
		for i, name := range []string{"minute", "hour", "day of the month", "month", "day of the week"} {
			if strings.Trim(fields[i], ",") != fields[i] || strings.Contains(fields[i], ",,") {
				return nil, wrong("the %s %q has a comma too many", name, fields[i])
			}
		}
		fields[4] = sundays(fields[4])
		text = strings.Join(fields, " ")
	}
	parsed, err := parser.Parse(text)
	if err != nil {
		return nil, wrong("%s", err)
	}
	if every, ok := parsed.(cron.ConstantDelaySchedule); ok {
		if every.Delay > 366*day {
			return nil, wrong("an interval is between a second and a year")
		}
		return interval(every.Delay / time.Second), nil
	}
	c := &clockwork{zone: zone, fields: *parsed.(*cron.SpecSchedule)}
	const hours = 1<<24 - 1
	c.hourly = c.fields.Hour&hours == hours
	c.steady = c.hourly || len(fields) == 5 && strings.HasPrefix(fields[1], "*")
	if _, ok := c.next(reference.Unix()); !ok {
		return nil, wrong("there is no such day")
	}
	return c, nil
}

var untilSunday = regexp.MustCompile(`(?i)^(\d|sun|mon|tue|wed|thu|fri|sat)-(7|sun)(?:/(\d{1,3}))?$`)

// sundays writes days of the week without 7, which is Sunday as 0 is, also at the end of a range: 5-7 is 5,6,0. What is wrong stays as it is.
func sundays(field string) string {
	parts := strings.Split(field, ",")
	for i, part := range parts {
		if part == "7" {
			parts[i] = "0"
			continue
		}
		m := untilSunday.FindStringSubmatch(part)
		if m == nil {
			continue
		}
		first := max(slices.Index(weekdays, strings.ToLower(m[1])), strings.Index("01234567", m[1]))
		step := 1
		if m[3] != "" {
			step, _ = strconv.Atoi(m[3])
		}
		if first < 0 || step == 0 || first == 0 && m[2] != "7" {
			continue
		}
		var days []string
		for d := first; d <= 7; d += step {
			days = append(days, strconv.Itoa(d%7))
		}
		parts[i] = strings.Join(days, ",")
	}
	return strings.Join(parts, ",")
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
