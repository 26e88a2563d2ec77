package witness

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/output"
)

// way is how the engine is asked.
type way struct {
	name    string
	workers int
	pipe    bool
}

var ways = []way{{name: "one worker", workers: 1}, {name: "four workers", workers: 4}, {name: "a pipe", workers: 4, pipe: true}}

// asker asks the engine one rule.
type asker struct {
	program *engine.Program
	file    string
}

func newAsker(t *testing.T, r *rule) *asker {
	t.Helper()
	p, errs := engine.Compile(r.text, engine.Options{Language: engine.EQL})
	if errs.Failed() {
		t.Fatal(errs)
	}
	return &asker{program: p, file: filepath.Join(t.TempDir(), "log")}
}

// write makes the log that is asked from now on.
func (a *asker) write(t *testing.T, f *form, records []*record) {
	t.Helper()
	var b strings.Builder
	for _, r := range records {
		b.WriteString(f.line(r))
	}
	if err := os.WriteFile(a.file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// ask is what the engine finds: the ids of each match, in order.
func (a *asker) ask(t *testing.T, w way) [][]int {
	t.Helper()
	in, errs := input.Resolve([]string{a.file}, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	if w.pipe {
		log, err := os.ReadFile(a.file)
		if err != nil {
			t.Fatal(err)
		}
		in[0].Size, in[0].Stream = -1, bytes.NewReader(log)
	}
	result := a.program.Run(context.Background(), engine.RunOptions{Inputs: in, Workers: w.workers})
	var rows bytes.Buffer
	if _, err := output.Write(&rows, result.Rows(), output.Options{Format: "ndjson"}); err != nil {
		t.Fatal(err)
	}
	var out [][]int
	last := 0
	for line := range strings.Lines(rows.String()) {
		var row struct {
			ID       int `json:"event.sequence"`
			Sequence int `json:"_sequence"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Sequence == 0 || row.Sequence != last {
			out = append(out, nil)
		}
		last = row.Sequence
		out[len(out)-1] = append(out[len(out)-1], row.ID)
	}
	return out
}
