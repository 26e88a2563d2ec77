package engine

import (
	"testing"

	"spoor/datamodels"
	"spoor/grammar/source"
)

func TestSpan(t *testing.T) {
	for query, want := range map[string]string{
		"EventID=1 | stats count":                                                        "",
		"EventID=1 | bin _time span=5m | stats count by _time":                           "5m",
		"EventID=1 | bin ProcessId span=5 | stats count by ProcessId":                    "",
		"EventID=1 | timechart span=1h count":                                            "1h",
		"EventID=1 | timechart count":                                                    "",
		"EventID=1 | eval n=1 | bin span=10m _time | stats sum(n) by _time | sort _time": "10m",
	} {
		p, errs := Compile(source.New("query", query), Options{})
		if errs.Failed() {
			t.Fatal(errs)
		}
		if got := p.Span(); got != want {
			t.Errorf("%s: span %q, want %q", query, got, want)
		}
	}
}

// Spans that something else reads together, or that are cut further, have no rows of their own.
func TestApart(t *testing.T) {
	for query, want := range map[string]bool{
		"EventID=1 | stats count":                                   false,
		"EventID=1 | bin _time span=5m | stats count by _time host": true,
		"EventID=1 | bin span=5m _time as t | eval n=1 | stats sum(n) as n by t | where n > 3 | sort 0 - n":                       true,
		"EventID=1 | timechart span=1h count by host":                                                                             true,
		"EventID=1 | timechart count":                                                                                             false,
		"EventID=1 | bin _time span=5m | stats count by host":                                                                     false,
		"EventID=1 | bin _time span=5m | stats count by _time host | eventstats avg(count) as a by host | where count > 2 * a":    false,
		"EventID=1 | bin _time span=5m | stats count by _time host | stats max(count) by host":                                    false,
		"EventID=1 | bin _time span=5m | stats count by _time host | sort 5 - count":                                              false,
		"EventID=1 | bin _time span=5m | dedup host | stats count by _time":                                                       false,
		"EventID=1 | bin _time span=5m | stats count by _time host | append [search EventID=3]":                                   false,
		"| tstats count from datamodel=Endpoint.Processes by _time Processes.dest span=10m":                                       true,
		"| tstats count from datamodel=Endpoint.Processes by _time Processes.dest span=10m | streamstats sum(count) as n by dest": false,
	} {
		p, errs := Compile(source.New("query", query), Options{Models: datamodels.Builtin()})
		if errs.Failed() {
			t.Fatal(errs)
		}
		if got := p.Apart(); got != want {
			t.Errorf("%s: %t, want %t", query, got, want)
		}
	}
}
