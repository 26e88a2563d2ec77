package main

import (
	"fmt"
	"strconv"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/timerange"
)

// timeExamples is the forms of times; the page computes what each means, so that it cannot be wrong.
var timeExamples = []struct{ spec, doc string }{
	{"now", "the start of the search"},
	{"-70m", "an offset: 70 minutes ago; units s, m, h, d, w, mon, q, y"},
	{"-70m@m", "an offset, then a snap back to the start of the minute"},
	{"@d", "the start of the day"},
	{"@d-1h", "a snap, then an offset"},
	{"@w0", "the last Sunday; @w1 is Monday"},
	{"-1mon@mon", "the start of the last month"},
	{"1714564800.5", "seconds since 1970"},
	{"2024-05-01", "a day: its start in the zone of --tz"},
	{"2024-05-01T12:00:00", "without a zone: in that of --tz"},
	{"2024-05-01T12:00:00+02:00", "with a zone"},
	{"05/01/2024:12:00:00", "as Splunk writes it in searches"},
	{"now-9m", "as Elastic writes it; now/d is the start of the day"},
}

func helpTime(p *sheet) error {
	now := time.Date(2024, time.May, 15, 10, 27, 42, 0, time.UTC)
	p.WriteString(`Times are written the same way in --earliest, --latest, --now and in earliest= and latest= of a query, which go before
the flags. The earliest moment belongs to the search, the latest does not. Without them all of the input is searched.
Splunk's real-time windows (rt, rt-5m) cannot run: logs are followed by -F, with --every for windows (spoor help following).
With --every the search is of the last whole period before --now, and relative times count from its end: see spoor help cron.
Zones: --tz is UTC, local or a name such as Europe/Berlin; it is that of times without a zone, of snapping and of output.

`)
	fmt.Fprintf(p, "If now were %s:\n\n", column.FormatTime(now.UnixNano(), time.UTC))
	for _, e := range timeExamples {
		t, err := timerange.Parse(e.spec, now, time.UTC)
		if err != nil {
			return err
		}
		fmt.Fprintf(p, "  %-26s %s  %s\n", e.spec, t.UTC().Format("2006-01-02 15:04:05"), e.doc)
	}
	return nil
}

func helpLimits(p *sheet) error {
	p.WriteString(`Splunk has limits that protect its servers. Here there are none of them: all rows of a sort and of a subsearch count, whatever
their number. --splunk-limits keeps them, so that an answer is that of Splunk. One that takes something says so by its name, and the
exit code is 4.

`)
	for _, l := range engine.Limits() {
		most := strconv.Itoa(l.Most)
		if l.Time > 0 {
			most += ", " + l.Time.String()
		}
		doc := l.Doc
		if l.Cure != "" {
			doc += "; " + l.Cure
		}
		fmt.Fprintf(p, "%s  %s\n", l.Name, most)
		p.paragraph("    ", "    ", doc+".")
	}
	p.WriteString(`
--max-rows N ends the answer after N rows: if there are more, that is said, and the exit code is 4.
`)
	return nil
}

func helpSettings(p *sheet) error {
	p.WriteString(`The config folder is $XDG_CONFIG_HOME/spoor, usually ~/.config/spoor:

  macros.conf   macros, loaded over the built-in ones by every command
  rules/        saved searches, for savedsearch: savedsearches.conf, rules of security_content
  lookups/      lookups, besides those of --lookups: CSV files, transforms.conf, YAML definitions
  geoip.mmdb    the database of addresses of iplocation, unless --geoip names one
  config.yaml   values for flags, by their long names:

      tz: Europe/Berlin
      macros: [/etc/spoor/macros, /srv/security_content/macros]

A flag on the command line beats the environment, and that beats config.yaml. The variable of a flag is its name in capitals
after SPOOR_: SPOOR_TZ is --tz, SPOOR_NO_PROGRESS is --no-progress. SPOOR_MACROS and SPOOR_RULES hold paths separated as in PATH.
--to and --fail-on of replay are set by replay-to and SPOOR_REPLAY_TO, since those of other commands are files and severities.
NO_COLOR, if not empty, turns colours off.
`)
	return nil
}
