package follow

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
)

// samples is texts by their names: those of the examples and of the decoders' tests, and what is hard to cut.
func samples(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{
		"Windows line ends":       "a\r\nb\r\n\r\nc\r\n",
		"old Mac line ends":       "a\rb\rc\n",
		"bytes that are zero":     "a\x00b\n\x00\x00\n\x00c\n",
		"no UTF-8":                "a \xff\xfe\xfd\nb \xc3\n",
		"empty lines":             "\n\n\na\n\n",
		"a byte order mark":       "\ufeff{\"EventID\":\"1\"}\n{\"EventID\":\"2\"}\n",
		"a long line":             "a\n" + strings.Repeat("long ", 3<<20) + "\nb\n",
		"an array":                "[{\"EventID\":\"1\",\"a\":\"[{\"},{\"EventID\":\"2\"},\n{\"EventID\":\n\"3\"}]\n",
		"an object over lines":    "{\n \"EventID\": \"1\",\n \"x\": {\"y\": [1, 2]}\n}\n{\n \"EventID\": \"2\"\n}\n",
		"an array over lines":     "[\n{\"EventID\":\"1\"},\n{\"EventID\":\"2\"}\n]\n",
		"hits of a search":        `{"took":1,"hits":{"total":2,"hits":[{"_source":{"EventID":"1"}},{"_source":{"EventID":"2"}}]}}` + "\n",
		"an event over lines":     "<Event>\n<System><EventID>1</EventID></System>\n</Event>\n<Event><System><EventID>2</EventID></System></Event>\n",
		"events that share lines": "<Event><System><EventID>1</EventID></System></Event><Event>\n<System><EventID>2</EventID></System></Event> <Event></Event>\n",
		"an event without an end": "Nov 24 08:30:01 web1 sysmon: <Event><System>\nNov 24 08:30:02 web1 sshd[1]: a\nNov 24 08:30:03 web1 sshd[1]: b\n",
		"auditd's groups":         "type=SYSCALL msg=audit(1723035666.627:3663): arch=c000003e syscall=59 success=yes pid=7\ntype=EXECVE msg=audit(1723035666.627:3663): argc=1 a0=\"ls\"\ntype=EOE msg=audit(1723035666.627:3663):\n",
	}
	for _, pattern := range []string{"../input/format/testdata/*", "../../examples/logs/*"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v, %v", pattern, paths, err)
		}
		for _, path := range paths {
			text, err := input.Input{Path: path}.Text()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(text)
			if err != nil {
				t.Fatal(err)
			}
			text.Close()
			out[filepath.Base(path)] = strings.TrimSuffix(string(data), "\n") + "\n"
		}
	}
	return out
}

// rows is the records of inputs, with where they stand, what they are, and their time, host and text.
func rows(t *testing.T, in input.Inputs) (out []string) {
	t.Helper()
	fields := []string{"_time", "host", "_raw"}
	s := input.New(in, input.Config{Now: 1763800000e9, Demand: input.Demand{Fields: append(fields, column.Position), Earliest: input.Beginning, Latest: input.End,
		JSON: true, Text: true, Clock: input.Clock{Written: true}}})
	var mu sync.Mutex
	take := func(kind string, b *column.Batch) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		for r := range b.Rows {
			_, offset := column.UnpackPosition(b.Col(column.Position).Value(r).Int())
			row := fmt.Sprintf("%010d|%s", offset, kind)
			for _, f := range fields {
				row += "|" + b.Col(f).Value(r).String()
			}
			out = append(out, row)
		}
		return false, nil
	}
	if err := s.Run(context.Background(), []input.Consumer{take, take}); err != nil {
		t.Fatal(err)
	}
	if err := cmp.Or(s.Ledger().Errors()...); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// TestFormats appends texts of all formats in pieces, and wants the rows of one pass over the whole.
func TestFormats(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	for name, text := range samples(t) {
		t.Run(name, func(t *testing.T) {
			f := prepare(t, map[string]string{"whole": text, "log": ""})
			want := rows(t, input.Inputs{{Path: f.path("whole"), Size: int64(len(text))}})
			if len(want) == 0 {
				t.Fatal("there are no rows")
			}
			f.start(Options{Existing: true}, "log")
			var got []string
			random := rand.New(rand.NewPCG(seed, uint64(len(text))))
			for from := 0; from < len(text); {
				to := min(from+1+random.IntN(max(len(text)/12, 3)), len(text))
				f.write("log", text[from:to])
				from = to
				f.w.lookAround()
				r := f.w.round()
				for _, in := range r.Inputs {
					got = append(got, rows(t, input.Inputs{in})...)
				}
				r.Done()
			}
			f.must(os.Remove(f.path("whole")))
			slices.Sort(got)
			same(t, got, want)
		})
	}
}

// same compares lists, and shows where they begin to differ.
func same(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var a, b string
		if i < len(got) {
			a = got[i]
		}
		if i < len(want) {
			b = want[i]
		}
		if a != b {
			t.Fatalf("row %d of %d is\n%.300q, want of %d\n%.300q", i, len(got), a, len(want), b)
		}
	}
}
