package eql_test

import (
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/eql"
	"spoor/engine/plan"
)

// lines is a plan without the numbers of kinds, one node a line.
func lines(n plan.Node) string {
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(plan.Print(n)), "\n") {
		if strings.Contains(line, "View ") {
			line = strings.Split(line, " of ")[0]
		}
		out = append(out, strings.ReplaceAll(line, "  ", ">"))
	}
	return strings.Join(out, "\n")
}

func TestPlans(t *testing.T) {
	sized, bare, ticked := options(), options(), options()
	sized.Size, bare.NoProcessTable, ticked.Tiebreaker = 10, true, "seq"
	const order = "Sort num(#time), num(event.sequence), num(#position)"
	for _, c := range []struct {
		query string
		o     eql.Options
		want  string
	}{
		{`any where true | head 4 | tail 2`, options(), `
Reverse
>Tail 2
>>Limit 4
>>>` + order + `
>>>>Filter (exists(#time) and True)
>>>>>View ecs.events
>>>>>>Scan`},
		{`any where true`, sized, `
Reverse
>Tail 10
>>` + order + `
>>>Filter (exists(#time) and True)
>>>>View ecs.events
>>>>>Scan`},
		{`any where true`, ticked, `
Sort num(#time), seq, num(#position)
>Filter (exists(#time) and True)
>>View ecs.events
>>>Scan`},
		{`network where process.parent.name == "sh" and not process.args : "a"`, options(), `
` + order + `
>Filter (exists(#time) and holds((event.category == "network")) and holds((process.parent.name == "sh")) and not(holds(like~(process.args, "a"))))
>>Enrich process.args, process.parent.name from the process table
>>>Filter (exists(#time) and holds((event.category == "network")) and ('#open process.parent.name' or holds((process.parent.name == "sh"))) ` +
			`and not((not('#open process.args') and holds(like~(process.args, "a")))))
>>>>View ecs.events
>>>>>Scan
>>>View ecs.events
>>>>Scan`},
		{`process where event.type == "start" and process.command_line == "a"`, options(), `
` + order + `
>Filter (exists(#time) and holds((event.category == "process")) and holds((event.type == "start")) and holds((process.command_line == "a")))
>>View ecs.events
>>>Scan`},
		{`network where process.parent.name == "sh"`, bare, `
` + order + `
>Filter (exists(#time) and holds((event.category == "network")) and holds((process.parent.name == "sh")))
>>View ecs.events
>>>Scan`},
		{`network where destination.port == 443`, options(), `
` + order + `
>Filter (exists(#time) and holds((event.category == "network")) and holds((destination.port == 443)))
>>View ecs.events
>>>Scan`},
		{`sequence by host.id with maxspan=5s [process where true] by process.entity_id [network where true] by process.parent.entity_id`, options(), `
Sequence within 5s [holds((event.category == "process"))] by host.id, process.entity_id ` +
			`[holds((event.category == "network"))] by host.id, process.parent.entity_id
>Enrich process.entity_id, process.parent.entity_id from the process table
>>View ecs.events
>>>Scan
>>View ecs.events
>>>Scan`},
		{`sequence by process.entity_id [process where process.parent.name == "sh" and event.action == "exec"] [network where true]`, options(), `
Sequence [(holds((event.category == "process")) and holds((process.parent.name == "sh")) and holds((event.action == "exec")))] by process.entity_id ` +
			`[holds((event.category == "network"))] by process.entity_id
>Enrich process.entity_id from the process table
>>View ecs.events
>>>Scan
>>View ecs.events
>>>Scan`},
		{`sequence by ?host.id with maxspan=1d ![any where true] [any where false] with runs=3 until [any where host.id == "x"] | head 5 | tail 1`, sized, `
Sequence within 24h0m0s ![True] by ?host.id [False] by ?host.id runs 3 until [holds((host.id == "x"))] by ?host.id first 5 last 1 last 10
>View ecs.events
>>Scan`},
		{`sample by host.id [process where true] [file where file.name == "x"]`, options(), `
Sample [holds((event.category == "process"))] by host.id [(holds((event.category == "file")) and holds((file.name == "x")))] by host.id
>View ecs.events
>>Scan`},
	} {
		out, wrong := lower(t, c.query, c.o)
		if out == nil {
			t.Errorf("%s: %s", c.query, wrong)
		} else if got := "\n" + lines(out.Plan); got != c.want {
			t.Errorf("%s%s\nwant:%s", c.query, got, c.want)
		}
	}
}

// TestScans holds where times come from: the main scan is of the window, that of the process table of all time.
func TestScans(t *testing.T) {
	o := options()
	o.Earliest, o.Latest = 100, 200
	out, _ := lower(t, `network where process.command_line == "x"`, o)
	starts := out.Plan.Inputs()[0].Inputs()[0].(*plan.Enrich).Starts.(*plan.View)
	if got := view(out.Plan).In.(*plan.Scan); *got != (plan.Scan{Earliest: 100, Latest: 200, Clock: plan.Clock{Written: true, Needed: true}}) {
		t.Errorf("scan %+v", got)
	}
	if got := starts.In.(*plan.Scan); *got != (plan.Scan{Earliest: column.Beginning, Latest: column.End, Clock: plan.Clock{Written: true}}) {
		t.Errorf("scan of starts %+v", got)
	}
	for name, kv := range starts.Kinds {
		if name != "sysmon/1" && name != "sysmon/5" && name != "ecs/process" || kv.Where == nil {
			t.Errorf("starts of %s where %v", name, kv.Where)
		}
	}
	o.Timestamp = "when"
	out, _ = lower(t, `any where true`, o)
	if got := view(out.Plan).In.(*plan.Scan).Clock; got != (plan.Clock{Field: "when", Needed: true}) {
		t.Errorf("clock %+v", got)
	}
	out, _ = lower(t, `sample by host.id [any where true] [any where true]`, options())
	if got := view(out.Plan).In.(*plan.Scan).Clock; got.Needed {
		t.Errorf("clock of a sample %+v", got)
	}
}

func TestColumns(t *testing.T) {
	when, id := options(), options()
	when.Timestamp, id.ID = "when", "event.code"
	const args = `network where process.args : "x"`
	for _, c := range []struct {
		query, kind, column, want string
		o                         eql.Options
	}{
		{`any where true`, "sysmon/1", "@timestamp", "_time", options()},
		{`any where true`, "ecs/file", "@timestamp", "_time", options()},
		{`any where true`, "", "@timestamp", "_time", options()},
		{`any where true`, "", "when", "_time", when},
		{`any where true`, "", "@timestamp", "date('@timestamp')", when},
		{`any where true`, "sysmon/1", "host.id", "Computer", options()},
		{`any where true`, "ecs/file", "host.id", "", options()},
		{`any where true`, "ecs/process", "process.start", "date(process.start)", options()},
		{`any where true`, "ecs/network", "source.ip", "ip(source.ip)", options()},
		{`any where true`, "sysmon/1", "_id", "EventID", id},
		{`any where true`, "ecs/file", "_id", "event.code", id},
		{`any where true`, "ecs/file", "_id", "", options()},
		{args, "sysmon/3", plan.Open("process.args"), "True", options()},
		{args, "sysmon/3", plan.Open("\x00joined process.args"), "True", options()},
		{args, "ecs/process", plan.Open("process.args"), "False", options()},
		{args, "ecs/process", "\x00argv process.args", "process.args", options()},
		{args, "ecs/process", "\x00joined process.args", "null", options()},
		{args, "sysmon/3", "\x00argv process.args", "null", options()},
		{`process where process.args : "x"`, "sysmon/1", "\x00argv process.args", "null", options()},
		{`process where process.args : "x"`, "sysmon/1", "\x00joined process.args", "present(CommandLine)", options()},
	} {
		kv := kinds(t, c.query, c.o)[c.kind]
		if kv == nil {
			t.Errorf("%s does not read %q", c.query, c.kind)
			continue
		}
		got := ""
		if e := kv.Fields[c.column]; e != nil {
			got = e.String()
		}
		if got != c.want {
			t.Errorf("%s: %q of %q is %s, want %s", c.query, c.column, c.kind, got, c.want)
		}
		if kv.AsIs == strings.HasPrefix(c.kind, "sysmon") {
			t.Errorf("%q as is: %v", c.kind, kv.AsIs)
		}
	}
}

// TestTypes holds as what the fields of documents are read: as declared, or as the query uses them.
func TestTypes(t *testing.T) {
	o := options()
	o.Category, o.Timestamp = "kind", "when"
	for _, c := range []struct {
		where string
		want  column.Kind
	}{
		{`x == 1`, column.Float},
		{`2.5 < x and x in (1, 2)`, column.Float},
		{`x + 1 > 3`, column.Float},
		{`-x > length("y")`, column.Float},
		{`x == 1 or x == "a"`, 0},
		{`x == "1"`, 0},
		{`x`, column.Bool},
		{`not x and x == true`, column.Bool},
		{`x and x == 1`, 0},
		{`x : "a*"`, 0},
		{`x == null`, 0},
		{`string(x) == "1"`, 0},
		{`startsWith(x, "1")`, 0},
	} {
		out, wrong := lower(t, "any where "+c.where, o)
		if out == nil {
			t.Errorf("%s: %s", c.where, wrong)
		} else if got := out.Types["x"]; got != c.want {
			t.Errorf("%s: %v, want %v", c.where, got, c.want)
		}
	}
	out, _ := lower(t, `any where x == 1 and process.pid == 1 and when > "2024" and process.name == 1`, o)
	for name, want := range map[string]column.Kind{
		"x": column.Float, "process.pid": column.Int, "process.interactive": column.Bool, "file.Ext.entropy": column.Float, "process.name": 0, "when": 0,
	} {
		if got := out.Types[name]; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if !out.JSON {
		t.Error("documents of unknown kinds are no events")
	}
	if out, _ := lower(t, `any where true`, options()); out.JSON {
		t.Error("documents of unknown kinds are events")
	}
}

func TestApproximated(t *testing.T) {
	bare := options()
	bare.NoProcessTable = true
	for _, c := range []struct {
		query string
		o     eql.Options
		want  string
	}{
		{`process where process.name == "x"`, options(), ""},
		{`process where process.args == "x"`, options(), "process.args sysmon/1"},
		{`process where process.args != null`, options(), ""},
		{`process where not process.parent.args == "x" and process.args : "y"`, options(), "process.args sysmon/1; process.parent.args sysmon/1"},
		{`network where process.args == "x"`, options(), "process.args sysmon/3"},
		{`network where process.args == "x"`, bare, ""},
		{`sequence by process.args [process where event.action == "exec"] [process where event.action == "end"]`, options(), "process.args sysmon/1"},
	} {
		out, wrong := lower(t, c.query, c.o)
		if out == nil {
			t.Errorf("%s: %s", c.query, wrong)
			continue
		}
		var got []string
		for _, a := range out.Approximated {
			if a.At.String() != a.Field {
				t.Errorf("%s: %s at %s", c.query, a.Field, a.At)
			}
			first := ""
			for _, k := range a.Kinds {
				if strings.HasPrefix(k, "ecs") {
					t.Errorf("%s: %s of %s", c.query, a.Field, k)
				}
				if first == "" && (k == "sysmon/1" || k == "sysmon/3") {
					first = k
				}
			}
			got = append(got, a.Field+" "+first)
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s: %s, want %s", c.query, got, c.want)
		}
	}
}

func TestKeys(t *testing.T) {
	for query, want := range map[string]string{
		`any where true`: "",
		`sequence [any where true] [any where true]`:                                                                           "",
		`sequence by host.id [any where true] by process.entity_id [any where true] by process.parent.entity_id`:               "host.id, process.entity_id",
		`sequence by host.id with maxspan=1s ![any where true] by user.id [any where true] by user.name [any where true] by a`: "host.id, user.name",
		`sample by host.id, ?user.id [any where true] [any where true]`:                                                        "host.id, user.id",
	} {
		if out, wrong := lower(t, query, options()); out == nil {
			t.Errorf("%s: %s", query, wrong)
		} else if got := strings.Join(out.Keys, ", "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"500ms": 500 * time.Millisecond, "5s": 5 * time.Second, "2m": 2 * time.Minute, "3h": 3 * time.Hour, "10d": 240 * time.Hour,
	} {
		out, _ := lower(t, "sequence with maxspan="+text+" [any where true] [any where true]", options())
		if got := out.Plan.(*plan.Sequence).MaxSpan; got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
