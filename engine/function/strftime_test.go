package function

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestStrftime(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	const ns = 1704164645_012345678 // 2024-01-02T03:04:05.012345678Z, a Tuesday
	cases := []struct{ layout, want string }{
		{"%Y-%m-%dT%H:%M:%S", "2024-01-02T03:04:05"}, {"%F %T", "2024-01-02 03:04:05"}, {"%d/%b/%y", "02/Jan/24"}, {"%e|%k|%l|%I", " 2| 3| 3|03"}, {"%-d %_m", "2  1"},
		{"%f", "012345"}, {"%Q", "012"}, {"%3Q %6Q %9Q", "012 012345 012345678"}, {"%N %3N %6N %9N", "012345678 012 012345 012345678"}, {"%z %:z %Z", "+0000 +00:00 UTC"},
		{"%s", "1704164645"}, {"%s.%3N", "1704164645.012"}, {"%p %P", "AM am"}, {"%j %a %A %b %B %h", "002 Tue Tuesday Jan January Jan"}, {"%w %u", "2 2"}, {"%U %W %V %G %g %C", "00 01 01 2024 24 20"},
		{"%c", "Tue Jan  2 03:04:05 2024"}, {"%+", "Tue Jan  2 03:04:05 UTC 2024"}, {"%x %X %D %R %r", "01/02/2024 03:04:05 01/02/24 03:04 03:04:05 AM"}, {"100%%", "100%"}, {"%q%", "%q%"}, {"%n%t", "\n\t"}, {"é", "é"}, {"", ""},
	}
	for _, c := range cases {
		if got := strftime(ns, c.layout, time.UTC); got != c.want {
			t.Errorf("%q: %q, want %q", c.layout, got, c.want)
		}
	}
	if got := strftime(ns, "%H %z %:z %::z %:::z %Ez %Z", berlin); got != "04 +0100 +01:00 +01:00:00 +01 +60 CET" {
		t.Errorf("in Berlin: %q", got)
	}
	if got := strftime(-1, "%F %T.%9N", nil); got != "1969-12-31 23:59:59.999999999" {
		t.Errorf("before 1970: %q", got)
	}
}

func TestStrptime(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2024, 5, 15, 12, 0, 0, 0, time.UTC)
	cases := []struct{ text, layout, want string }{ // in Berlin; an empty want is no time
		{"2024-01-02T03:04:05", "%Y-%m-%dT%H:%M:%S", "2024-01-02T03:04:05+01:00"},
		{"2024-01-02T03:04:05Z", "%Y-%m-%dT%H:%M:%S%z", "2024-01-02T03:04:05Z"},
		{"2024-01-02T03:04:05.123456Z", "%Y-%m-%dT%H:%M:%S.%6N%Z", "2024-01-02T03:04:05.123456Z"},
		{"2024-01-02 03:04:05.5 -0330", "%F %T.%Q %z", "2024-01-02T03:04:05.5-03:30"},
		{"2024-01-02 03:04:05 -03:30", "%F %T %:z", "2024-01-02T03:04:05-03:30"},
		{"2024-01-02 03:04:05 EST", "%F %T %Z", "2024-01-02T03:04:05-05:00"},
		{"2024-07-02 03:04:05 CEST", "%F %T %Z", "2024-07-02T03:04:05+02:00"},
		{"1704164645.25", "%s.%3N", "2024-01-02T04:04:05.25+01:00"},
		{"1704164645", "%s", "2024-01-02T04:04:05+01:00"},
		{"Jan  2 15:04:05", "%b %e %H:%M:%S", "2024-01-02T15:04:05+01:00"},
		{"january 2, 2023 3:04 pm", "%B %d, %Y %I:%M %p", "2023-01-02T15:04:00+01:00"},
		{"12:30 AM", "%I:%M %p", "2024-05-15T00:30:00+02:00"},
		{"Tuesday 02/Jan/99", "%A %d/%b/%y", "1999-01-02T00:00:00+01:00"},
		{"24-060", "%y-%j", "2024-02-29T00:00:00+01:00"},
		{"2024", "%Y", "2024-01-01T00:00:00+01:00"},
		{"2024-01-02 tail", "%Y-%m-%d", "2024-01-02T00:00:00+01:00"},
		{"100% 2024", "100%% %Y", "2024-01-01T00:00:00+01:00"},
		{"Mon Aug 13 00:00:00 2018", "%a %B %d %H:%M:%S.%N %Y", "2018-08-13T00:00:00+02:00"}, {"2024-01-02 03:04:05", "%F %T.%3Q", "2024-01-02T03:04:05+01:00"},
		{"2024-01-02 03:04:05Z", "%F %T.%QZ", "2024-01-02T03:04:05+01:00"}, {"2022-9-25T09:45:22.000", "%Y-%m-%dT%H:%M:%S.%Q", "2022-09-25T09:45:22+02:00"},
		{"2024-01-02 week 01", "%F week %V", "2024-01-02T00:00:00+01:00"}, {"2024-01-02 03:04:05 -300", "%F %T %Ez", "2024-01-02T03:04:05-05:00"},
		{"2024-01-02 03:04:05 +05:30:30", "%F %T %::z", "2024-01-02T03:03:35+05:30"}, {"2024-01-02 +-9", "%F %Ez", ""}, {"2024-01-02 9999999", "%F %Ez", ""}, {"12:00", "%H:%M.", ""},
		{"2024-02-30", "%Y-%m-%d", ""}, {"2024-13-01", "%Y-%m-%d", ""}, {"25:00", "%H:%M", ""}, {"x", "%Y", ""}, {"", "%Y", ""}, {"2024", "%Y-%m", ""},
		{"13 PM", "%I %p", ""}, {"2024 ABC", "%Y %Z", ""}, {"0001", "%Y", ""}, {"99999999999", "%s", ""}, {"12", "%E", ""}, {"1.", "%s.%N", ""}, {"0 +9", "%H %:z", "2024-05-15T00:00:00+09:00"},
	}
	for _, c := range cases {
		ns, ok := strptime(c.text, c.layout, now, berlin)
		if ok != (c.want != "") {
			t.Errorf("%q as %q: %v", c.text, c.layout, ok)
			continue
		}
		if want, _ := time.Parse(time.RFC3339, c.want); ok && ns != want.UnixNano() {
			t.Errorf("%q as %q: %s, want %s", c.text, c.layout, time.Unix(0, ns).In(berlin).Format(time.RFC3339Nano), c.want)
		}
	}
}

func FuzzTimes(f *testing.F) {
	f.Add("2024-01-02T03:04:05.5+01:00", "%Y-%m-%dT%H:%M:%S.%3N%z")
	f.Add("1704164645", "%s%:")
	f.Add("Tue Jan  2 03:04:05 2024", "%c")
	f.Fuzz(func(t *testing.T, text, layout string) {
		if len(text)+len(layout) > 1000 {
			return
		}
		if ns, ok := strptime(text, layout, time.Unix(1.7e9, 0), time.UTC); ok {
			_ = strftime(ns, layout, time.UTC)
		}
		if again, ok := strptime(strftime(1.7e18, "%F %T", time.UTC), "%F %T", time.Time{}, time.UTC); !ok || again != 1.7e18 {
			t.Error("printing and reading are no inverses")
		}
	})
}
