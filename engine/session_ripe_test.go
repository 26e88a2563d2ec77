package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/grammar/source"
)

// What no event can prevent is told once its events are ripe; what must be missing, or may be ended, only when no event of the time can come. An event
// that comes after it was ripe completes what it belongs to.
func TestRipe(t *testing.T) {
	second := func(n int) int64 { return time.Date(2024, 5, 6, 10, 0, n, 0, time.UTC).UnixNano() }
	event := func(n int, image string) string {
		return fmt.Sprintf(`{"EventID":1,"UtcTime":"2024-05-06 10:00:%02d.000","Computer":"web1","ProcessGuid":"{aabbccdd-0001-6638-0000-%012d}","ProcessId":"%d","Image":"/bin/%s"}`+"\n", n, n, n, image)
	}
	for _, c := range []struct {
		rows  int64 // of a sequence
		query string
		want  string // sequences by round
	}{
		{2, `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "b"]`, "0 1 1 0"},
		{2, `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "b"] until [process where process.name == "z"]`, "0 0 0 2"},
		{3, `sequence by host.name with maxspan=5s [process where process.name == "a"] [process where process.name == "b"] ![process where process.name == "z"]`, "0 0 0 2"},
	} {
		p, errs := engine.Compile(source.New("query", c.query), engine.Options{Language: engine.EQL})
		if errs.Failed() {
			t.Fatal(errs)
		}
		s, diag := engine.NewSession(engine.Pack{p})
		if diag != nil {
			t.Fatal(diag)
		}
		var got []string
		for _, round := range []struct {
			text string
			at   engine.Watermark
		}{
			{event(1, "a"), engine.Watermark{Low: second(0), Ripe: second(1)}},
			{event(2, "b") + event(9, "b"), engine.Watermark{Low: second(0), Ripe: second(9)}},
			{event(7, "a"), engine.Watermark{Low: second(0), Ripe: second(9)}}, // late
			{"", engine.Watermark{Low: second(59)}},
		} {
			var in input.Inputs
			if round.text != "" {
				in = open(t, []string{writeLog(t, round.text)}, false)
			}
			rows := int64(0)
			res := s.Round(t.Context(), engine.RunOptions{Inputs: in}, round.at, func(_ int, r *engine.Result) error {
				for b, err := range r.Rows() {
					if err != nil {
						return err
					}
					rows += int64(b.Rows)
				}
				return nil
			})
			if res.Errors[0] != nil {
				t.Fatal(res.Errors[0])
			}
			got = append(got, fmt.Sprint(rows/c.rows))
		}
		if told := strings.Join(got, " "); told != c.want {
			t.Errorf("%s: told are %s sequences, want %s", c.query, told, c.want)
		}
	}
}
