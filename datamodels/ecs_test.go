package datamodels

import (
	"slices"
	"strings"
	"testing"
)

func TestFieldsOfECS(t *testing.T) {
	d, unknown := Builtin().Lookup(Events)
	if unknown != nil {
		t.Fatal(unknown.Message)
	}
	for list, want := range map[string]Field{
		"event.code host.id host.os.type user.id process.name process.entity_id process.parent.user.id file.path network.transport agent.id": {Type: "keyword"},
		"process.session_leader.entity_id process.entry_leader.entry_meta.type process.previous.executable process.working_directory":        {Type: "keyword"},
		"file.Ext.original.extension file.Ext.original.path user.Ext.real.id group.Ext.real.id user.effective.id process.real_group.id":      {Type: "keyword"},
		"process.Ext.load_module.taint_flags process.parent.code_signature.subject_name orchestrator.resource.name rule.name url.extension":  {Type: "keyword"},
		"auditd.data.syscall auditd.data.a0 auditd.data.socket.family kubernetes.audit.stage kubernetes.audit.objectRef.subresource":         {Type: "keyword"},
		"http.request.body.content http.request.method data_stream.dataset network.direction source.domain container.id sysmon.machine_id":   {Type: "keyword"},
		"event.category event.type event.action process.args process.parent.args process.env_vars process.Ext.ancestry host.mac":             {Type: "keyword", Multivalue: true},
		"process.thread.capabilities.effective process.thread.capabilities.permitted related.hash":                                           {Type: "keyword", Multivalue: true},
		"kubernetes.audit.user.extra.authentication.kubernetes.io/pod-name":                                                                  {Type: "keyword", Multivalue: true},
		"process.pid process.parent.pid process.args_count process.exit_code process.entry_leader.parent.pid process.tty.char_device.major":  {Type: "long"},
		"event.sequence event.severity source.port destination.bytes file.size http.response.status_code":                                    {Type: "long"},
		"file.Ext.entropy event.risk_score": {Type: "double"},
		"process.interactive process.parent.interactive process.parent.code_signature.trusted process.group_leader.same_as_process": {Type: "boolean"},
		"@timestamp event.created process.start process.end file.mtime process.session_leader.parent.session_leader.start":          {Type: "date"},
		"source.ip destination.ip process.entry_leader.entry_meta.source.ip":                                                        {Type: "ip"},
		"host.ip dns.resolved_ip": {Type: "ip", Multivalue: true},
	} {
		for _, name := range strings.Fields(list) {
			if f := d.Field(name); f == nil || f.Type != want.Type || f.Multivalue != want.Multivalue || f.Dataset.String() != Events {
				t.Errorf("%s: %+v, want the type %s, multivalue %v", name, f, want.Type, want.Multivalue)
			}
		}
	}
	for _, f := range d.Fields {
		if !slices.Contains(ecsTypes, f.Type) || f.Doc == "" || !f.Default.IsZero() {
			t.Errorf("%s: type %s, doc %q, default %s", f.Name, f.Type, f.Doc, f.Default)
		}
	}
}

// TestEventsAsTheyAre holds that events of the schema are not mapped, and have the schema's types.
func TestEventsAsTheyAre(t *testing.T) {
	l := Builtin()
	d, _ := l.Lookup(Events)
	processes, _ := l.Lookup("Endpoint.Processes")
	for _, k := range l.Feeds(d) {
		assigns, ok := k.Mapping(d)
		if ecs := strings.HasPrefix(k.Name, "ecs/"); !ok || k.AsIs(d) != ecs || ecs != (assigns == nil) {
			t.Errorf("%s: as it is: %v, %d assignments, mapped: %v", k.Name, k.AsIs(d), len(assigns), ok)
		}
		if k.AsIs(processes) {
			t.Errorf("%s: %s as it is", k.Name, processes)
		}
	}
	for name, want := range map[string]string{
		"process.session_leader.pid": "number", "process.memory": "", "event.severity": "number", "file.Ext.entropy": "double", "process.parent.interactive": "boolean",
		"process.end": "time", "destination.ip": "ip", "process.parent.name": "string",
	} {
		var got string
		if f := l.kinds["ecs/process"].Field(name); f != nil {
			got = f.Type
		}
		if got != want {
			t.Errorf("%s is of the type %q, want %q", name, got, want)
		}
	}
}

func TestWhatIsAskedOfProcesses(t *testing.T) {
	parent := func(of string) string { return strings.ReplaceAll(of, "^", "process.parent.") }
	fromSysmon := parent(`^args ^args_count ^command_line ^entity_id ^executable ^name ^pid ^user.name process.args process.args_count process.command_line
		process.entity_id process.working_directory`)
	fromDefend := parent(`^args ^args_count ^command_line ^entity_id ^executable ^interactive ^name ^pid ^working_directory process.args process.args_count
		process.command_line process.interactive process.working_directory`)
	l := Builtin()
	for kinds, want := range map[string]string{
		"sysmon/2 sysmon/3 sysmon/5 sysmon/9 sysmon/10 sysmon/11 sysmon/22 sysmon/23 sysmon/26 sysmon/100": fromSysmon,
		"ecs/network ecs/file": fromDefend,
		"sysmon/1 sysmon/4 sysmon/16 sysmon/255 ecs/process ecs/driver": "",
	} {
		for _, name := range strings.Fields(kinds) {
			got := slices.Sorted(slices.Values(l.kinds[name].Asks))
			if wanted := strings.Fields(want); !slices.Equal(got, slices.Sorted(slices.Values(wanted))) {
				t.Errorf("%s asks for %v, want %v", name, got, wanted)
			}
		}
	}
	for _, s := range l.Sources() {
		for _, k := range s.Kinds {
			if got, want := !k.Starts.IsZero(), k.Name == "sysmon/1" || k.Name == "ecs/process"; got != want {
				t.Errorf("%s starts processes: %v", k.Name, got)
			}
			if got, want := !k.Ends.IsZero(), k.Name == "sysmon/5" || k.Name == "ecs/process"; got != want {
				t.Errorf("%s ends processes: %v", k.Name, got)
			}
		}
	}
}

func TestFieldsAreAdded(t *testing.T) {
	l := Builtin()
	before, _ := l.Lookup(Events)
	count := len(before.Fields)
	if errs := loadText(l, `
model: ecs
datasets:
  events: {schema: ecs, adds: true, fields: {my.: {tool.: {name: The tool., runs: {type: long}}}}}
---
source: mine
kinds:
  mine/1:
    title: Run of a tool
    fields: {what: string}
    starts: "'my.tool.runs'=1"
    asks: [process.args]
    mappings: {ecs.events: as is}
`); errs != nil {
		t.Fatal(errs)
	}
	d, _ := l.Lookup(Events)
	if f := d.Field("my.tool.runs"); len(d.Fields) != count+2 || f == nil || f.Type != "long" || d.Doc == "" {
		t.Errorf("%d fields after %d, of them %+v", len(d.Fields), count, f)
	}
	if len(before.Fields) != count || before.Field("my.tool.name") != nil {
		t.Error("adding changed the older dataset")
	}
	k := l.kinds["mine/1"]
	if f := k.Field("my.tool.runs"); f == nil || f.Type != "number" || k.Field("my.tool.name") == nil || k.Starts.String() != "'my.tool.runs'=1" {
		t.Errorf("a kind that has the schema's fields lacks those added: %+v", f)
	}
	if k.Fields[0].Name != "what" {
		t.Errorf("the kind's own fields do not come first: %v", k.Fields[:2])
	}
	if f := l.kinds["ecs/process"].Field("my.tool.runs"); f == nil || Builtin().kinds["ecs/process"].Field("my.tool.runs") != nil {
		t.Errorf("the kinds that were there: %+v", f)
	}
}

// TestLaterFilesChangeTheKind holds that a later file may map what was as it is, and say anew what an event asks for.
func TestLaterFilesChangeTheKind(t *testing.T) {
	l := Builtin()
	if errs := loadText(l, `
source: elastic_defend
kinds:
  ecs/file:
    asks: []
    mappings: {ecs.events: {file.path: "'file.path'"}}
  ecs/network: {ends: "true()"}
`); errs != nil {
		t.Fatal(errs)
	}
	d, _ := l.Lookup(Events)
	k := l.kinds["ecs/file"]
	if assigns, ok := k.Mapping(d); k.AsIs(d) || !ok || len(assigns) != 1 || len(k.Asks) != 0 {
		t.Errorf("as it is: %v, assignments %v, asks %v", k.AsIs(d), assigns, k.Asks)
	}
	if k := l.kinds["ecs/network"]; !k.AsIs(d) || len(k.Asks) == 0 || k.Ends.String() != "true()" {
		t.Errorf("what the file does not say is gone: as it is: %v, asks %v, ends %q", k.AsIs(d), k.Asks, k.Ends)
	}
}

func TestMistakesInECS(t *testing.T) {
	const kind = "source: s\nkinds:\n  s/1:\n    title: x\n    fields: {process.pid: string}\n"
	for _, c := range []struct{ name, text, want string }{
		{"asks", kind + "    asks: [process.args, process.arg]\n    mappings: {ecs.events: {process.name: Image}}\n",
			"6:26 unknown-field: dataset `ecs.events` has no field `process.arg`; did you mean `process.args`?"},
		{"asks twice", kind + "    asks: [process.args, process.args]\n    mappings: {ecs.events: {process.name: Image}}\n",
			"6:26 yaml-duplicate: `process.args` stands here twice"},
		{"asks without mapping", kind + "    asks: [process.args]\n", "6:12 model-asks: `s/1` asks for fields of `ecs.events`, but is not mapped to it"},
		{"asks no list", kind + "    asks: process.args\n", "6:11 yaml-type: a list is wanted here, not a text"},
		{"starts", kind + "    starts: ''\n", "6:14 model-expression: an expression is wanted here"},
		{"type", kind + "    mappings: {ecs.events: as is}\n",
			"6:16 model-type: `process.pid` is a string in `s/1`, which is `ecs.events` as it is: a number is wanted"},
		{"mapping", kind + "    mappings: {ecs.events: as it is}\n", "6:28 yaml-type: a mapping is wanted here, not a text"},
		{"as is of nothing", kind + "    mappings: {ecs.event: as is}\n", "6:16 unknown-dataset: data model `ecs` has no dataset `event`; did you mean `ecs.events`?"},
		{"field", kind + "    mappings: {ecs.events: {process.nme: Image}}\n",
			"6:29 unknown-field: dataset `ecs.events` has no field `process.nme`; did you mean `process.name`?"},
		{"schema", "model: M\ndatasets: {D: {schema: esc}}\n", "2:24 yaml-type: `esc` is none of ecs"},
		{"type of a field", "model: M\ndatasets: {D: {schema: ecs, fields: {a.b: {type: string}}}}\n",
			"2:50 yaml-type: `string` is none of keyword, long, double, boolean, date, ip"},
		{"dots", head + "      a.: {b: x}\n", "5:7 model-name: `a.` is no name: letters, digits and underscores, no digit first\n" +
			"5:12 yaml-key: unknown key `b`; known here: calculated, default, doc, expected, multivalue, type"},
		{"names", "model: M\ndatasets: {D: {schema: ecs, fields: {a..b: x}}}\n", "2:38 model-name: `a..b` is no name of a field: words with dots between them"},
		{"fields twice", "model: M\ndatasets: {D: {schema: ecs, fields: {a.: {b: x}, a.b: y}}}\n", "2:50 model-duplicate: dataset `M.D` has a field `a.b` already"},
		{"adds twice", "model: ecs\ndatasets: {events: {schema: ecs, adds: true, fields: {process.pid: x}}}\n",
			"2:55 model-duplicate: dataset `ecs.events` has a field `process.pid` already"},
		{"adds to nothing", "model: M\ndatasets: {D: {adds: true, fields: {a: x}}}\n", "2:12 unknown-dataset: there is no dataset `M.D` to add to"},
		{"adds of another schema", "model: ecs\ndatasets: {events: {adds: true, fields: {a: x}}}\n",
			"2:12 model-adds: only fields can be added, and only to a dataset without children that has the same `schema`: not to `ecs.events`"},
		{"adds a condition", "model: ecs\ndatasets: {events: {schema: ecs, adds: true, where: a=1}}\n",
			"2:12 model-adds: only fields can be added, and only to a dataset without children that has the same `schema`: not to `ecs.events`"},
		{"circle", "model: M\nshared: {a: &a {b.: *a}}\ndatasets: {D: {schema: ecs, fields: {a.: *a}}}\n", "2:17 model-depth: more than 64 fields within each other"},
	} {
		if _, got := load(t, c.text); strings.Join(got, "\n") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), c.want)
		}
	}
}
