package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

// letters writes events of the form `A` or `A.key`, optionally with `@milliseconds`: process.name is the letter, user.name the key. Without
// a time the n-th event happens in the n-th second.
func letters(text string) string {
	var b strings.Builder
	for i, word := range strings.Fields(text) {
		word, at, timed := strings.Cut(word, "@")
		name, key, _ := strings.Cut(word, ".")
		ms := (i + 1) * 1000
		if timed {
			fmt.Sscan(at, &ms)
		}
		fmt.Fprintf(&b, `"@timestamp":"2026-01-05T00:%02d:%02d.%03dZ","process.name":"%s"`, ms/60000, ms/1000%60, ms%1000, name)
		if key != "" {
			fmt.Fprintf(&b, `,"user.name":%s`, keyJSON(key))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// keyJSON is a key, or with plus signs several.
func keyJSON(key string) string {
	return `["` + strings.ReplaceAll(key, "+", `","`) + `"]`
}

// stages is a sequence of letters: `A B` or `A !B C`.
func stages(by, with, text string) string {
	q := "sequence"
	if by != "" {
		q += " by " + by
	}
	if with != "" {
		q += " with " + with
	}
	for _, s := range strings.Fields(text) {
		s, runs, repeated := strings.Cut(s, "*")
		name, missing := strings.CutPrefix(s, "!")
		if missing {
			q += " !"
		}
		q += fmt.Sprintf(` [process where process.name == "%s"]`, name)
		if repeated {
			q += " with runs=" + runs
		}
	}
	return q
}

// The state machine of sequences.
func TestEQLSequences(t *testing.T) {
	checkStatements(t, []statement{
		{"the most recent start wins", letters("A A B"), stages("", "", "A B"), "2,3"},
		{"a match is used once", letters("A B B"), stages("", "", "A B"), "1,2"},
		{"an older partial match is replaced", letters("A B A B C"), stages("", "", "A B C"), "3,4,5"},
		{"equal filters chain", letters("X X X X"), stages("", "", "X X"), "1,2 2,3 3,4"},
		{"keys keep sequences apart", letters("A.1 A.2 B.2 B.1"), stages("user.name", "", "A B"), "2,3 1,4"},
		{"an event without the key cannot be joined", letters("A B.1 A.1 B"), stages("user.name", "", "A B"), ""},
		{"an optional key may be null, which equals null", letters("A B.1 A.1 B"), stages("?user.name", "", "A B"), "1,4"},
		{"keys are compared with their case", letters("A.x B.X"), stages("user.name", "", "A B"), ""},
		{"terms may have keys of their own", `"process.name":"A","process.entity_id":"k"
			"process.name":"B","process.parent.entity_id":"k"`, `sequence [process where process.name == "A"] by process.entity_id [process where process.name == "B"] by process.parent.entity_id`, "1,2"},
		{"an event of several key values is offered once for each", letters("A.1+2 B.2 B.1"), stages("user.name", "", "A B"), "1,2 1,3"},
		{"exactly maxspan passes", letters("A@1000 B@6000"), stages("", "maxspan=5s", "A B"), "1,2"},
		{"more than maxspan does not", letters("A@1000 B@6001"), stages("", "maxspan=5s", "A B"), ""},
		{"maxspan is measured from the first event", letters("A@1000 B@4000 C@7000"), stages("", "maxspan=5s", "A B C"), ""},
		{"what is over maxspan is gone, and the event is not used", letters("A@1000 B@9000 B@9500"), stages("", "maxspan=5s", "A B"), ""},
		{"units", letters("A@1000 B@1400"), stages("", "maxspan=300ms", "A B"), ""},
		{"a minute", letters("A@1000 B@61000"), stages("", "maxspan=1m", "A B"), "1,2"},
		{"without maxspan there is no limit", letters("A@0 B@3599000"), stages("", "", "A B"), "1,2"},
		{"until ends what is pending", letters("A U B"), stages("", "", "A B") + ` until [process where process.name == "U"]`, ""},
		{"until has a key too", letters("A.1 A.2 U.1 B.1 B.2"), stages("user.name", "", "A B") + ` until [process where process.name == "U"]`, "2,5"},
		{"an event that completes a sequence and is until completes it", letters("A B"), stages("", "", "A B") + ` until [process where process.name == "B"]`, "1,2"},
		{"an event that is matched and is until kills its own partial match", letters("A B"), stages("", "", "A B") + ` until [process where process.name == "A"]`, ""},
		{"runs repeat a term", letters("A A A"), stages("", "", "A*3"), "1,2,3"},
		{"n events give n-N+1 overlapping runs", letters("A A A A"), stages("", "", "A*2"), "1,2 2,3 3,4"},
		{"runs before another term", letters("A A A B"), stages("", "", "A*2 B"), "2,3,4"},
		{"results are ordered by their last event", letters("A.1 A.2 A.3 B.3 B.1 B.2"), stages("user.name", "", "A B"), "3,4 1,5 2,6"},
		{"one event never fills two slots", letters("A"), stages("", "", "A A"), ""},
		{"events of one time follow each other as they stand in the input", letters("A@1000 B@1000"), stages("", "", "A B"), "1,2"},
		{"the tiebreaker decides before the input does", `"@timestamp":"2026-01-05T00:00:01Z","event.sequence":2,"process.name":"B"
			"@timestamp":"2026-01-05T00:00:01Z","event.sequence":1,"process.name":"A"`, stages("", "", "A B"), "2,1"},
		{"a missing tiebreaker comes last", `"@timestamp":"2026-01-05T00:00:01Z","process.name":"B"
			"@timestamp":"2026-01-05T00:00:01Z","event.sequence":9,"process.name":"A"`, stages("", "", "A B"), "2,1"},
		{"times are compared finer than milliseconds", `"@timestamp":"2026-01-05T00:00:01.0000002Z","process.name":"B"
			"@timestamp":"2026-01-05T00:00:01.0000001Z","process.name":"A"`, stages("", "", "A B"), "2,1"},
		{"the input need not be in order", letters("B@3000 A@2000 A@1000"), stages("", "", "A B"), "2,1"},
		{"an event without time is in no sequence", `"process.name":"A"
			"@timestamp":null,"process.name":"B"
			"process.name":"B"`, stages("", "", "A B"), "1,3"},
		{"head counts sequences", letters("A B A B A B"), stages("", "", "A B") + " | head 2", "1,2 3,4"},
		{"tail counts sequences", letters("A B A B A B"), stages("", "", "A B") + " | tail 1", "5,6"},
		{"pipes chain from left to right", letters("A B A B A B A B A B"), stages("", "", "A B") + " | head 4 | tail 2", "5,6 7,8"},
		{"pipes count events of event queries", letters("A A A A A"), `process where true | head 4 | tail 2`, "3 4"},
		{"terms may be of different categories, or any", `"process.name":"A"
			"event.category":"network","process.name":"B"
			"event.category":"file","process.name":"C"`, `sequence [process where true] [network where true] [any where true]`, "1,2,3"},
		{"one term needs runs", letters("A"), stages("", "", "A"), "error runs"},
		{"every term has the same number of keys", letters("A"), `sequence [process where true] by process.pid [process where true]`, "error keys"},
		{"maxspan needs a unit", letters("A"), stages("", "maxspan=5", "A B"), "error unit"},
		{"keys are fields", letters("A"), `sequence by length(process.name) [process where true] [process where true]`, "error :1:13"},
	})
}

// Missing events: each is judged on the interval between its neighbours.
func TestEQLMissingEvents(t *testing.T) {
	const m = "maxspan=1m"
	checkStatements(t, []statement{
		{"in the middle", letters("A C A B C"), stages("", m, "A !B C"), "1,-,2"},
		{"the machine does not retry an older partial match", letters("A B A B C"), stages("", m, "A !B C"), ""},
		{"a missing event has a key", letters("A.1 B.2 C.1"), stages("user.name", m, "A !B C"), "1,-,3"},
		{"at the beginning: within maxspan before the first event", letters("X@0 A@30000 B@31000"), stages("", m, "!X A B"), ""},
		{"at the beginning: before that it does not matter", letters("X@0 A@60001 B@60002"), stages("", m, "!X A B"), "-,2,3"},
		{"at the beginning: exactly maxspan before counts", letters("X@0 A@60000 B@60002"), stages("", m, "!X A B"), ""},
		{"at the end: until maxspan after the first event", letters("A@0 B@1000 X@60000"), stages("", m, "A B !X"), ""},
		{"at the end: behind that it does not matter", letters("A@0 B@1000 X@60001"), stages("", m, "A B !X"), "1,2,-"},
		{"at both ends: dropped if both fit into maxspan", letters("X@0 A@1000 B@2000 Y@20000"), stages("", "maxspan=21s", "!X A B !Y"), ""},
		{"at both ends: kept if their span is longer", letters("X@0 A@1000 B@2000 Y@20000"), stages("", "maxspan=19s", "!X A B !Y"), "-,2,3,-"},
		{"at both ends: one alone does not drop it", letters("X@0 A@1000 B@2000"), stages("", m, "!X A B !Y"), "-,2,3,-"},
		{"a missing event needs maxspan", letters("A"), stages("", "", "A !B C"), "error maxspan"},
	})
}

// Samples: one event per filter, in any order.
func TestEQLSamples(t *testing.T) {
	sample := func(by, text string) string {
		q := "sample"
		if by != "" {
			q += " by " + by
		}
		for _, name := range strings.Fields(text) {
			q += fmt.Sprintf(` [process where process.name : "%s"]`, name)
		}
		return q
	}
	checkStatements(t, []statement{
		{"events are listed in the order of the filters", letters("B.1 A.1"), sample("user.name", "A B"), "2,1"},
		{"one sample per key, keys ascending", letters("A.2 B.2 A.1 B.1 A.1 B.1"), sample("user.name", "A B"), "3,4 1,2"},
		{"all filters must be satisfied", letters("A.1 C.1"), sample("user.name", "A B"), ""},
		{"the events of a sample are distinct", letters("A.1"), sample("user.name", "A A*"), ""},
		{"an event that two filters want does not block", letters("A.1 B.1"), sample("user.name", "? A"), "2,1"},
		{"a null key is excluded", letters("A B"), sample("user.name", "A B"), ""},
		{"unless it is optional", letters("A B"), sample("?user.name", "A B"), "1,2"},
		{"several key values make several samples", letters("A.1+2 B.2 B.1"), sample("user.name", "A B"), "1,3 1,2"},
		{"no time is needed", `"@timestamp":null,"process.name":"A","user.name":"1"
			"process.name":"B","user.name":"1"`, sample("user.name", "A B"), "1,2"},
		{"no maxspan", letters("A"), `sample by user.name with maxspan=5s [process where true] [process where true]`, "error sample"},
		{"no until", letters("A"), sample("user.name", "A B") + ` until [process where true]`, "error until"},
		{"no pipes", letters("A"), sample("user.name", "A B") + ` | head 1`, "error sample"},
	})
}

// The size of the answer: the most recent, in ascending order.
func TestEQLSize(t *testing.T) {
	for _, s := range []statement{
		{"events", letters("A A A A"), `process where true`, "3 4"},
		{"sequences", letters("A B A B A B"), stages("", "", "A B"), "3,4 5,6"},
		{"pipes come first", letters("A A A A"), `process where true | head 3`, "2 3"},
	} {
		t.Run(s.says, func(t *testing.T) { s.check(t, engine.Options{EQL: engine.EQLOptions{Size: 2}}) })
	}
}

// Any JSON can be searched by naming its fields.
func TestEQLFields(t *testing.T) {
	log := writeLog(t, `{"kind":"login","when":"2026-01-05T10:00:03Z","n":1,"who":{"name":"ann"},"event":{"id":"1"}}
{"kind":"login","when":1767607201,"n":1,"who":{"name":"bob"},"event":{"id":"2"}}
{"kind":"file","when":"2026-01-05T10:00:02Z","n":2.5,"who":{"name":["bob","eve"]},"event":{"id":"3"}}
`)
	o := engine.Options{Language: engine.EQL, EQL: engine.EQLOptions{Category: "kind", Timestamp: "when"}}
	for query, want := range map[string]string{
		`login where n == 1`:                                        "2 1",
		`any where who.name == "bob"`:                               "2 3",
		`any where n > 2 and n < 3`:                                 "3",
		`login where who.name == "eve"`:                             "",
		`sequence by who.name [login where true] [file where true]`: "2,3",
	} {
		got := askEverywhere(t, source.New("query", query), o, []string{log}, 4)
		if ids := eqlIDs(t, got.rows); ids != want || got.errors != "" {
			t.Errorf("%s finds %q, want %q %s", query, ids, want, got.errors)
		}
	}
}
