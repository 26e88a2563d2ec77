package why_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"spoor/engine"
)

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		name     string
		language engine.Language
		query    string
		n        int
		want     []string // line, how many more are like it, why
	}{
		{"most conditions first", engine.SPL, `search EventID=1 User=root Image=*/x`, 3, []string{
			`1 +1 Image is "/usr/bin/a", not "*/x"`,
			`2 +0 User is "bob", not "root", and Image is "/usr/bin/b", not "*/x"`,
			`4 +1 EventID is "5", not "1", and Image is "/usr/bin/c", not "*/x"`,
		}},
		{"no more than asked for", engine.SPL, `search EventID=1 User=root Image=*/x`, 1, []string{`1 +1 Image is "/usr/bin/a", not "*/x"`}},
		{"what fires is nearest of all", engine.SPL, `search EventID=1 User=bob`, 2, []string{
			`2 +0 all of its conditions hold`, `1 +1 User is "root", not "bob"`,
		}},
		{"of alternatives the better one counts", engine.SPL, `search (EventID=5 User=bob) OR (EventID=1 User=bob Image=*/z) OR Image=*/y`, 1, []string{
			`2 +0 EventID is "1", not "5", and Image is "/usr/bin/b", not "*/z" or "*/y"`,
		}},
		{"by what the model has", engine.SPL, `| tstats count from datamodel=Endpoint.Processes where Processes.user=bob Processes.process_name=c by Processes.dest | where count > 9`, 1, []string{
			`2 +0 Processes.process_name is "b", not "c"`,
		}},
		{"EQL", engine.EQL, `process where process.name == "x" and user.name == "bob"`, 1, []string{`2 +0 process.name is "b", not "x"`}},
		{"a sequence that got far", engine.EQL, `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "b"] [process where process.name == "c"]`, 1, []string{
			`2 +0 stage 3 came 14s too late: 1m14s after stage 1, and maxspan is 1m`,
		}},
		{"a stage that no event is", engine.EQL, `sequence by host.name [process where process.name == "a"] [network where process.name == "b"]`, 2, []string{
			`1 +0 stage 1 is there, but no event of stage 2 followed with host.name "h"; what came nearest is log:2: event.category is "process", not "network"`,
			`2 +0 the event is none of the stages; it comes nearest to stage 1: process.name is "b", not "a"`,
		}},
		{"a sample", engine.EQL, `sample by user.name [process where process.name == "a"] [process where process.name == "b"]`, 2, []string{
			`1 +0 the event is filter 1 of the sample, but there is no event of filter 2 with user.name "root"`,
			`2 +0 the event is filter 2 of the sample, but there is no event of filter 1 with user.name "bob"`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := question(t, c.language, c.query, starts, "", "")
			answers, err := q.Nearest(context.Background(), c.n)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range answers {
				got = append(got, fmt.Sprintf("%d +%d %s", a.Event.Line, a.Alike, named(q, a.Because)))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// Of very many combinations of keys those are forgotten that can get no further; what is counted stays the same.
func TestNearestOfManyKeys(t *testing.T) {
	var log strings.Builder
	const many = 10_000
	for i := range many {
		fmt.Fprintf(&log, `{"EventID":"1","Computer":"h%d","UtcTime":"2024-05-06 10:%02d:%02d.000","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550001}","ProcessId":"1","Image":"/usr/bin/a","User":"u"}`+"\n", i, i/60%60, i%60)
	}
	q := question(t, engine.EQL, `sequence by host.name with maxspan=1s [process where process.name == "a"] [process where process.name == "b"]`, log.String(), "", "")
	answers, err := q.Nearest(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(answers) != 1 || answers[0].Alike != many-1 || answers[0].Event.Line != 1 {
		t.Errorf("%d answers, the first of line %d with %d like it", len(answers), answers[0].Event.Line, answers[0].Alike)
	}
}
