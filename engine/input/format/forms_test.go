package format

import (
	"encoding/json"
	"strings"
	"testing"
)

// x is one event as Sysmon writes it.
const x = `<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID>` +
	`<Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>` +
	`<TimeCreated SystemTime="2022-11-24T09:59:47.882033000Z"/><EventRecordID>76954</EventRecordID><Correlation/>` +
	`<Execution ProcessID="1109" ThreadID="1110"/><Channel>Linux-Sysmon/Operational</Channel><Computer>web1</Computer>` +
	`<Security UserId="0"/></System><EventData><Data Name="RuleName">-</Data><Data Name="ProcessId">4005</Data>` +
	`<Data Name="Image">/usr/bin/curl</Data><Data Name="CommandLine">curl -s "x y" &gt; /tmp/z</Data></EventData></Event>`

const command = `curl -s "x y" > /tmp/z`

// quoted is a text as JSON, with < as \u003c.
func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// plainQuoted is a text as JSON with nothing escaped but what must be.
func plainQuoted(s string) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(quoted(s))
}

// wants are the fields that every form below must give, unless a test says otherwise.
var wants = map[string]string{"EventID": "1", "ProcessId": "4005", "Image": "/usr/bin/curl", "CommandLine": command, "Computer": "web1"}

type formTest struct{ name, rec, envelope string }

// everyForm is the same event in every form.
func everyForm() []formTest {
	const inner = `"RuleName":"-","ProcessId":"4005","Image":"/usr/bin/curl","CommandLine":"curl -s \"x y\" > /tmp/z"`
	message := plainQuoted(x)
	return []formTest{
		{"bare", x, "xml"},
		{"byte order mark", "\ufeff" + x, "xml"},
		{"declaration and root", `<?xml version="1.0"?><Events><!-- <b> -->` + x + `</Events>`, "xml"},
		{"namespace prefixes", strings.NewReplacer("<Sys", "<e:Sys", "</Sys", "</e:Sys", "<Data", "<e:Data", "</Data", "</e:Data",
			"<EventID", "<e:EventID", "</EventID", "</e:EventID").Replace(x), "xml"},
		{"single quotes and xmlns", strings.ReplaceAll(strings.ReplaceAll(strings.Replace(x, "<Event>", `<Event xmlns="http://x">`, 1),
			`"x y"`, "&quot;x y&quot;"), `"`, "'"), "xml"},
		{"pretty", strings.ReplaceAll(x, "><", ">\r\n  <"), "xml"},
		{"comments", strings.ReplaceAll(x, "</Data>", "</Data><!-- <Data Name='Image'>no</Data> -->"), "xml"},
		{"cdata", strings.Replace(x, `&gt; /tmp`, `<![CDATA[> /t]]>mp`, 1), "xml"},
		{"journalctl -o export", "MESSAGE=" + x, "xml"},
		{"BSD", "Nov 24 08:30:01 web1 sysmon: " + x, "syslog"},
		{"RHEL", "Dec 28 22:21:45 fedora sysmon[21298]: " + x, "syslog"},
		{"rsyslog", "2025-12-10T22:27:58.152234+09:00 x sysmon: " + x, "syslog"},
		{"PRI", "<134>Aug 23 10:30:16 sigmacatch-linux sysmon: " + x, "syslog"},
		{"RFC 5424", "<14>1 2026-06-14T19:25:07.772Z ff-lf-01 sysmon 1102 - - \ufeff" + x, "syslog"},
		{"octet counted", "1612 <14>1 2022-11-24T09:59:47Z h sysmon - - - " + x, "syslog"},
		{"short-iso", "2022-11-24T09:59:47+0000 host sysmon[1109]: " + x, "syslog"},
		{"short-full", "Thu 2022-11-24 09:59:47 UTC host sysmon[1109]: " + x, "syslog"},
		{"short-unix", "1669283987.882101 host sysmon[1109]: " + x, "syslog"},
		{"grep", "syslog:121:2026-04-07T16:13:10.545523+00:00 ip-172-31-22-208 sysmon: " + x, "syslog"},
		{"csv", `2022-11-24,"web1","` + strings.ReplaceAll(x, `"`, `""`) + `",sysmon`, "csv"},
		{"cri", "2022-11-24T09:59:47.1Z stdout F " + x, "cri"},
		{"cri with JSON", `2022-11-24T09:59:47.1Z stdout F {"message":` + message + `}`, "cri"},
		{"syslog with JSON", `Nov 24 08:30:01 web1 sysmon: {"Event":{"System":{"EventID":1,"Computer":"web1"},"EventData":{` + inner + `}}}`, "syslog"},
		{"docker", `{"log":` + quoted("Nov 24 08:30:01 web1 sysmon: "+x+"\n") + `,"stream":"stdout","time":"2022-11-24T09:59:47Z"}`, "docker"},
		{"docker with flat JSON", `{"log":` + quoted(`{"EventID":1,"Computer":"web1",`+inner+"}\n") + `,"stream":"stdout"}`, "docker"},
		{"journald sequence", "\x1e" + `{"MESSAGE":` + message + `}`, "journald"},
		{"journald", `{"__REALTIME_TIMESTAMP":"1652292620399931","_HOSTNAME":"web1","MESSAGE":` + message + `}`, "journald"},
		{"journald escaped", `{"MESSAGE":` + quoted(x) + `,"_HOSTNAME":"web1"}`, "journald"},
		{"journald sse", `data: {"MESSAGE":` + message + `}`, "journald"},
		{"journald repeated", `{"MESSAGE":["other",` + message + `]}`, "journald"},
		{"journald bytes", `{"MESSAGE":` + numbers(x, ",") + `}`, "journald"},
		{"journald bytes, pretty", `{"MESSAGE": ` + numbers(x, ",\n  ") + `}`, "journald"},
		{"journald repeated bytes", `{"MESSAGE":[[104,105],` + numbers(x, ",") + `]}`, "journald"},
		{"vector", `{"appname":"sysmon","facility":"user","host":"web1","message":` + message + `,"source_type":"syslog"}`, "vector"},
		{"fluent bit", `{"date":1652292620.399931,"pri":"14","host":"web1","ident":"sysmon","message":` + message + `}`, "fluent"},
		{"fluent bit tail", `{"date":1652292620.3,"log":` + message + `}`, "fluent"},
		{"nxlog", `{"EventReceivedTime":"2022","Hostname":"web1","SourceName":"sysmon","Message":` + message + `}`, "nxlog"},
		{"logstash", `{"@timestamp":"2022-05-11T18:10:20Z","message":` + message + `,"host":"web1"}`, "logstash"},
		{"azure", `{"TenantId":"t","TimeGenerated":"2022-05-11T18:10:20.4Z","Computer":"NO","SyslogMessage":` + quoted(x) +
			`,"ProcessName":"sysmon","HostName":"NO"}`, "azure"},
		{"splunk", `{"preview":false,"offset":0,"result":{"_raw":` + message + `,"_time":"2022","host":"h"}}`, "splunk"},
		{"splunk raw", `{"_raw":` + message + `}`, "splunk"},
		{"hec", `{"time":1652292620.395,"host":"h","sourcetype":"sysmon:linux","event":` + message + `}`, "hec"},
		{"hec object", `{"time":1,"event":{"EventID":1,"Computer":"web1",` + inner + `}}`, "hec"},
		{"filebeat", `{"@timestamp":"2022-05-11T18:10:20Z","message":` + message + `,"log":{"file":{"path":"/var/log/syslog"}}}`, "beats"},
		{"event.original", `{"message":"cut","event":{"original":` + message + `,"category":["process"]},"process":{"pid":1}}`, "beats"},
		{"event.original dotted", `{"event.original":` + message + `}`, "beats"},
		{"_source", `{"_index":"a","_id":"1","_source":{"message":` + message + `}}`, "elasticsearch"},
		{"evtx_dump", `{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Linux-Sysmon"}},` +
			`"EventID":1,"Execution":{"#attributes":{"ProcessID":7}},"Computer":"web1"},"EventData":{` + inner + `}}}`, "rendered"},
		{"evtx_dump id with qualifiers", `{"Event":{"System":{"EventID":{"#attributes":{"Qualifiers":0},"#text":1},"Computer":"web1"},` +
			`"EventData":{` + inner + `}}}`, "rendered"},
		{"EventData first", `{"Event":{"EventData":{` + inner + `},"System":{"EventID":1,"Computer":"web1"}}}`, "rendered"},
		{"zircolite numbers", strings.Replace(`{"Event":{"System":{"EventID":1,"Correlation":"","Computer":"web1"},"EventData":{`+inner+`}}}`,
			`"4005"`, `4005`, 1), "rendered"},
		{"xmltodict", `{"Event":{"System":{"Provider":{"@Name":"Linux-Sysmon"},"EventID":"1","Computer":"web1"},"EventData":{"Data":[` +
			pairs("@Name", "#text") + `]}}}`, "rendered"},
		{"x2js", `{"Event":{"System":{"Provider":{"_Name":"Linux-Sysmon"},"EventID":"1","Computer":{"__text":"web1"}},"EventData":{"Data":[` +
			pairs("_Name", "__text") + `]}}}`, "rendered"},
		{"pairs with the text first", `{"Event":{"System":{"EventID":1,"Computer":"web1"},"EventData":{"Data":[` +
			`{"#text":"4005","@Name":"ProcessId"},{"#text":"/usr/bin/curl","@Name":"Image"},{"#text":` + plainQuoted(command) +
			`,"@Name":"CommandLine"}]}}}`, "rendered"},
		{"dotted attributes", `{"Event.System.Provider.#attributes.Name":"Linux-Sysmon","Event.System.EventID.#text":1,` +
			`"Event.System.TimeCreated.#attributes.SystemTime":"2022","Event.System.Computer":"web1","Event.EventData.ProcessId":4005,` +
			`"Event.EventData.Image":"/usr/bin/curl","Event.EventData.CommandLine":` + quoted(command) + `}`, "flat"},
		{"EventData as an array in text", `{"EventID":1,"Computer":"web1","EventData":` + quoted("["+pairs("@Name", "#text")+"]") + `}`, "parts"},
		{"fields with text elements", `{"Event":{"System":{"EventID":1,"Computer":"web1"},"EventData":{"ProcessId":{"#text":4005},` +
			`"Image":{"#text":"/usr/bin/curl"},"CommandLine":{"#text":` + quoted(command) + `}}}}`, "rendered"},
		{"pairs with attributes", `{"Event":{"System":{"EventID":1,"Computer":"web1"},"EventData":{"Data":[` +
			`{"#attributes":{"Name":"ProcessId"},"#text":4005},{"#attributes":{"Name":"Image"},"#text":"/usr/bin/curl"},` +
			`{"#text":` + plainQuoted(command) + `,"#attributes":{"Name":"CommandLine"}}]}}}`, "rendered"},
		{"velociraptor", `{"TimeCreated":"2022","EventID":{"Value":1},"_Channel":"Linux-Sysmon/Operational","Computer":"web1",` +
			`"System":{"Provider":{"AttrName":"Linux-Sysmon"},"EventID":"1","TimeCreated":{"AttrSystemTime":"2022"}},` +
			`"EventData":{` + inner + `}}`, "parts"},
		{"go_sysmon", `{"System":{"Provider":{"Name":"Linux-Sysmon"},"EventID":1,"Computer":"web1"},"EventData":[{"RuleName":"-"},` +
			`{"ProcessId":4005},{"Image":"/usr/bin/curl"},{"CommandLine":` + quoted(command) + `}]}`, "parts"},
		{"EventData as JSON text", `{"EventID":1,"Computer":"web1","EventData":` + quoted("{"+inner+"}") + `}`, "parts"},
		{"EventData as XML text", `{"EventID":1,"Computer":"web1","EventData":` + quoted(x[strings.Index(x, "<EventData"):]) + `}`, "parts"},
		{"winlog", `{"winlog":{"event_id":"1","computer_name":"web1","channel":"Linux-Sysmon/Operational","process":{"pid":3099},` +
			`"event_data":{` + inner + `,"opcode":"Info","provider_name":"Linux-Sysmon","version":"3"}}}`, "winlog"},
		{"elastic pipeline", `{"event":{"code":"1","category":["process"]},"process":{"name":"sysmon"},"winlog":{"computer_name":"web1",` +
			`"event_data":{` + inner + `}}}`, "winlog"},
		{"winlogbeat 6", `{"event_id":1,"computer_name":"web1","event_data":{` + inner + `}}`, "parts"},
		{"winlog dotted", `{"winlog.event_id":1,"winlog.computer_name":"web1","winlog.event_data.ProcessId":"4005",` +
			`"winlog.event_data.Image":"/usr/bin/curl","winlog.event_data.CommandLine":` + quoted(command) + `}`, "flat"},
		{"flat", `{"Name":"ParentUser","EventID":"1","ProcessID":"99","Computer":"web1",` + inner + `}`, "flat"},
		{"flat numbers", strings.Replace(`{"EventID":1,"Computer":"web1",`+inner+`}`, `"4005"`, `4005`, 1), "flat"},
		{"flat with blanks", strings.ReplaceAll(`{"EventID":"1","Computer":"web1",`+inner+`}`, `":`, `" : `), "flat"},
		{"flat lower case", `{"eventid":1,"computer":"web1","processId":"4005","image":"/usr/bin/curl","commandline":` + quoted(command) + `}`, "flat"},
		{"flat escaped key", `{"Event\u0049D":"1","Computer":"web1",` + inner + `}`, "flat"},
		{"flat in an array", `[{"EventID":"1","Computer":"web1",` + inner + `}]`, "flat"},
		{"dotted", `{"Event.System.EventID":1,"Event.System.Computer":"web1","Event.EventData.ProcessId":4005,` +
			`"Event.EventData.Image":"/usr/bin/curl","Event.EventData.CommandLine":` + quoted(command) + `}`, "flat"},
		{"wazuh dotted", `{"data.win.system.eventID":"1","data.win.system.computer":"web1","data.win.eventdata.processId":"4005",` +
			`"data.win.eventdata.image":"/usr/bin/curl","data.win.eventdata.commandLine":` + quoted(command) + `}`, "flat"},
		{"fields", `{"_index":"a","fields":{"winlog.event_id":["1"],"winlog.computer_name":["web1"],"winlog.event_data.ProcessId":["4005"],` +
			`"winlog.event_data.Image":["/usr/bin/curl"],"winlog.event_data.CommandLine":[` + quoted(command) + `]}}`, "elasticsearch"},
		{"wazuh full_log", `{"agent":{"name":"a"},"full_log":` + quoted("Nov 24 08:30:01 web1 sysmon: "+x) + `,"data":{"eventdata":{"image":"no"}}}`, "wazuh"},
		{"wazuh decoded", `{"agent":{"name":"a"},"data":{"system":{"eventID":"1","computer":"web1","processID":"9"},"eventdata":{"processId":"4005",` +
			`"image":"/usr/bin/curl","commandLine":"curl -s &quot;x y&quot; &gt; /tmp/z"}}}`, "wazuh"},
		{"wazuh active response", `{"agent":{"name":"a"},"data":{"Event":{"System":{"ProviderName":"Linux-Sysmon","EventID":"1","Computer":"web1",` +
			`"Correlation":"null"},"EventData":{"Data":{"ProcessID":"4005","Image":"/usr/bin/curl","CommandLine":` + quoted(command) + `}}}}}`, "wazuh"},
	}
}

func TestEveryForm(t *testing.T) {
	for _, test := range everyForm() {
		t.Run(test.name, func(t *testing.T) {
			g := decodeOne(test.rec)
			if g.outcome != Event || g.kind != "sysmon/1" || g.meta.Envelope != test.envelope {
				t.Errorf("%s %q in %q, note %q", g.outcome, g.kind, g.meta.Envelope, g.note)
			}
			for name, want := range wants {
				if g.fields[name] != want {
					t.Errorf("%s: %q, want %q", name, g.fields[name], want)
				}
			}
		})
	}
}

func numbers(s, comma string) string {
	var b strings.Builder
	for i := range len(s) {
		if i > 0 {
			b.WriteString(comma)
		}
		n, _ := json.Marshal(s[i])
		b.Write(n)
	}
	return "[" + b.String() + "]"
}

func pairs(name, text string) string {
	var all []string
	for _, f := range [][2]string{{"ProcessId", "4005"}, {"Image", "/usr/bin/curl"}, {"CommandLine", command}} {
		all = append(all, `{"`+name+`":"`+f[0]+`","`+text+`":`+quoted(f[1])+`}`)
	}
	return strings.Join(append(all, `{"`+name+`":"Hashes"}`), ",")
}

// TestCutAnywhere holds that a record that is cut off gives nothing but beginnings of what the whole gives.
func TestCutAnywhere(t *testing.T) {
	w := &Wanted{All: true}
	d, r := New(w), NewRecord(w)
	for _, test := range everyForm() {
		whole := decodeOne(test.rec)
		for n := 0; n < len(test.rec); n++ {
			if n < len(test.rec)-400 {
				n += 4 // the System part is long and simple
			}
			g := plainly(d.Decode([]byte(test.rec[:n]), r), r)
			if (g.outcome == Event || g.outcome == Salvaged) && g.kind != whole.kind && !strings.HasPrefix(g.kind, "ecs/") {
				t.Fatalf("%s, cut at %d: %s", test.name, n, g.kind)
			}
			if strings.HasPrefix(g.kind, "ecs/") {
				continue
			}
			for name, value := range g.fields {
				value = strings.TrimRight(value, "]")
				if i := strings.LastIndexAny(value, `&\<`); i >= 0 && g.outcome == Salvaged {
					value = value[:i] // half an entity or escape
				}
				if !strings.HasPrefix(whole.fields[name], value) {
					t.Fatalf("%s, cut at %d: %s is %q, %s %q", test.name, n, name, value, g.outcome, g.note)
				}
			}
		}
	}
}
