package schedule

import (
	"testing"
	"time"

	"spoor/engine/rules"
)

// content is when security_content runs what says nothing else.
var content = rules.Schedule{Cron: "0 * * * *", Earliest: "-70m@m", Latest: "-10m@m", Window: "auto"}

// elastic is when Elastic's rules run mostly.
var elastic = rules.Schedule{Interval: "5m", Earliest: "now-9m", Latest: "now"}

func TestWindow(t *testing.T) {
	const none = "0001-01-01T00:00:00Z"
	for _, c := range []struct {
		language         rules.Language
		earliest, latest string
		zone, tick       string
		from, to         string
	}{
		{rules.SPL, "-70m@m", "-10m@m", "UTC", "2024-05-15T12:00:00Z", "2024-05-15T10:50:00Z", "2024-05-15T11:50:00Z"},
		{rules.SPL, "-1450m@m", "-10m@m", "UTC", "2024-05-15T00:10:00Z", "2024-05-14T00:00:00Z", "2024-05-15T00:00:00Z"},
		{rules.SPL, "", "", "UTC", "2024-05-15T12:00:00Z", none, "2024-05-15T12:00:00Z"},
		{rules.SPL, "-1h", "", "UTC", "2024-05-15T12:00:00Z", "2024-05-15T11:00:00Z", "2024-05-15T12:00:00Z"},
		{rules.SPL, "", "-10m", "UTC", "2024-05-15T12:00:00Z", none, "2024-05-15T11:50:00Z"},
		{rules.SPL, "0", "now", "UTC", "2024-05-15T12:00:00Z", "1970-01-01T00:00:00Z", "2024-05-15T12:00:00Z"},
		{rules.EQL, "now-9m", "now", "UTC", "2024-05-15T12:00:00Z", "2024-05-15T11:51:00Z", "2024-05-15T12:00:00.000000001Z"},
		{rules.EQL, "now-9m", "", "UTC", "2024-05-15T12:00:00Z", "2024-05-15T11:51:00Z", "2024-05-15T12:00:00.000000001Z"},
		// The calendar is that of the zone: Berlin is two hours ahead in summer. Its 31st of March has 23 hours.
		{rules.SPL, "-1d@d", "@d", "Europe/Berlin", "2024-05-15T12:00:00Z", "2024-05-13T22:00:00Z", "2024-05-14T22:00:00Z"},
		{rules.SPL, "-1d@d", "@d", "Europe/Berlin", "2024-04-01T04:00:00Z", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"},
		{rules.SPL, "-1mon@mon", "@mon", "UTC", "2024-03-01T05:00:00Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"},
	} {
		r := &rules.Rule{Language: c.language, Schedule: rules.Schedule{Cron: "@hourly", Earliest: c.earliest, Latest: c.latest}}
		s, err := Of(r, zone(t, c.zone))
		if err != nil {
			t.Fatal(err)
		}
		tick := instant(t, c.tick, time.UTC)
		w, err := s.Window(tick)
		from, to := w.From.UTC().Format(time.RFC3339Nano), w.To.UTC().Format(time.RFC3339Nano)
		if err != nil || from != c.from || to != c.to || !w.Tick.Equal(tick) {
			t.Errorf("%s to %s at %s in %s: %s to %s, %v; want %s to %s", c.earliest, c.latest, c.tick, c.zone, from, to, err, c.from, c.to)
		}
		wantFrom := c.from
		if wantFrom == none {
			wantFrom = ""
		}
		if earliest, latest := w.Words(); earliest != wantFrom || latest != c.to {
			t.Errorf("%s to %s: in words %q to %q", c.earliest, c.latest, earliest, latest)
		}
	}
}

// windows is those of all ticks of a day in Berlin.
func windows(t *testing.T, r *rules.Rule, day string) (out []Window) {
	t.Helper()
	berlin := zone(t, "Europe/Berlin")
	s, err := Of(r, berlin)
	if err != nil {
		t.Fatal(err)
	}
	from := instant(t, day+" 00:00", berlin)
	ticks, _ := s.Due(from.Add(-time.Second), from.AddDate(0, 0, 1), 0)
	for _, tick := range ticks {
		w, err := s.Window(tick)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, w)
	}
	return out
}

func TestConsecutiveWindows(t *testing.T) {
	for _, c := range []struct {
		name    string
		rule    *rules.Rule
		overlap time.Duration
	}{
		{"security_content", &rules.Rule{Language: rules.SPL, Schedule: content}, 0},
		{"a baseline", &rules.Rule{Language: rules.SPL, Schedule: rules.Schedule{Cron: "0 5 * * *", Earliest: "-1d@d", Latest: "@d"}}, 0},
		{"every other hour", &rules.Rule{Language: rules.SPL, Schedule: rules.Schedule{Cron: "30 * * * *", Earliest: "-1h@h", Latest: "@h"}}, 0},
		{"Elastic", &rules.Rule{Language: rules.EQL, Schedule: elastic}, 4*time.Minute + time.Nanosecond},
	} {
		for _, day := range []string{"2024-03-30", "2024-03-31", "2024-10-27"} {
			all := windows(t, c.rule, day)
			if c.overlap == 0 && len(Gaps(all[0].From, all)) > 0 {
				t.Errorf("%s on %s has gaps: %v", c.name, day, Gaps(all[0].From, all))
			}
			for i, w := range all[1:] {
				if got := all[i].To.Sub(w.From); got != c.overlap {
					t.Errorf("%s on %s at %s: the windows overlap by %s, want %s", c.name, day, w.Tick, got, c.overlap)
				}
			}
		}
	}
}

func TestGaps(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2024, 5, 15, 12, minute, 0, 0, time.UTC) }
	window := func(from, to int) Window { return Window{From: at(from), To: at(to)} }
	for _, c := range []struct {
		name    string
		until   time.Time
		windows []Window
		want    []Gap
	}{
		{"nothing", at(0), nil, nil},
		{"it goes on where it ended", at(10), []Window{window(10, 20), window(20, 30)}, nil},
		{"overlapping", at(10), []Window{window(6, 15), window(11, 20)}, nil},
		{"a hole at the beginning", at(10), []Window{window(15, 20)}, []Gap{{at(10), at(15)}}},
		{"a hole within", at(10), []Window{window(10, 20), window(25, 30)}, []Gap{{at(20), at(25)}}},
		{"in any order", at(10), []Window{window(25, 30), window(12, 20)}, []Gap{{at(10), at(12)}, {at(20), at(25)}}},
		{"nothing searched before", time.Time{}, []Window{window(10, 20), window(25, 30)}, []Gap{{at(20), at(25)}}},
		{"all times", at(10), []Window{{To: at(30)}}, nil},
		{"older than what was searched", at(40), []Window{window(10, 20)}, nil},
	} {
		got := Gaps(c.until, c.windows)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if !got[i].From.Equal(c.want[i].From) || !got[i].To.Equal(c.want[i].To) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}
