package format

import (
	"strings"
	"testing"
)

func TestDecodedText(t *testing.T) {
	tests := []struct {
		raw, want string
		octal     bool
	}{
		{"plain", "plain", false},
		{"&lt;&gt;&amp;&quot;&apos;", `<>&"'`, false},
		{"a &amp;&amp; b", "a && b", false},
		{"&#07;&#13;&#x41;&#x2f;&#233;&#x1F600;", "\a\rA/é😀", false},
		{"&#xD800;", "\ufffd", false},
		{"&#x110000;&#;&#x;&#12", "&#x110000;&#;&#x;&#12", false},
		{"&#99999999999999999999;", "&#99999999999999999999;", false},
		{"&#1a;", "&#1a;", false},
		{"a & b &unknown; &", "a & b &unknown; &", false},
		{"&lt unknown process&gt ", "<unknown process>", false},
		{"bash -c &quot whoami&quot ", `bash -c "whoami"`, false},
		{"&amp;lt;", "&lt;", false},
		{"&am", "&am", false},
		{"a#012b#011c#033[0m", "a\nb\tc\x1b[0m", true},
		{"#303#251", "é", true},
		{"#012", "#012", false},
		{"#101#060", "#101#060", true}, // ordinary characters are never written so
		{"#400#777#08", "#400#777#08", true},
		{"&#012;#177", "\f\x7f", true},
		{"\xff\x00\a", "\xff\x00\a", true},
	}
	for _, test := range tests {
		r := NewRecord(&Wanted{})
		if got := string(decode(r, []byte(test.raw), test.octal)); got != test.want {
			t.Errorf("%q: %q, want %q", test.raw, got, test.want)
		}
	}
}

func TestManyEscapes(t *testing.T) {
	r := NewRecord(&Wanted{})
	for _, s := range []string{"#", "&", "&#", "#0", "&#0"} {
		raw := strings.Repeat(s, 1<<20)
		if got := string(decode(r, []byte(raw), true)); got != raw {
			t.Errorf("many %q changed", s)
		}
	}
}

func TestOctalOnlyBehindSyslog(t *testing.T) {
	rec := `<Event><System><EventID>1</EventID></System><EventData><Data Name="CommandLine">a#012b</Data></EventData></Event>`
	for prefix, want := range map[string]string{
		"":                           "a#012b",
		"MESSAGE=":                   "a#012b",
		"<?xml version='1.0'?>":      "a#012b",
		"Nov 24 08:30:01 h sysmon: ": "a\nb",
		"<14>1 2026-06-14T19:25:07.772Z h sysmon 1 - - ": "a\nb",
	} {
		if got := decodeOne(prefix + rec).fields["CommandLine"]; got != want {
			t.Errorf("behind %q: %q, want %q", prefix, got, want)
		}
	}
	if got := decodeOne(`{"log":` + quoted("Nov 24 08:30:01 h sysmon: "+rec) + `}`).fields["CommandLine"]; got != "a\nb" {
		t.Errorf("in a collector's line: %q", got)
	}
	if got := decodeOne(`{"MESSAGE":` + quoted(rec) + `}`).fields["CommandLine"]; got != "a#012b" {
		t.Errorf("in the journal: %q", got)
	}
}

func TestXMLText(t *testing.T) {
	event := func(data string) string {
		return "<Event><System><EventID>1</EventID></System><EventData>" + data + "</EventData></Event>"
	}
	tests := []struct{ data, want string }{
		{`<Data Name="Image"/>`, ""},
		{`<Data Name="Image" />`, ""},
		{`<Data Name="Image"></Data>`, ""},
		{`<Data Name='Image'>a</Data>`, "a"},
		{`<Data xml:space="preserve" Name = "Image" x="y">a</Data>`, "a"},
		{`<Data Name="Image">a < b</Data>`, "a < b"},
		{`<Data Name="Image">a <b> c</Data>`, "a <b> c"},
		{`<Data Name="Image">a<![CDATA[<&amp;>]]>b&amp;c<![CDATA[]]></Data>`, "a<&amp;>b&c"},
		{`<Data Name="Image">a<!-- & -->b</Data>`, "ab"},
		{`<Data Name="Image">never closed<Data Name="User">u</Data>`, "never closed"},
		{"<Data Name=\"Image\">two\nlines </Data>", "two\nlines "},
		{`<Data Name="IMAGE">a</Data>`, "a"},
		{`<Image>a</Image>`, "a"},
		{`<Data Name="Image">first</Data><Data Name="Image">last</Data>`, "last"},
	}
	for _, test := range tests {
		for _, again := range []string{"first time", "as learned"} {
			g := decodeAll([][]byte{[]byte(event(test.data)), []byte(event(test.data))})[len(again)%2]
			if got, ok := g.fields["Image"]; !ok || got != test.want || g.outcome != Event {
				t.Errorf("%s, %s: %q, want %q (%s %s)", test.data, again, got, test.want, g.outcome, g.note)
			}
		}
	}
}
