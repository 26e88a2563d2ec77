package engine_test

import (
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
	"spoor/macros"
)

func TestForeign(t *testing.T) {
	given := engine.Options{Sourcetypes: map[string]string{"auditd": "my:audit"}}
	for _, c := range []struct {
		definition string
		want       bool
		options    engine.Options
	}{
		{`sourcetype=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational`, true, engine.Options{}},
		{`sourcetype=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational OR source=Syslog:Linux-Sysmon/Operational`, false, engine.Options{}},
		{`index=win sourcetype=my:sysmon`, true, engine.Options{}},
		{`index=win`, false, engine.Options{}},
		{`sourcetype=auditd`, false, engine.Options{}},
		{`sourcetype=Linux:*`, false, engine.Options{}},
		{`sourcetype IN (a, b)`, true, engine.Options{}},
		{`sourcetype IN (a, linux_audit)`, false, engine.Options{}},
		{`(sourcetype=a OR sourcetype=b) index=x`, true, engine.Options{}},
		{`sourcetype=my:audit`, true, engine.Options{}},
		{`sourcetype=my:audit`, false, given},
		{`source=/var/log/my.log sourcetype=text`, false, engine.Options{}},
		{`source=WinEventLog:Security`, true, engine.Options{}},
		{`eventtype=osquery-process`, false, engine.Options{}},
		{`eventtype=nosuch`, true, engine.Options{}},
		{`sourcetype=a User=root`, false, engine.Options{}}, // it says more, and so may mean something else
		{`NOT sourcetype=linux:audit`, false, engine.Options{}},
		{`sourcetype!=a`, false, engine.Options{}},
		{`sourcetype=a | head 1`, false, engine.Options{}},
		{"`other`", false, engine.Options{}},
		{`(`, false, engine.Options{}},
	} {
		shipped := source.New("shipped", "sourcetype=linux:audit").All()
		if got := c.options.Foreign(source.New("definition", c.definition).All(), shipped); got != c.want {
			t.Errorf("%s: %t", c.definition, got)
		}
	}
}

// TestForeignMacro holds that a source macro made for somebody's indexes finds the events that there are here.
func TestForeignMacro(t *testing.T) {
	for _, c := range []struct {
		define, query, want string
		warns               bool
	}{
		{"sysmon=sourcetype=my:sysmon index=edr", "`sysmon` EventID=1", "(sourcetype=my:sysmon index=edr) OR (sourcetype=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational \nOR source=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational \nOR source=Syslog:Linux-Sysmon/Operational) EventID=1", true},
		{"linux_auditd=sourcetype=auditd", "`linux_auditd`", "sourcetype=auditd", false},
		{"linux_shells=sourcetype=none", "`linux_shells`", "sourcetype=none", false}, // the built-in one is of no sources
		{"mine=sourcetype=none", "`mine`", "sourcetype=none", false},                 // nothing of this name is built in
	} {
		library := macros.Builtin()
		if errs := library.Define(source.New("define", c.define)); errs.Failed() {
			t.Fatal(errs)
		}
		got, _, errs := engine.Expand(source.New("query", c.query), engine.Options{Macros: library})
		if got.Body != c.want || len(errs) > 0 != c.warns || errs.Failed() {
			t.Errorf("%s: %s %v", c.query, got.Body, errs)
		}
	}
}
