package format

import (
	"maps"
	"strings"
	"testing"
	"time"
)

func TestSystemFields(t *testing.T) {
	want := map[string]string{"EventID": "1", "Version": "5", "Level": "4", "Task": "1", "Opcode": "0", "Keywords": "0x8000000000000000",
		"SystemTime": "2022-11-24T09:59:47.882033000Z", "EventRecordID": "76954", "ProcessID": "1109", "ThreadID": "1110",
		"Channel": "Linux-Sysmon/Operational", "Computer": "web1", "UserId": "0", "ProviderName": "Linux-Sysmon",
		"ProviderGuid": "{ff032593-a8d3-4f13-b0d6-01fc615a0f97}", "RuleName": "-", "ProcessId": "4005", "Image": "/usr/bin/curl",
		"CommandLine": command}
	if g := decodeOne(x); !maps.Equal(g.fields, want) {
		t.Error(differences(g.fields, want))
	}
	const winlog = `{"winlog":{"record_id":"24","computer_name":"web1","process":{"pid":3099,"thread":{"id":3098}},"event_id":"5",` +
		`"provider_guid":"{g}","channel":"Linux-Sysmon/Operational","time_created":"2022-10-24T17:06:14.193Z","user":{"identifier":"0"},` +
		`"event_data":{"User":"root","ProcessId":"783","opcode":"Info","provider_name":"Linux-Sysmon","version":"3"}}}`
	want = map[string]string{"EventRecordID": "24", "Computer": "web1", "ProcessID": "3099", "ThreadID": "3098", "EventID": "5",
		"ProviderGuid": "{g}", "Channel": "Linux-Sysmon/Operational", "SystemTime": "2022-10-24T17:06:14.193Z", "UserId": "0",
		"User": "root", "ProcessId": "783", "Opcode": "Info", "ProviderName": "Linux-Sysmon", "Version": "3"}
	if g := decodeOne(winlog); !maps.Equal(g.fields, want) {
		t.Error(differences(g.fields, want))
	}
}

func TestDottedSystemFields(t *testing.T) {
	const rec = `{"Event.System.Provider.#attributes.Name":"Linux-Sysmon","Event.System.TimeCreated.@SystemTime":"2022",` +
		`"Event.System.Execution.ProcessID":9,"Event.System.EventID":{"#text":1},"Event.System.EventID.#text":1,"winlog.process.thread.id":8,` +
		`"winlog.process.pid":9,"winlog.user.identifier":"0","Event.EventData.Image":"x","winlog.api":"y"}`
	g := decodeOne(rec)
	for name, want := range map[string]string{"ProviderName": "Linux-Sysmon", "SystemTime": "2022", "ProcessID": "9", "EventID": "1",
		"ThreadID": "8", "UserId": "0"} {
		if g.fields[name] != want {
			t.Errorf("%s: %q, want %q (%s %s)", name, g.fields[name], want, g.outcome, g.note)
		}
	}
}

func TestVersionOfTheEventWins(t *testing.T) {
	data := `"EventData":{"UtcTime":"2022-01-01 00:00:00.000","State":"Started","Version":"1.0.0"}`
	for _, rec := range []string{
		`<Event><System><EventID>4</EventID><Version>3</Version></System><EventData><Data Name="Version">1.0.0</Data></EventData></Event>`,
		`{"Event":{"System":{"EventID":4,"Version":3},` + data + `}}`,
		`{"Event":{` + data + `,"System":{"EventID":4,"Version":3}}}`,
		`{` + data + `,"System":{"EventID":4,"Version":3}}`,
		`{"EventID":"4","Version":"3","UtcTime":"2022-01-01 00:00:00.000","Version":"1.0.0"}`,
		`{"winlog":{"event_id":4,"version":3,"event_data":{"Version":"1.0.0","version":"3"}}}`,
		`{"winlog":{"event_id":4,"event_data":{"version":"3","Version":"1.0.0"}}}`,
	} {
		if g := decodeOne(rec); g.fields["Version"] != "1.0.0" || g.kind != "sysmon/4" {
			t.Errorf("%s: %q", rec, g.fields["Version"])
		}
	}
}

func TestProcessIdAndProcessID(t *testing.T) {
	for rec, want := range map[string]string{
		`{"EventID":1,"ProcessId":"7","ProcessID":"9","Image":"x"}`:                                                 "7 9",
		`{"EventID":1,"ProcessID":"9","ProcessId":"7","Image":"x"}`:                                                 "7 9",
		`{"Event":{"System":{"EventID":1,"Execution":{"@ProcessID":"9"}},"EventData":{"ProcessId":"7"}}}`:           "7 9",
		`{"data":{"system":{"eventID":"1","processID":"9"},"eventdata":{"processId":"7"}}}`:                         "7 9",
		`{"data":{"Event":{"System":{"EventID":"1"},"EventData":{"Data":{"ProcessID":"7"}}}}}`:                      "7 ",
		`{"EventID":1,"Image":"x","ExecutionProcessID":9,"ProcessId":7,"SourceName":"Linux-Sysmon","Hostname":"h"}`: "7 9",
	} {
		if g := decodeOne(rec); g.fields["ProcessId"]+" "+g.fields["ProcessID"] != want {
			t.Errorf("%s: %v, want %s", rec, g.fields, want)
		}
	}
}

func TestJSONValues(t *testing.T) {
	for raw, want := range map[string]string{
		`1`: "1", `1.0`: "1.0", `-0.5e+7`: "-0.5e+7", `99999999999999999999999999`: "99999999999999999999999999", `true`: "true",
		`false`: "false", `null`: "<unset>", `""`: "", `"a\tb\n\"\\\/\b\f\r"`: "a\tb\n\"\\/\b\f\r", `"\u00e9\u0041"`: "éA",
		`"\ud83d\ude00"`: "😀", `"\ud83d"`: "\ufffd", `"\ude00x"`: "\ufffdx", `"\ud83d\u0041"`: "\ufffdA", `"\q\u12"`: `\q\u12`,
		"\"raw\x07\xff\"": "raw\x07\xff", `["a",1,null,"b"]`: "a|1|b", `[]`: "<unset>", `{"a" : [1, 2]}`: `{"a" : [1, 2]}`,
		`"a\\"`: `a\`, `"a\\\""`: `a\"`,
	} {
		g := decodeOne(`{"EventID":1,"Image":"x","CommandLine":"old","CommandLine": ` + raw + ` ,"User":"u"}`)
		got, ok := g.fields["CommandLine"]
		if !ok {
			got = "<unset>"
		}
		if got != want || g.fields["User"] != "u" || g.outcome != Event {
			t.Errorf("%s: %q, want %q (%s %s)", raw, got, want, g.outcome, g.note)
		}
	}
}

// Wazuh's decoder leaves the XML's entities in the values, also in those that stand in an array.
func TestEntitiesInDecodedValues(t *testing.T) {
	g := decodeOne(`{"agent":{"name":"a"},"data":{"system":{"eventID":"1","computer":"web1"},"eventdata":{` +
		`"image":"/a&amp;b","commandLine":["x &gt; y","&lt;\u0026amp;"]}}}`)
	if g.fields["Image"] != "/a&b" || g.fields["CommandLine"] != "x > y|<&" {
		t.Errorf("%q", g.fields)
	}
}

func TestMeta(t *testing.T) {
	bare := `<Event><System><EventID>1</EventID></System><EventData><Data Name="Image">x</Data></EventData></Event>`
	message := plainQuoted(bare)
	at := func(text string) int64 {
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatal(err)
		}
		return at.UnixNano()
	}
	for rec, want := range map[string]Meta{
		bare:                                  {Envelope: "xml"},
		"Nov 24 08:30:01 ip-172 tag: " + bare: {Envelope: "syslog", Host: "ip-172"},
		strings.Repeat("x", 2000) + " h sysmon: " + bare:                                         {Envelope: "syslog"},
		"Nov 24 08:30:01 ip-172 sysmon: " + bare:                                                 {Envelope: "syslog", Host: "ip-172"},
		"Dec 28 22:21:45 fedora sysmon[21298]: " + bare:                                          {Envelope: "syslog", Host: "fedora"},
		"2025-12-10T22:27:58.152234+09:00 x sysmon: " + bare:                                     {Envelope: "syslog", Host: "x", Time: at("2025-12-10T22:27:58.152234+09:00")},
		"<14>1 2026-06-14T19:25:07.772Z ff sysmon 1102 - - " + bare:                              {Envelope: "syslog", Host: "ff", Time: at("2026-06-14T19:25:07.772Z")},
		"2022-11-24T09:59:47+0000 host sysmon[1109]: " + bare:                                    {Envelope: "syslog", Host: "host", Time: at("2022-11-24T09:59:47Z")},
		"Thu 2022-11-24 09:59:47 UTC host sysmon[1]: " + bare:                                    {Envelope: "syslog", Host: "host", Time: at("2022-11-24T09:59:47Z")},
		"1669283987.882101 host sysmon[1109]: " + bare:                                           {Envelope: "syslog", Host: "host", Time: at("2022-11-24T09:59:47.882101Z")},
		"syslog:121:2026-04-07T16:13:10.545523+00:00 ip sysmon: " + bare:                         {Envelope: "syslog", Host: "ip", Time: at("2026-04-07T16:13:10.545523Z")},
		"2025-12-10T22:27:58Z x sysmon: " + x:                                                    {Envelope: "syslog"},
		`{"__REALTIME_TIMESTAMP":"1652292620399931","_HOSTNAME":"U5","MESSAGE":` + message + `}`: {Envelope: "journald", Host: "U5", Time: at("2022-05-11T18:10:20.399931Z")},
		`{"time":1652292620.395,"host":"h","source":"s","sourcetype":"sysmon:linux","event":` + message + `}`: {Envelope: "hec", Host: "h",
			Time: at("2022-05-11T18:10:20.395Z"), Source: "s", Sourcetype: "sysmon:linux"},
		`{"result":{"_raw":` + message + `,"_time":"2022-05-11T18:10:20.395+00:00","host":"h","source":"s","sourcetype":"t"}}`: {
			Envelope: "splunk", Host: "h", Time: at("2022-05-11T18:10:20.395Z"), Source: "s", Sourcetype: "t"},
		`{"timestamp":1652292620395,"message":` + message + `}`: {Envelope: "fluent", Time: at("2022-05-11T18:10:20.395Z")},
		`{"@timestamp":"2022-05-11T18:10:20Z","host":{"id":"1","name":"web"},"event":{"original":` + message + `}}`: {Envelope: "beats", Host: "web",
			Time: at("2022-05-11T18:10:20Z")},
		`{"timestamp":"2021-12-29T05:34:56.382+0000","agent":{"name":"a1"},"full_log":` + message + `}`: {Envelope: "wazuh", Host: "a1",
			Time: at("2021-12-29T05:34:56.382Z")},
		`{"TimeGenerated":"2022-05-11T18:10:20.4Z","Computer":"U5","SyslogMessage":` + quoted(bare) + `}`: {Envelope: "azure", Host: "U5",
			Time: at("2022-05-11T18:10:20.4Z")},
	} {
		if g := decodeOne(rec); g.meta != want {
			t.Errorf("%.90s\n got %+v\nwant %+v", rec, g.meta, want)
		}
	}
}

func TestTimesOutOfRange(t *testing.T) {
	for _, text := range []string{"99999999999999999999", "-1", "9223372036", "2022-13-99", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "", "x"} {
		if got := stampTime([]byte(text), false); got != 0 && got < 1e18 {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func TestECS(t *testing.T) {
	g := decodeOne(strings.ReplaceAll(string(read(t, "ecs_rfc0030_real_4.json")), "\n", " "))
	if g.outcome != Event || g.kind != "ecs/process" {
		t.Fatalf("%s %s %s", g.outcome, g.kind, g.note)
	}
	for name, want := range map[string]string{"process.parent.args": "-bash", "process.parent.pid": "12627", "process.parent.interactive": "true",
		"process.parent.tty.char_device.major": "136", "process.parent.user.id": "1000", "event.category": "process"} {
		if g.fields[name] != want {
			t.Errorf("%s: %q, want %q", name, g.fields[name], want)
		}
	}
	tests := []struct{ rec, kind, fields string }{
		{`{"event":{"category":["process"],"action":"exec"},"process":{"name":"a","args":["a","b c"],"parent":{"name":null}}}`, "ecs/process",
			"event.action=exec event.category=process process.args=a|b c process.name=a"},
		{`{"event.category":"file","file.path":"/x","process":{"name":"n"}}`, "ecs/file", "event.category=file file.path=/x process.name=n"},
		{`{"event":{"category":["file","network","process"]}}`, "ecs/process", "event.category=file|network|process"},
		{`{"event":{"category":["authentication","file"]}}`, "ecs/file", "event.category=authentication|file"},
		{`{"event":{"category":"authentication"},"user":{"id":0}}`, "ecs/authentication", "event.category=authentication user.id=0"},
		{`{"event":{"action":"x"},"process":{"pid":4}}`, "ecs/other", "event.action=x process.pid=4"},
		{`{"_source":{"event":{"category":["network"]},"destination":{"port":4444}}}`, "ecs/network", "destination.port=4444 event.category=network"},
		{`{"_index":"i","fields":{"process.name":["x"],"event.category":["process"]}}`, "ecs/process", "event.category=process process.name=x"},
		{`{"event":{"kind":"event"},"process":{"x":[{"id":1},{"id":2}]}}`, "ecs/other", "event.kind=event process.x.id=1|2"},
	}
	for _, test := range tests {
		g := decodeOne(test.rec)
		var fields []string
		for _, name := range sorted(g.fields) {
			fields = append(fields, name+"="+g.fields[name])
		}
		if got := strings.Join(fields, " "); g.kind != test.kind || got != test.fields {
			t.Errorf("%s\n got %s %s (%s %s)\nwant %s %s", test.rec, g.kind, got, g.outcome, g.note, test.kind, test.fields)
		}
	}
}

func TestECSReadsOnlyWhatIsAsked(t *testing.T) {
	w := &Wanted{Fields: []string{"process.parent.name", "process.name", "url.path", "a.b.c", "d.e"}}
	d, r := New(w), NewRecord(w)
	d.Decode([]byte(`{"event":{"category":"process"},"process":{"namesake":1,"name":"a","parent":{"name":"b","pid":1}},"user":{"name":"u"},`+
		`"url":{"path":"/p","query":"q"},"a.b":{"c":["x","y"]},"d.e":"z","d":{"f":1}}`), r)
	g := plainly(Event, r)
	if len(r.Names()) != 5 {
		t.Errorf("%v", r.Names())
	}
	for name, want := range map[string]string{"process.name": "a", "process.parent.name": "b", "url.path": "/p", "a.b.c": "x|y", "d.e": "z"} {
		if g.fields[name] != want {
			t.Errorf("%s: %q, want %q", name, g.fields[name], want)
		}
	}
}
