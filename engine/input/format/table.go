package format

import (
	"slices"
	"strings"
)

// Info describes a format to users.
type Info struct{ Name, Doc, Example string }

// form is a JSON document that holds an event, and how it is read. needs looks at the keys of the top level alone; read may still
// find that the document is none of its own.
type form struct {
	Info
	needs func(*document) bool
	read  func(*Decoder) (Outcome, bool)
}

// forms is every form, those that leave the least doubt first.
var forms []form

func init() { // what reads a form may meet another one inside
	forms = []form{
		{Info{"rendered", "An event's XML as nested JSON: evtx_dump, Zircolite, xmltodict, Kusto, x2js, Velociraptor.",
			`{"Event":{"System":{"EventID":1,...},"EventData":{"Image":"/usr/bin/curl",...}}}`},
			func(doc *document) bool { return doc.object(eventUpper) }, (*Decoder).readRendered},
		{Info{"winlog", "Beats after decode_xml_wineventlog, also behind Elastic's sysmon_linux pipeline.",
			`{"winlog":{"event_id":"1","event_data":{"Image":"/usr/bin/curl",...}}}`},
			func(doc *document) bool { return doc.object(winlog) }, (*Decoder).readWinlog},
		{Info{"azure", "Rows of Azure's Syslog table.", `{"TimeGenerated":"...","Computer":"web1","SyslogMessage":"\u003cEvent\u003e..."}`},
			func(doc *document) bool { return doc.has(azureText) }, (*Decoder).readAzure},
		{Info{"journald", "journalctl -o json --all.", `{"__REALTIME_TIMESTAMP":"...","_HOSTNAME":"web1","MESSAGE":"<Event>..."}`},
			func(doc *document) bool { return doc.has(journal) }, (*Decoder).readJournal},
		{Info{"splunk", "Splunk's JSON export.", `{"preview":false,"result":{"_raw":"<Event>...","host":"web1"}}`},
			func(doc *document) bool { return doc.has(rawText) || doc.object(result) }, (*Decoder).readSplunk},
		{Info{"wazuh", "Alerts of Wazuh.", `{"agent":{"name":"web1"},"full_log":"... sysmon: <Event>...","data":{"eventdata":{...}}}`},
			func(doc *document) bool { return doc.has(fullLog) || doc.object(data) }, (*Decoder).readWazuh},
		{Info{"beats", "Filebeat and Elastic Agent, with the line in message or event.original.",
			`{"@timestamp":"...","message":"... sysmon: <Event>...","event":{"original":"<Event>..."}}`},
			func(doc *document) bool { return doc.has(eventOriginal) || doc.object(event) }, (*Decoder).readOriginal},
		{Info{"fluent", "Lines wrapped by Fluent Bit or Fluentd.", `{"date":1652292620.4,"log":"... sysmon: <Event>..."}`},
			func(doc *document) bool { return doc.has(message, logText) }, (*Decoder).readMessage},
		{Info{"hec", "What Splunk's HTTP event collector is sent: the event as a string or an object.",
			`{"time":1652292620.395,"sourcetype":"sysmon:linux","event":"<Event>..."}`}, isHEC, (*Decoder).readHEC},
		{Info{"elasticsearch", "Hits of a search in Elasticsearch.", `{"_index":"logs","_source":{...}}`},
			func(doc *document) bool { return doc.object(source) || doc.object(fields) && doc.has(index) }, (*Decoder).readSource},
		{Info{"parts", "System and EventData side by side: go_sysmon, Velociraptor, Azure's Event and WindowsEvent.",
			`{"System":{"EventID":5,...},"EventData":[{"RuleName":"-"},{"ProcessId":3526},...]}`},
			func(doc *document) bool { return doc.has(eventData) }, (*Decoder).readSides},
		{Info{"flat", "One field per key, also under dotted names: Splunk's and SOC portals' exports, NXLog, Logstash.",
			`{"EventID":"1","Computer":"web1","Image":"/usr/bin/curl",...}`}, isFlat, (*Decoder).readFlat},
		{Info{"ecs", "Elastic Common Schema, nested or dotted: Elastic Defend.",
			`{"event":{"category":["process"],"action":"exec"},"process":{"name":"curl",...}}`}, isECS, (*Decoder).readECS},
	}
}

// lines is the formats that are no JSON documents, or differ from one above only in their keys.
var lines = []Info{
	{"xml", "One event per line as Sysmon writes it, or pretty-printed over several.", `<Event><System>...</System><EventData>...</EventData></Event>`},
	{"syslog", "XML behind any syslog prefix: BSD, rsyslog, RFC 5424, journalctl, grep.", `Nov 24 08:30:01 web1 sysmon: <Event>...`},
	{"csv", "Rows with an event's XML in one column, its quotes doubled.", `2022-05-11,web1,"<Event><System><Provider Name=""Linux-Sysmon""..."`},
	{"cri", "Logs of containers as Kubernetes keeps them.", `2022-05-11T18:10:20Z stdout F <Event>...`},
	{"docker", "Docker's json-file log.", `{"log":"... sysmon: <Event>...\n","stream":"stdout","time":"..."}`},
	{"vector", "Vector's syslog source.", `{"appname":"sysmon","hostname":"web1","message":"<Event>..."}`},
	{"nxlog", "NXLog's raw events.", `{"Hostname":"web1","SourceName":"sysmon","Message":"<Event>..."}`},
	{"json", "JSON objects of any other form, for queries that name the fields of their events themselves.", `{"when":"2022-05-11T18:10:20Z","type":"login","user":{"name":"ann"}}`},
	{"auditd", "Linux auditd's records: as written, enriched, behind syslog, printed by ausearch or journalctl, or inside JSON. For searches of raw events; logins and accounts also feed data models.",
		`type=SYSCALL msg=audit(1723035666.627:3663): arch=c000003e syscall=59 ...`},
	{"auoms", "The records of Azure's auoms, each of which is of all of auditd's types that it was made of. For searches of raw events.",
		`type=AUOMS_EXECVE audit(1652292621.986:84138): ... node=web1 syscall=execve ...`},
	{"laurel", "JSON that Laurel made of auditd's records, each of which is of all their types. For searches of raw events.",
		`{"ID":"1723035666.627:3663","SYSCALL":{...},"EXECVE":{"ARGV":["ls","-l"]},...}`},
	{"osquery", "Results of osquery. For searches of raw events.", `{"name":"processes","hostIdentifier":"web1","unixTime":1648559031,"columns":{...}}`},
	{"text", "Lines of any other program: syslog's time, host and process, and the pairs name=value. For searches of raw events.",
		`May 27 09:28:36 web1 sshd[5617]: Accepted password for ann`},
	{"logstash", "Logstash.", `{"@timestamp":"...","host":"web1","message":"<Event>..."}`},
}

// Formats is every format that is read, by name, for the help.
func Formats() []Info {
	all := slices.Clone(lines)
	for _, f := range forms {
		all = append(all, f.Info)
	}
	slices.SortFunc(all, func(a, b Info) int { return strings.Compare(a.Name, b.Name) })
	return all
}
