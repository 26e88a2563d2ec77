package engine_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// forms is how the shipped log is written besides flat JSON. The files are made of it: -update writes them anew.
var forms = []struct {
	suffix string
	write  func(*bytes.Buffer, []event)
}{{".log", asSyslog}, {".journal.json", asJournal}, {".xml", asXML}}

func TestLogInEveryForm(t *testing.T) {
	events := readEvents(t, restarts+".json")
	for _, f := range forms {
		var b bytes.Buffer
		f.write(&b, events)
		if *update {
			if err := os.WriteFile(restarts+f.suffix, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if readText(t, restarts+f.suffix) != b.String() {
			t.Errorf("%s%s is not what is made of %s.json; -update writes it", restarts, f.suffix, restarts)
		}
	}
}

// event is a line of the flat log: its fields in their order, with values as JSON spells them, so that an escape in one form becomes an
// escape in another.
type event struct {
	fields [][2]string
	whole  bool // false if the line was cut off
}

func (e event) get(name string) string {
	for _, f := range e.fields {
		if f[0] == name {
			return f[1]
		}
	}
	return ""
}

func (e event) time() time.Time {
	t, err := time.Parse(time.RFC3339, e.get("SystemTime"))
	if err != nil {
		panic(err)
	}
	return t
}

var member = regexp.MustCompile(`"(\w+)":"((?:[^"\\]|\\.)*)`)

func readEvents(t *testing.T, file string) []event {
	t.Helper()
	var events []event
	for line := range strings.Lines(readText(t, file)) {
		e := event{whole: strings.HasSuffix(line, "}\n")}
		for _, m := range member.FindAllStringSubmatch(line, -1) {
			e.fields = append(e.fields, [2]string{m[1], m[2]})
		}
		events = append(events, e)
	}
	return events
}

// asXML writes bare events, every tenth of them printed over several lines.
func asXML(b *bytes.Buffer, events []event) {
	for i, e := range events {
		xml := e.xml("\t")
		if i%10 == 5 {
			xml = strings.NewReplacer("<System>", "\n  <System>", "<EventData>", "\n  <EventData>", "<Data ", "\n    <Data ", "</EventData></Event>", "\n  </EventData>\n</Event>").Replace(xml)
		}
		b.WriteString(xml + "\n")
	}
}

// others is lines of other programs that hold words of the searches.
var others = []string{
	"systemd[1]: Reloading service restart.", "CRON[4242]: (root) CMD (/usr/sbin/service nginx restart)", "sudo: alice : COMMAND=/usr/bin/systemctl restart docker",
}

// asSyslog writes lines of syslog, with those of other programs among them.
func asSyslog(b *bytes.Buffer, events []event) {
	for i, e := range events {
		stamp := e.time().Format("Jan _2 15:04:05 ") + e.get("Computer") + " "
		if i%4 == 0 {
			b.WriteString(stamp + others[i/4%len(others)] + "\n")
		}
		b.WriteString(stamp + "sysmon: " + e.xml("#011") + "\n")
	}
}

// asJournal writes entries of the journal, with those of other programs among them and every seventh message as bytes.
func asJournal(b *bytes.Buffer, events []event) {
	for i, e := range events {
		at := strconv.FormatInt(e.time().UnixMicro(), 10)
		if i%4 == 0 {
			name, message, _ := strings.Cut(others[i/4%len(others)], ": ")
			journalEntry(b, at, e.get("Computer"), name, message)
		}
		if i%7 == 6 {
			journalEntry(b, at, e.get("Computer"), "sysmon", []byte(e.xml("\t")))
		} else {
			journalEntry(b, at, e.get("Computer"), "sysmon", e.xml("\t"))
		}
	}
}

func journalEntry(b *bytes.Buffer, at, host, program string, message any) {
	if text, ok := message.([]byte); ok {
		numbers := make([]int, len(text))
		for i, c := range text {
			numbers[i] = int(c)
		}
		message = numbers
	}
	out := json.NewEncoder(b)
	out.SetEscapeHTML(false)
	err := out.Encode(struct {
		Time    string `json:"__REALTIME_TIMESTAMP"`
		Host    string `json:"_HOSTNAME"`
		Level   string `json:"PRIORITY"`
		Program string `json:"SYSLOG_IDENTIFIER"`
		Message any    `json:"MESSAGE"`
	}{at, host, "6", program, message})
	if err != nil {
		panic(err)
	}
}

// xml is the event as Sysmon writes it, with tab in place of tabs.
func (e event) xml(tab string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>%s</EventID>`, e.get("EventID"))
	fmt.Fprintf(&b, `<Level>%s</Level><TimeCreated SystemTime="%s"/><EventRecordID>%s</EventRecordID>`, e.get("Level"), e.get("SystemTime"), e.get("EventRecordID"))
	fmt.Fprintf(&b, `<Execution ProcessID="%s"/><Channel>%s</Channel><Computer>%s</Computer></System><EventData>`, e.get("ProcessID"), e.get("Channel"), e.get("Computer"))
	data := e.fields[slices.IndexFunc(e.fields, func(f [2]string) bool { return f[0] == "Computer" })+1:]
	for i, f := range data {
		fmt.Fprintf(&b, `<Data Name="%s">%s`, f[0], markup(f[1], tab))
		if i == len(data)-1 && !e.whole {
			return b.String()
		}
		b.WriteString("</Data>")
	}
	return b.String() + "</EventData></Event>"
}

var jsonEscape = regexp.MustCompile(`\\u[0-9a-f]{4}|\\.|[&<>]`)

// markup is the text of a JSON string as XML spells it: where JSON escapes a letter by its number, XML does.
func markup(s, tab string) string {
	return jsonEscape.ReplaceAllStringFunc(s, func(esc string) string {
		switch esc {
		case "&":
			return "&amp;"
		case "<":
			return "&lt;"
		case ">":
			return "&gt;"
		case `\"`:
			return "&quot;"
		case `\\`:
			return `\`
		case `\t`:
			return tab
		}
		return "&#x" + strings.TrimLeft(strings.TrimPrefix(esc, `\u`), "0") + ";"
	})
}
