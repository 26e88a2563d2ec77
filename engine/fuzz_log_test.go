package engine_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// dice makes choices out of the bytes of a fuzzer; when they run out every choice is the first.
type dice struct {
	left                 []byte
	single               bool // fields have one value each
	plain                bool // fields have the values that were chosen for them
	nameless, unnumbered bool // many processes have no GUID, and many events no number
}

func (d *dice) roll(n int) int {
	if len(d.left) == 0 || n < 2 {
		return 0
	}
	x := int(d.left[0])
	d.left = d.left[1:]
	if n > 256 && len(d.left) > 0 {
		x = x<<8 | int(d.left[0])
		d.left = d.left[1:]
	}
	return x % n
}

func (d *dice) oneIn(n int) bool { return d.roll(n) == n-1 }

func (d *dice) pick(from []string) string { return from[d.roll(len(from))] }

// texts is values of fields: words that searches look for, and what is written in more than one way.
var texts = []string{
	"systemctl restart nginx", "/usr/bin/systemctl", "/usr/sbin/service", "service nginx reload", "/bin/bash", "bash -c \"id; w\"", "systemctl  Restart x",
	"SYSTEMCTL RELOAD", "\u212aill -9", "kill -9 ſervice", "ſervice restart", "naïve restart", "NAÏVE RESTART", "a&b restart<x>", "x > /tmp/restart", "tab\trestart\there",
	"new\nline restart", "back\\slash\\restart", "it's `restart` [ok]", "#012 restart#here", "&gt; literal restart", "&#114;estart", `re\u0073tart`, "", "-", " ", "5", "5.0", "05", "+5", "1e3", "1000", "443",
	"10.1.2.3", "::1", "alice", "Alice", "root", "systemctl", "restart", "/usr/bin/", "/opt/my app/service", "ls", "%restart_", "a*b", "日本 restart", "\x01restart", "x=restart,y=1",
	"9007199254740993", "-0", "true", "null",
}

// fieldNames is the fields that events have and searches ask for.
var fieldNames = []string{"Image", "CommandLine", "ParentImage", "User", "ProcessId", "ParentProcessId", "TargetFilename", "DestinationIp", "DestinationPort", "ParentCommandLine"}

// fuzzEvent is an event before it is written in one of the forms.
type fuzzEvent struct {
	id     string
	at     time.Time
	host   string
	fields [][2]string
}

func (d *dice) event(n int) fuzzEvent {
	at := time.Date(2024, 5, 6, 9, 59, 58, 0, time.UTC).Add(time.Duration(d.roll(8)) * 500 * time.Millisecond)
	if d.oneIn(6) {
		at = at.Add(time.Duration(1+d.roll(3)) * 333 * time.Microsecond)
	}
	e := fuzzEvent{id: d.pick([]string{"1", "1", "1", "5", "11", "3", "23", "99"}), at: at, host: d.pick([]string{"web1", "db-2"})}
	for _, name := range fieldNames {
		if !d.oneIn(4) {
			e.fields = append(e.fields, [2]string{name, d.pick(texts)})
		}
	}
	if d.oneIn(8) && len(e.fields) > 1 { // fields twice, in any order
		e.fields = append(e.fields, [2]string{e.fields[0][0], d.pick(texts)})
	}
	e.fields = append(e.fields, [2]string{"EventRecordID", fmt.Sprint(n)})
	return e
}

// json writes a text as JSON spells it, now and then with a character by its number.
func (d *dice) json(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		quoted, _ := json.Marshal(string(r))
		switch {
		case r < 0x10000 && d.oneIn(24):
			fmt.Fprintf(&b, `\u%04x`, r)
		case r == '/' && d.oneIn(3):
			b.WriteString(`\/`)
		case strings.ContainsRune("<>&", r) && !d.oneIn(3):
			b.WriteRune(r)
		default:
			b.Write(quoted[1 : len(quoted)-1])
		}
	}
	return b.String() + `"`
}

// value writes a value as JSON: mostly as text, but also as a number, a list or what else it looks like.
func (d *dice) value(s string) string {
	switch {
	case d.plain:
		return d.json(s)
	case json.Valid([]byte(s)) && d.oneIn(2):
		return s
	case !d.single && d.oneIn(16):
		return "[" + d.json(s) + "," + d.json(d.pick(texts)) + "]"
	case d.oneIn(32):
		return d.pick([]string{"null", "true", "[]", `{"a":"restart"}`, "1.5"})
	}
	return d.json(s)
}

// markup writes a text as XML spells it, with the damage that collectors do.
func (d *dice) markup(s string, syslog bool) string {
	var b strings.Builder
	for _, r := range s {
		switch name := map[rune]string{'<': "lt", '>': "gt", '&': "amp", '"': "quot", '\'': "apos"}[r]; {
		case name != "" && !d.plain && d.oneIn(6):
			b.WriteString("&" + name + " ")
		case name != "":
			b.WriteString("&" + name + ";")
		case syslog && r < ' ':
			fmt.Fprintf(&b, "#%03o", r)
		case r > ' ' && !d.plain && d.oneIn(24):
			fmt.Fprintf(&b, d.pick([]string{"&#%d;", "&#x%x;", "<![CDATA[%c]]>", "&amp;#%d;"}), r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (d *dice) xml(e fuzzEvent, syslog bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>%s</EventID>`, e.id)
	fmt.Fprintf(&b, `<TimeCreated SystemTime="%s"/><Channel>Linux-Sysmon/Operational</Channel><Computer>%s</Computer></System><EventData>`, e.at.Format(time.RFC3339Nano), e.host)
	if d.roll(4) > 0 {
		e.fields = append([][2]string{{"UtcTime", e.at.Format("2006-01-02 15:04:05.000")}}, e.fields...)
	}
	for _, f := range e.fields {
		b.WriteString(`<Data Name="` + f[0] + `">` + d.markup(f[1], syslog) + "</Data>")
	}
	b.WriteString("</EventData></Event>")
	if d.oneIn(6) && !syslog {
		return strings.ReplaceAll(b.String(), "><Data", ">\n  <Data")
	}
	return b.String()
}

// members writes the fields as members of an object.
func (d *dice) members(fields [][2]string) string {
	var all []string
	for _, f := range fields {
		all = append(all, d.json(f[0])+":"+d.value(f[1]))
	}
	return strings.Join(all, ",")
}

func (d *dice) system(e fuzzEvent) string {
	return `"Provider":{"Name":"Linux-Sysmon"},"EventID":` + d.pick([]string{e.id, `"` + e.id + `"`}) + `,"Computer":"` + e.host + `","TimeCreated":{"SystemTime":"` + e.at.Format(time.RFC3339Nano) + `"}`
}

// writings is every form in which an event may be written.
var writings = []func(d *dice, e fuzzEvent) string{
	func(d *dice, e fuzzEvent) string { // flat
		return `{"EventID":` + d.pick([]string{e.id, `"` + e.id + `"`}) + `,"UtcTime":"` + e.at.Format("2006-01-02 15:04:05.000") + `","Computer":"` + e.host + `",` + d.members(e.fields) + `}`
	},
	func(d *dice, e fuzzEvent) string { return "May  6 10:00:00 " + e.host + " sysmon: " + d.xml(e, true) },
	func(d *dice, e fuzzEvent) string { return d.xml(e, false) },
	func(d *dice, e fuzzEvent) string { // journald
		return `{"__REALTIME_TIMESTAMP":"` + fmt.Sprint(e.at.UnixMicro()) + `","MESSAGE":` + d.json(d.xml(e, false)) + `}`
	},
	func(d *dice, e fuzzEvent) string { // journald, bytes
		numbers := strings.ReplaceAll(strings.Trim(fmt.Sprint([]byte(d.xml(e, false))), "[]"), " ", ",")
		return `{"MESSAGE":[` + numbers + `],"_HOSTNAME":"` + e.host + `"}`
	},
	func(d *dice, e fuzzEvent) string { // evtx_dump
		return `{"Event":{"System":{` + d.system(e) + `},"EventData":{` + d.members(e.fields) + `}}}`
	},
	func(d *dice, e fuzzEvent) string { // xmltodict
		var data []string
		for _, f := range e.fields {
			data = append(data, `{"@Name":`+d.json(f[0])+`,"#text":`+d.value(f[1])+`}`)
		}
		return `{"Event":{"System":{` + d.system(e) + `},"EventData":{"Data":[` + strings.Join(data, ",") + `]}}}`
	},
	func(d *dice, e fuzzEvent) string { // EventData in text
		return `{"EventID":` + e.id + `,"Computer":"` + e.host + `","EventData":` + d.json("{"+d.members(e.fields)+"}") + `}`
	},
	func(d *dice, e fuzzEvent) string { // winlog
		return `{"@timestamp":"` + e.at.Format(time.RFC3339Nano) + `","winlog":{"event_id":"` + e.id + `","computer_name":"` + e.host + `","event_data":{` + d.members(e.fields) + `}}}`
	},
	func(d *dice, e fuzzEvent) string { // Splunk
		return `{"result":{"_raw":` + d.json(d.xml(e, false)) + `,"host":"h","sourcetype":"restart"}}`
	},
	func(d *dice, e fuzzEvent) string { // Azure
		return `{"TimeGenerated":"2024-05-06T10:00:00Z","SyslogMessage":` + d.json(d.xml(e, false)) + `,"ProcessName":"sysmon","HostName":"restart-host"}`
	},
	func(d *dice, e fuzzEvent) string { // CSV
		return `2024-05-06,"` + e.host + `","` + strings.ReplaceAll(d.xml(e, true), `"`, `""`) + `",sysmon`
	},
	func(d *dice, e fuzzEvent) string { // Docker
		return `{"log":` + d.json("May  6 10:00:00 web1 sysmon: "+d.xml(e, true)+"\n") + `,"stream":"stdout","time":"2024-05-06T10:00:00Z"}`
	},
	func(d *dice, e fuzzEvent) string { // Wazuh
		return `{"agent":{"name":"a"},"data":{"system":{"eventID":"` + e.id + `","computer":"` + e.host + `"},"eventdata":{` + d.members(e.fields) + `}}}`
	},
	func(d *dice, e fuzzEvent) string { // ECS
		return `{"@timestamp":"` + e.at.Format(time.RFC3339Nano) + `","event":{"category":["process"],"type":["start"],"action":"exec","kind":"event"},"host":{"name":"` + e.host +
			`"},"user":{"name":` + d.value(d.pick(texts)) + `},"process":{"pid":` + d.pick([]string{"1000", `"1000"`, "1e3", "1000.0", "5", `"x"`}) + `,"executable":` + d.value(d.pick(texts)) +
			`,"command_line":` + d.value(d.pick(texts)) + `,"args":[` + d.value(d.pick(texts)) + `,` + d.value("restart") + `],"parent":{"executable":` + d.json(d.pick(texts)) + `}}}`
	},
}

// log writes a file of some events and of what else stands in logs.
func (d *dice) log() string {
	var b strings.Builder
	form := d.roll(len(writings))
	for n := range 1 + d.roll(24) {
		if d.oneIn(4) {
			form = d.roll(len(writings))
		}
		line := writings[form](d, d.event(n))
		switch d.roll(24) {
		case 20:
			line = line[:d.roll(len(line)+1)]
		case 21:
			line += "\r"
		case 22:
			line = "May  6 10:00:00 web1 systemd[1]: restart of service " + d.pick(texts)
		case 23:
			line = d.pick([]string{"", "\x00\xff restart", "{", "<Event>", "[1,2]", "</Event>", `{"EventID":"1","Image":"systemctl restart`})
		}
		b.WriteString(line + "\n")
	}
	s := b.String()
	if d.oneIn(6) {
		s = strings.TrimSuffix(s, "\n")
	}
	return s
}
