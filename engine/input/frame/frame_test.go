package frame

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func lines(data string, limit int) (out []string) {
	l := Lines{Data: []byte(data), Limit: limit}
	for {
		start, end, ok := l.Next()
		if !ok {
			return out
		}
		out = append(out, data[start:end])
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"plain lines", "a\nb\r\n\nc", []string{"a", "b", "", "c"}},
		{"one event per line", "<Event>1</Event>\n<Event a=\"\">2</Event>\n", []string{"<Event>1</Event>", `<Event a="">2</Event>`}},
		{"pretty event", "<Event>\r\n <System/>\r\n</Event>\r\nx\n", []string{"<Event>\r\n <System/>\r\n</Event>", "x"}},
		{"tag over two lines", "<Event\n xmlns='x'>\n</Event>\n", []string{"<Event\n xmlns='x'>\n</Event>"}},
		{"truncated before the next", "<Event>1\n<Event>2</Event>\n", []string{"<Event>1", "<Event>2</Event>"}},
		{"syslog prefix stops", "Nov 24 h sysmon: <Event>1\nNov 24 h sshd: x\n", []string{"Nov 24 h sysmon: <Event>1", "Nov 24 h sshd: x"}},
		{"JSON and audit records stop", "h sysmon: <Event>1\n{}\n<14>h sysmon: <Event>2\ntype=X\n", []string{"h sysmon: <Event>1", "{}", "<14>h sysmon: <Event>2", "type=X"}},
		{"indented continuation", "Nov 24 h sysmon: <Event>1\n   2</Event>\n", []string{"Nov 24 h sysmon: <Event>1\n   2</Event>"}},
		{"priority stops", "<14>Nov 24 h sysmon: <Event>1\n<Data>\n<14>x\n", []string{"<14>Nov 24 h sysmon: <Event>1\n<Data>", "<14>x"}},
		{"bare event goes on", "<Event>1\nNov 24\n2</Event>\n", []string{"<Event>1\nNov 24\n2</Event>"}},
		{"several on a line", "<Event>1</Event> <Event>2</Event><Event>3\n4</Event>\n", []string{"<Event>1</Event>", "<Event>2</Event>", "<Event>3\n4</Event>"}},
		{"cut off on a line", "x <Event>1 <Event>2</Event>\n", []string{"x <Event>1 ", "<Event>2</Event>"}},
		{"end and begin on a line", "<Event>\n1</Event><Event>\n2</Event></Events>\nx", []string{"<Event>\n1</Event>", "<Event>\n2</Event></Events>", "x"}},
		{"root and other elements", "<Events>\n<EventData>\n<EventID>1\n", []string{"<Events>", "<EventData>", "<EventID>1"}},
		{"stray end", "a</Event>\nb\n", []string{"a</Event>", "b"}},
		{"JSON holds what it wants", `{"m":"<Event>1"}` + "\n" + `{"m":"<Event>1</Event>","o":"<Event>1</Event>"}` + "\n",
			[]string{`{"m":"<Event>1"}`, `{"m":"<Event>1</Event>","o":"<Event>1</Event>"}`}},
		{"JSON with an event stops one", "<Event>1\n" + `{"m":"<Event>2</Event>"}` + "\n", []string{"<Event>1", `{"m":"<Event>2</Event>"}`}},
		{"NUL bytes", "a\x00b\n\x00\n", []string{"a\x00b", "\x00"}},
		{"unfinished", "<Event>1\n2", []string{"<Event>1\n2"}},
	} {
		if got := lines(c.data, 0); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got, want := lines("<Event>1\nabc\ndef\n</Event>\n", 12), []string{"<Event>1\nabc", "def", "</Event>"}; !slices.Equal(got, want) {
		t.Errorf("limit: got %q, want %q", got, want)
	}
	if got := lines(strings.Repeat("<Event>1</Event>", 300_000), 0); len(got) != 300_000 {
		t.Errorf("%d events of one line", len(got))
	}
	cutOff := "<Event>1" + strings.Repeat("\n{}", 30_000)
	if got := lines(cutOff, 0); len(got) != 1+30_000-(64<<10-8)/3-1 || got[1] != "{}" {
		t.Errorf("an event that was cut off took %d of 30000 lines", 30_001-len(got))
	}
}

func documents(data string, step int) (out []string, cut bool) {
	d := NewDocuments(func(start, end int64) { out = append(out, data[start:end]) })
	for i := 0; i < len(data); i += step {
		d.Feed([]byte(data[i:min(i+step, len(data))]))
	}
	cut = d.Close()
	return out, cut
}

func TestDocuments(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       []string
		cut        bool
	}{
		{"array", "[\n {\"a\":1},\n {\"b\":[{}]}\n]\n", []string{`{"a":1}`, `{"b":[{}]}`}, false},
		{"pretty objects", "{\n \"a\": \"}\\\"{\"\n}\n{\n}\n", []string{"{\n \"a\": \"}\\\"{\"\n}", "{\n}"}, false},
		{"search result", `{"took":1,"hits":{"total":{"value":2},"hits":[{"_source":{"x":1}},{"hits":{"hits":[1]}}]},"z":{"hits":1}} {"a":1}`,
			[]string{`{"_source":{"x":1}}`, `{"hits":{"hits":[1]}}`, `{"a":1}`}, false},
		{"cut off in a string", "[{\"a\":\"x\n},\n{\"b\":1}]", []string{"{\"a\":\"x\n}", `{"b":1}`}, false},
		{"cut off behind a comma", "{\"a\":1,\n{\"b\":1}\n", []string{"{\"a\":1,\n", `{"b":1}`}, false},
		{"cut off behind a colon", "[{\"a\":\n{\"b\":1},\n{\"c\":1}]", []string{"{\"a\":\n{\"b\":1},\n", `{"c":1}`}, false},
		{"cut off at the end", `[{"a":1},{"b":`, []string{`{"a":1}`, `{"b":`}, true},
		{"text between", "{\n}\nhello, {world}\n{\"a\":1}\n", []string{"{\n}", "hello, {world}", `{"a":1}`}, false},
		{"scalars in an array", `[1,"a",{"b":2},null]`, []string{"1", `"a"`, `{"b":2}`, "null"}, false},
		{"nothing", " \n", nil, false},
	} {
		for _, step := range []int{1, 2, 7, 1000} {
			if got, cut := documents(c.data, step); !slices.Equal(got, c.want) || cut != c.cut {
				t.Errorf("%s by %d: got %q %v, want %q %v", c.name, step, got, cut, c.want, c.cut)
			}
		}
	}
}

func TestDocumentsLimit(t *testing.T) {
	data, sizes := `[{"a":"`+strings.Repeat("x", 1000)+"\"},\n{\"b\":1}]", []int64(nil)
	d := NewDocuments(func(start, end int64) { sizes = append(sizes, end-start) })
	d.Limit = 100
	for i := range len(data) {
		d.Feed([]byte(data[i : i+1]))
	}
	d.Close()
	if want := []int64{101, 7}; !slices.Equal(sizes, want) {
		t.Errorf("got records of %d bytes, want %d", sizes, want)
	}
}

func TestIsDocument(t *testing.T) {
	for _, c := range []struct {
		head string
		want bool
	}{
		{"", false}, {"x", false}, {`{"a":1}` + "\n", false}, {`{"a":1`, false}, {"{\n \"a\":1\n}", true}, {"{\n", true},
		{"[{\"a\":1}]", true}, {" \n[\n{", true}, {"[]", true}, {"[ 12.5] kernel: x\n", false},
		{"\xef\xbb\xbf[{}]", true}, {"{\"a\":1,\n{\"b\":2}\n", false}, {"{\"a\":\"x\n{\"b\":2}\n", false}, {"{\"a\":\"x\n\"b\":2}\n", false},
		{`{"hits":{"hits":[{"a":1}]}}` + "\n", true}, {"{\"a\":[\n{\"b\":1}]}", true}, {"{ x\ny\n", false}, {"{\"a\":1} {\"a\":2}\n", true}, {"{\"a\":1}\r{\"a\":2}\r", true}, {"{\"a\":1}\r\n{\"a\":2}\r\n", false}, {"{\"a\":1} # x\n", false}, {"{\"a\":1\n,\"b\":2}", true},
	} {
		if got := IsDocument([]byte(c.head)); got != c.want {
			t.Errorf("%q: got %v", c.head, got)
		}
	}
}

// pieces is what random logs are made of.
var pieces = []string{"<Event>", "<Event ", "</Event>", "<EventID>", "\n", "\r\n", "x", " ", "{", "Nov 2", "1", "<1", "<Data>", "data: {", "<Event", "[{"}

func random(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(40) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// check cuts data at every line and compares what the parts hold, with the state handed on, with the whole.
func check(t *testing.T, data string, limit int) {
	t.Helper()
	whole := lines(data, limit)
	for cut := 1; cut < len(data); cut++ {
		if data[cut-1] != '\n' {
			continue
		}
		first := []byte(data[:cut])
		state := Lines{Data: first, Limit: limit}.Through()
		var got []string
		l := Lines{Data: first, Limit: limit}
		for {
			start, end, ok := l.Next()
			if !ok || l.State.Open {
				break // the open one is read on below
			}
			got = append(got, data[start:end])
		}
		if l.State != state {
			t.Fatalf("%q cut at %d: state %+v, read on %+v", data, cut, state, l.State)
		}
		if state.Open {
			l := Lines{Data: []byte(data[state.Since:]), Base: state.Since, Limit: limit, Part: state.Since > 0 && data[state.Since-1] != '\n'}
			start, end, _ := l.Next()
			got = append(got, data[int(state.Since)+start:int(state.Since)+end])
		}
		l = Lines{Data: []byte(data[cut:]), Base: int64(cut), Limit: limit, State: state}
		for {
			start, end, ok := l.Next()
			if !ok {
				break
			}
			got = append(got, data[cut+start:cut+end])
		}
		if !slices.Equal(got, whole) {
			t.Fatalf("%q cut at %d (limit %d):\n got %q\nwant %q", data, cut, limit, got, whole)
		}
	}
}

func TestStateAtCuts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 20000 {
		check(t, random(r), []int{0, 20}[i%2])
	}
}

func FuzzFrame(f *testing.F) {
	f.Add("<Event>\n1</Event><Event>2\nNov 1\n")
	f.Add("Nov 1 <Event>\n x</Event> <Event>y</Event>\n{\"<Event>\n")
	f.Fuzz(func(t *testing.T, data string) {
		if len(data) > 500 {
			return
		}
		if got, want := lines(data, 0), naive(data); !slices.Equal(got, want) {
			t.Fatalf("%q:\n got %q\nwant %q", data, got, want)
		}
		check(t, data, 0)
		check(t, data, 30)
		documents(data, 3)
		l, at := Lines{Data: []byte(data)}, 0
		for {
			start, end, ok := l.Next()
			if !ok {
				break
			}
			if start < at || end < start || strings.TrimSpace(data[at:start]) != "" {
				t.Fatalf("%q: record %d:%d behind %d", data, start, end, at)
			}
			at = end
		}
		if strings.TrimRight(data[at:], "\r\n") != "" {
			t.Fatalf("%q: nothing holds %q", data, data[at:])
		}
	})
}

func BenchmarkLines(b *testing.B) {
	for _, c := range []struct{ name, line string }{
		{"json", `{"a":"` + strings.Repeat("x", 800) + `"}` + "\n"},
		{"xml", "Nov 24 08:30:01 host sysmon: <Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>1</EventID><EventRecordID>7</EventRecordID></System><EventData>" +
			strings.Repeat("<Data Name=\"User\">root</Data>", 25) + "</EventData></Event>\n"},
	} {
		b.Run(c.name, func(b *testing.B) {
			data := []byte(strings.Repeat(c.line, 500))
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				l, n := Lines{Data: data}, 0
				for {
					if _, _, ok := l.Next(); !ok {
						break
					}
					n++
				}
				if n != 500 {
					b.Fatal(fmt.Sprint(n))
				}
			}
		})
	}
}
