package format

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// inNeedle is the bytes that a literal searched for in raw records may hold.
func inNeedle(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune(" _.,:=+@%~^()*!?$|{}-", c)
}

// checkNeedles holds that every piece of a value that could be searched for stands in the record as it is, unless the record says
// that it may not.
func checkNeedles(t *testing.T, rec []byte, r *Record) {
	t.Helper()
	for _, hide := range Hides(r.Wanted()) {
		for at := 0; ; at++ {
			n := bytes.Index(rec[at:], []byte(hide.Text))
			if n < 0 {
				break
			}
			if at += n; hide.If == nil || hide.If(rec, at) {
				return
			}
		}
	}
	for slot, name := range r.Names() {
		c := r.Cell(slot)
		if !c.Set {
			continue
		}
		for _, value := range append([][]byte{c.Text}, c.More...) {
			for _, piece := range strings.FieldsFunc(string(value), func(c rune) bool { return !inNeedle(c) }) {
				if !bytes.Contains(rec, []byte(piece)) {
					t.Fatalf("%s holds %q, which is not in %q", name, piece, rec)
				}
			}
		}
	}
}

func TestNothingIsHidden(t *testing.T) {
	w := &Wanted{All: true}
	d, r := New(w), NewRecord(w)
	for file := range otrfForms {
		for _, rec := range lineRecords(read(t, file)) {
			if o := d.Decode(rec, r); o == Event || o == Salvaged {
				checkNeedles(t, rec, r)
			}
		}
	}
	all := everything
	d, r = New(&all), NewRecord(&all)
	for _, file := range []string{"otrf_auditd.log", "otrf_auoms.ndjson.gz", "splunk_security_content_osquery.log"} {
		for _, rec := range append(lineRecords(read(t, file)), []byte(rawSeeds[0])) {
			if o := d.Decode(rec, r); o != Event {
				t.Errorf("%s: %s", rec, o)
			}
			checkNeedles(t, rec, r)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for file := range otrfForms {
		records := lineRecords(read(f, file))
		f.Add(records[0])
		f.Add(records[7])
	}
	for _, rec := range []string{x, "Nov 24 08:30:01 h sysmon: " + x, `{"MESSAGE":` + numbers(x, ",") + `}`,
		`{"data":{"system":{"eventID":"1"},"eventdata":{"image":"a&lt;b"}}}`, `{"winlog":{"event_id":1,"event_data":{"Image":"x"}}}`,
		`{"System":{"EventID":1},"EventData":[{"Image":"x"},{"User":[1,"b"]}]}`, `{"EventID":1,"EventData":"<EventData><Data Name='Image'>x"}`,
		`{"event":{"category":["process"]},"process":{"args":["a",{"b":1}]}}`, `[{"_source":{"fields":{"EventID":"1","Image":"x"}}}]`,
		`2022-11-24T09:59:47.1Z stdout F {"log":"<Event>"}`, `<Event><System><EventID><![CDATA[1]]></EventID></System><a b='c'/>`} {
		f.Add([]byte(rec))
	}
	f.Add([]byte(`{"a":{"b":[1,"x\u0041"]},"c":null,"d.e":"y"`))
	for _, file := range []string{"otrf_auditd.log", "otrf_auoms.ndjson.gz", "splunk_security_content_linux_secure.log", "splunk_security_content_osquery.log",
		auditFolder + "syscall.log", auditFolder + "add_user.log"} {
		for _, rec := range lineRecords(read(f, file)) {
			f.Add(rec)
		}
	}
	for _, rec := range rawSeeds {
		f.Add([]byte(rec))
	}
	known, unknown, raw := checkDecode(Wanted{}), checkDecode(Wanted{JSON: true}), checkDecode(Wanted{JSON: true, Text: true, Braces: true, Now: 1e18})
	f.Fuzz(func(t *testing.T, rec []byte) {
		known(t, rec)
		unknown(t, rec)
		raw(t, rec)
	})
}

// rawSeeds are records that only searches for raw events read.
var rawSeeds = []string{
	`node=web1 type=EXECVE msg=audit(1.2:3): argc=3 a0="sudo" a1=612062 a2_len=4 a2[0]=4142 a2[1]="cd"`,
	"type=USER_CMD msg=audit(1.2:3): uid=0 msg='cwd=\"/\" cmd=6C73202D6C res=success'\x1dUID=\"root\"", `type=PROCTITLE msg=audit(11/18/2022 14:33:22.294:2760) : proctitle=ls -l`,
	`Aug  7 13:01:06 web2 kernel: audit: type=1300 audit(1.2:3): arch=c000003e syscall=59 uid=4294967295 comm=6C73#035ARCH=x86_64`,
	`type=AUOMS_EXECVE audit(1.2:3): syscall=execve user=ann name="x" argc=2 cmdline="ls "-l"" redactors= containerid=`, `web1 audit[1]: EXECVE a0=6162`,
	`{"_AUDIT_TYPE_NAME":"EXECVE","MESSAGE":"EXECVE a0=6162 argc=1"}`, `{"ID":"1.2:3","NODE":"n","EXECVE":{"ARGV":["a","b c"]},"PATH":[{"name":"x"},{"name":"y"}],"PROCTITLE":{"ARGV":["a","b"]}}`,
	`2025-05-11T18:10:20,5 INFO x: a="b \"c" d=(e) f=[g,h`, `<34>1 2025-10-11T22:14:15.003Z web1 app 8710 ID47 [a@1 b="c\]"] user=ann`, `{"a":[{"b":[1,[2]]}],"columns":{"d":null}}`,
}

// checkDecode is a check that a record gives the same whatever was read before and whichever fields are asked for.
func checkDecode(of Wanted) func(t *testing.T, rec []byte) {
	whole := of
	whole.All = true
	learned := New(&whole)
	shared := NewRecord(learned.wanted)
	return func(t *testing.T, rec []byte) {
		w := &whole
		d, r := New(w), NewRecord(w)
		first := plainly(d.Decode(rec, r), r)
		if first.outcome == Event || first.outcome == Salvaged {
			if r.Kind == "" {
				t.Fatalf("an event without a kind: %q", rec)
			}
			checkNeedles(t, rec, r)
		}
		again := plainly(d.Decode(rec, r), r)
		other := plainly(learned.Decode(rec, shared), shared)
		for _, g := range []got{again, other} {
			if g.outcome != first.outcome || g.kind != first.kind || g.note != first.note || g.meta != first.meta {
				t.Fatalf("%q: %+v, then %+v", rec, first, g)
			}
			if diff := differences(g.fields, first.fields); diff != "" && len(shared.Names()) < maxNames {
				t.Fatalf("%q:%s", rec, diff)
			}
		}
		few := of
		few.Fields = []string{"Image", "CommandLine", "process.args", "type", "a0", "proctitle", "UID", "pid", "a{}.b"}
		part := NewRecord(&few)
		g := plainly(New(&few).Decode(rec, part), part)
		for name, value := range g.fields {
			if first.fields[name] != value {
				t.Fatalf("%q: %s is %q of all fields, %q of few", rec, name, first.fields[name], value)
			}
		}
	}
}

// FuzzJSON compares the reader with encoding/json on every document that the latter takes.
func FuzzJSON(f *testing.F) {
	for _, doc := range []string{`{}`, `{"a":1}`, ` { "a" : [ 1 , "b" ] , "c":{"d":"}"} } `, `{"\u0061":"\ud83d\ude00\\","a":null}`,
		`{"a":"\"","b":true,"c":-1.5E+3}`, `{"a":{"b":[[],{},"]"]},"c":"\/"}`} {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		var want map[string]json.RawMessage
		if !utf8.Valid(doc) || json.Unmarshal(doc, &want) != nil || want == nil {
			return
		}
		got := map[string]string{}
		s := scanner{b: doc}
		words := newLexicon(func(key string) (string, role) { return key, plain })
		words.forget(NewRecord(&Wanted{All: true}))
		s.enter('{')
		for before := words.start; ; {
			e, v, ok := s.member(words, before)
			if !ok {
				break
			}
			before = e
			got[e.name] = readable(v)
		}
		if s.bad || s.cut || len(got) != len(want) {
			t.Fatalf("%q: %v, bad %v, cut %v", doc, got, s.bad, s.cut)
		}
		for key, raw := range want {
			text := string(bytes.TrimSpace(raw))
			if text[0] == '"' {
				if err := json.Unmarshal(raw, &text); err != nil {
					t.Fatal(err)
				}
			}
			if value, ok := got[key]; !ok || value != text {
				t.Fatalf("%q: %q is %q, want %q", doc, key, value, text)
			}
		}
	})
}

func readable(v value) string {
	switch v.shape {
	case nothing:
		return "null"
	case text:
		return string(unescape(make([]byte, len(v.raw)), v.raw))
	}
	return string(v.raw)
}
