package format

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// journalLine is what journalctl writes of an event that is not escaped yet.
func journalLine(before, event, behind string) string {
	return fmt.Sprintf(`{"__REALTIME_TIMESTAMP":"1652292620399931","_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"sysmon",%s"MESSAGE":"%s"%s}`,
		before, strings.ReplaceAll(event, `"`, `\"`), behind)
}

func TestEventsInTheJournal(t *testing.T) {
	first := journalLine(`"_UID":"0",`, x, `,"_PID":"7"`)
	for name, c := range map[string]struct {
		second string
		known  bool // its outline, up to the event
	}{
		"the same":                 {first, true},
		"other values":             {strings.NewReplacer("web1", "web22", `"7"`, `"888"`, "curl", "wget").Replace(first), true},
		"no value":                 {strings.ReplaceAll(first, `"7"`, "null"), true},
		"an escape":                {strings.ReplaceAll(first, "curl", `c\n\\\"url`), true},
		"what may be markup":       {strings.ReplaceAll(first, "curl", `\u003c`), true},
		"a blank behind":           {strings.ReplaceAll(first, `</Event>"`, `</Event>\n"`), true},
		"no end of the text":       {strings.ReplaceAll(first, `</Event>"`, `</Event>`), true},
		"a quote within the event": {strings.ReplaceAll(first, "curl", `","_PID":"`), true},
		"a key less behind":        {strings.ReplaceAll(first, `,"_PID":"7"`, ""), true},
		"a second message behind":  {strings.ReplaceAll(first, `"_PID":"7"`, `"MESSAGE":"<Event>"`), true},
		"a form of its own behind": {strings.ReplaceAll(first, `"_PID":"7"`, `"Event":{"System":{"EventID":1}}`), true},
		"cut off":                  {strings.TrimSuffix(first, "}"), true},
		"cut off in the event":     {first[:strings.Index(first, "curl")], true},
		"a quote before its id":    {strings.ReplaceAll(first, `Guid=\"`, `Guid="`), true},
		"a slash and such a quote": {strings.ReplaceAll(first, `Guid=\"`, `Guid=\\"`), true},
		"another program":          {strings.ReplaceAll(first, `:"sysmon"`, `:"sshd"`), false},
		"a key less before":        {strings.ReplaceAll(first, `"_UID":"0",`, ""), false},
		"auditd's":                 {strings.ReplaceAll(first, `"_UID"`, `"_AUDIT_TYPE_NAME"`), false},
		"other text":               {journalLine(`"_UID":"0",`, "Sysmon started", ""), false},
		"a number":                 {strings.ReplaceAll(first, `"web1"`, "1"), false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, w := range searches() {
				b := newBoth(w)
				b.same(t, first)
				if strings.HasPrefix(name, "auditd") && w.Text { // read as audit's: nothing of it is learnt
					continue
				}
				if known := b.alike.heads.find([]byte(c.second)) != nil; known != c.known {
					t.Errorf("known: %v", known)
				}
				m := madeUp{rand.New(rand.NewPCG(15, 16))}
				other := strings.ReplaceAll(c.second, "<EventID>1<", "<EventID>11<") // which some searches do not ask for
				for _, rec := range []string{c.second, other, first, c.second, other, m.damage(c.second), "data: " + c.second, "[" + c.second + "]", first} {
					b.same(t, rec)
				}
			}
		})
	}
}

// What stands before an event is passed over only if nobody can ask for any of it.
func TestHeads(t *testing.T) {
	plainly := journalLine(`"_UID":"0",`, x, "")
	head := strings.Index(plainly, "<Event>")
	for _, c := range []struct {
		name string
		w    Wanted
		rec  string
		head int
	}{
		{"fields of events", Wanted{Fields: []string{"Image", "process.name"}}, plainly, head},
		{"all fields", Wanted{All: true}, plainly, 0},
		{"lines of any program", Wanted{Text: true}, plainly, 0},
		{"a field of the journal", Wanted{Fields: []string{"_UID"}}, plainly, 0},
		{"a name below one", Wanted{Fields: []string{"_UID.x"}}, plainly, 0},
		{"a field of events", Wanted{Fields: []string{"Image"}}, journalLine(`"Image":"x",`, x, ""), 0},
		{"its name in lower case", Wanted{Fields: []string{"Image"}}, journalLine(`"image":"x",`, x, ""), 0},
		{"text of another collector", Wanted{Fields: []string{"Image"}}, journalLine(`"log":"x",`, x, ""), 0},
		{"other text", Wanted{Fields: []string{"Image"}}, journalLine(`"_UID":"0",`, "Sysmon started", ""), 0},
	} {
		d, r := New(&c.w), NewRecord(&c.w)
		if got := d.Head([]byte(c.rec), r); got != 0 {
			t.Errorf("%s: %d of a record of which nothing is known", c.name, got)
		}
		d.Decode([]byte(c.rec), r)
		if got := d.Head([]byte(c.rec), r); got != c.head {
			t.Errorf("%s: %d, want %d", c.name, got, c.head)
		}
	}
}
