package engine

import (
	"testing"

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
