package tree

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/output"
)

var start = time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)

// fields is an event: its fields and their values, and after how many milliseconds it happened.
type fields map[string]any

// log makes a batch of events.
func log(events ...fields) *column.Batch {
	cols := make([]column.Vector, len(Fields))
	for i, name := range Fields {
		values := make([]column.Value, len(events))
		for row, e := range events {
			switch v := e[name].(type) {
			case string:
				values[row] = column.Str(v)
			case int:
				values[row] = column.Integer(int64(v))
			case []string:
				var list []column.Value
				for _, s := range v {
					list = append(list, column.Str(s))
				}
				values[row] = column.Multi(list)
			}
		}
		cols[i] = column.FromValues(values)
	}
	b := column.NewBatch(column.NewSchema(Fields...), cols, len(events))
	times := make([]column.Value, len(events))
	for row, e := range events {
		times[row] = column.Nanos(start.Add(time.Duration(e["ms"].(int)) * time.Millisecond).UnixNano())
	}
	return b.With("@timestamp", column.FromValues(times))
}

// starts is the start event of a process; more are further fields.
func starts(ms int, id string, pid int, parent string, ppid int, command string, more ...fields) fields {
	name, _, _ := strings.Cut(command, " ")
	e := fields{
		"ms": ms, "host.id": "web1", "event.category": "process", "event.type": "start", "event.action": "exec", "user.name": "root",
		"process.pid": pid, "process.name": name, "process.executable": "/bin/" + name, "process.command_line": command,
	}
	set(e, "process.entity_id", id)
	set(e, "process.parent.entity_id", parent)
	if ppid > 0 {
		e["process.parent.pid"] = ppid
	}
	for _, m := range more {
		for k, v := range m {
			e[k] = v
		}
	}
	return e
}

func set(e fields, name, value string) {
	if value != "" {
		e[name] = value
	}
}

func connects(ms int, id string, pid int, to string, port int) fields {
	e := fields{
		"ms": ms, "host.id": "web1", "event.category": "network", "event.type": "start", "event.action": "connection_attempted",
		"process.pid": pid, "process.name": "late", "destination.ip": to, "destination.port": port, "source.ip": "10.0.0.5", "source.port": 40000 + ms%1000,
	}
	set(e, "process.entity_id", id)
	return e
}

func writes(ms int, id string, pid int, path string) fields {
	e := fields{"ms": ms, "host.id": "web1", "event.category": "file", "event.type": "creation", "event.action": "creation", "process.pid": pid, "file.path": path}
	set(e, "process.entity_id", id)
	return e
}

func ends(ms int, id string, pid int) fields {
	e := fields{"ms": ms, "host.id": "web1", "event.category": "process", "event.type": "end", "event.action": "end", "process.pid": pid}
	set(e, "process.entity_id", id)
	return e
}

// attack is a service that starts perl, which starts a shell that connects and writes a file.
func attack() []fields {
	return []fields{
		starts(0, "P", 4100, "S", 1, "perl -e 1", fields{
			"process.parent.name": "systemd", "process.parent.executable": "/usr/lib/systemd/systemd", "process.parent.command_line": "/sbin/init",
		}),
		starts(1000, "Q", 4102, "P", 4100, "sh -c x"),
		connects(1300, "Q", 4102, "203.0.113.9", 4444),
		connects(1500, "Q", 4102, "203.0.113.9", 4444),
		connects(1600, "Q", 4102, "2001:db8::1", 53),
		writes(2000, "Q", 4102, "/etc/cron.d/job"),
		starts(2500, "R", 4103, "Q", 4102, "id"),
		starts(3000, "T", 4104, "P", 4100, "sleep 9"),
		ends(4000, "Q", 4102),
		starts(5000, "X", 5000, "S", 1, "cron"),
	}
}

func find(t *testing.T, target Target, events ...fields) *Tree {
	t.Helper()
	if target.Around == 0 {
		target.Around = int64(time.Minute)
	}
	f := NewForest()
	f.Add(log(events...))
	tree, err := f.Find(target)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// shape is the tree in a line per node: its depth in blanks, its pid and role.
func shape(tree *Tree) string {
	var b strings.Builder
	for _, n := range tree.Nodes {
		b.WriteString(strings.Repeat(" ", n.Depth) + column.Format(column.Integer(n.PID), nil) + " " + n.Role + "\n")
	}
	return b.String()
}

func draw(t *testing.T, tree *Tree, s Style) string {
	t.Helper()
	var b strings.Builder
	if err := tree.Text(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const drawn = `host web1  2026-01-05, times in UTC
?  1  ?  /sbin/init  (no start event)
└─ ▶ 10:00:00.000  4100  root  perl -e 1
   ├─ 10:00:01.000  4102  root  sh -c x  (ended 10:00:04.000)
   │  │  10:00:01.300  connection_attempted  10.0.0.5:40300 → 203.0.113.9:4444  (2 times)
   │  │  10:00:01.600  connection_attempted  10.0.0.5:40600 → [2001:db8::1]:53
   │  │  10:00:02.000  creation  /etc/cron.d/job
   │  └─ 10:00:02.500  4103  root  id
   └─ 10:00:03.000  4104  root  sleep 9
`

func TestText(t *testing.T) {
	if got := draw(t, find(t, Target{ID: "P"}, attack()...), Style{}); got != drawn {
		t.Errorf("got\n%s\nwant\n%s", got, drawn)
	}
}

func TestAnyOrderOfEvents(t *testing.T) {
	events := attack()
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		if got := draw(t, find(t, Target{PID: 4100}, events...), Style{}); got != drawn {
			t.Fatalf("got\n%s\nwant\n%s", got, drawn)
		}
	}
}

func TestFromAChild(t *testing.T) {
	want := "1 ancestor\n 4100 ancestor\n  4102 target\n   4103 descendant\n"
	if got := shape(find(t, Target{Host: "web1", PID: 4102}, attack()...)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestIDs(t *testing.T) {
	const guid = "7679aba9-6ebd-67c5-0813-31b69d600000"
	events := []fields{starts(0, guid+":7", 7, "", 0, "a"), starts(1, "MDEy+zQ=", 8, "", 0, "b")}
	for id, pid := range map[string]int64{
		guid: 7, "{" + strings.ToUpper(guid) + "}": 7, guid + ":7": 7, strings.ToUpper(guid) + ":7": 7, "MDEy+zQ=": 8, guid + ":8": 0, "mdey+zq=": 0, guid[:20]: 0,
	} {
		f := NewForest()
		f.Add(log(events...))
		tree, err := f.Find(Target{ID: id})
		var missing *Missing
		if pid == 0 && !errors.As(err, &missing) {
			t.Errorf("%s: error %v", id, err)
		}
		if pid != 0 && (err != nil || tree.Nodes[len(tree.Nodes)-1].PID != pid) {
			t.Errorf("%s: %v, want pid %d", id, err, pid)
		}
	}
}

func TestReusedPID(t *testing.T) {
	events := []fields{
		starts(0, "A", 7, "", 0, "first"), ends(500, "A", 7), starts(1000, "B", 7, "", 0, "second"), starts(9000, "C", 7, "", 0, "third"),
		connects(1500, "", 7, "192.0.2.1", 1), // without an id: of the process that had the pid then
		starts(1600, "K", 8, "", 7, "kid"),    // likewise
	}
	at := func(ms int) Target {
		return Target{PID: 7, At: start.Add(time.Duration(ms) * time.Millisecond).UnixNano(), HasAt: true}
	}
	for _, c := range []struct {
		target Target
		name   string
		nodes  int
	}{{Target{PID: 7}, "third", 1}, {at(0), "first", 1}, {at(1700), "second", 2}, {at(8999), "second", 2}, {at(-5), "first", 1}} {
		tree := find(t, c.target, events...)
		if tree.Nodes[0].Name != c.name || len(tree.Nodes) != c.nodes {
			t.Errorf("%+v: %s", c.target, draw(t, tree, Style{}))
		}
		if acts := len(tree.Nodes[0].Acts); acts != c.nodes-1 {
			t.Errorf("%s: %d acts", c.name, acts)
		}
		if notes := strings.Join(tree.Notes, " "); !strings.Contains(notes, "3 processes had pid 7") {
			t.Errorf("%s: notes %q", c.name, notes)
		}
	}
}

func TestWindow(t *testing.T) {
	events := []fields{
		starts(0, "P", 7, "", 0, "p"), starts(10_000, "Q", 8, "P", 7, "q"), starts(10_001, "R", 9, "P", 7, "r"),
		connects(10_000, "P", 7, "192.0.2.1", 1), connects(10_001, "P", 7, "192.0.2.2", 1),
	}
	tree := find(t, Target{PID: 7, Around: 10e9}, events...)
	if got := shape(tree); got != "7 target\n 8 descendant\n" || len(tree.Nodes[0].Acts) != 1 {
		t.Errorf("exactly ten seconds are within ten seconds, no more:\n%s%v", got, tree.Nodes[0].Acts)
	}
	if notes := strings.Join(tree.Notes, " "); !strings.Contains(notes, "1 descendant outside of the time shown") {
		t.Errorf("what is left out must be said: %q", notes)
	}
}

func TestRecordsThatContradictEachOther(t *testing.T) {
	for name, events := range map[string][]fields{
		"own parent by id":  {starts(0, "P", 7, "P", 7, "p")},
		"own parent by pid": {starts(0, "", 7, "", 7, "p")},
		"two":               {starts(0, "P", 7, "Q", 8, "p"), starts(0, "Q", 8, "P", 7, "q")},
		"three":             {starts(0, "P", 7, "Q", 8, "p"), starts(0, "Q", 8, "R", 9, "q"), starts(0, "R", 9, "P", 7, "r")},
		"by pid":            {starts(0, "", 7, "", 8, "p"), starts(0, "", 8, "", 7, "q")},
	} {
		tree := find(t, Target{PID: 7}, events...)
		seen := map[int64]bool{}
		for _, n := range tree.Nodes {
			if seen[n.PID] {
				t.Errorf("%s: a process is there twice:\n%s", name, shape(tree))
			}
			seen[n.PID] = true
		}
		if len(tree.Nodes) > len(events) {
			t.Errorf("%s:\n%s", name, shape(tree))
		}
	}
}

func TestForkAndExec(t *testing.T) {
	fork := starts(0, "P", 7, "S", 1, "bash", fields{"event.action": "fork"})
	events := []fields{fork, starts(5, "P", 7, "S", 1, "sh -c x"), starts(9, "P", 7, "S", 1, "curl u"), starts(9, "P", 7, "S", 1, "curl u")}
	for range 2 {
		n := find(t, Target{PID: 7}, events...).Nodes[1]
		if n.CommandLine != "sh -c x" || n.Started != start.UnixNano() {
			t.Errorf("a fork shows its parent's program, the first exec its own: %+v", n.Process)
		}
		if len(n.Acts) != 1 || n.Acts[0].Kind != Exec || n.Acts[0].Object != "curl u" {
			t.Errorf("the second program is an act, once: %+v", n.Acts)
		}
		slices.Reverse(events)
	}
}

func TestHosts(t *testing.T) {
	other := fields{"host.id": "web2", "host.name": "two"}
	events := append(attack(), starts(0, "P", 4100, "", 0, "ps", other))
	f := NewForest()
	f.Add(log(events...))
	_, err := f.Find(Target{PID: 4100})
	var ambiguous *Ambiguous
	if !errors.As(err, &ambiguous) || !slices.Equal(ambiguous.Hosts, []string{"web1", "web2"}) {
		t.Errorf("error %v", err)
	}
	for _, host := range []string{"web2", "two"} {
		tree, err := f.Find(Target{PID: 4100, Host: host})
		if err != nil || tree.Host != "web2" || tree.Nodes[0].Name != "ps" {
			t.Errorf("%s: %v %v", host, tree, err)
		}
	}
	var missing *Missing
	if _, err := f.Find(Target{PID: 4100, Host: "web3"}); !errors.As(err, &missing) || !strings.Contains(err.Error(), "web3") {
		t.Errorf("error %v", err)
	}
}

func TestProcessWithoutAStart(t *testing.T) {
	tree := find(t, Target{PID: 7}, connects(0, "", 7, "192.0.2.1", 443), connects(9, "", 7, "192.0.2.1", 443))
	if n := tree.Nodes[0]; n.Known || n.Name != "late" || len(n.Acts) != 2 {
		t.Errorf("%+v", n)
	}
}

func TestNarrowAndHarmless(t *testing.T) {
	tree := find(t, Target{PID: 7}, starts(0, "P", 7, "", 0, "ev\x1b[2Jil \u202e\n"+strings.Repeat("x", 300)), writes(1, "P", 7, "/tmp/\x9b\r"))
	for _, width := range []int{20, 80} {
		for line := range strings.Lines(draw(t, tree, Style{Width: width})) {
			if line = strings.TrimSuffix(line, "\n"); output.Escape(line) != line || len([]rune(line)) > width && !strings.Contains(line, "--wide") {
				t.Errorf("width %d: %q", width, line)
			}
		}
	}
	if got := draw(t, tree, Style{}); strings.ContainsAny(got, "\x1b\u202e\r") || strings.Contains(got, "\x9b") || !strings.Contains(got, strings.Repeat("x", 300)) {
		t.Errorf("got %q", got)
	}
}

func TestJSON(t *testing.T) {
	events := append(attack(), writes(2001, "P", 4100, "/tmp/\x7f\u202e"))
	tree := find(t, Target{ID: "P"}, events...)
	var lines, array strings.Builder
	if err := errors.Join(tree.JSON(&lines, time.UTC, false), tree.JSON(&array, time.UTC, true)); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(lines.String(), "\x7f\u202e") {
		t.Errorf("reaches the terminal: %q", lines.String())
	}
	var all []map[string]any
	if err := json.Unmarshal([]byte(array.String()), &all); err != nil || len(all) != 5 {
		t.Fatalf("%v\n%s", err, array.String())
	}
	if n := strings.Count(lines.String(), "\n"); n != 5 {
		t.Errorf("%d lines", n)
	}
	if all[0]["parent"] != nil || all[0]["known"] != false || all[2]["parent"] != 1.0 || all[2]["depth"] != 2.0 || all[1]["role"] != "target" {
		t.Errorf("got\n%s", lines.String())
	}
	if c := all[2]["connections"].([]any); len(c) != 3 || c[0].(map[string]any)["destination"] != "203.0.113.9:4444" {
		t.Errorf("connections %v", c)
	}
	if f := all[1]["files"].([]any); len(f) != 1 || f[0].(map[string]any)["path"] != "/tmp/\x7f\u202e" {
		t.Errorf("files %v", f)
	}
}

// A chain of many thousand processes must neither overflow a stack nor take for ever to draw.
func TestDeepChain(t *testing.T) {
	const depth = 20_000
	events := make([]fields, depth)
	for i := range events {
		events[i] = starts(i, "", 10+i, "", 9+i, "x")
	}
	tree := find(t, Target{PID: 10 + depth/2}, events...)
	if got := strings.Count(draw(t, tree, Style{}), "\n"); got <= depth/2 {
		t.Errorf("%d lines", got)
	}
}

func TestQuoted(t *testing.T) {
	if got, want := quoted("a\"\\`*é\n{"), `"a\u{0022}\u{005c}\u{0060}*\u{00e9}\u{000a}\u{007b}"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
