package macros

import (
	"testing"

	"spoor/grammar/source"
)

func TestBuiltin(t *testing.T) {
	e := Expander{Library: Builtin()}
	for _, c := range []struct{ query, want string }{
		{"`security_content_summariesonly`", "summariesonly=false allow_old_summaries=true fillnull_value=null"},
		{"`security_content_ctime(firstTime)`", `convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime)`},
		{"`drop_dm_object_name(Processes)`", `rename "Processes.*" as *`},
		{"`drop_dm_object_name(\"Processes\")`", `rename "Processes.*" as *`},
		{"`linux_shells`", `(Processes.process_name IN ("sh", "ksh", "zsh", "bash", "dash", "rbash", "fish", "csh", "tcsh", "ion", "eshell"))`},
		{"`linux_auditd`", `sourcetype="linux:audit"`},
		{"`osquery_macro`", `sourcetype=osquery:results`},
		{"`osquery_process`", `eventtype="osquery-process"`},
		{"`linux_hosts`", `index=unix`},
		{"`linux_service_restarted_filter`", "search *"},
	} {
		got, _, errs := e.Expand(source.New("query", c.query))
		if errs != nil || got.Body != c.want {
			t.Errorf("%s: got %q %v, want %q", c.query, got.Body, errs, c.want)
		}
	}
	for _, m := range e.Library.All() {
		if !m.Builtin || m.Description == "" {
			t.Errorf("%s: built in %v, description %q", m.Signature(), m.Builtin, m.Description)
		}
		call := source.New("query", "`"+m.Name+"`")
		if len(m.Args) > 0 {
			call = source.New("query", "`"+m.Name+"(x)`")
		}
		if _, _, errs := e.Expand(call); errs != nil {
			t.Errorf("%s: %v", m.Signature(), errs)
		}
	}
}

func TestAllIsSorted(t *testing.T) {
	l := newLibrary(t)
	var last *Macro
	for _, m := range l.All() {
		if last != nil && (last.Name > m.Name || last.Name == m.Name && len(last.Args) >= len(m.Args)) {
			t.Errorf("%s comes before %s", last.Signature(), m.Signature())
		}
		last = m
	}
	if len(l.All()) != 20 {
		t.Errorf("%d macros", len(l.All()))
	}
}
