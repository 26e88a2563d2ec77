package format

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// xmlPairs is pairs of records of XML, of which the second goes the way of the first but in one place or two.
func xmlPairs() (pairs [][2]string) {
	const journal = `{"_HOSTNAME":"web1","MESSAGE":"`
	line := "Nov 24 08:30:01 web1 sysmon: " + x
	quoted := journal + strings.ReplaceAll(x, `"`, `\"`) + `"}`
	for _, change := range [][2]string{
		{"curl", "wget"}, {">1</EventID>", ">11</EventID>"}, {">1</EventID>", "></EventID>"}, {">1</EventID>", ">1<!-- --></EventID>"}, {">1</EventID>", ">&#49;</EventID>"}, {"<Version>5<", "<Version>#065<"},
		{"<Version>5</Version>", ""}, {"<Task>1", "<Task>2"}, {`Name="Linux-Sysmon"`, `Name="Other"`}, {`Name="Linux-Sysmon"`, `Name="Linux-Sysmon`}, {"Linux-Sysmon/Operational", "Security"},
		{"Image", "User"}, {"</Data>", "<![CDATA[a<b]]></Data>"}, {"</Data>", "a<b</Data>"}, {"</Data>", ""}, {"-</Data>", "<Data>"}, {"4005", ""}, {">4005", "/><Data>4005"}, {"4005", strings.Repeat("4005 ", 200)},
		{"4005", "a&lt;b"}, {"4005", "#012"}, {`UserId="0"`, `UserId='0'`}, {`UserId="0"`, `UserId=""`}, {`UserId="0"`, `UserId=0`}, {"</EventData>", ""}, {"<System>", "<System a='b'>"}, {"2022-11", "2023-12"},
	} {
		pairs = append(pairs, [2]string{line, strings.ReplaceAll(line, change[0], change[1])}, [2]string{x, strings.Replace(x, change[0], change[1], 1)})
		pairs = append(pairs, [2]string{quoted, strings.ReplaceAll(quoted, strings.ReplaceAll(change[0], `"`, `\"`), strings.ReplaceAll(change[1], `"`, `\"`))})
	}
	for _, change := range [][2]string{
		{"4005", `a\nb`}, {"4005", `a\"b`}, {"4005", `a\\`}, {"4005", `a\\\"b`}, {"4005", `\u003c/Data>`}, {"4005", `\u0041`}, {"4005", `\<`}, {"4005", `a\`}, {"4005", `\x`}, {`\"0\"`, `\"\\\"`}, {`\"0\"`, `\"\n\"`},
		{`\"0\"`, `\u00220\"`}, {"/Data", `\/Data`}, {"<", `\u003c`}, {"<Event>", `<Event>\n`}, {"><", `>\n<`}, {`"}`, ""}, {`</Event>"}`, ""}, {"Image", `\u0049mage`}, {"</Event>", `</Event>\u0041`}, {">1</EventID>", `>\u0031</EventID>`},
		{">1</EventID>", `>1\n</EventID>`},
	} {
		pairs = append(pairs, [2]string{quoted, strings.ReplaceAll(quoted, change[0], change[1])}, [2]string{strings.ReplaceAll(quoted, change[0], change[1]), quoted})
	}
	return pairs
}

// Events give the same whether or not others of the same layout were read before.
func TestXMLAlikeIsTheSame(t *testing.T) {
	m := madeUp{rand.New(rand.NewPCG(5, 6))}
	for _, w := range searches() {
		all := newBoth(w)
		for _, pair := range xmlPairs() {
			b := newBoth(w)
			for _, rec := range []string{pair[0], pair[1], pair[0], pair[1], pair[0]} {
				b.same(t, rec)
				all.same(t, rec)
			}
			for range 20 {
				all.same(t, m.damage(pair[1]))
			}
		}
	}
}

// What is the same in all events of a kind is learnt with the first of them, in text of JSON as anywhere.
func TestSteadyValuesAreMarkup(t *testing.T) {
	w := &Wanted{All: true}
	d, r := New(w), NewRecord(w)
	for _, id := range []string{"1", "3", "11"} {
		rec := strings.Replace(x, ">1</EventID>", ">"+id+"</EventID>", 1)
		for _, rec := range []string{rec, `{"MESSAGE":` + plainQuoted(rec) + `}`} {
			for range 2 {
				if o := d.Decode([]byte(rec), r); o != Event || r.Kind != "sysmon/"+id {
					t.Errorf("%s: %s %s", rec, o, r.Kind)
				}
			}
		}
	}
	for _, learnt := range []tree{d.paths, d.quotes} {
		if n := len(learnt.start.next); n != 3 {
			t.Errorf("%d ways into an event", n)
		}
		for _, p := range learnt.start.next {
			if len(p.said) != 8 || p.name != "SystemTime" {
				t.Errorf("%s behind %d values", p.name, len(p.said))
			}
		}
	}
}
