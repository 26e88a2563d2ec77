package input

import (
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
)

func TestParseTime(t *testing.T) {
	at := func(s string) int64 {
		x, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return x.UnixNano()
	}
	for _, c := range []struct{ text, want string }{
		{"2022-11-24 09:59:47.884", "2022-11-24T09:59:47.884Z"},
		{"2022-11-24T09:59:47.882033000Z", "2022-11-24T09:59:47.882033Z"},
		{"2025-06-19T13:16:36.9278190Z", "2025-06-19T13:16:36.927819Z"},
		{"2021-10-14T08:05:34Z", "2021-10-14T08:05:34Z"},
		{"2025-12-10T22:27:58.152234+09:00", "2025-12-10T13:27:58.152234Z"},
		{"2022-11-24T09:59:47-0330", "2022-11-24T13:29:47Z"},
		{"2022-11-24T09:59:47+01", "2022-11-24T08:59:47Z"},
		{"2024-02-29 00:00:00", "2024-02-29T00:00:00Z"},
		{"1969-12-31 23:59:59.5", "1969-12-31T23:59:59.5Z"},
		{"2000-03-01 00:00:00.1234567891 UTC", "2000-03-01T00:00:00.123456789Z"},
		{"1652292620399", "2022-05-11T18:10:20.399Z"},
		{"1652292620.399931", "2022-05-11T18:10:20.399931Z"},
		{"1652292620399931", "2022-05-11T18:10:20.399931Z"},
		{"1652292620399931000", "2022-05-11T18:10:20.399931Z"},
		{"", ""}, {"-", ""}, {"2022-13-01 00:00:00", ""}, {"2022-02-30 00:00:00", ""}, {"2023-02-29 00:00:00", ""}, {"1900-02-29 00:00:00", ""},
		{"2022-11-24 25:00:00", ""}, {"2022-11-24 0x:00:00", ""}, {"2022-11-24 09:59:47 foo", ""}, {"2022-11-24T09:59:47+99:00", ""},
		{"9999-01-01 00:00:00", ""}, {"0001-01-01 00:00:00", ""}, {"xxxx-01-01 00:00:00", ""}, {"1e300", ""}, {"Nov 24 09:59:47", ""},
	} {
		got, ok := parseTime([]byte(c.text))
		if ok != (c.want != "") || ok && got != at(c.want) {
			t.Errorf("%q: got %v %v, want %q", c.text, time.Unix(0, got).UTC(), ok, c.want)
		}
	}
}

func TestParseTimeOfEveryDay(t *testing.T) {
	for day := time.Date(1890, 1, 1, 1, 2, 3, 0, time.UTC); day.Year() < 2110; day = day.AddDate(0, 0, 1) {
		if got, ok := parseTime([]byte(day.Format(time.DateTime))); !ok || got != day.UnixNano() {
			t.Fatalf("%v: got %d %v", day, got, ok)
		}
	}
}

func TestEventTime(t *testing.T) {
	const minute = int64(time.Minute)
	for _, c := range []struct {
		in   instants
		want int64
		ok   bool
	}{
		{instants{utc: 100, system: 50, hasUTC: true, hasSystem: true}, 100, true},
		{instants{utc: 2 * minute, system: minute, hasUTC: true, hasSystem: true}, 2 * minute, true},
		{instants{utc: 2*minute + 1, system: minute, hasUTC: true, hasSystem: true}, minute, true},
		{instants{utc: 5, system: 10 * minute, hasUTC: true, hasSystem: true}, 10 * minute, true},
		{instants{utc: 7, hasUTC: true}, 7, true},
		{instants{system: 8, hasSystem: true}, 8, true},
		{instants{}, 0, false},
	} {
		if got, ok := c.in.event(); got != c.want || ok != c.ok {
			t.Errorf("%+v: got %d %v, want %d %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

// Demand.Clock chooses what the time of an event is; a field that was named is all that counts.
func TestClock(t *testing.T) {
	const early, late = "2025-03-20 07:23:00.5", "2025-03-20T07:24:00Z" // 1742455380.5 and 1742455440
	ecs := `{"@timestamp":"2025-03-20T07:23:00.5Z","event":{"category":"process","ingested":"2025-03-20T07:24:00Z","created":1742455440123,"times":["2025-03-20T07:24:00Z","x"]}}` + "\n"
	wrapped := `{"time":1742455380,"event":"<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>5</EventID></System></Event>"}` + "\n"
	for _, c := range []struct {
		name  string
		clock Clock
		log   string
		want  string
	}{
		{"UtcTime comes first", Clock{}, flat(1, 1, early, late, ""), "1742455380.5"},
		{"written: SystemTime comes first", Clock{Written: true}, flat(1, 1, early, late, ""), "1742455440"},
		{"written: else UtcTime", Clock{Written: true}, flat(1, 1, early, "", ""), "1742455380.5"},
		{"written: an ECS event has its timestamp", Clock{Written: true}, ecs, "1742455380.5"},
		{"written: else the envelope's time", Clock{Written: true}, wrapped, "1742455380"},
		{"a field", Clock{Field: "event.ingested"}, ecs, "1742455440"},
		{"a field that is a number", Clock{Field: "event.created"}, ecs, "1742455440.123"},
		{"a field with several values: the first", Clock{Field: "event.times"}, ecs, "1742455440"},
		{"a field of Sysmon", Clock{Field: "SystemTime"}, flat(1, 1, early, late, ""), "1742455440"},
		{"a field of the configuration's own", Clock{Field: "Seen"}, flat(1, 1, early, late, `,"Seen":"2025-03-20T07:24:01Z"`), "1742455441"},
		{"a field beats written", Clock{Written: true, Field: "UtcTime"}, flat(1, 1, early, late, ""), "1742455380.5"},
		{"a field that is not there", Clock{Field: "Seen"}, flat(1, 1, early, late, ""), ""},
		{"a field that is no time", Clock{Field: "Image"}, flat(1, 1, early, late, ""), ""},
		{"not even the envelope's time", Clock{Field: "UtcTime"}, wrapped, ""},
		{"a column of ours is no field", Clock{Field: "_raw"}, flat(1, 1, early, late, ""), ""},
	} {
		for _, all := range []bool{false, true} {
			s := New(text(t, c.log), Config{Demand: Demand{All: all, Fields: []string{"_time", column.Position}, Clock: c.clock}})
			if got := rowsOf(t, s, 1, "_time"); len(got) != 1 || got[0][strings.Index(got[0], "|")+1:] != c.want {
				t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			}
		}
	}
	in := text(t, flat(5, 1, early, late, "")+flat(5, 2, late, early, ""))
	from, _ := parseTime([]byte(late))
	s := New(in, Config{Demand: Demand{Fields: []string{"EventRecordID", column.Position}, Clock: Clock{Written: true}, Earliest: from, Latest: End}})
	if got := rowsOf(t, s, 1, "EventRecordID"); !slices.Equal(got, []string{"sysmon/5|1"}) {
		t.Errorf("the window is not one of the times chosen: %q", got)
	}
}

func TestTimesOfAMinute(t *testing.T) {
	var m minute
	for _, text := range []string{"2025-03-03 06:00:00.004", "2025-03-03T06:00:59.5Z", "2025-03-03T06:00:60Z", "2025-03-03T06:00:61Z", "2025-03-03T06:00:0xZ", "2025-03-03T06:00:07,25",
		"2025-03-03T06:00:07+01:00", "2025-03-03T06:00:07 UTC", "2025-03-03x06:00:07", "2025-03-03 06:00:0", "2025-13-03 06:00:07", "2025-03-03 06:00:08", "2025-03-03 06:01:08Z",
		"2025-03-03 06:00-08", "2025-03-03 06:00:09,123Z", "2025-03-03 06:00:0\xb2.123", "2025-03-03 06:00:60.999", "2025-03-03 06:00:61.000Z", "2025-03-03T06:00:42.123z", "1654-03-03 06:00:08", "2261-12-31 23:59:60.999999999Z", "1678-01-01 00:00:00", "1652292620399931000", "1652292620399931:00", strings.Repeat("\x00", 16) + ":00", ""} {
		for range 2 {
			got, known := m.parse([]byte(text))
			if want, ok := parseTime([]byte(text)); got != want || known != ok {
				t.Errorf("%q: got %d, %v, want %d, %v", text, got, known, want, ok)
			}
		}
	}
}

func TestMillisecondsOfAMinute(t *testing.T) {
	m := minute{}
	for _, text := range []string{"2025-03-03T06:00:42.137", "2025-03-03 06:00:42.137Z"} {
		if got, ok := m.parse([]byte(text)); !ok || got != time.Date(2025, 3, 3, 6, 0, 42, 137e6, time.UTC).UnixNano() {
			t.Fatalf("%q is %d, %v", text, got, ok)
		}
		for at := range len(text) { // any byte in place of any other
			for c := range 256 {
				b := []byte(text)
				b[at] = byte(c)
				m := m
				got, known := m.parse(b)
				if want, ok := parseTime(b); got != want || known != ok {
					t.Fatalf("%q: got %d, %v, want %d, %v", b, got, known, want, ok)
				}
			}
		}
	}
}
