package engine_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// BenchmarkRound answers 100 rules in rounds of so many events each; without events it is what a round costs in itself. With SPOOR_CORPUS they are
// the first published ones in EQL that can be answered by rounds.
func BenchmarkRound(b *testing.B) {
	var log bytes.Buffer
	if _, err := generate.Write(b.Context(), &log, generate.Config{Events: 125_000, Attacks: 10, Seed: 3, Form: "syslog"}); err != nil {
		b.Fatal(err)
	}
	pack := hundred(b)
	for _, events := range []int{0, 100, 12_500} {
		b.Run(fmt.Sprint(events), func(b *testing.B) {
			pieces := pieces(log.Bytes(), events)
			var s *engine.Session
			before, n := processorTime(b), 0
			for b.Loop() {
				if n%len(pieces) == 0 && events > 0 || s == nil { // the log begins anew
					var diag *source.Diagnostic
					if s, diag = engine.NewSession(pack); diag != nil {
						b.Fatal(diag)
					}
				}
				in := input.Inputs{{Path: "followed.log", Size: -1, Stream: bytes.NewReader(pieces[n%len(pieces)])}}
				n++
				res := s.Round(b.Context(), engine.RunOptions{Inputs: in, Workers: 2}, engine.Watermark{Low: column.End}, func(_ int, r *engine.Result) error {
					for _, err := range r.Rows() {
						if err != nil {
							return err
						}
					}
					return nil
				})
				for i, err := range res.Errors {
					if err != nil {
						b.Fatal(pack[i].Text.Name, err)
					}
				}
			}
			b.ReportMetric((processorTime(b)-before)/float64(b.N), "cpu-s/round")
		})
	}
}

// pieces is a log in pieces of so many lines.
func pieces(log []byte, lines int) (out [][]byte) {
	if lines == 0 {
		return [][]byte{nil}
	}
	for len(log) > 0 {
		at, n := 0, 0
		for ; n < lines && at < len(log); n++ {
			at += bytes.IndexByte(log[at:], '\n') + 1
		}
		out, log = append(out, log[:at]), log[at:]
	}
	return out
}

func processorTime(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// hundred is a hundred rules, of which some are sequences.
func hundred(b *testing.B) (out engine.Pack) {
	if folder := os.Getenv("SPOOR_CORPUS"); folder != "" {
		l := &rules.Library{}
		l.Load(folder)
		for _, c := range engine.CompileRules(l.All(), engine.Options{}) {
			if c.Program != nil && c.Rule.Language == rules.EQL && c.Program.Pace() != plan.Whole && len(out) < 100 {
				out = append(out, c.Program)
			}
		}
		return out
	}
	tools := strings.Fields("curl wget nc ncat socat perl python3 ruby php lua awk openssl ssh scp telnet base64 xxd dd chmod chattr useradd crontab systemctl insmod gdb strace tcpdump nmap git tar")
	for n := range 100 {
		tool := tools[n%len(tools)]
		text := fmt.Sprintf(`process where event.type == "start" and process.name : "%s" and process.command_line : "*%d*"`, tool, n)
		switch {
		case n%10 == 0:
			text = fmt.Sprintf(`sequence by host.id with maxspan=%ds [process where process.name : "%s"] by process.entity_id [network where true] by process.parent.entity_id`, 5+n, tool)
		case n%3 == 0:
			text = fmt.Sprintf(`network where process.parent.name : "%s" and destination.port == %d`, tool, n)
		}
		p, errs := engine.Compile(source.New(fmt.Sprint("rule", n), text), engine.Options{Language: engine.EQL})
		if errs.Failed() {
			b.Fatal(errs)
		}
		out = append(out, p)
	}
	return out
}
