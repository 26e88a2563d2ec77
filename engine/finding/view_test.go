package finding

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine/rules"
)

func TestView(t *testing.T) {
	own := tunnel()
	elsewhere := New(own, []Row{row("@timestamp", at("09:00:00"), "host.name", "web2", "user.name", "root", "process.name", "nc")}, Evidence{}, nil)
	sameProcess := New(restarted(), []Row{row("_time", at("12:00:00"), "dest", "web1", "user", "bob", "process_name", "nc",
		"process_guid", "{979E27AD-456C-67C5-EDA0-9EDA1E570000}")}, Evidence{}, nil)
	hunt := restarted()
	hunt.Type, hunt.Risk.Creates = "Hunting", false
	var v View
	for _, f := range []*Finding{restartFinding(), tunnelFinding(), sameProcess, elsewhere, New(hunt, []Row{row("dest", "web3")}, Evidence{}, nil)} {
		v.Add(f)
	}
	var b strings.Builder
	for _, s := range v.Scores() {
		var tactics []string
		for _, x := range s.Tactics {
			tactics = append(tactics, x.Short)
		}
		k := &sink{}
		fmt.Fprintf(&b, "%s %s %v of %d by %d+%d, %s, %s to %s\n", s.Kind, s.Entity, s.Score, s.Findings, s.SPL, s.EQL, strings.Join(tactics, " "), k.stamp(s.First), k.stamp(s.Last))
	}
	const all = "execution persistence privilege-escalation command-and-control"
	const day = "2026-01-05T"
	want := "host web1 97 of 3 by 2+1, " + all + ", " + day + "10:00:00.000Z to " + day + "12:00:00.000Z\n" + // 25 + 47 + 25
		"user root 94 of 3 by 1+2, " + all + ", " + day + "09:00:00.000Z to " + day + "11:00:02.000Z\n" + // 0 + 47 + 47
		"process /usr/bin/nc ({979e27ad-456c-67c5-eda0-9eda1e570000}:101) 72 of 2 by 1+1, " + all + ", " + day + "11:00:00.000Z to " + day + "12:00:00.000Z\n" +
		"host web2 47 of 1 by 0+1, persistence command-and-control, " + day + "09:00:00.000Z to " + day + "09:00:00.000Z\n" +
		"process nc 47 of 1 by 0+1, persistence command-and-control, " + day + "09:00:00.000Z to " + day + "09:00:00.000Z\n" +
		"process service 25 of 1 by 1+0, execution persistence privilege-escalation, " + day + "10:00:00.000Z to " + day + "10:05:00.000Z\n" +
		"process systemctl 25 of 1 by 1+0, execution persistence privilege-escalation, " + day + "10:00:00.000Z to " + day + "10:05:00.000Z\n" +
		"host web3 0 of 1 by 1+0, execution persistence privilege-escalation,  to \n" +
		"user bob 0 of 1 by 1+0, execution persistence privilege-escalation, " + day + "12:00:00.000Z to " + day + "12:00:00.000Z\n"
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
	rows := 0
	for batch, err := range v.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows += batch.Rows
		if got := fmt.Sprint(batch.Schema.Names); got != "[entity type score findings spl_rules eql_rules tactics first last]" {
			t.Error(got)
		}
		if got := batch.Col("score").Value(0).Float(); got != 97 {
			t.Errorf("first score %v", got)
		}
	}
	if rows != 9 {
		t.Errorf("%d rows", rows)
	}
	for range (&View{}).Rows() {
		t.Error("rows of nothing")
	}
}

func TestViewOfObjects(t *testing.T) {
	r := restarted()
	r.Risk.Objects = []rules.RiskObject{{Field: "dest", Type: "system", Score: 10}, {Field: "src", Type: "system", Score: 5}, {Field: "bucket", Type: "other", Score: 7}}
	r.Risk.Threats = nil
	r.Threats = []rules.Threat{{Tactic: rules.Named{ID: "TA9999", Name: "New Aim"}}, {Tactic: rules.Named{ID: "TA0040", Name: "Impact"}}, {Tactic: rules.Named{ID: "TA0043"}}}
	var v View
	v.Add(New(r, []Row{row("dest", "a", "src", "a", "bucket", "b")}, Evidence{}, nil))
	var got []string
	for _, s := range v.Scores() {
		got = append(got, fmt.Sprintf("%s %s %v of %d", s.Kind, s.Entity, s.Score, s.Findings))
		if tactics := (&Finding{Tactics: s.Tactics}).tactics(); strings.Join(tactics, ", ") != "Reconnaissance, Impact, New Aim" {
			t.Error(tactics)
		}
	}
	if text := strings.Join(got, ", "); text != "host a 15 of 1, other b 7 of 1" {
		t.Error(text)
	}
}
