package engine_test

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"testing"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/grammar/source"
)

// benchEvents is how many events the log of a benchmark has: enough to keep all workers busy.
const benchEvents = 200_000

var benchSearches = []bench{
	{"selective", "| tstats `security_content_summariesonly` count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes " +
		`where (Processes.process_name IN ("systemctl", "service") OR Processes.process IN ("*systemctl *", "*service *")) ` +
		`Processes.process IN ("*restart*", "*reload*", "*reenable*") by Processes.dest Processes.user Processes.parent_process_name ` +
		"Processes.process_name Processes.process Processes.process_id Processes.parent_process_id Processes.process_guid"},
	{"everything", "| tstats count min(_time) max(_time) from datamodel=Endpoint.Processes by Processes.process_name Processes.parent_process_name Processes.user"},
	{"one-guid", `| tstats count from datamodel=Endpoint.Processes where Processes.process_guid="{7679aba9-6ebd-67c5-0813-31b69d600000}" by Processes.process`},
	{"distinct", "| tstats dc(Processes.process) from datamodel=Endpoint.Processes by _time span=1h Processes.dest"},
	{"raw", "EventID=3 DestinationPort=443 | stats count by Image"},
}

// benchQueries is queries of EQL: the selective search in its words, a sequence whose second stage needs the process table, and a condition
// that only the process table can decide.
var benchQueries = []bench{
	{"event", `process where event.type == "start" and (process.name : ("systemctl", "service") or process.command_line : ("*systemctl *", "*service *")) ` +
		`and process.command_line : ("*restart*", "*reload*", "*reenable*")`},
	{"sequence", `sequence by host.id with maxspan=5s [process where event.action == "exec" and process.parent.name == "systemd" ` +
		`and process.name : ("python*", "php*", "perl", "ruby", "lua*", "openssl", "nc", "netcat", "ncat", "telnet", "awk")] by process.entity_id ` +
		`[network where event.action == "connection_attempted"] by process.parent.entity_id`},
	{"parents", `network where process.parent.name == "cron"`},
}

type bench struct{ name, query string }

// BenchmarkEQL is BenchmarkSearch for queries of EQL.
func BenchmarkEQL(b *testing.B) {
	benchForms(b, []string{"flat", "syslog", "ecs"}, benchQueries, engine.Options{Language: engine.EQL})
}

// BenchmarkSearch runs whole searches, from compiling to the last row, over generated logs that lie in the page cache.
func BenchmarkSearch(b *testing.B) {
	benchForms(b, []string{"flat", "syslog", "journald", "ecs"}, benchSearches, engine.Options{})
}

func benchForms(b *testing.B, forms []string, list []bench, o engine.Options) {
	dir := b.TempDir()
	for _, form := range forms {
		path := filepath.Join(dir, form)
		for _, s := range list {
			b.Run(form+"/"+s.name, func(b *testing.B) {
				if _, err := os.Stat(path); err != nil {
					benchLog(b, form, path)
				}
				benchSearch(b, s.query, path, o)
			})
		}
	}
}

func benchLog(b *testing.B, form, path string) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	c := generate.Config{Form: form, Events: benchEvents, Hosts: 40, Attacks: 1}.Defaults()
	if _, err := generate.Write(context.Background(), w, c); err != nil {
		b.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
}

func benchSearch(b *testing.B, query, path string, o engine.Options) {
	in, errs := input.Resolve([]string{path}, nil)
	if errs.Failed() {
		b.Fatal(errs)
	}
	b.SetBytes(in[0].Size)
	b.ReportAllocs()
	for b.Loop() {
		p, errs := engine.Compile(source.New("query", query), o)
		if errs.Failed() {
			b.Fatal(errs)
		}
		for _, err := range p.Run(context.Background(), engine.RunOptions{Inputs: in}).Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
