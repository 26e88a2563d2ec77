package schedule

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"

	"spoor/engine/rules"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func instant(t testing.TB, text string, zone *time.Location) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(time.RFC3339Nano, text, zone)
	if err != nil {
		if at, err = time.ParseInLocation("2006-01-02 15:04", text, zone); err != nil {
			t.Fatal(err)
		}
	}
	return at
}

func of(t testing.TB, when rules.Schedule, zone *time.Location) *Schedule {
	t.Helper()
	s, err := Of(&rules.Rule{Name: "a rule", Language: rules.SPL, Schedule: when}, zone)
	if err != nil {
		t.Fatalf("%+v: %s", when, err.Error())
	}
	return s
}

// clock is times as a clock on the wall of their zone shows them.
func clock(times []time.Time, layout string) string {
	var out []string
	for _, at := range times {
		out = append(out, at.Format(layout))
	}
	return strings.Join(out, " ")
}

func TestCron(t *testing.T) {
	const from = "2024-05-15T12:34:56Z" // a Wednesday
	for _, c := range []struct{ cron, want string }{
		{"0 * * * *", "15T13:00 15T14:00 15T15:00"},
		{"*/15 * * * *", "15T12:45 15T13:00 15T13:15"},
		{"5,35 12-13 * * *", "15T12:35 15T13:05 15T13:35"},
		{"34 12 * * *", "16T12:34 17T12:34 18T12:34"},
		{"10 0 * * *", "16T00:10 17T00:10 18T00:10"},
		{"0 6-22/8 * * *", "15T14:00 15T22:00 16T06:00"},
		{"0 0 31 * *", "31T00:00 31T00:00 31T00:00"}, // of May, July, August
		{"0 0 1 jun *", "01T00:00 01T00:00 01T00:00"},
		// Days of the week: 0 and 7 are Sunday, also in ranges and lists.
		{"0 0 * * 0", "19T00:00 26T00:00 02T00:00"},
		{"0 0 * * 7", "19T00:00 26T00:00 02T00:00"},
		{"0 0 * * sun", "19T00:00 26T00:00 02T00:00"},
		{"0 0 * * 5-7", "17T00:00 18T00:00 19T00:00"},
		{"0 0 * * fri-sun", "17T00:00 18T00:00 19T00:00"},
		{"0 0 * * 6,7", "18T00:00 19T00:00 25T00:00"},
		{"0 0 * * 3,5-7/2", "17T00:00 19T00:00 22T00:00"},
		{"0 0 * * 0-7", "16T00:00 17T00:00 18T00:00"},
		{"0 0 * * 1-7", "16T00:00 17T00:00 18T00:00"},
		{"0 0 * * 7-7", "19T00:00 26T00:00 02T00:00"},
		{"0 0 * * 1-5", "16T00:00 17T00:00 20T00:00"},
		// Of both days one is enough, unless either is *.
		{"0 0 20 * 4", "16T00:00 20T00:00 23T00:00"},
		{"0 0 20 * *", "20T00:00 20T00:00 20T00:00"},
		{"0 0 1-7 6 */1", "01T00:00 02T00:00 03T00:00"},
		{"@hourly", "15T13:00 15T14:00 15T15:00"},
		{"@daily", "16T00:00 17T00:00 18T00:00"},
		{"@midnight", "16T00:00 17T00:00 18T00:00"},
		{"@weekly", "19T00:00 26T00:00 02T00:00"},
		{"@monthly", "01T00:00 01T00:00 01T00:00"},
		{"@yearly", "01T00:00 01T00:00 01T00:00"},
		{"@every 90m", "15T13:30 15T15:00 15T16:30"},
		{"  0   *  * * * ", "15T13:00 15T14:00 15T15:00"},
	} {
		s := of(t, rules.Schedule{Cron: c.cron}, time.UTC)
		at := instant(t, from, time.UTC)
		var got []time.Time
		for range 3 {
			at = s.Next(at)
			got = append(got, at)
		}
		if text := clock(got, "02T15:04"); text != c.want {
			t.Errorf("%s: %s, want %s", c.cron, text, c.want)
		}
	}
}

func TestCronErrors(t *testing.T) {
	for spec, want := range map[string]string{
		"* * * *":                      "it has 4 fields",
		"0":                            "it has 1 field",
		"0 0 * * * *":                  "as if it began with seconds",
		"60 * * * *":                   "above maximum (59)",
		"0 24 * * *":                   "above maximum (23)",
		"0 0 0 * *":                    "below minimum (1)",
		"0 0 * 13 *":                   "above maximum (12)",
		"0 0 * * 8":                    "above maximum (6)",
		"0 0 * * 8-7":                  "above maximum (6)",
		"0 0 * * 5-7/0":                "above maximum (6)",
		"5-1 * * * *":                  "beyond end of range",
		"*/0 * * * *":                  "should be a positive number",
		"1, * * * *":                   "the minute \"1,\" has a comma too many",
		"0 1,,2 * * *":                 "a comma too many",
		"0 0 30 2 *":                   "there is no such day",
		"0 0 L * *":                    "failed to parse",
		"0 0 * * 1#2":                  "failed to parse",
		"-1 * * * *":                   "failed to parse",
		"99999999999999999999 * * * *": "failed to parse",
		"TZ=UTC":                       "names a time zone",
		"CRON_TZ=UTC 0 * * * *":        "names a time zone",
		"@reboot":                      "nothing here starts with the machine",
		"@fortnightly":                 "unrecognized descriptor",
		"@every 2":                     "missing unit",
		"@every 9000h":                 "between a second and a year",
	} {
		file := "rules.yml"
		r := ruleIn(file, rules.Schedule{Cron: spec})
		_, err := Of(r, time.UTC)
		if err == nil || !strings.Contains(err.Error(), want) || err.Code != "bad-cron" || !strings.HasPrefix(err.Error(), "rules.yml:2:1: error: the cron") || err.Hint == "" {
			t.Errorf("%s: %v, want an error at the rule with %q", spec, err, want)
		}
	}
}

// In UTC, where clocks are never changed, ticks are those of the library whose syntax it is.
func TestCronAsTheLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	field := func(low, high int) string {
		switch a, b := low+r.IntN(high-low+1), low+r.IntN(high-low+1); r.IntN(8) {
		case 0, 1:
			return "*"
		case 2:
			return "*/" + itoa(1+r.IntN(high))
		case 3:
			return itoa(min(a, b)) + "-" + itoa(max(a, b))
		case 4:
			return itoa(min(a, b)) + "-" + itoa(max(a, b)) + "/" + itoa(1+r.IntN(5))
		case 5:
			return itoa(a) + "," + itoa(b)
		default:
			return itoa(a)
		}
	}
	for range 2000 {
		spec := strings.Join([]string{field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6)}, " ")
		theirs, err := cron.ParseStandard("TZ=UTC " + spec)
		if err != nil {
			t.Fatal(err)
		}
		ours := of(t, rules.Schedule{Cron: spec}, time.UTC)
		at := time.Unix(1.6e9+r.Int64N(2e8), r.Int64N(1e9)).UTC()
		for range 5 {
			want, got := theirs.Next(at), ours.Next(at)
			if !got.Equal(want) {
				t.Fatalf("%s after %s: %s, want %s", spec, at, got, want)
			}
			latest, _ := ours.Due(time.Time{}, got.Add(time.Duration(r.IntN(59))*time.Second), 0)
			if len(latest) != 1 || !latest[0].Equal(want) {
				t.Fatalf("%s: the latest at %s is %v", spec, got, latest)
			}
			at = got
		}
	}
}

func FuzzCron(f *testing.F) {
	for _, spec := range []string{"0 * * * *", "*/15 6-22 * * 1-5", "0 0 29 2 *", "@every 5m", "TZ=", "0 0 * * 5-7/2", "1-5-7 * * * *", "?/3 * ? * ?"} {
		f.Add(spec, int64(1.7e9))
	}
	berlin := zone(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, spec string, at int64) {
		s, err := Of(&rules.Rule{Schedule: rules.Schedule{Cron: spec}}, berlin)
		if err != nil {
			return
		}
		from := time.Unix(at%4e9, 0)
		next := s.Next(from)
		if !next.After(from) {
			t.Fatalf("%q after %s: %s", spec, from, next)
		}
		if latest, _ := s.Due(time.Time{}, next, 0); len(latest) != 1 || !latest[0].Equal(next) {
			t.Fatalf("%q: the latest at %s is %v", spec, next, latest)
		}
	})
}
