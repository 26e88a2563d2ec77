package main

import (
	"testing"
	"time"
)

func TestNameAt(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 1, 9, 5, 7, 123, berlin)
	for _, c := range []struct{ name, want, folder string }{
		{"out.csv", "out.csv", "."},
		{"dir/%Y%m%dT%H.ndjson", "dir/20260301T09.ndjson", "dir"},
		{"/a/%Y/%m/%d/%H%M%S.json", "/a/2026/03/01/090507.json", "/a"},
		{"%F%z.json", "2026-03-01+0100.json", "."},
		{"%s", "1772352307", "."},
		{"day-%j", "day-060", "."},
		{"50%% of %Y", "50% of 2026", "."},
		{"a%%b", "a%b", "."},
		{"%%Y", "%Y", "."},
		// without any that is known, % is itself
		{"100%", "100%", "."},
		{"50% of hosts", "50% of hosts", "."},
		{"%q/%x.csv", "%q/%x.csv", "%q"},
	} {
		got, err := nameAt(c.name, at)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
		if folder := undated(c.name); folder != c.folder {
			t.Errorf("%s: the folder %q, want %q", c.name, folder, c.folder)
		}
	}
	for _, name := range []string{"%Y%q", "%Y%", "%", "%% %"} {
		got, err := nameAt(name, at)
		if known := name != "%"; known != (err != nil) || !known && got != name {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
