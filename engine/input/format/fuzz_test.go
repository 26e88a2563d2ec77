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
	known, unknown := checkDecode(false), checkDecode(true)
	f.Fuzz(func(t *testing.T, rec []byte) {
		known(t, rec)
		unknown(t, rec)
	})
}

// checkDecode is a check that a record gives the same whatever was read before and whichever fields are asked for.
func checkDecode(unknown bool) func(t *testing.T, rec []byte) {
	learned := New(&Wanted{All: true, JSON: unknown})
	shared := NewRecord(learned.wanted)
	return func(t *testing.T, rec []byte) {
		w := &Wanted{All: true, JSON: unknown}
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
		few := &Wanted{Fields: []string{"Image", "CommandLine", "process.args"}, JSON: unknown}
		part := NewRecord(few)
		g := plainly(New(few).Decode(rec, part), part)
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
