package main

import (
	"testing"
	"time"

	"spoor/engine/input"
)

func TestSummarise(t *testing.T) {
	at := func(hour int) input.Moment {
		return input.Moment(time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC).UnixNano())
	}
	count := input.Count{
		Bytes: 1_234_567, Records: 4321, PassedOver: 4000, Kinds: map[string]int64{"sysmon/5": 10, "sysmon/1": 300},
		Other: 8, Foreign: 1, Unreadable: 2, Lost: 1, LostHint: "keep them with --all", Salvaged: 1, First: at(10), Last: at(12),
	}
	l := &input.Ledger{Total: count, Files: []input.File{{Path: "a.log", Count: count, Places: []input.Place{
		{Offset: 99, Line: 7, Note: "not XML"}, {Offset: 5000, Note: "no JSON"},
	}}}}
	want := `read 1 file, 1.2 MB, 4,321 records, events from 2026-03-01T10:00:00.000Z to 2026-03-01T12:00:00.000Z
           4,000  passed over: without any of the words that the query needs
             310  events: sysmon/1 (300), sysmon/5 (10)
               1  of the events salvaged: truncated or damaged
               8  lines of other programs
               1  event of other providers
               1  record lost on the way here: keep them with --all
               2  unreadable records
    a.log:7: not XML
    a.log at byte 5000: no JSON
`
	if got := summarise(l, time.UTC, false); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want += "  a.log: 1.2 MB, 4,321 records, 310 events, 4,000 passed over\n"
	if got := summarise(l, time.UTC, true); got != want {
		t.Errorf("verbose: got\n%s\nwant\n%s", got, want)
	}
}

func TestSizeAndDigits(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1.0 kB", 2_500_000_000: "2.5 GB", 3e15: "3000.0 TB"} {
		if got := size(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := digits(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
