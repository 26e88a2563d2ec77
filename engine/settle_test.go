package engine

import (
	"context"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

const twoStarts = `{"EventID":"1","Computer":"h","UtcTime":"2024-05-06 10:00:00.000","Image":"/bin/a","User":"root"}
{"EventID":"1","Computer":"h","UtcTime":"2024-05-06 11:00:00.000","Image":"/bin/b","User":"root"}
`

func mustCompile(t *testing.T, query string, o Options) *Program {
	t.Helper()
	p, errs := Compile(source.New("query", query), o)
	if errs.Failed() {
		t.Fatal(errs)
	}
	return p
}

func overText(log string) RunOptions {
	return RunOptions{Inputs: input.Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(log)}}, Workers: 1}
}

// values is the values of a column of all rows.
func values(t *testing.T, p *Program, o RunOptions, name string) (out []string) {
	t.Helper()
	for b, err := range p.Run(context.Background(), o).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Rows {
			out = append(out, b.Col(name).Value(i).Clone().String())
		}
	}
	return out
}

func TestSettled(t *testing.T) {
	p := mustCompile(t, `search EventID=1 [search Image=*/b | fields Image]`, Options{})
	q, errs := p.Settled(context.Background(), overText(twoStarts))
	if errs.Failed() {
		t.Fatal(errs)
	}
	if text := plan.Print(q.Lowered); !strings.Contains(text, "/bin/b") || strings.Contains(plan.Print(p.Lowered), "/bin/b") {
		t.Errorf("the plan does not hold what the search within found:\n%s", text)
	}
	if got := strings.Join(values(t, q, overText(twoStarts), "Image"), " "); got != "/bin/b" {
		t.Errorf("%s, want /bin/b", got)
	}
	if again, _ := q.Settled(context.Background(), RunOptions{}); again != q {
		t.Error("a program without searches within is settled once more")
	}
}

func TestReplanned(t *testing.T) {
	p := mustCompile(t, `search EventID=1 Image=*/b`, Options{Evidence: 5})
	q := p.Replanned(p.Lowered.Inputs()[0])
	if got := strings.Join(values(t, q, overText(twoStarts), "Image"), " "); got != "/bin/b /bin/a" {
		t.Errorf("%s, want both events, the newest first", got)
	}
	if got := strings.Join(values(t, q, overText(twoStarts), plan.Proof), " "); got != " " {
		t.Errorf("proof %q that nobody asked for", got)
	}
}

func TestAt(t *testing.T) {
	p := mustCompile(t, `search EventID=1`, Options{Earliest: "2024-05-06T10:30:00Z", Latest: "2024-05-07"})
	second := int64(strings.IndexByte(twoStarts, '\n') + 1)
	for offset, want := range map[int64]string{0: "/bin/a", second: "/bin/b"} {
		o := overText(twoStarts)
		o.At = map[int][]int64{0: {offset}}
		q := mustCompile(t, `search EventID=1`, Options{})
		if got := strings.Join(values(t, q, o, "Image"), " "); got != want {
			t.Errorf("at %d: %s, want %s", offset, got, want)
		}
	}
	if got := strings.Join(values(t, p, overText(twoStarts), "Image"), " "); got != "/bin/b" {
		t.Errorf("%s, want the event in the window", got)
	}
}

func TestMarked(t *testing.T) {
	second := column.PackPosition(0, int64(strings.IndexByte(twoStarts, '\n')+1))
	for query, want := range map[string]int{
		`search EventID=1 | table Image`:                                    1,
		`search EventID=1 | stats count by User | where count=2`:            1,
		`search EventID=1 | stats count by Image`:                           1,
		`search EventID=1 Image=*/a | stats count by User`:                  0,
		`search EventID=1 | reverse | head 1`:                               0,
		`| multisearch [search Image=*/a] [search Image=*/b] | stats count`: 1,
		`search EventID=1 | transaction User`:                               1,
		`search EventID=1 | fieldsummary User`:                              0, // its rows do not carry it
	} {
		p := mustCompile(t, query, Options{})
		n := 0
		for _, proof := range values(t, p.Marking(second), overText(twoStarts), plan.Proof) {
			if proof != "" {
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d rows rest on the second event, want %d", query, n, want)
		}
	}
}
