package engine

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// What is wrong with a rule's query is said with its place in the rule's file.
func TestCompileRule(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"a.yml", "title: A\nlanguage: spl\nquery: |\n  EventID=1\n  | statz count\n", "a.yml:5:5: error: unknown command"},
		{"a.yml", "name: A\nsearch: 'EventID=1 x=''y''\n  | statz count'\n", "a.yml:3:5: error: unknown command"},
		{"a.toml", "[rule]\nname = 'A'\ntype = 'eql'\nquery = '''\nprocess where\n  process.name = \"x\"\n'''\n", "a.toml:6:16: error"},
		{"savedsearches.conf", "[A]\nsearch = EventID=1 \\\n | statz\n", "savedsearches.conf:3:4: error: unknown command"},
		{"a.toml", "[rule]\nname = 'A'\ntype = 'query'\nquery = '''\nprocess.name: x\n'''\n", "a.toml:5:1: error: KQL is not supported"},
		{"a.toml", "[rule]\nname = 'A'\ntype = 'machine_learning'\n", "a.toml:2:8: error: rules of type machine_learning are not supported"},
		{"a.toml", "[rule]\nname = 'A'\ntype = 'eql'\nquery = 'process where true'\n", ""},
		{"a.yml", "title: A\nlanguage: spl\nquery: EventID=1\n", ""},
	} {
		file := filepath.Join(t.TempDir(), c.name)
		if err := os.WriteFile(file, []byte(c.body), 0o600); err != nil {
			t.Fatal(err)
		}
		l := &rules.Library{}
		if errs := l.Load(file); errs != nil {
			t.Fatal(errs)
		}
		p, errs := CompileRule(l.All()[0], Options{})
		if got := strings.ReplaceAll(errs.Error(), filepath.Dir(file)+"/", ""); c.want == "" && (p == nil || got != "") || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s, want %s", c.body, got, c.want)
		}
	}
	if p, errs := CompileRule(&rules.Rule{Language: rules.EQL, Query: source.New("query", "login where true").All(), EQL: rules.EQLOptions{EventCategory: "kind", Timestamp: "ts", Tiebreaker: "n"}}, Options{}); errs != nil {
		t.Error(errs)
	} else if e := p.opts.EQL; e.Category != "kind" || e.Timestamp != "ts" || e.Tiebreaker != "n" {
		t.Errorf("options %+v", e)
	}
}

// What a query needs is told from its plan: conditions that no event of a kind can meet leave that kind out.
func TestNeeds(t *testing.T) {
	for _, c := range []struct {
		language Language
		query    string
		want     []Needed
	}{
		{SPL, "EventID=11 TargetFilename=*.sh | table Image", []Needed{
			{Kinds: "auditd/* (9 kinds), ecs/* (21 kinds), events of any other kind", Fields: []string{"EventID", "Image", "TargetFilename"}},
			{Kinds: "sysmon/11", Fields: []string{"Image", "TargetFilename"}},
		}},
		{SPL, "| tstats count from datamodel=Endpoint.Filesystem where Filesystem.file_name=x", []Needed{
			{Kinds: "ecs/file", Fields: []string{"file.name", "file.path"}}, {Kinds: "sysmon/11, sysmon/23, sysmon/26", Fields: []string{"TargetFilename"}},
		}},
		{EQL, `process where process.name == "sh" and event.action == "exec" and host.os.type == "windows"`, []Needed{
			{Kinds: "ecs/process", Fields: []string{"event.action", "event.category", "event.sequence", "host.os.type", "process.name"}}, // of Sysmon it is linux
		}},
		{SPL, "| tstats count from datamodel=Network_Sessions.All_Sessions", nil},
		{SPL, "| makeresults", nil},
	} {
		p, errs := Compile(source.New("query", c.query), Options{Language: c.language})
		if errs.Failed() {
			t.Fatal(errs)
		}
		if got := p.Needs(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v", c.query, got)
		}
	}
}
