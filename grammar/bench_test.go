package grammar

import (
	"fmt"
	"strings"
	"testing"

	"spoor/grammar/source"
)

const fiveStages = `| tstats summariesonly=false count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes ` +
	`where (Processes.process_name IN ("systemctl", "service") OR Processes.process IN ("*systemctl *", "*service *")) ` +
	`Processes.process IN ("*restart*", "*reload*") by Processes.dest Processes.user Processes.process | rename "Processes.*" as * ` +
	`| convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime) | where count > 3 AND like(process, "%x%") | search *`

// terms is a search of n terms, the operator between them.
func terms(n int, term, operator string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf(term, i)
	}
	return strings.Join(parts, operator)
}

func BenchmarkParseSPL(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"five stages", fiveStages},
		{"2000 terms", "search " + terms(2000, `process="*x%d*"`, " OR ")},
		{"2000 conditions", "| where " + terms(2000, `process="x%d"`, " OR ")},
		{"2000 names", "| table " + terms(2000, `name%d`, ", ")},
		{"2000 aggregates", "| stats " + terms(2000, `count(x%d) as y`, " ")},
		{"2000 filters", "| tstats count where " + terms(2000, `process="*x%d*"`, " ") + " by a"},
		{"1 MB", "search " + terms(40_000, `process="*name%06d*"`, " OR ")},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(bench.text)))
			for b.Loop() {
				if _, errs := ParseSPL(source.New("query", bench.text)); errs != nil {
					b.Fatal(errs)
				}
			}
		})
	}
}

const twoItems = `sequence by host.id with maxspan=5s [process where host.os.type == "linux" and event.type == "start" and event.action == "exec" and ` +
	`process.parent.name == "systemd" and process.name in ("python*", "php*", "perl", "ruby", "lua*", "openssl", "nc", "netcat", "ncat", "telnet", "awk")] ` +
	`by process.entity_id [network where host.os.type == "linux" and event.action == "connection_attempted" and event.type == "start"] by process.parent.entity_id`

func BenchmarkParseEQL(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"two items", twoItems},
		{"2000 conditions", "process where " + terms(2000, `process.args == "x%d"`, " or ")},
		{"2000 values", "process where process.name in (" + terms(2000, `"x%d"`, ", ") + ")"},
		{"200 items", "sequence " + terms(200, `[process where process.pid == %d]`, " ")},
		{"1 MB", "any where " + terms(40_000, `process.pid == %10d`, " or ")},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(bench.text)))
			for b.Loop() {
				if _, errs := ParseEQL(source.New("query", bench.text)); errs != nil {
					b.Fatal(errs)
				}
			}
		})
	}
}
