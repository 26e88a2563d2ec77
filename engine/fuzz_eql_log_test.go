package engine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// What happens in made-up logs for EQL, of few different values, so that events join.
var (
	eqlHosts   = []string{"web1", "db-2"}
	eqlGUIDs   = []string{"aabbccdd-0001-6638-0000-000000000001", "aabbccdd-0001-6638-0000-000000000002", "AABBCCDD-0002-6638-0000-000000000003"}
	eqlPIDs    = []string{"101", "102", "1"}
	eqlImages  = []string{"/usr/bin/perl", "/usr/bin/Perl", "/bin/sh", "/usr/lib/systemd/systemd", "/usr/bin/\u212aill", "/opt/my app/ſh", "perl", "/usr/bin/a&b"}
	eqlLines   = []string{"perl -e x", "PERL -e x", "sh -c \"id; w\"", "nc  -l 5", "/sbin/init", "a&b <c>", "it's \\ here", "sh -c perl", "-e", "naïve *?"}
	eqlUsers   = []string{"root", "alice", "Root"}
	eqlFiles   = []string{"/etc/cron.d/job", "/tmp/.x", "/tmp/a.TXT", "/x.tar.gz", "relative"}
	eqlIPs     = []string{"10.1.2.3", "::1", "192.168.0.9", "::ffff:10.1.2.3", "FE80::1", "0.0.0.0"}
	eqlPorts   = []string{"443", "22", "65535", "0"}
	eqlFolders = []string{"/", "/root", "/opt/my app"}
	nowhere    = []string{"-", "(null)", "<unknown process>"}
)

// happening is what an event tells, before it is written in Sysmon's or in Elastic's way.
type happening struct {
	n       int
	what    string    // start, end, network, file, deletion or other
	at      time.Time // zero: it has no time
	host    string
	process [2]string // GUID and process id; the GUID is empty for one of zeros
	parent  [2]string
	// values by the names that Sysmon has for them; those that are not there are missing
	values map[string]string
}

var zeroGUID = "00000000-0000-0000-0000-000000000000"

func (d *dice) identity() [2]string {
	i := d.roll(len(eqlGUIDs))
	id := [2]string{eqlGUIDs[i], eqlPIDs[i]}
	if d.nameless && d.oneIn(2) {
		id[0] = ""
	}
	switch d.roll(12) {
	case 10:
		id[0] = ""
	case 11:
		id[1] = d.pick(eqlPIDs)
	}
	return id
}

// maybe is a value, or something that says that there is none.
func (d *dice) maybe(from []string) string {
	if d.oneIn(12) {
		return d.pick(nowhere)
	}
	return d.pick(from)
}

func (d *dice) happening(n int, at time.Time) happening {
	h := happening{n: n, at: at, host: eqlHosts[d.roll(8)/7], process: d.identity(), parent: d.identity()}
	h.what = d.pick([]string{"start", "start", "start", "network", "network", "file", "end", "deletion", "other"})
	h.values = map[string]string{"Image": d.maybe(eqlImages), "User": d.maybe(eqlUsers)}
	put := func(name string, from []string) { h.values[name] = d.maybe(from) }
	switch h.what {
	case "start":
		put("CommandLine", eqlLines)
		put("CurrentDirectory", eqlFolders)
		put("ParentImage", eqlImages)
		put("ParentCommandLine", eqlLines)
		put("ParentUser", eqlUsers)
		h.values["LogonId"] = d.pick([]string{"0", "1000", "65535"})
	case "network":
		h.values["Initiated"] = d.pick([]string{"true", "false"})
		h.values["Protocol"] = d.pick([]string{"tcp", "udp", "TCP"})
		h.values["DestinationIp"] = d.pick(eqlIPs)
		h.values["DestinationPort"] = d.pick(eqlPorts)
	case "file", "deletion":
		put("TargetFilename", eqlFiles)
	}
	return h
}

var eventIDs = map[string]string{"start": "1", "end": "5", "network": "3", "file": "11", "deletion": "23", "other": "9"}

// sysmon is the happening as Sysmon's event.
func (h *happening) sysmon() fuzzEvent {
	e := fuzzEvent{id: eventIDs[h.what], at: h.at, host: h.host}
	put := func(name, value string) { e.fields = append(e.fields, [2]string{name, value}) }
	guid := func(id [2]string) string {
		if id[0] == "" {
			return "{" + zeroGUID + "}"
		}
		return "{" + id[0] + "}"
	}
	if !h.at.IsZero() {
		put("UtcTime", h.at.Format("2006-01-02 15:04:05.000"))
	}
	put("EventRecordID", fmt.Sprint(h.n))
	put("ProcessGuid", guid(h.process))
	put("ProcessId", h.process[1])
	if h.what == "start" {
		put("ParentProcessGuid", guid(h.parent))
		put("ParentProcessId", h.parent[1])
	}
	for _, name := range slices.Sorted(maps.Keys(h.values)) {
		put(name, h.values[name])
	}
	return e
}

// document is an event's fields in the Elastic Common Schema.
type document struct {
	n      int
	at     time.Time
	pos    int
	kind   string // ecs, or Sysmon's event id
	fields map[string][]string
	lines  map[string]string // of the fields that are command lines cut into arguments: the lines
}

func baseName(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// document is the event in the Elastic Common Schema.
func (h *happening) document() document {
	doc := document{n: h.n, at: h.at, kind: eventIDs[h.what], fields: map[string][]string{}, lines: map[string]string{}}
	put := func(name string, values ...string) {
		if len(values) != 1 || values[0] != "" && !slices.Contains(nowhere, values[0]) {
			doc.fields[name] = values
		}
	}
	entity := func(id [2]string) string {
		if id[0] == "" {
			return ""
		}
		return strings.ToLower(id[0]) + ":" + id[1]
	}
	category := map[string]string{"network": "network", "file": "file", "deletion": "file", "other": "file"}
	put("event.category", cmpOr(category[h.what], "process"))
	put("event.type", map[string]string{"start": "start", "end": "end", "network": "start", "file": "creation", "deletion": "deletion", "other": "access"}[h.what])
	put("event.action", map[string]string{"start": "exec", "end": "end", "file": "creation", "deletion": "deletion", "other": "raw_access"}[h.what])
	put("event.sequence", fmt.Sprint(h.n))
	for _, name := range []string{"host.id", "host.name"} {
		put(name, h.host)
	}
	put("host.os.type", "linux")
	put("process.entity_id", entity(h.process))
	put("process.pid", h.process[1])
	put("user.name", h.values["User"])
	both := func(prefix, image, line string) {
		put(prefix+"executable", h.values[image])
		if v := doc.fields[prefix+"executable"]; v != nil {
			put(prefix+"name", baseName(v[0]))
		}
		put(prefix+"command_line", h.values[line])
		if v := doc.fields[prefix+"command_line"]; v != nil {
			put(prefix+"args", strings.Split(v[0], " ")...)
			doc.lines[prefix+"args"] = v[0]
		}
	}
	both("process.", "Image", "CommandLine")
	switch h.what {
	case "start":
		both("process.parent.", "ParentImage", "ParentCommandLine")
		put("process.parent.entity_id", entity(h.parent))
		put("process.parent.pid", h.parent[1])
		put("process.working_directory", h.values["CurrentDirectory"])
		if id := h.values["LogonId"]; id != "65535" {
			put("user.id", id)
		}
	case "network":
		put("event.action", map[string]string{"true": "connection_attempted", "false": "connection_accepted"}[h.values["Initiated"]])
		if ip := h.values["DestinationIp"]; ip != "0.0.0.0" {
			put("destination.ip", strings.ToLower(strings.TrimPrefix(ip, "::ffff:")))
		}
		put("destination.port", h.values["DestinationPort"])
		put("network.transport", strings.ToLower(h.values["Protocol"]))
	case "file", "deletion":
		put("file.path", h.values["TargetFilename"])
		if v := doc.fields["file.path"]; v != nil {
			put("file.name", baseName(v[0]))
		}
	}
	return doc
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// eqlWritings is the forms that keep all that Sysmon's event says, and its time.
var eqlWritings = []int{0, 1, 2, 3, 5, 6, 8, 9}

// eqlLog is a made-up log: its records, and what they say.
type madeUpLog struct {
	records []string
	docs    []document
	clean   bool // nothing is damaged and no two times are equal
}

// afresh is dice that do not run out while a log is spelled.
func (d *dice) afresh() *dice {
	r := rand.New(rand.NewPCG(uint64(d.roll(1<<16)), uint64(d.roll(1<<16))))
	fresh := &dice{left: make([]byte, 1<<16), single: d.single, plain: d.plain}
	for i := range fresh.left {
		fresh.left[i] = byte(r.Uint32())
	}
	return fresh
}

// eqlLog makes up a log. Of a plain one it is known what it says.
func (d *dice) eqlLog() madeUpLog {
	d = d.afresh()
	var log madeUpLog
	log.clean, d.nameless, d.unnumbered = d.oneIn(2), d.oneIn(4), d.oneIn(4)
	step := []time.Duration{500 * time.Millisecond, time.Second, 20 * time.Second, 10 * time.Minute}[d.roll(4)]
	start := time.Date(2024, 5, 6, 9, 59, 58, 0, time.UTC)
	source := d.roll(5)
	shuffled := d.oneIn(2)
	for n := range 4 + d.roll(28) {
		n++
		at := start.Add(time.Duration(d.roll(12)) * step)
		if !shuffled {
			at = start.Add(time.Duration(n) * step / 2)
		}
		if log.clean {
			at = at.Truncate(step).Add(time.Duration(n) * time.Millisecond)
		} else if !d.plain && d.oneIn(12) {
			at = time.Time{}
		}
		h := d.happening(n, at)
		doc := h.document()
		doc.pos = n
		var record string
		switch {
		case source == 4 && d.oneIn(2) && !d.plain:
			record = d.custom(&h)
		case source < 2 || source == 4 && d.oneIn(2):
			record = d.elastic(&doc)
		default:
			form := d.roll(len(eqlWritings))
			if !d.plain && d.oneIn(6) {
				form = d.roll(len(writings) - 1)
			} else {
				form = eqlWritings[form]
			}
			e := h.sysmon()
			if !d.plain && d.oneIn(6) {
				e.fields = append(e.fields, [2]string{d.pick(fieldNames), d.pick(texts)})
			}
			record = writings[form](d, e)
		}
		log.docs = append(log.docs, doc)
		log.records = append(log.records, record+"\n")
		if !log.clean && !d.plain {
			log.damage(d)
		}
	}
	return log
}

// damage does to the last record what happens to logs.
func (l *madeUpLog) damage(d *dice) {
	last := &l.records[len(l.records)-1]
	switch d.roll(24) {
	case 19:
		l.records = append(l.records, *last)
	case 20:
		*last = (*last)[:d.roll(len(*last))] + "\n"
	case 21:
		*last = strings.TrimSuffix(*last, "\n") + "\r\n"
	case 22:
		*last = "May  6 10:00:00 web1 systemd[1]: perl -e x " + d.pick(texts) + "\n"
	case 23:
		*last = d.pick([]string{"", "\x00\xff perl", "{", "<Event>", "[1,2]", "</Event>", `{"EventID":"1","Image":"/usr/bin/perl`}) + "\n"
	}
}

// custom writes an event of a program that knows nothing of Elastic.
func (d *dice) custom(h *happening) string {
	return fmt.Sprintf(`{"kind":%s,"when":%s,"n":%s,"who":{"name":%s,"id":%s},"tag":%s,"on":%s}`,
		d.json(h.what), d.pick([]string{d.json(h.at.Format(time.RFC3339Nano)), fmt.Sprint(h.at.UnixMilli())}), d.pick([]string{fmt.Sprint(h.n), d.json(fmt.Sprint(h.n)), "2.5", "1e1", "null"}),
		d.value(d.pick(eqlUsers)), d.value(h.process[1]), d.value(d.pick(eqlLines)), d.pick([]string{"true", "false", `"true"`, "1", "null", "[true,false]"}))
}
