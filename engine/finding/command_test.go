package finding_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// The command under a table prints just the records that a finding rests on.
func TestCommandFindsRecords(t *testing.T) {
	lines := []string{"first record\n", "second record\n", "third _offset=0 record\n", "fourth record\n"}
	file := filepath.Join(t.TempDir(), "a.log")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	offsets := []int64{0}
	for _, l := range lines {
		offsets = append(offsets, offsets[len(offsets)-1]+int64(len(l)))
	}
	for _, want := range [][]int{{0}, {2}, {1, 3}, {0, 1, 2, 3}} {
		f, text := &finding.Finding{}, ""
		for _, i := range want {
			f.Evidence.Records = append(f.Evidence.Records, finding.Record{File: file, Offset: offsets[i]})
			text += lines[i]
		}
		commands, _ := finding.Commands([]*finding.Finding{f})
		if len(commands) != 1 {
			t.Fatalf("%q", commands)
		}
		parts := strings.Split(commands[0], "'")
		p, errs := engine.Compile(source.New("query", parts[1]), engine.Options{})
		if p == nil {
			t.Fatal(errs)
		}
		inputs, errs := input.Resolve([]string{file}, nil)
		if errs.Failed() {
			t.Fatal(errs)
		}
		r := p.Run(t.Context(), engine.RunOptions{Inputs: inputs, InputOrder: true})
		var b bytes.Buffer
		if _, err := output.Write(&b, r.Rows(), output.Options{Format: "raw"}); err != nil || b.String() != text {
			t.Errorf("%s: %v\n%s", commands[0], err, b.String())
		}
	}
}
