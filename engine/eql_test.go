package engine_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/grammar/source"
)

// statement is one thing that EQL's documentation and its published behaviour say, and a query that shows it.
type statement struct {
	says   string
	events string // see eqlLog
	query  string
	want   string // see eqlIDs; or the code of an error, after "error "
}

// eqlLog writes events in the Elastic Common Schema. A line of text is one event: the fields of a JSON object without its braces. The n-th
// has the event.id n, happens in the n-th second of the day, and is a process event, unless it says otherwise.
func eqlLog(t testing.TB, events string) string {
	t.Helper()
	start := time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)
	var b strings.Builder
	n := 0
	for line := range strings.Lines(events) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		n++
		fields := map[string]json.RawMessage{}
		if err := json.Unmarshal([]byte("{"+line+"}"), &fields); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		parts := []string{fmt.Sprintf(`"event.id":"%d"`, n)}
		if _, ok := fields["@timestamp"]; !ok {
			parts = append(parts, fmt.Sprintf(`"@timestamp":"%s"`, start.Add(time.Duration(n)*time.Second).Format(time.RFC3339Nano)))
		}
		if _, ok := fields["event.category"]; !ok {
			parts = append(parts, `"event.category":["process"]`)
		}
		fmt.Fprintf(&b, "{%s}\n", strings.Join(append(parts, line), ","))
	}
	return writeLog(t, b.String())
}

// eqlIDs is the events of an answer by their ids: those of a sequence joined by commas, with - for an event that must be missing.
func eqlIDs(t testing.TB, rows string) string {
	t.Helper()
	var b strings.Builder
	last := 0
	for line := range strings.Lines(rows) {
		var row struct {
			ID       string `json:"event.id"`
			Sequence int    `json:"_sequence"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		switch {
		case b.Len() == 0:
		case row.Sequence > 0 && row.Sequence == last:
			b.WriteByte(',')
		default:
			b.WriteByte(' ')
		}
		if last = row.Sequence; row.ID == "" {
			row.ID = "-"
		}
		b.WriteString(row.ID)
	}
	return b.String()
}

// check asks a statement's query at many points.
func (s *statement) check(t *testing.T, o engine.Options) {
	t.Helper()
	o.Language = engine.EQL
	got := askEverywhere(t, source.New("query", s.query), o, []string{eqlLog(t, s.events)}, 3)
	if code, ok := strings.CutPrefix(s.want, "error "); ok {
		if !strings.Contains(got.errors, code) {
			t.Errorf("%s\n%s\nerror %q, want one that says %q", s.says, s.query, got.errors, code)
		}
		return
	}
	if got.errors != "" {
		t.Fatalf("%s\n%s\n%s", s.says, s.query, got.errors)
	}
	if ids := eqlIDs(t, got.rows); ids != s.want {
		t.Errorf("%s\n%s\nfinds %q, want %q", s.says, s.query, ids, s.want)
	}
}

func checkStatements(t *testing.T, list []statement) {
	for i, s := range list {
		t.Run(fmt.Sprintf("%d", i+1), func(t *testing.T) {
			s.check(t, engine.Options{})
			s.inRounds(t)
		})
	}
}

func writeLog(t testing.TB, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "log.ndjson")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
