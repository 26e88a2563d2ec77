package format

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// both decodes records in the two ways: with outlines, and as if each document were the first.
type both struct {
	alike, alone    *Decoder
	quick, thorough *Record
}

func newBoth(w *Wanted) *both {
	alone := *w
	alone.NoOutlines = true
	return &both{New(w), New(&alone), NewRecord(w), NewRecord(&alone)}
}

// same decodes a record and says whether its outline was known.
func (b *both) same(t *testing.T, rec string) (known bool) {
	t.Helper()
	known = b.alike.outlines.find(trimStart([]byte(rec))) != nil
	got, want := plainly(b.alike.Decode([]byte(rec), b.quick), b.quick), plainly(b.alone.Decode([]byte(rec), b.thorough), b.thorough)
	if want.outcome == Unwanted { // then nobody asks when and where it was
		got.meta, want.meta = Meta{Envelope: got.meta.Envelope}, Meta{Envelope: want.meta.Envelope}
	}
	if got.outcome != want.outcome || got.kind != want.kind || got.note != want.note || got.meta != want.meta {
		t.Fatalf("%q: %+v, want %+v", rec, got, want)
	}
	if diff := differences(got.fields, want.fields); diff != "" && len(b.thorough.Names()) < maxNames {
		t.Fatalf("%q:%s", rec, diff)
	}
	return known
}

// searches is what scans ask for.
func searches() []*Wanted {
	few := []string{"EventID", "Image", "a", "a.b", "c{}", "host.name", "@timestamp", "event.category", "process.name", "Computer", "n"}
	return []*Wanted{
		{All: true}, {All: true, JSON: true, Text: true, Braces: true}, {Fields: few}, {Fields: few, JSON: true, Text: true, Braces: true}, {Fields: few, JSON: true},
		{Fields: few, Kinds: map[string]struct{}{"sysmon/1": {}, "ecs/process": {}}}, {Fields: few, JSON: true, Except: map[string]struct{}{"json": {}}},
	}
}

// rendered is an event as evtx_dump writes it.
func rendered(id int, computer, data string) string {
	return fmt.Sprintf(`{"Event":{"#attributes":{"xmlns":"u"},"System":{"Provider":{"#attributes":{"Name":"Linux-Sysmon"}},"EventID":%d,"Computer":"%s",`+
		`"Correlation":null},"EventData":{%s}}}`, id, computer, data)
}

// ofRendered is its fields.
func ofRendered(id, computer string, data ...string) map[string]string {
	fields := map[string]string{"ProviderName": "Linux-Sysmon", "EventID": id, "Computer": computer}
	for i := 0; i < len(data); i += 2 {
		fields[data[i]] = data[i+1]
	}
	return fields
}

func TestDocumentsOfOneOutline(t *testing.T) {
	for _, c := range []struct {
		name, first, second string
		known               bool
		fields              map[string]string
	}{
		{"other values", `{"a":"x","n":1}`, `{"a":"y","n":22}`, true, map[string]string{"a": "y", "n": "22"}},
		{"other kinds of values", `{"a":"x","n":1}`, `{"a":true,"n":["u",2]}`, true, map[string]string{"a": "true", "n": "u|2"}},
		{"nothing", `{"a":"x","n":1}`, `{"a":null,"n":[]}`, true, map[string]string{}},
		{"not quite nothing", `{"a":"x","n":1}`, `{"a":nan,"n":nulls}`, true, map[string]string{"a": "nan", "n": "nulls"}},
		{"an empty string", `{"a":"x","n":1}`, `{"a":"","n":2}`, true, map[string]string{"a": "", "n": "2"}},
		{"escapes", `{"a":"x","n":1}`, `{"a":"\u00e9\"\\","n":2}`, true, map[string]string{"a": `é"\`, "n": "2"}},
		{"a long string", `{"a":"x","n":1}`, `{"a":"` + strings.Repeat(`y\"`, 30) + `","n":2}`, true, map[string]string{"a": strings.Repeat(`y"`, 30), "n": "2"}},
		{"what looks like keys", `{"a":"x","n":1}`, `{"a":",\"n\":5","n":2}`, true, map[string]string{"a": `,"n":5`, "n": "2"}},
		{"nested", `{"a":{"b":1,"c":{"d":2}},"n":3}`, `{"a":{"b":4,"c":{"d":5}},"n":6}`, true, map[string]string{"a.b": "4", "a.c.d": "5", "n": "6"}},
		{"an object in place of a value", `{"a":"x"}`, `{"a":{"b":1}}`, false, map[string]string{"a.b": "1"}},
		{"a value in place of an object", `{"a":{"b":1}}`, `{"a":1}`, false, map[string]string{"a": "1"}},
		{"an array of objects", `{"a":[{"b":1}]}`, `{"a":[{"b":2},{"b":3,"c":4}]}`, true, map[string]string{"a.b": "2|3", "a.c": "4"}},
		{"the last of equal keys", `{"a":1,"a":2}`, `{"a":3,"a":4}`, true, map[string]string{"a": "4"}},
		{"of equal keys the last is nothing", `{"a":1,"a":2}`, `{"a":3,"a":null}`, true, map[string]string{}},
		{"another order", `{"a":1,"n":2}`, `{"n":1,"a":2}`, false, map[string]string{"n": "1", "a": "2"}},
		{"further keys", `{"a":1}`, `{"a":1,"n":2}`, false, map[string]string{"n": "2", "a": "1"}},
		{"blanks", `{"a":1,"n":2}`, `{"a": 1,"n":2}`, false, map[string]string{"a": "1", "n": "2"}},
		{"blanks in both", `{ "a" : 1 , "n":2 }`, `{ "a" : 3 , "n":4 }`, true, map[string]string{"a": "3", "n": "4"}},
		{"text behind it", `{"a":1}`, `{"a":2} x`, true, map[string]string{"a": "2"}},
		{"cut off in a value", `{"a":"x","n":1}`, `{"a":"x","n":2`, false, map[string]string{"a": "x", "n": "2"}},
		{"cut off in a string", `{"a":"x"}`, `{"a":"yz`, false, map[string]string{"a": "yz"}},
		{"cut off behind a key", `{"a":"x","n":1}`, `{"a":"x","n":`, false, map[string]string{"a": "x"}},
		{"a text for another tool", `{"a":"x","message":"hello"}`, `{"a":"x","message":"` + strings.ReplaceAll(x, `"`, `\"`) + `"}`, false, nil},
		{"another text", `{"a":"x","message":"hello"}`, `{"a":"y","message":"a \"word\"\n"}`, true, map[string]string{"a": "y", "message": "a \"word\"\n"}},
		{"a text that may hold something", `{"a":"x","message":"hello"}`, `{"a":"y","message":"sysmon: Running"}`, false, nil},
		{"an event of Sysmon", `{"EventID":1,"Image":"x","Channel":"Linux-Sysmon"}`, `{"EventID":1,"Image":"y","Channel":"Linux-Sysmon"}`, true,
			map[string]string{"EventID": "1", "Image": "y", "Channel": "Linux-Sysmon"}},
		{"another event of it", `{"EventID":1,"Image":"x","Channel":"Linux-Sysmon"}`, `{"EventID":11,"Image":"y","Channel":"Linux-Sysmon"}`, false,
			map[string]string{"EventID": "11", "Image": "y", "Channel": "Linux-Sysmon"}},
		{"a number that goes on", `{"Channel":"Linux-Sysmon","EventID":5,"Image":"x"}`, `{"Channel":"Linux-Sysmon","EventID":57,"Image":"x"}`, false,
			map[string]string{"EventID": "57", "Image": "x", "Channel": "Linux-Sysmon"}},
		{"an event of ECS", `{"event":{"category":["process"]},"process":{"name":"x"}}`, `{"event":{"category":["process"]},"process":{"name":"y"}}`, true,
			map[string]string{"event.category": "process", "process.name": "y"}},
		{"of another category", `{"event":{"category":["process"]},"process":{"name":"x"}}`, `{"event":{"category":["file"]},"process":{"name":"y"}}`, false,
			map[string]string{"event.category": "file", "process.name": "y"}},
		{"an event without what makes it one of ECS", `{"event":{"action":"x"},"process":{"name":"y"}}`, `{"event":{"action":null},"process":{"name":"y"}}`, false,
			map[string]string{"process.name": "y"}},
		{"a host without its name", `{"host":{"hostname":"a","name":"b"},"a":1}`, `{"host":{"hostname":"a","name":null},"a":1}`, false,
			map[string]string{"host.hostname": "a", "a": "1"}},
		{"a host that never had one", `{"host":{"a":null},"b":1}`, `{"host":{"a":null},"b":2}`, true, map[string]string{"b": "2"}},
		{"an event of Sysmon that looks like one of ECS", `{"EventID":5,"guid":"x","event":{"category":["process"]},"process":{"name":"y"}}`,
			`{"EventID":5,"guid":"` + sysmonGUID + `","event":{"category":["process"]},"process":{"name":"y"}}`, false, nil},
		{"an event as XML is rendered", rendered(1, "x", `"Image":"a","n":1`), rendered(1, "y", `"Image":"b\"","n":22`), true,
			ofRendered("1", "y", "Image", `b"`, "n", "22")},
		{"another rendered event", rendered(1, "x", `"Image":"a"`), rendered(11, "x", `"Image":"a"`), false, ofRendered("11", "x", "Image", "a")},
		{"a rendered event that is cut off", rendered(1, "x", `"Image":"a"`), strings.TrimSuffix(rendered(1, "x", `"Image":"a"`), "}}"), false, ofRendered("1", "x", "Image", "a")},
		{"a rendered event of another provider", rendered(1, "x", `"Image":"a"`), strings.ReplaceAll(rendered(1, "x", `"Image":"a"`), "Linux-Sysmon", "Other"), false, nil},
		{"text behind a rendered event", rendered(1, "x", `"Image":"a"`), rendered(1, "x", `"Image":"b"`) + `,"Image":"c"`, true, ofRendered("1", "x", "Image", "b")},
		{"a rendered field that is there twice", rendered(1, "x", `"Image":"a","Image":"b"`), rendered(1, "x", `"Image":"c","Image":"d"`), true, ofRendered("1", "x", "Image", "d")},
		{"a rendered field that becomes nothing", rendered(1, "x", `"Image":"a"`), rendered(1, "x", `"Image":null`), false, ofRendered("1", "x")},
		{"a rendered field with several values", rendered(1, "x", `"a":["b","c"]`), rendered(1, "x", `"a":["d","c"]`), false, ofRendered("1", "x", "a", "d|c")},
		{"rendered pairs", rendered(1, "x", `"Data":[{"@Name":"Image","#text":"a"}]`), rendered(1, "x", `"Data":[{"@Name":"User","#text":"b"}]`), false, ofRendered("1", "x", "User", "b")},
		{"a rendered field that holds fields", rendered(1, "x", `"Data":"{}"`), rendered(1, "x", `"Data":"{\"Image\":\"a\"}"`), false, ofRendered("1", "x", "Image", "a")},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBoth(&Wanted{All: true, JSON: true})
			b.same(t, c.first)
			if known := b.alike.outlines.find([]byte(c.second)) != nil; known != c.known {
				t.Errorf("known: %v", known)
			}
			b.same(t, c.second)
			if diff := differences(plainly(Event, b.quick).fields, c.fields); c.fields != nil && diff != "" {
				t.Error(diff)
			}
			for _, w := range searches() {
				b := newBoth(w)
				for _, rec := range []string{c.first, c.second, c.first, c.second + "}", c.second} {
					b.same(t, rec)
				}
			}
		})
	}
}

func TestDocumentsOfTheJournal(t *testing.T) {
	const line = `{"__REALTIME_TIMESTAMP":"1652292620399931","_HOSTNAME":"web%d","SYSLOG_IDENTIFIER":"%s","MESSAGE":"%s"}`
	b := newBoth(&Wanted{All: true, JSON: true, Text: true})
	b.same(t, fmt.Sprintf(line, 1, "sshd", "Accepted"))
	b.same(t, `{"MESSAGE":`+numbers("Accepted", ",")+`}`)
	b.same(t, `{"MESSAGE":`+numbers(x, ",")+`}`)
	for _, c := range []struct {
		program, message string
		known            bool
	}{{"sudo", "ann : COMMAND=/bin/ls", true}, {"sysmon", "Running...", false}, {"sudo", `{\"a\":1}`, false}, {"audit", "type=EXECVE msg=audit(1.2:3): argc=1", false}} {
		rec := fmt.Sprintf(line, 2, c.program, c.message)
		if b.same(t, rec) != c.known {
			t.Errorf("%s: known: %v", rec, !c.known)
		}
		if g := plainly(Event, b.quick); c.known && (g.kind != "json" || g.fields["MESSAGE"] != c.message || g.meta.Host != "web2") {
			t.Errorf("%s: %+v", rec, g)
		}
		b.same(t, "data: "+rec)
		b.same(t, "["+rec+"]")
	}
}

// madeUp makes documents out of a few keys, so that many are alike.
type madeUp struct{ *rand.Rand }

func (m madeUp) pick(of ...string) string { return of[m.IntN(len(of))] }

func (m madeUp) document() string {
	keys := []string{"a", "n", "@timestamp", "time", "host", "hostname", "source", "event", "process", "EventID", "event_id", "Image", "Channel", "guid", "Computer",
		"UtcTime", "message", "event.category", "event.original", "user", "data", "sourcetype", "MESSAGE", "SYSLOG_IDENTIFIER", "msg", "_AUDIT_TYPE_NAME", "log", "b.c", `\u0061`, "System", "a"}
	if m.IntN(5) == 0 {
		keys = []string{"Image", "UtcTime", "n", "Data", "Image", "User", "#text", "Name", "EventID"}
		return rendered(m.IntN(3), m.pick("x", "y", "", `\u00e9`), strings.Trim(m.object(keys[m.IntN(len(keys)):], 1), "{} "))
	}
	return m.object(keys[m.IntN(len(keys)):], 0)
}

func (m madeUp) object(keys []string, depth int) string {
	var members []string
	for _, key := range keys[:min(len(keys), 1+m.IntN(4))] {
		members = append(members, `"`+key+`":`+m.value(depth))
	}
	if m.IntN(8) == 0 {
		return "{ " + strings.Join(members, " , ") + " }"
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (m madeUp) value(depth int) string {
	switch k := m.IntN(12); {
	case k == 0:
		return "null"
	case k == 1:
		return m.pick("1", "-2.5", "true", "4624", "11", "1652292620.395")
	case k == 2:
		return "[" + m.pick(`"process"`, `"x",2`, "", `{"b":1}`, `[1,[2]]`, `"file","process"`) + "]"
	case k < 6 && depth < 3:
		return m.object([]string{"name", "category", "original", "b", "name", "{}", "hostname", "action"}[m.IntN(6):], depth+1)
	}
	return `"` + m.pick("x", "", "web1", "1", "process", "Linux-Sysmon/Operational", "2025-03-20T07:23:00Z", `\u00e9\"`, `c:\\`, "{ff032593-a8d3-4f13-b0d6-01fc615a0f97}",
		`<Event><System><EventID>1</EventID></System><EventData></EventData></Event>`, `{\"a\":1}`, "sysmon: Running", "sysmon", "a <b> c", "type=EXECVE msg=audit(1.2:3): argc=1", `\n{\"a\":1}`, `sysm\u006fn: x`, "word", `a long text, longer than what is looked at in one go`) + `"`
}

// wrapped is a document as a record, mostly as it is.
func (m madeUp) wrapped(doc string) string {
	switch m.IntN(30) {
	case 0:
		return "data: " + doc
	case 1:
		return "[" + doc + "]"
	case 2:
		return "2022-11-24T09:59:47.1Z stdout F " + doc
	case 3:
		return " " + doc
	}
	return doc
}

// damage does to a record what happens to logs.
func (m madeUp) damage(rec string) string {
	if m.IntN(6) > 0 || rec == "" {
		return rec
	}
	at := m.IntN(len(rec))
	switch m.IntN(4) {
	case 0:
		return rec[:at]
	case 1:
		return rec[:at] + m.pick(`"`, `\`, "{", "}", ",", " ", "9", "[", "]", ":", "n") + rec[at:]
	case 2:
		return rec[:at] + rec[at+1:]
	}
	return rec + m.pick(" ", "}", rec, "x")
}

func TestAlikeIsTheSame(t *testing.T) {
	m := madeUp{rand.New(rand.NewPCG(1, 2))}
	for _, w := range searches() {
		b, known := newBoth(w), 0
		for range 20_000 {
			if b.same(t, m.damage(m.wrapped(m.document()))) {
				known++
			}
		}
		if known < 100 {
			t.Errorf("%+v: the outlines of %d were known", w, known)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(otrfForms)) {
		records := lineRecords(read(t, file))
		for _, w := range searches() {
			b := newBoth(w)
			for _, rec := range records {
				b.same(t, string(rec))
				b.same(t, m.damage(string(rec)))
			}
		}
	}
}

func TestOutlinesHaveBounds(t *testing.T) {
	w := &Wanted{All: true, JSON: true}
	b := newBoth(w)
	for i := range 3 * maxOutlines {
		b.same(t, fmt.Sprintf(`{"a":%d,"key%d":1}`, i, i%(2*maxOutlines)))
		b.same(t, fmt.Sprintf(`{"EventID":"%d","Channel":"Linux-Sysmon","a":"%s"}`, i, strings.Repeat("x", i)))
	}
	o := &b.alike.outlines
	if o.bytes > maxHeld || o.learnt > maxOutlines {
		t.Errorf("%d bytes of %d documents", o.bytes, o.learnt)
	}
	for _, n := range o.start.next {
		if len(n.next) > maxBranches {
			t.Errorf("%d branches", len(n.next))
		}
	}
}

// FuzzAlike compares both ways for one document behind another.
func FuzzAlike(f *testing.F) {
	m := madeUp{rand.New(rand.NewPCG(3, 4))}
	for range 200 {
		first := m.document()
		f.Add(first, m.damage(m.wrapped(first)))
	}
	f.Add(rendered(1, "x", `"Image":"a"`), rendered(1, "y", `"Image":"b"`))
	for _, c := range xmlPairs() {
		f.Add(c[0], c[1])
	}
	f.Add(`{"EventID":1,"Channel":"Linux-Sysmon","Image":"x"}`, `{"EventID":11,"Channel":"Linux-Sysmon","Image":"y"}`)
	wanted := searches()
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, w := range wanted {
			b := newBoth(w)
			for _, rec := range []string{first, second, first} {
				b.same(t, rec)
			}
		}
	})
}
