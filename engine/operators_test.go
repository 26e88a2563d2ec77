package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/grammar/source"
)

// A run tells of each operator how many rows came in and how many went out; what runs with the scan is told by kind of event.
func TestOperators(t *testing.T) {
	log := writeLog(t, strings.Join([]string{
		`{"EventID":"1","UtcTime":"2024-05-06 10:00:00.000","Computer":"web1","Image":"/bin/sh","User":"root"}`,
		`{"EventID":"1","UtcTime":"2024-05-06 10:00:01.000","Computer":"web1","Image":"/bin/ls","User":"root"}`,
		`{"EventID":"5","UtcTime":"2024-05-06 10:00:02.000","Computer":"web1","Image":"/bin/sh","User":"root"}`,
		`{"EventID":"1","UtcTime":"2024-05-06 10:00:03.000","Computer":"web1","Image":"/bin/sh","User":"eve"}`,
		`{"EventID":"3","UtcTime":"2024-05-06 10:00:03.000","Computer":"web1","Image":"/bin/sh","User":"eve"}`, "",
	}, "\n"))
	const others = "no event can pass of sysmon/* (13 kinds)"
	for _, c := range []struct{ query, want string }{
		{"EventID=1 Image=*sh | stats count by User | where count>5", `
Filter (count > 5) 2 0
 Aggregate count() as count by User 2 2
  Filter ((EventID ~= "1") and (Image ~= "*sh"))
   Scan 3 3
    sysmon/1 3 2
    ` + others},
		{"EventID=1 OR EventID=5 | reverse | head 1 | fields User", `
Project keep User 1 1
 Limit 1 4 1
  Reverse 4 4
   Sort num(#time) desc, num(#position) desc 4 4
    Filter ((EventID ~= "1") or (EventID ~= "5"))
     Scan 4 4
      sysmon/1 3 3
      sysmon/5 1 1
      no event can pass of sysmon/* (12 kinds)`},
		// The event of the subsearch is read for its order, and then for what is shown of it.
		{"EventID=1 [search EventID=3 | fields User] | stats count", `
Sort num(#time) desc, num(#position) desc 2 1
 Project keep User
  Filter (EventID ~= "3")
   Scan 2 2
    sysmon/3 2 2
    ` + others + `
Aggregate count() as count 1 1
 Filter ((EventID ~= "1") and (User ~= "eve"))
  Scan 3 3
   sysmon/1 3 1
   ` + others},
		{"| makeresults count=2 | eval x=1", `
Extend x := 1 2 2
 Rows 2 of _time 0 2`},
	} {
		t.Run(c.query, func(t *testing.T) {
			p, errs := engine.Compile(source.New("query", c.query), engine.Options{})
			if errs.Failed() {
				t.Fatal(errs)
			}
			now := time.Unix(0, 0)
			o := engine.RunOptions{Inputs: open(t, []string{log}, false), Workers: 1, Operators: true, Clock: func() time.Time { now = now.Add(time.Second); return now }}
			r := p.Run(t.Context(), o)
			for _, err := range r.Rows() {
				if err != nil {
					t.Fatal(err)
				}
			}
			got := "\n"
			for _, x := range r.Operators() {
				got += strings.Repeat(" ", x.Depth) + x.Name
				if x.Measured {
					got += fmt.Sprintf(" %d %d", x.In, x.Rows)
				}
				if got += "\n"; x.Measured && x.Time <= 0 && x.Rows > 0 && x.Name != "Scan" {
					t.Errorf("%s took no time", x.Name)
				}
			}
			diff(t, "operators", got, c.want+"\n")
		})
	}
}
