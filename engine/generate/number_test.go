package generate

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestStamps(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	moments := []time.Time{
		time.Date(2024, 2, 29, 23, 59, 59, 999_999_000, time.UTC), time.Date(2000, 3, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2100, 2, 28, 12, 0, 0, 1000, time.UTC), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1971, 12, 31, 1, 2, 3, 0, time.UTC),
	}
	for range 5000 {
		moments = append(moments, time.UnixMicro(r.Int64N(4_200_000_000_000_000)).UTC())
	}
	for _, at := range moments {
		for layout, got := range map[string][]byte{
			"2006-01-02T15:04:05.000000000Z": appendSystemTime(nil, at.UnixMicro()),
			"2006-01-02 15:04:05.000":        appendUtcTime(nil, at.UnixMilli()),
			"Jan _2 15:04:05 ":               append(appendBSD(nil, at.UnixMicro()), ' '),
		} {
			if want := at.Format(layout); string(got) != want {
				t.Fatalf("%s, want %s", got, want)
			}
		}
	}
}

// The GUID of a real event: machine id c9eb4a87, begun at 0x637f4093, code that ends at 0x55ab06249d78.
func TestGUIDLayout(t *testing.T) {
	if got, want := string(appendGUID(nil, 0xc9eb4a87, 0x637f4093, 0x55ab06249d78)), "{c9eb4a87-4093-637f-789d-2406ab550000}"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := string(appendGUID(nil, 0xc9eb4a87, 0, 1000|2<<32)), "{c9eb4a87-0000-0000-e803-000002000000}"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestEscapes(t *testing.T) {
	const text = "a<b>&\"'\t\n\r\a\x1b\\é\x7f/"
	for want, x := range map[string]*escape{
		"a&lt;b&gt;&amp;&quot;'\t\n&#13;\a\x1b\\é\x7f/":       oldXML(),
		"a&lt;b&gt;&amp;\"'\t\n\r&#07;&#27;\\é\x7f/":          newerXML(),
		"a&lt;b&gt;&amp;&quot;'#011#012&#13;#007#033\\é#177/": oldXML().octal(),
		"a&lt;b&gt;&amp;\"'#011#012#015&#07;&#27;\\é#177/":    newerXML().octal(),
		"a<b>&\\\"'\\t\\n\\r\\u0007\\u001b\\\\é\x7f/":         jsonEscape,
	} {
		if got := string(appendEscaped(nil, x, []byte(text))); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if got := string(appendEscaped(nil, x, text)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := string(appendCommand(nil, jsonEscape, &event{command: `a "restart"`, exported: true})); got != `a \"\u0072estart\"` {
		t.Error(got)
	}
}
