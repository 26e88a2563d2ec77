package witness

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// record is an event in a log.
type record struct {
	id   int
	at   time.Duration // after start
	doc  *document     // what it says itself
	kind string        // its number in Sysmon's log; empty for a document under ECS names
	raw  map[string]string
}

// form is a way to write events.
type form struct {
	name   string
	shapes func(n int, helped bool) []*shape
	line   func(r *record) string
	// asked is the fields that events which do not start a process take from the one that did.
	asked []string
}

var ecs = &form{
	name: "ecs", shapes: func(n int, _ bool) []*shape { return []*shape{ecsShape(n)} }, line: ecsLine,
	asked: []string{
		"process.args", "process.args_count", "process.command_line", "process.working_directory", "process.interactive",
		"process.parent.args", "process.parent.args_count", "process.parent.command_line", "process.parent.entity_id",
		"process.parent.executable", "process.parent.interactive", "process.parent.name", "process.parent.pid", "process.parent.working_directory",
	},
}

var sysmonAsked = []string{
	"process.args", "process.args_count", "process.command_line", "process.working_directory",
	"process.parent.args", "process.parent.args_count", "process.parent.command_line", "process.parent.entity_id",
	"process.parent.executable", "process.parent.name", "process.parent.pid", "process.parent.user.name",
}

var (
	sysmonJSON = &form{name: "sysmon json", shapes: sysmonShapes, line: flatLine, asked: sysmonAsked}
	sysmonXML  = &form{name: "sysmon xml", shapes: sysmonShapes, line: xmlLine, asked: sysmonAsked}
)

// payload is the fields of Sysmon's events after those of all events, in their order.
var payload = map[string]string{
	"1": "RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User " +
		"LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser",
	"3": "RuleName UtcTime ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName " +
		"DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName",
	"5":  "RuleName UtcTime ProcessGuid ProcessId Image User",
	"11": "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User",
	"23": "RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived",
}

// rawFields is the fields of one of Sysmon's events, by the contents of its cells.
func rawFields(content map[*cell][]string) map[string]string {
	raw := map[string]string{}
	for c, texts := range content {
		switch {
		case len(texts) == 2:
			raw[c.name+"Guid"], raw[c.name+"Id"] = texts[0], texts[1]
		case len(texts) == 1:
			raw[c.name] = texts[0]
		}
	}
	return raw
}

// each visits the fields of one of Sysmon's events: those of all events, and then its own.
func (r *record) each(system, own func(name, value string)) {
	at := start.Add(r.at)
	system("EventID", r.kind)
	system("Level", "4")
	system("SystemTime", at.Format("2006-01-02T15:04:05.000000000Z"))
	system("EventRecordID", fmt.Sprint(r.id))
	system("Channel", "Linux-Sysmon/Operational")
	system("Computer", r.raw["Computer"])
	for _, name := range strings.Fields(payload[r.kind]) {
		value, ok := r.raw[name]
		switch {
		case name == "UtcTime":
			value = at.Format("2006-01-02 15:04:05.000")
		case !ok:
			value = "-"
		}
		own(name, value)
	}
}

// flatLine is one of Sysmon's events as a flat JSON object.
func flatLine(r *record) string {
	var fields []string
	put := func(name, value string) {
		v, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		fields = append(fields, fmt.Sprintf("%q:%s", name, v))
	}
	r.each(put, put)
	return "{" + strings.Join(fields, ",") + "}\n"
}

// xmlLine is one of Sysmon's events as XML.
func xmlLine(r *record) string {
	var system, own strings.Builder
	r.each(func(name, value string) {
		if name == "SystemTime" {
			fmt.Fprintf(&system, `<TimeCreated SystemTime="%s"/>`, value)
			return
		}
		fmt.Fprintf(&system, "<%s>%s</%s>", name, escape(value), name)
	}, func(name, value string) { fmt.Fprintf(&own, `<Data Name="%s">%s</Data>`, name, escape(value)) })
	return `<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/>` + system.String() +
		"</System><EventData>" + own.String() + "</EventData></Event>\n"
}

func escape(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic(err)
	}
	return b.String()
}
