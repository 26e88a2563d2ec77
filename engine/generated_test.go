package engine_test

import (
	"testing"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/grammar/source"
)

// wide is searches whose answers need many records: groups that workers share, orders across blocks, ties.
var wide = []string{
	"EventID=1 | table _time host ProcessId CommandLine",
	"sudo OR systemctl | head 40 | table _time Image CommandLine",
	"EventID IN (1, 5) User!=root | stats count dc(Image) as images values(User) as users sum(ProcessId) as sum avg(ProcessId) as mean stdev(ProcessId) as dev by host",
	"EventID=* | stats first(Image) as first last(Image) as last earliest(ProcessId) as early latest(ProcessId) as late list(EventRecordID) as list by Computer EventID",
	"EventID=1 | stats perc95(ProcessId) median(ProcessId) mode(User) range(_time) by ParentImage | sort 20 -count",
	"EventID=3 | stats count by DestinationIp DestinationPort | sort -count DestinationIp DestinationPort | head 25",
	"EventID=11 | dedup 2 Image | table Image TargetFilename | reverse",
	"EventID=1 | rex field=CommandLine max_match=0 \"(?<flag>-[a-z])\" | stats count by flag User",
	"EventID=23 OR EventID=9 | fillnull value=none | stats values(*) as * by EventID | fields EventID Im* Dev* Us*",
	"EventID=1 | bin _time span=1m | stats count by _time host | where count>2 | tail 30",
	"| tstats count min(_time) max(_time) values(Processes.process_name) from datamodel=Endpoint.Processes by Processes.dest Processes.user _time span=10m",
	"| tstats fillnull_value=null count from datamodel=Endpoint.Processes where NOT Processes.process=\"*/*\" by Processes.parent_process_name Processes.process_name | sort 30 -count Processes.process_name",
	"| tstats count dc(Filesystem.file_path) as paths from datamodel=Endpoint.Filesystem where Filesystem.file_path IN (\"/tmp/*\", \"/etc/*\") by Filesystem.action Filesystem.dest",
	"| tstats count from datamodel=Network_Traffic where All_Traffic.dest_port IN (22, 443) OR All_Traffic.transport=udp by All_Traffic.dest_port All_Traffic.app",
}

// TestDifferentialOverGeneratedLogs gets the same answers from damaged logs at random points.
func TestDifferentialOverGeneratedLogs(t *testing.T) {
	damage := generate.Realistic()
	damage[generate.Duplicates] = 0 // how many are noticed depends on how many records are looked at
	for _, form := range []string{"syslog", "flat", "journald"} {
		log := generated(t, generate.Config{Form: form, Events: 3_000, Attacks: 5, Seed: 17, Damage: damage})
		for _, query := range wide {
			a := askEverywhere(t, source.New("query", query), engine.Options{}, []string{log}, 2)
			if a.errors != "" || a.rows == "" {
				t.Errorf("%s over %s: no rows, %s", query, form, a.errors)
			}
		}
	}
}
