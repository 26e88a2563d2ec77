package finding

import (
	"fmt"
	"testing"

	"spoor/engine/column"
	"spoor/engine/rules"
)

func TestEntities(t *testing.T) {
	objects := func(r *rules.Rule, list ...rules.RiskObject) *rules.Rule { r.Risk.Objects = list; return r }
	guid := "{979e27ad-456c-67c5-eda0-9eda1e570000}"
	for _, c := range []struct {
		name     string
		rule     *rules.Rule
		rows     []Row
		evidence Evidence
		want     string
	}{
		{"risk objects", objects(restarted(), rules.RiskObject{Field: "src", Type: "system"}, rules.RiskObject{Field: "owner", Type: "user"}),
			[]Row{row("src", []string{"a", "b"}, "dest", "c", "owner", "eve", "user", "root")}, Evidence{}, "[a b] [eve] []"},
		{"well-known columns", objects(restarted()), []Row{row("dest", "web1", "user", "root", "process_name", "nc")}, Evidence{}, "[web1] [root] [{web1  nc}]"},
		{"columns under their data set", objects(restarted()), []Row{row("Processes.dest", "web1", "Processes.user", "root")}, Evidence{}, "[web1] [root] []"},
		{"nobody is called unknown", objects(restarted()), []Row{row("dest", "unknown", "user", "-", "host", "web2")}, Evidence{}, "[web2] [] []"},
		{"the records know the host", objects(restarted()), []Row{row("count", 1)}, Evidence{Records: []Record{{Host: "web3"}, {Host: "web3"}}}, "[web3] [] []"},
		{"several hosts", objects(restarted()), []Row{row("dest", []string{"a", "b"}, "process_name", "nc")}, Evidence{}, "[a b] [] [{  nc}]"},
		{"process of an event", objects(restarted()), []Row{row("dest", "a", "process_guid", guid, "process_path", "/bin/nc", "process_name", "nc")}, Evidence{}, "[a] [] [{a " + guid + " /bin/nc}]"},
		{"processes of a group", objects(restarted()), []Row{row("dest", "a", "process_guid", []string{"g1", "g2"}, "process_name", "nc")}, Evidence{}, "[a] [] [{a g1 } {a g2 }]"},
		{"the records know the process", objects(restarted()), []Row{row("dest", "a", "process_name", "nc")},
			Evidence{Total: 2, Records: []Record{{ProcessGUID: "g"}, {ProcessGUID: "g"}}}, "[a] [] [{a g nc}]"},
		{"not all records are at hand", objects(restarted()), []Row{row("dest", "a", "process_name", "nc")},
			Evidence{Total: 3, Records: []Record{{ProcessGUID: "g"}, {ProcessGUID: "g"}}}, "[a] [] [{a  nc}]"},
		{"threat objects", restarted(), []Row{row("dest", "a", "process_name", "", "process", "nc -e")}, Evidence{}, "[a] [] [{a  nc -e}]"},
		{"ECS", tunnel(), []Row{row("host.name", "web1", "host.id", "w1", "user.name", "root", "process.entity_id", "e1", "process.name", "nc")}, Evidence{}, "[web1] [root] [{web1 e1 nc}]"},
		{"ECS by id", tunnel(), []Row{row("host.id", "w1", "user.id", "0")}, Evidence{}, "[w1] [0] []"},
		{"a sequence of one process", tunnel(), []Row{row("process.entity_id", "e1", "process.name", "nc"), row("process.entity_id", "e1", "process.name", "nc")}, Evidence{}, "[] [] [{ e1 nc}]"},
		{"CIM's names mean nothing in ECS", tunnel(), []Row{row("dest", "a", "user", "b")}, Evidence{}, "[] [] []"},
	} {
		f := New(c.rule, c.rows, c.evidence, nil)
		if got := fmt.Sprint(f.Entities.Hosts, " ", f.Entities.Users, " ", parts(f.Entities.Processes)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// parts is processes as their fields.
func parts(list []Process) []struct{ Host, ID, Name string } {
	var out []struct{ Host, ID, Name string }
	for _, p := range list {
		out = append(out, struct{ Host, ID, Name string }(p))
	}
	return out
}

func TestProcessKey(t *testing.T) {
	for id, want := range map[string]string{
		"{979E27AD-456C-67C5-EDA0-9EDA1E570000}":   "979e27ad-456c-67c5-eda0-9eda1e570000",
		"979e27ad-456c-67c5-eda0-9eda1e570000:101": "979e27ad-456c-67c5-eda0-9eda1e570000",
		"MzQ1Njc4OTA6": "MzQ1Njc4OTA6", // of Elastic Defend
		"":             "",
	} {
		if got := (Process{ID: id}).Key(); got != want {
			t.Errorf("%q: %q", id, got)
		}
	}
}

func TestRisk(t *testing.T) {
	with := func(change func(*rules.Rule)) *rules.Rule { r := restarted(); change(r); return r }
	two := []rules.RiskObject{{Field: "dest", Type: "system", Score: 20}, {Field: "user", Type: "user", Score: 30}}
	for _, c := range []struct {
		name string
		rule *rules.Rule
		row  Row
		want string
	}{
		{"one each", with(func(r *rules.Rule) { r.Risk.Objects = two }), row("dest", "a", "user", "u"), "[{a system dest 20} {u user user 30}]"},
		{"one for each value", restarted(), row("dest", []string{"a", "b"}), "[{a system dest 25} {b system dest 25}]"},
		{"none of an empty field", with(func(r *rules.Rule) { r.Risk.Objects = two }), row("dest", "", "user", nil), "[]"},
		{"none of a missing field", restarted(), row("src", "a"), "[]"},
		{"what the model fills in is a value", restarted(), row("dest", "unknown"), "[{unknown system dest 25}]"},
		{"hunting creates none", with(func(r *rules.Rule) { r.Type, r.Risk.Creates = "Hunting", false }), row("dest", "a"), "[]"},
		{"no objects, no risk", with(func(r *rules.Rule) { r.Risk.Objects = nil }), row("dest", "a"), "[]"},
		{"Elastic's score goes to host and user", tunnel(), row("host.name", "a", "user.name", "u"), "[{a system host.name 47} {u user user.name 47}]"},
		{"a rule of our own too", with(func(r *rules.Rule) { r.Format, r.Risk.Objects = rules.Own, nil }), row("dest", "a", "user", "-"), "[{a system dest 25}]"},
		{"unless it creates none", with(func(r *rules.Rule) { r.Format, r.Risk = rules.Own, rules.Risk{} }), row("dest", "a"), "[]"},
	} {
		if got := fmt.Sprint(New(c.rule, []Row{c.row}, Evidence{}, nil).Risk); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestShared(t *testing.T) {
	got := Shared([]Row{
		row("same", "x", "other", "a", "gone", "1", "list", []string{"a", "b", "c"}, "one", []string{"a", "b"}, "null", nil, "number", 1),
		row("number", 1, "same", "x", "other", "b", "list", []string{"c", "b"}, "one", "b", "more", "y"),
	})
	want := row("same", "x", "list", []string{"b", "c"}, "one", "b", "number", 1)
	if len(got.Names) != len(want.Names) {
		t.Fatalf("%v", got)
	}
	for i := range want.Names {
		if got.Names[i] != want.Names[i] || column.Format(got.Values[i], nil) != column.Format(want.Values[i], nil) {
			t.Errorf("%s: %v", got.Names[i], got.Values[i])
		}
	}
}
