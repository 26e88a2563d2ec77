package detect_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/rules"
)

// BenchmarkFollow answers a hundred rules over a log that grows, so many events at a time. To compare: the same over all of it at once. With
// SPOOR_CORPUS the rules are the first of the published ones in EQL.
func BenchmarkFollow(b *testing.B) {
	const events = 200_000
	file, ends := grown(b, events)
	list := hundred(b)
	o := detect.Options{Evidence: 10, Briefly: true, Run: engine.RunOptions{Workers: 2}}
	measured := func(b *testing.B, follow func()) {
		b.ReportAllocs()
		before := processorTime(b)
		for b.Loop() {
			follow()
		}
		b.ReportMetric(float64(events*b.N)/(processorTime(b)-before), "events/cpu-s")
	}
	for _, round := range []int{1_000, 12_500, 50_000} {
		b.Run(fmt.Sprint(round), func(b *testing.B) {
			measured(b, func() { followed(b, list, o, file, ends, round) })
		})
	}
	b.Run("whole", func(b *testing.B) {
		measured(b, func() {
			o := o
			o.Run.Inputs = input.Inputs{{Path: file, Size: ends[len(ends)-1]}}
			detect.Run(b.Context(), list, o)
		})
	})
}

// followed answers the rules round by round, and says how many findings there were.
func followed(tb testing.TB, list []*rules.Rule, o detect.Options, file string, ends []int64, round int) (found int) {
	tb.Helper()
	live, diag := detect.NewLive(list, o)
	if diag != nil || live.Rules() < 100 {
		tb.Fatal(live.Rules(), diag)
	}
	from := int64(0)
	for at := round; from < ends[len(ends)-1]; at += round {
		to := ends[min(at, len(ends))-1]
		in := input.Inputs{{Path: file, Size: ends[len(ends)-1], Bounds: &input.Range{From: from, To: to}}}
		newest, _, err := input.Newest(tb.Context(), in, o.Run.Workers)
		if err != nil {
			tb.Fatal(err)
		}
		for _, x := range live.Round(tb.Context(), in, engine.Watermark{Low: newest - 5e9}).Outcomes {
			found += x.Findings
		}
		from = to
	}
	live.Round(tb.Context(), nil, engine.Watermark{Low: column.End})
	return found
}

// grown is a log of so many events, and where its lines end.
func grown(tb testing.TB, events int) (file string, ends []int64) {
	tb.Helper()
	var log bytes.Buffer
	if _, err := generate.Write(tb.Context(), &log, generate.Config{Events: events, Attacks: 20, Seed: 3, Form: "flat"}); err != nil {
		tb.Fatal(err)
	}
	for at, c := range log.Bytes() {
		if c == '\n' {
			ends = append(ends, int64(at)+1)
		}
	}
	file = filepath.Join(tb.TempDir(), "events.json")
	if err := os.WriteFile(file, log.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
	return file, ends
}

// hundred is a hundred rules that are answered as events come, every tenth of them a sequence.
func hundred(tb testing.TB) []*rules.Rule {
	tb.Helper()
	pack := &rules.Library{}
	if folder := os.Getenv("SPOOR_CORPUS"); folder != "" {
		pack.Load(folder)
		list := slices.DeleteFunc(pack.All(), func(r *rules.Rule) bool { return r.Language != rules.EQL })
		return list[:min(len(list), 110)]
	}
	dir := tb.TempDir()
	tools := strings.Fields("curl wget nc ncat socat perl python3 ruby php lua awk openssl ssh scp telnet base64 xxd dd chmod chattr useradd crontab systemctl insmod gdb strace tcpdump nmap git tar")
	for n := range 100 {
		tool := tools[n%len(tools)]
		query := fmt.Sprintf(`process where event.type == "start" and process.name : ("%s", "%s?") and process.args : ("-%c*", "*/%s*") and not process.parent.name in ("cron", "%s")`, tool, tool, 'a'+n%26, tool, tools[(n+7)%len(tools)])
		switch {
		case n%10 == 0:
			query = fmt.Sprintf(`sequence by host.id, process.entity_id with maxspan=%ds [process where event.type == "start" and process.name in ("%s", "bash", "sh") and process.args : "-%c"] [network where event.action == "connection_attempted"]`, 5+n, tool, 'a'+n%26)
		case n%7 == 0:
			query = fmt.Sprintf(`file where event.type != "deletion" and file.path : ("/etc/%s*", "/tmp/*%d") and not process.name in ("dpkg", "%s") and process.parent.name != null`, tool, n, tool)
		case n%3 == 0:
			query = fmt.Sprintf(`network where process.parent.name : "%s" and destination.port == %d and not cidrmatch(destination.ip, "10.0.0.0/8")`, tool, 20+n)
		}
		text := fmt.Sprintf("title: rule %d\nlanguage: eql\nquery: '%s'\n", n, query)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.yml", n)), []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	if errs := pack.Load(dir); errs.Failed() {
		tb.Fatal(errs)
	}
	return pack.All()
}

func processorTime(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
