package output

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"spoor/engine/column"
)

var twoKeys = &Grouping{Number: "_sequence", Stage: "_stage", Keys: []string{"\x00key 0", "\x00key 1"}, Labels: []string{"host.id", "user.name"}}

// attacks is three sequences in two batches, one of which is cut in its middle; the second one has a place without an event and a key
// without a value.
func attacks() column.Stream {
	names := []string{"_sequence", "_stage", "\x00key 0", "\x00key 1", "@timestamp", "process.name", "process.args", "destination.ip", "destination.port", "event.sequence"}
	evil := str("e\x1bvil")
	first := table(names,
		[]column.Value{num(1), num(1), str("web1"), evil, noon, str("nc"), list("nc", "-e"), null, null, num(7)},
		[]column.Value{num(1), num(2), str("web1"), evil, noon, str("sh\u202e"), null, str("203.0.113.9"), num(443), num(8)},
		[]column.Value{num(2), num(1), str("web2"), null, noon, str("perl"), null, null, null, null},
	)
	second := table(names,
		[]column.Value{num(2), num(2), str("web2"), null, null, null, null, null, null, null},
		[]column.Value{num(2), num(3), str("web2"), null, noon, str("sh"), null, str("2001:db8::1"), num(53), num(9)},
		[]column.Value{num(3), num(1), str("web3"), str("root"), noon, str("a"), null, null, null, null},
	)
	return stream(first, second)
}

var gist = []Digest{
	{Name: "@timestamp", From: []string{"@timestamp"}},
	{Name: "process", From: []string{"process.command_line", "process.name"}},
	{Name: "destination", From: []string{"destination.ip"}, Port: "destination.port"},
	{Name: "file.path", From: []string{"file.path"}},
}

func TestSequencesGolden(t *testing.T) {
	for name, o := range map[string]Options{
		"sequences-table":    {Format: "table"},
		"sequences-terminal": {Terminal: true, Width: 100, Digest: gist},
		"sequences-wide":     {Terminal: true, Width: 40, Wide: true, Digest: gist},
		"sequences-blocks":   {Terminal: true, Width: 30, Digest: gist},
		"sequences-color":    {Terminal: true, Width: 100, Digest: gist, Color: true},
		"sequences-ndjson":   {},
		"sequences-json":     {Format: "json"},
		"sequences-csv":      {Format: "csv"},
		"sequences-raw":      {Format: "raw"},
	} {
		t.Run(name, func(t *testing.T) {
			o.Groups = twoKeys
			got, summary := write(t, attacks(), o)
			if summary.Rows != 3 {
				t.Errorf("%d sequences, want 3", summary.Rows)
			}
			golden(t, name, got)
			for line := range strings.Lines(got) {
				if line = strings.TrimSuffix(line, "\n"); o.Terminal && !o.Color && Escape(line) != line {
					t.Errorf("reaches the terminal unescaped: %q", line)
				}
			}
		})
	}
}

func TestSequencesAreValidJSON(t *testing.T) {
	type sequence struct {
		JoinKeys []any             `json:"join_keys"`
		Events   []json.RawMessage `json:"events"`
	}
	text, _ := write(t, attacks(), Options{Format: "json", Groups: twoKeys})
	var all []sequence
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 3, 1} {
		if len(all) <= i || len(all[i].Events) != want || len(all[i].JoinKeys) != 2 {
			t.Fatalf("sequence %d wants %d events: %s", i+1, want, text)
		}
	}
	if all[1].JoinKeys[1] != nil || string(all[1].Events[1]) != "null" {
		t.Errorf("what is missing must be null: %s", text)
	}
}

func TestNoSequences(t *testing.T) {
	for format, want := range map[string]string{"json": "[]\n", "ndjson": "", "raw": ""} {
		if got, summary := write(t, stream(), Options{Format: format, Groups: twoKeys}); got != want || summary.Rows != 0 {
			t.Errorf("%s: %q, %d rows", format, got, summary.Rows)
		}
	}
}

// A sequence that an error cuts off must not look whole.
func TestSequenceCutByAnError(t *testing.T) {
	broken := errors.New("broken")
	rows := func(yield func(*column.Batch, error) bool) {
		for b := range attacks() {
			yield(b, nil)
			break
		}
		yield(nil, broken)
	}
	var out strings.Builder
	if _, err := Write(&out, rows, Options{Groups: twoKeys}); err != broken {
		t.Errorf("error %v", err)
	}
	if strings.Count(out.String(), "\n") != 1 || strings.Contains(out.String(), "perl") {
		t.Errorf("got %q", out.String())
	}
}

func TestDigest(t *testing.T) {
	wide := func() column.Stream {
		return stream(table([]string{"@timestamp", "process.name", "process.command_line", "file.path", "event.kind", "event.none"},
			[]column.Value{noon, str("nc"), str("nc -e"), null, str("event"), null},
			[]column.Value{noon, str("sh"), null, str("/x"), null, null}))
	}
	want := ` @timestamp               │ process │ file.path
──────────────────────────┼─────────┼───────────
 2026-03-01T12:00:00.250Z │ nc -e   │
 2026-03-01T12:00:00.250Z │ sh      │ /x
2 rows, times in UTC
1 column more with values: --wide shows all of them
`
	if got, _ := write(t, wide(), Options{Format: "table", Digest: gist}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, _ := write(t, wide(), Options{Format: "table", Digest: gist, Wide: true}); !strings.Contains(got, "event.kind") || strings.Contains(got, "more with values") {
		t.Errorf("--wide: got\n%s", got)
	}
	strange := stream(table([]string{"@timestamp", "file.path", "msg"}, []column.Value{noon, str("/x"), str("hello")}))
	if got, _ := write(t, strange, Options{Format: "table", Digest: gist}); !strings.Contains(got, "msg") || strings.Contains(got, "more with values") {
		t.Errorf("rows of which the digest knows little: got\n%s", got)
	}
}
