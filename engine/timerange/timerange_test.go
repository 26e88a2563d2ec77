package timerange

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestParse(t *testing.T) {
	const base = "2024-05-15T12:34:56.789Z" // a Wednesday
	cases := []struct{ zone, now, spec, want string }{
		{"UTC", base, "now", "2024-05-15T12:34:56.789Z"},
		{"UTC", base, "now()", "2024-05-15T12:34:56.789Z"},
		{"UTC", base, " now ", "2024-05-15T12:34:56.789Z"},
		{"UTC", base, "-70m@m", "2024-05-15T11:24:00Z"},
		{"UTC", base, "-10m@m", "2024-05-15T12:24:00Z"},
		{"UTC", base, "-70m", "2024-05-15T11:24:56.789Z"},
		{"UTC", base, "-h", "2024-05-15T11:34:56.789Z"},
		{"UTC", base, "+1d", "2024-05-16T12:34:56.789Z"},
		{"UTC", base, "-1d@d+3h", "2024-05-14T03:00:00Z"},
		{"UTC", base, "@d-2h", "2024-05-14T22:00:00Z"},
		{"UTC", base, "@d-1h", "2024-05-14T23:00:00Z"},
		{"UTC", base, "-1d-2h+30m@h", "2024-05-14T11:00:00Z"},
		{"UTC", base, "@s", "2024-05-15T12:34:56Z"},
		{"UTC", base, "@h", "2024-05-15T12:00:00Z"},
		{"UTC", base, "@w", "2024-05-12T00:00:00Z"},
		{"UTC", base, "@w0", "2024-05-12T00:00:00Z"},
		{"UTC", base, "@w7", "2024-05-12T00:00:00Z"},
		{"UTC", base, "@w1", "2024-05-13T00:00:00Z"},
		{"UTC", base, "@w2", "2024-05-14T00:00:00Z"},
		{"UTC", base, "@w3", "2024-05-15T00:00:00Z"},
		{"UTC", base, "@w4", "2024-05-09T00:00:00Z"},
		{"UTC", base, "@w5", "2024-05-10T00:00:00Z"},
		{"UTC", base, "@w6", "2024-05-11T00:00:00Z"},
		{"UTC", base, "@w1+2d", "2024-05-15T00:00:00Z"},
		{"UTC", base, "-1w@w", "2024-05-05T00:00:00Z"},
		{"UTC", base, "-1mon@mon", "2024-04-01T00:00:00Z"},
		{"UTC", base, "@mon", "2024-05-01T00:00:00Z"},
		{"UTC", base, "@q", "2024-04-01T00:00:00Z"},
		{"UTC", base, "-1q@q", "2024-01-01T00:00:00Z"},
		{"UTC", base, "-2qtrs@qtr", "2023-10-01T00:00:00Z"},
		{"UTC", base, "@y", "2024-01-01T00:00:00Z"},
		{"UTC", base, "-1yr@year", "2023-01-01T00:00:00Z"},
		{"UTC", base, "-100ms", "2024-05-15T12:34:56.689Z"},
		{"UTC", base, "@ds", "2024-05-15T12:34:56.7Z"},
		{"UTC", base, "-5minutes@minute", "2024-05-15T12:29:00Z"},
		{"UTC", base, "-80000000m@y", "1872-01-01T00:00:00Z"},
		{"UTC", base, "+5000000000s@y", "2182-01-01T00:00:00Z"},
		{"UTC", base, "now-9m", "2024-05-15T12:25:56.789Z"},
		{"UTC", base, "now/d", "2024-05-15T00:00:00Z"},
		{"UTC", base, "now-1d/d", "2024-05-14T00:00:00Z"},
		{"UTC", base, "now-1M/M", "2024-04-01T00:00:00Z"},
		{"UTC", base, "now/w", "2024-05-13T00:00:00Z"},
		{"UTC", base, "now-1H", "2024-05-15T11:34:56.789Z"},
		{"UTC", base, "now-1d@d", "2024-05-14T00:00:00Z"},
		{"UTC", base, "0", "1970-01-01T00:00:00Z"},
		{"UTC", base, "1700000000", "2023-11-14T22:13:20Z"},
		{"UTC", base, "1700000000.25", "2023-11-14T22:13:20.25Z"},
		{"UTC", base, "1700000000.123456789", "2023-11-14T22:13:20.123456789Z"},
		{"UTC", base, "2024-05-01", "2024-05-01T00:00:00Z"},
		{"UTC", base, "2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z"},
		{"UTC", base, "2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00Z"},
		{"UTC", base, "2024-05-01T12:00:00.5+0200", "2024-05-01T10:00:00.5Z"},
		{"UTC", base, "2024-05-01 12:00:00", "2024-05-01T12:00:00Z"},
		{"UTC", base, "2024-05-01T12:00", "2024-05-01T12:00:00Z"},
		{"UTC", base, "05/01/2024:12:30:15", "2024-05-01T12:30:15Z"},
		{"Europe/Berlin", base, "05/01/2024:12:30:15", "2024-05-01T12:30:15+02:00"},
		{"Europe/Berlin", base, "2024-05-01T12:00:00", "2024-05-01T12:00:00+02:00"},
		{"Europe/Berlin", base, "2024-05-01T12:00:00Z", "2024-05-01T14:00:00+02:00"},
		{"Europe/Berlin", base, "@d", "2024-05-15T00:00:00+02:00"},
		// Months clamp to their end.
		{"UTC", "2024-03-31T10:00:00Z", "-1mon", "2024-02-29T10:00:00Z"},
		{"UTC", "2023-03-31T10:00:00Z", "-1mon", "2023-02-28T10:00:00Z"},
		{"UTC", "2024-02-29T10:00:00Z", "-1y", "2023-02-28T10:00:00Z"},
		{"UTC", "2024-01-31T10:00:00Z", "+1mon", "2024-02-29T10:00:00Z"},
		{"UTC", "2024-01-15T10:00:00Z", "-1mon", "2023-12-15T10:00:00Z"},
		{"UTC", "2024-05-31T10:00:00Z", "-1q", "2024-02-29T10:00:00Z"},
		// Clocks go forward on 2024-03-31 at 02:00 in Berlin: days keep the hour of the wall, hours are hours.
		{"Europe/Berlin", "2024-04-01T10:00:00+02:00", "-1d", "2024-03-31T10:00:00+02:00"},
		{"Europe/Berlin", "2024-03-31T12:00:00+02:00", "-1d", "2024-03-30T12:00:00+01:00"},
		{"Europe/Berlin", "2024-03-31T12:00:00+02:00", "-24h", "2024-03-30T11:00:00+01:00"},
		{"Europe/Berlin", "2024-03-31T12:00:00+02:00", "@d", "2024-03-31T00:00:00+01:00"},
		{"Europe/Berlin", "2024-10-27T12:00:00+01:00", "@d", "2024-10-27T00:00:00+02:00"},
		{"Europe/Berlin", "2024-10-27T02:30:00+02:00", "@h", "2024-10-27T02:00:00+02:00"},
		{"Europe/Berlin", "2024-10-27T02:30:00+01:00", "@h", "2024-10-27T02:00:00+01:00"},
		// Midnight does not exist here, and comes twice there.
		{"America/Sao_Paulo", "2018-11-04T12:00:00-02:00", "@d", "2018-11-04T01:00:00-02:00"},
		{"America/Havana", "2024-11-03T12:00:00-05:00", "@d", "2024-11-03T00:00:00-04:00"},
		{"Asia/Kolkata", base, "@h", "2024-05-15T18:00:00+05:30"},
	}
	for _, c := range cases {
		now, err := time.Parse(time.RFC3339Nano, c.now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Parse(c.spec, now, zone(t, c.zone))
		if err != nil || got.Format(time.RFC3339Nano) != c.want {
			t.Errorf("%s at %s in %s: got %s, %v; want %s", c.spec, c.now, c.zone, got.Format(time.RFC3339Nano), err, c.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	cases := map[string]string{
		"":                    "write now",
		"yesterday":           "write now",
		"rt":                  "not followed",
		"rt-5m":               "earliest=-5m@m latest=@m",
		"rtnow":               "not followed",
		"-5":                  "lacks a unit",
		"1714986000123":       "looks like milliseconds since 1970; write seconds: 1714986000.123",
		"-5x":                 "the units are",
		"-5M":                 "mon a month",
		"@":                   "lacks a unit",
		"@5d":                 "@h",
		"@w8":                 "w0 (Sunday)",
		"@w12":                "w0 (Sunday)",
		"70m":                 "did you mean -70m?",
		"-1d@d3h":             "begins with",
		"-99999999999999y":    "too large",
		"-999999y":            "outside",
		"-9999999999999s":     "too large",
		"-999999999999s":      "outside",
		"-200000000m":         "outside",
		"1.2.3":               "seconds since 1970",
		"99999999999999":      "seconds since 1970",
		"2024-13-01":          "month out of range",
		"2024-02-30":          "day out of range",
		"2024-05-01T25:00:00": "hour out of range",
		"0001-01-01":          "outside",
	}
	for spec, want := range cases {
		got, err := Parse(spec, time.Unix(1.7e9, 0), time.UTC)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, %v; want an error with %q", spec, got, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"-70m@m", "@w0", "now-1M/M", "1700000000.5", "2024-05-01T12:00:00+02:00", "+999999999999999h", "@w/", "now()"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Parse(s, time.Unix(1.7e9, 0), time.UTC)
		if err == nil && (got.Year() < 1678 || got.Year() > 2262) {
			t.Errorf("%q: %v is beyond 64 bits of nanoseconds", s, got)
		}
	})
}
