package engine_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"spoor/engine"
	"spoor/grammar/source"
)

// What is told of a log that is gone meanwhile is what the query itself read of it.
func TestRoundsOfLogsThatAreGone(t *testing.T) {
	line := func(second int, name string) string {
		return fmt.Sprintf(`{"@timestamp":"2024-05-06T10:00:%02dZ","event":{"category":["process"],"type":["start"]},"process":{"name":%q,"pid":%d},"host":{"name":"h"},"user":{"name":"u"}}`+"\n", second, name, second)
	}
	p, errs := engine.Compile(source.New("query", `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "b"]`), engine.Options{Language: engine.EQL})
	if errs.Failed() {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		gone bool
		want string
	}{{false, `"u" "u" `}, {true, `null "u" `}} {
		s, diag := engine.NewSession(engine.Pack{p})
		if diag != nil {
			t.Fatal(diag)
		}
		got := ""
		for i, name := range []string{"a", "b"} {
			file := writeLog(t, line(i, name))
			res := s.Round(t.Context(), engine.RunOptions{Inputs: open(t, []string{file}, false)}, engine.Watermark{Low: time.Date(2024, 5, 6, 10, 0, i, 0, time.UTC).UnixNano()}, func(_ int, r *engine.Result) error {
				for b, err := range r.Rows() {
					if err != nil {
						return err
					}
					for row := range b.Rows {
						user := "null"
						if v := b.Col("user.name").Value(row); !v.IsNull() {
							user = fmt.Sprintf("%q", v.String())
						}
						if name := b.Col("process.name").Value(row).String(); name != []string{"a", "b"}[row] {
							t.Errorf("the event of stage %d is %q", row+1, name)
						}
						got += user + " "
					}
				}
				return nil
			})
			if res.Errors[0] != nil {
				t.Fatal(res.Errors[0])
			}
			if c.gone {
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got != c.want {
			t.Errorf("gone %v: users %s, want %s", c.gone, got, c.want)
		}
	}
}
