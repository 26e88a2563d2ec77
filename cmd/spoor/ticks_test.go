package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What is due, over which time, and what the windows leave out: on the day of 23 hours in Berlin.
func TestTicks(t *testing.T) {
	sh, out, said := silentShell(t)
	sh.now = func() time.Time { return time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC) }
	rules := filepath.Join(t.TempDir(), "rules.yml")
	if err := os.WriteFile(rules, []byte(`title: Hourly
language: spl
query: EventID=1
schedule: {cron: '0 * * * *', earliest: -50m@m, latest: now}
---
title: Daily
language: spl
query: EventID=1
schedule: {cron: '30 2 * * *', earliest: -1d@d, latest: '@d'}
---
title: Always
language: spl
query: EventID=1
schedule: {cron: '@every 1h'}
---
title: Never
language: spl
query: EventID=1
`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		out  string
		said string
		code exit
	}{
		{[]string{"--for", "2h", "--tz", "Europe/Berlin", "-o", "ndjson"}, `{"tick":"2026-03-29T01:00:00.000+01:00","rule":"Always","to":"2026-03-29T01:00:00.000+01:00"}
{"tick":"2026-03-29T01:00:00.000+01:00","rule":"Hourly","from":"2026-03-29T00:10:00.000+01:00","to":"2026-03-29T01:00:00.000+01:00","gap":"10m"}
{"tick":"2026-03-29T03:00:00.000+02:00","rule":"Always","to":"2026-03-29T03:00:00.000+02:00"}
{"tick":"2026-03-29T03:00:00.000+02:00","rule":"Daily","from":"2026-03-28T00:00:00.000+01:00","to":"2026-03-29T00:00:00.000+01:00"}
{"tick":"2026-03-29T03:00:00.000+02:00","rule":"Hourly","from":"2026-03-29T01:10:00.000+01:00","to":"2026-03-29T03:00:00.000+02:00","gap":"10m"}
`, "left out, as nothing says when to run them: \"Never\"\n", done},
		{[]string{"--for", "5m", "-q"}, "", "no rule is due in the next 5m\n", done},
		{[]string{"--for", "soon"}, "", "left out, as nothing says when to run them: \"Never\"\nspoor: --for is a time such as 30s, 5m or 1h, not \"soon\"\n", misused},
	} {
		out.Reset()
		said.Reset()
		code := run(t.Context(), append([]string{"schedule", rules, "--print", "ticks"}, c.args...), sh)
		if code != c.code || out.String() != c.out || said.String() != c.said {
			t.Errorf("%v: exit code %d\n%s%s", c.args, code, out, said)
		}
	}
}
