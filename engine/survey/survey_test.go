package survey

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/output"
)

// surveyed is the rows of a survey as text.
func surveyed(t *testing.T, path string, workers int) string {
	t.Helper()
	in, problems := input.Resolve([]string{path}, nil)
	if problems.Failed() {
		t.Fatal(problems)
	}
	s := New(Options{Inputs: in, Workers: workers, Silence: time.Hour})
	if err := s.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := output.Write(&out, s.Rows(), output.Options{Format: "ndjson"}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// counted is what a plain count of a log says of its hosts and kinds.
type counted struct {
	events int64
	ids    map[int64]bool
}

// A log in which records are missing, repeated and out of order is counted as a plain count does it, whatever the number of workers.
func TestAgainstPlainCount(t *testing.T) {
	var log bytes.Buffer
	if _, err := generate.Write(context.Background(), &log, generate.Config{Form: "flat", Events: 6_000, Hosts: 5, Seed: 7}); err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(7, 7))
	var lines [][]byte
	for line := range bytes.Lines(log.Bytes()) {
		if dice.IntN(20) == 0 {
			continue
		}
		lines = append(lines, line)
		if dice.IntN(20) == 0 {
			lines = append(lines, line)
		}
	}
	for _, order := range []string{"as written", "backwards", "shuffled"} {
		switch order {
		case "backwards":
			slices.Reverse(lines)
		case "shuffled":
			dice.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		}
		path := filepath.Join(t.TempDir(), "log.json")
		if err := os.WriteFile(path, bytes.Join(lines, nil), 0o600); err != nil {
			t.Fatal(err)
		}
		got := surveyed(t, path, 1)
		for _, workers := range []int{5} {
			if other := surveyed(t, path, workers); other != got {
				t.Errorf("%s: %d workers say something else:\n%s\nwant\n%s", order, workers, other, got)
			}
		}
		compare(t, order, got, lines)
	}
}

// compare compares the rows of hosts and kinds with a plain count of the lines.
func compare(t *testing.T, order, rows string, lines [][]byte) {
	t.Helper()
	want := map[string]*counted{}
	for _, line := range lines {
		var event struct{ Computer, EventID, EventRecordID string }
		if err := json.Unmarshal(line, &event); err != nil {
			t.Fatal(err)
		}
		id, err := strconv.ParseInt(event.EventRecordID, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{event.Computer, event.Computer + " sysmon/" + event.EventID} {
			if want[key] == nil {
				want[key] = &counted{ids: map[int64]bool{}}
			}
			want[key].events++
			want[key].ids[id] = true
		}
	}
	seen := 0
	for line := range bytes.Lines([]byte(rows)) {
		var row struct {
			What, Host, Kind                string
			Events, Missing, Gaps, Restarts int64
		}
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		key := row.Host
		switch row.What {
		case "kind":
			key += " " + row.Kind
		case "host":
			if missing, gaps := want[key].missing(); row.Missing != missing || row.Gaps != gaps || row.Restarts != 0 {
				t.Errorf("%s: %s want missing %d, gaps %d", order, line, missing, gaps)
			}
		default:
			continue
		}
		seen++
		if want[key] == nil || want[key].events != row.Events {
			t.Errorf("%s: %s want %s", order, line, fmt.Sprint(want[key]))
		}
	}
	if seen != len(want) {
		t.Errorf("%s: %d rows of hosts and kinds, want %d", order, seen, len(want))
	}
}

// missing is how many numbers are missing, and in how many pieces.
func (c *counted) missing() (missing, gaps int64) {
	var ids []int64
	for id := range c.ids {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for i := 1; i < len(ids); i++ {
		if n := ids[i] - ids[i-1] - 1; n > 0 {
			missing, gaps = missing+n, gaps+1
		}
	}
	return missing, gaps
}

// A table that may not be wide has no details, and times to the minute in the zone of the survey.
func TestNarrowTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.json")
	log := `{"EventID":"5","Channel":"Linux-Sysmon/Operational","Computer":"web1","SystemTime":"2026-03-01T23:59:59.000Z","UtcTime":"2026-02-24 23:59:59.000","EventRecordID":"6"}`
	if err := os.WriteFile(path, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	in, _ := input.Resolve([]string{path}, nil)
	s := New(Options{Inputs: in, Zone: time.FixedZone("", 3600)})
	if err := s.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := output.Write(&out, s.Table(Sections()[1], false), output.Options{Format: "csv"}); err != nil {
		t.Fatal(err)
	}
	const want = "host,events,first,last,missing,restarts,silence,drift\nweb1,1,2026-03-02 00:59,2026-03-02 00:59,0,0,,-5d\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

// A survey that is called off ends with the reason.
func TestCancelled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.json")
	if err := os.WriteFile(path, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, _ := input.Resolve([]string{path}, nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := New(Options{Inputs: in}).Run(ctx); err != context.Canceled {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
