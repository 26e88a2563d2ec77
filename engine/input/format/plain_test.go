package format

import (
	"strings"
	"testing"
	"time"
)

func TestText(t *testing.T) {
	const noTime = ""
	for _, c := range []struct {
		name, rec, time, host, sourcetype string
		fields                            map[string]string
	}{
		{"sshd", string(read(t, "splunk_security_content_linux_secure.log")), "2026-05-27T09:28:36Z", "ip-172-31-24-46", "linux_secure",
			map[string]string{"process": "sshd", "pid": "5617"}},
		{"a day with one digit", "Jun  3 01:02:03 web1 cron: x=1", "2025-06-03T01:02:03Z", "web1", "syslog", map[string]string{"process": "cron", "pid": "<unset>", "x": "1"}},
		{"parts of a second", "Jan  3 01:02:03.25 web1 cron[7]: ", "2026-01-03T01:02:03.25Z", "web1", "syslog", map[string]string{"pid": "7"}},
		{"a clock that is ahead", "Jun  2 11:00:00 web1 a: b", "2026-06-02T11:00:00Z", "web1", "syslog", nil},
		{"a leap day", "Feb 29 01:00:00 web1 a: b", "2024-02-29T01:00:00Z", "web1", "syslog", nil},
		{"no such day", "Feb 30 01:00:00 web1 a: b", noTime, "web1", "syslog", nil},
		{"the kernel's", "May  1 00:00:00 web1 kernel: [1.5] IN=eth0 OUT= SRC=10.0.0.1", "2026-05-01T00:00:00Z", "web1", "syslog",
			map[string]string{"process": "kernel", "IN": "eth0", "OUT": "<unset>", "SRC": "10.0.0.1"}},
		{"without a host", "May  1 00:00:00 kernel: x", "2026-05-01T00:00:00Z", "", "syslog", map[string]string{"process": "kernel"}},
		{"without a program", "May  1 00:00:00 web1 last message repeated", "2026-05-01T00:00:00Z", "web1", "syslog", map[string]string{"process": "<unset>"}},
		{"pam", "May  1 00:00:00 web1 CRON[9]: pam_unix(cron:session): session opened for user root by (uid=0)", "2026-05-01T00:00:00Z", "web1", "linux_secure",
			map[string]string{"uid": "0"}},
		{"rsyslog with a zone", "2025-12-10T22:27:58.152234+09:00 web1 sudo: ann : TTY=pts/0 ; PWD=/home/ann ; USER=root ; COMMAND=/bin/sh -c id",
			"2025-12-10T13:27:58.152234Z", "web1", "linux_secure", map[string]string{"TTY": "pts/0", "PWD": "/home/ann", "USER": "root", "COMMAND": "/bin/sh"}},
		{"RFC 5424", `<34>1 2025-10-11T22:14:15.003Z web1 app 8710 ID47 [a@1 b="c\]"][d@2] ` + "\ufeffuser=ann", "2025-10-11T22:14:15.003Z", "web1", "syslog",
			map[string]string{"process": "app", "pid": "8710", "user": "ann"}},
		{"RFC 5424 without anything", "<34>1 - - - - - - hello", noTime, "", "syslog", map[string]string{"process": "<unset>"}},
		{"on the wire", "<13>May  1 00:00:00 web1 a: b", "2026-05-01T00:00:00Z", "web1", "syslog", nil},
		{"counted octets", "40 <13>May  1 00:00:00 web1 a: b", "2026-05-01T00:00:00Z", "web1", "syslog", nil},
		{"journalctl with the day", "Thu 2022-11-24 09:59:47 UTC web1 a[1]: b", "2022-11-24T09:59:47Z", "web1", "syslog", map[string]string{"process": "a"}},
		{"journalctl with seconds", "1669283987.882101 web1 a[1]: b", "2022-11-24T09:59:47.882101Z", "web1", "syslog", map[string]string{"process": "a"}},
		{"an application's", `2025-05-11 18:10:20,123 INFO start: took=5ms path="/a b" msg="say \"hi\"" ok`, "2025-05-11T18:10:20.123Z", "", "",
			map[string]string{"took": "5ms", "path": "/a b", "msg": `say "hi"`, "process": "<unset>"}},
		{"in brackets", "[2025-05-11T18:10:20Z] x", "2025-05-11T18:10:20Z", "", "", nil},
		{"no time at all", `key=value, a.b=1;c-d=(2|e=[x]} 5f=6 =7 g==8 h= i="j k=9 ü=1`, noTime, "", "", map[string]string{"key": "value", "a.b": "1", "c-d": "(2", "e": "[x]",
			"f": "6", "g": "<unset>", "h": "<unset>", "i": "<unset>", "k": "9"}},
		{"of equal names the first", "a=1 a=2 process=x", noTime, "", "", map[string]string{"a": "1", "process": "x"}},
		{"the fields that a scan makes", "host=evil source=x _time=1 Computer=c UtcTime=2020-01-01", noTime, "", "", map[string]string{"Computer": "c"}},
		{"sysmon's own messages", "May  1 00:00:00 web1 sysmon[1]: Running...", "2026-05-01T00:00:00Z", "web1", "syslog", map[string]string{"process": "sysmon"}},
		{"an array", "[1,2]", noTime, "", "", nil},
		{"of another provider", strings.ReplaceAll(x, "Linux-Sysmon", "Microsoft-Windows-Sysmon"), noTime, "", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := everything
			w.Now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC).UnixNano()
			r := NewRecord(&w)
			g := plainly(New(&w).Decode([]byte(strings.TrimSuffix(c.rec, "\n")), r), r)
			g.check(t, "text", c.fields)
			got := ""
			if g.meta.Time != 0 {
				got = time.Unix(0, g.meta.Time).UTC().Format(time.RFC3339Nano)
			}
			if got != c.time || g.meta.Host != c.host || g.meta.Sourcetype != c.sourcetype {
				t.Errorf("%s, host %q, sourcetype %q; want %s, %q, %q", got, g.meta.Host, g.meta.Sourcetype, c.time, c.host, c.sourcetype)
			}
		})
	}
}

func TestTimesOfTheLogsOwnZone(t *testing.T) {
	w := Wanted{Text: true, Now: time.Date(2026, 1, 1, 0, 30, 0, 0, time.UTC).UnixNano(), Zone: time.FixedZone("", -3600)}
	d, r := New(&w), NewRecord(&w)
	for rec, want := range map[string]string{
		"Dec 31 23:00:00 web1 a: b":            "2026-01-01T00:00:00Z",
		"2025-05-11 18:10:20,5 x":              "2025-05-11T19:10:20.5Z",
		"2025-05-11T18:10:20.5+0100 x":         "2025-05-11T17:10:20.5Z",
		"2025-05-11T18:10:20Z x":               "2025-05-11T18:10:20Z",
		"<1>1 2025-05-11T18:10:20 h a - - - b": "2025-05-11T19:10:20Z",
	} {
		d.Decode([]byte(rec), r)
		if got := time.Unix(0, r.Time()).UTC().Format(time.RFC3339Nano); got != want {
			t.Errorf("%s: %s, want %s", rec, got, want)
		}
	}
	w.Now = 0
	if d.Decode([]byte("Dec 31 23:00:00 web1 a: b"), r); r.Time() != 0 || r.Host() != "web1" {
		t.Errorf("%+v", r.Meta)
	}
}

func TestWhateverElseIsJSON(t *testing.T) {
	for _, c := range []struct {
		name, rec, kind, host, fields string
	}{
		{"arrays, as Splunk names them", `{"a":[1,[2]],"b":[{"c":3},{"c":4,"d":[5]}],"e":{"f":[]},"g":{"h":[6]},"i":null}`, "json", "",
			"a{}=1 a{}{}=2 b{}.c=3|4 b{}.d{}=5 g.h{}=6"},
		{"a journal's line", `{"SYSLOG_IDENTIFIER":"sshd","_HOSTNAME":"web1","MESSAGE":"Accepted"}`, "json", "web1", "MESSAGE=Accepted SYSLOG_IDENTIFIER=sshd _HOSTNAME=web1"},
		{"a banner", `{"SYSLOG_IDENTIFIER":"sysmon","MESSAGE":"Running..."}`, "json", "", "MESSAGE=Running... SYSLOG_IDENTIFIER=sysmon"},
		{"another tool's", `{"output":"x","output_fields":{"a":"b"}}`, "json", "", "output=x output_fields.a=b"},
		{"another provider's", `{"EventID":4624,"Channel":"Security"}`, "json", "", "Channel=Security EventID=4624"},
		{"osquery's", `{"name":"p","hostIdentifier":"mac1","unixTime":1648559031,"columns":{"pid":"1","path":"/bin/sh"}}`, "osquery", "mac1",
			"columns.path=/bin/sh columns.pid=1 hostIdentifier=mac1 name=p unixTime=1648559031"},
	} {
		w := everything
		w.Braces = true
		r := NewRecord(&w)
		g := plainly(New(&w).Decode([]byte(c.rec), r), r)
		var fields []string
		for _, name := range sorted(g.fields) {
			fields = append(fields, name+"="+g.fields[name])
		}
		if got := strings.Join(fields, " "); g.outcome != Event || g.kind != c.kind || g.meta.Host != c.host || got != c.fields {
			t.Errorf("%s: %s of kind %s, host %q\n%s\nwant %s", c.name, g.outcome, g.kind, g.meta.Host, got, c.fields)
		}
	}
	w := Wanted{JSON: true, Text: true, Braces: true, Fields: []string{"b{}.c", "g.h{}"}}
	r := NewRecord(&w)
	g := plainly(New(&w).Decode([]byte(`{"a":[1],"b":[{"c":3}],"g":{"h":[6,7]}}`), r), r)
	if len(g.fields) != 2 || g.fields["b{}.c"] != "3" || g.fields["g.h{}"] != "6|7" {
		t.Errorf("only what is asked for: %v", g.fields)
	}
	if g := decodeRaw(string(read(t, "splunk_security_content_osquery.log"))); g.kind != "osquery" || g.meta.Host != "HackBook.local" || g.meta.Time != 1648559031e9 {
		t.Errorf("%s %+v", g.kind, g.meta)
	}
}

func TestDamagedRecordsHaveTheirText(t *testing.T) {
	for rec, kind := range map[string]string{
		`{hello} a=b`: "text", `{'a': 1}`: "text", "<Event><System></System></Event>": "text", `{"EventID":"","Image":"x"}`: "json", `{"a":1,oh no`: "json",
	} {
		if g := decodeRaw(rec); g.outcome != Salvaged || g.kind != kind || g.note == "" {
			t.Errorf("%s: %s of kind %q, note %q", rec, g.outcome, g.kind, g.note)
		}
	}
	if g := decodeRaw(`{"SYSLOG_IDENTIFIER":"sysmon","MESSAGE":null}`); g.outcome != Lost {
		t.Errorf("what a collector lost is %s", g.outcome)
	}
}

// Without being asked for, other lines stay what they were.
func TestTextIsAskedFor(t *testing.T) {
	for _, rec := range []string{"hello", string(read(t, auditFolder+"path.log")), `{"columns":{}}`, `{"ID":"1:2","SYSCALL":{}}`, `{"a":1}`} {
		if g := decodeOne(rec); g.outcome != Other && g.outcome != Unsupported {
			t.Errorf("%s: %s of kind %s", rec, g.outcome, g.kind)
		}
		w := Wanted{Text: true, JSON: true, Kinds: map[string]struct{}{"sysmon/1": {}}}
		if got := New(&w).Decode([]byte(rec), NewRecord(&w)); got != Unwanted {
			t.Errorf("%s: %s when nobody wants its kind", rec, got)
		}
	}
}
