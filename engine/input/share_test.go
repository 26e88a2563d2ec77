package input

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"spoor/engine/column"
)

// mixture is records of many kinds: Sysmon with and without a wrong clock, Elastic Defend, auditd, osquery, unknown JSON, lines of text, and some
// that cannot be read.
var mixture = []string{
	`{"EventID":"1","Computer":"web1","UtcTime":"2025-03-03 06:00:%02d.000","SystemTime":"2025-03-03T06:00:%02dZ","EventRecordID":"%d","Channel":"Linux-Sysmon/Operational","Image":"/usr/bin/curl","CommandLine":"curl -o /tmp/x%d","ProcessId":"7"}`,
	`{"EventID":"3","Computer":"web2","UtcTime":"2025-03-03 09:00:%02d.000","SystemTime":"2025-03-03T06:00:%02dZ","EventRecordID":"%d","Channel":"Linux-Sysmon/Operational","Image":"/usr/bin/nc","DestinationPort":"%d"}`,
	`{"EventID":"11","Computer":"web1","EventRecordID":"1%[3]d","Channel":"Linux-Sysmon/Operational","Image":"/bin/sh","TargetFilename":"/tmp/restart%[4]d"}`,
	`{"@timestamp":"2025-03-03T06:00:%02d.0Z","event":{"category":["process"],"type":["start"]},"process":{"name":"curl","args":["curl","%[3]d"]},"host":{"name":"db%[4]d","os":{"type":"linux"}}}`,
	`type=USER_LOGIN msg=audit(17409888%02d.000:%[3]d): pid=%[4]d uid=0 auid=1000 ses=3 msg='op=login acct="curl" exe="/usr/sbin/sshd" res=success'`,
	`{"name":"pack_incident","hostIdentifier":"web1","unixTime":17409888%02d,"columns":{"path":"/etc/restart","pid":"%[4]d"},"action":"added"}`,
	`{"time":"2025-03-03T06:00:%02dZ","event_name":"Login","user":{"name":"ann%[4]d"},"tags":["curl"]}`,
	`Mar  3 06:00:%02d web1 sshd[812]: Accepted password for restart%[4]d port=%[3]d`,
	`{"EventID":"1","Computer":"web1","UtcTime":"2025-03-03 06:00:%02d.000","EventRecordID":"%[3]d","Channel":"Linux-Sysmon/Operational","CommandLine":"c\u0075rl %[4]d"}`,
	`{"EventID":"1","Channel":"Linux-Sysmon/Operational","CommandLine":"curl`,
	`type=USER_CMD msg=audit(17409888%02d.000:%[3]d): <Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><EventRecordID>2%[4]d</EventRecordID></System>` +
		`<EventData><Data Name="UtcTime">2025-03-03 06:00:%02[1]d.000</Data><Data Name="Image">/bin/restart%[3]d</Data></EventData></Event>`,
	``,
}

func mixed(t *testing.T, r *rand.Rand, records int) string {
	t.Helper()
	var b bytes.Buffer
	for n := range records {
		form := mixture[r.IntN(len(mixture))]
		if strings.Contains(form, "%") {
			second := r.IntN(60)
			line := fmt.Sprintf(form, second, second, n, r.IntN(5))
			form, _, _ = strings.Cut(line, "%!")
		}
		b.WriteString(form + "\n")
	}
	name := filepath.Join(t.TempDir(), "mixed.log")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// anyDemand makes up a demand.
func anyDemand(r *rand.Rand) Demand {
	second := func() int64 { return 1740981600e9 + int64(r.IntN(60))*1e9 }
	fields := []string{"_time", "_raw", "host", "sourcetype", "Image", "CommandLine", "EventID", "process.args", "process.name", "user.name", "TargetFilename", "port", "acct"}
	some := func() (out []string) {
		for range r.IntN(4) {
			out = append(out, fields[r.IntN(len(fields))])
		}
		return out
	}
	d := Demand{Earliest: Beginning, Latest: End, Fields: append(some(), column.Position, "_raw")}
	if d.Text = r.IntN(3) == 0; d.Text {
		d.JSON, d.Braces, d.All = true, true, r.IntN(3) == 0
	}
	if r.IntN(2) == 0 {
		d.Kinds = map[string][]string{}
		for _, kind := range []string{"sysmon/1", "sysmon/3", "sysmon/11", "ecs/process", "auditd/USER_LOGIN", "text", "json"} {
			if r.IntN(3) == 0 {
				d.Kinds[kind] = some()
			}
		}
	} else if r.IntN(2) == 0 {
		d.Except = []string{"sysmon/1", "ecs/process"}
	}
	if r.IntN(2) == 0 {
		d.Needles = [][]string{{"curl"}, {"restart"}, {"nc", "/tmp/x1"}, {"no such text"}, {"ann"}}[r.IntN(5)]
	}
	if d.Needles != nil && r.IntN(2) == 0 { // every demand reads _raw
		texts := Texts{Any: d.Needles, In: []string{"_raw", "CommandLine"}}
		d.Texts = map[string]Texts{"": texts, "sysmon/1": texts, "ecs/process": texts}
	}
	d.Clock = []Clock{{}, {Written: true, Needed: true}, {Written: true}, {Field: "SystemTime", Needed: true}}[r.IntN(4)]
	if r.IntN(3) == 0 {
		d.Earliest, d.Latest = second(), second()+20e9
	}
	if r.IntN(3) == 0 {
		d.Types = map[string]column.Kind{"EventID": column.Int}
	}
	return d
}

// gathered takes rows of all workers as text, by their positions.
type gathered struct {
	mu       sync.Mutex
	rows     map[int64]string
	disorder bool // a worker brought rows of a kind in another order than that of their positions
}

func (g *gathered) consumers(n int) (list []Consumer) {
	g.rows = map[int64]string{}
	for range n {
		list = append(list, g.consumer(map[string]int64{}))
	}
	return list
}

// consumer is the consumer of one worker, given the last position of each kind.
func (g *gathered) consumer(last map[string]int64) Consumer {
	return func(kind string, b *column.Batch) (bool, error) {
		g.mu.Lock()
		defer g.mu.Unlock()
		for r := range b.Rows {
			var row []string
			for i, name := range b.Schema.Names {
				if v := b.Cols[i].Value(r); !v.IsNull() { // where all fields are asked for, a batch has a column if one of its rows has
					row = append(row, fmt.Sprintf(" %s=%s:%v", name, v, v.Kind()))
				}
			}
			slices.Sort(row)
			at := b.Col(column.Position).Value(r).Int()
			g.disorder = g.disorder || at < last[kind]
			g.rows[at], last[kind] = kind+strings.Join(row, ""), at
		}
		return false, nil
	}
}

// holding is the rows whose records hold one of the needles, or may hide one.
func (g *gathered) holding(needles []string) map[int64]string {
	out := maps.Clone(g.rows)
	maps.DeleteFunc(out, func(_ int64, row string) bool {
		return needles != nil && !slices.ContainsFunc(needles, func(n string) bool { return strings.Contains(row, n) })
	})
	return out
}

// TestSharesGetWhatTheyWouldGetAlone compares passes for many random demands with scans for each.
func TestSharesGetWhatTheyWouldGetAlone(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	dealt := 0
	for range 30 {
		inputs, errs := Resolve([]string{mixed(t, r, 60), mixed(t, r, 40)}, nil)
		if errs.Failed() {
			t.Fatal(errs)
		}
		config := Config{BatchRows: 1 + r.IntN(20), BlockSize: 200 + r.IntN(2000), Full: r.IntN(4) == 0}
		workers := 1 + r.IntN(3)
		searching := r.IntN(2) == 0 // nobody wants all records
		var shares []*Share
		var got []*gathered
		var positions []int64
		for range 1 + r.IntN(12) {
			g := &gathered{}
			s := &Share{Demand: anyDemand(r), Consumers: g.consumers(workers)}
			if searching && s.Demand.Needles == nil {
				s.Demand.Needles = []string{"ann"}
			}
			if len(positions) > 0 && r.IntN(4) == 0 { // some of what an earlier share is given
				s.Demand.At = map[int][]int64{}
				for _, p := range positions[:r.IntN(len(positions))] {
					file, offset := column.UnpackPosition(p)
					s.Demand.At[file] = append(s.Demand.At[file], offset)
				}
			}
			shares, got = append(shares, s), append(got, g)
			if positions == nil {
				first := &gathered{}
				if err := New(inputs, Config{Demand: s.Demand}).Run(t.Context(), first.consumers(1)); err != nil {
					t.Fatal(err)
				}
				positions = slices.Sorted(maps.Keys(first.rows))
			}
		}
		pass := NewPass(inputs, config, shares)
		if err := pass.Run(t.Context(), workers); err != nil {
			t.Fatal(err)
		}
		l := pass.Ledger()
		if l.Total.Records != 100 && slices.ContainsFunc(shares, func(s *Share) bool { return s.Demand.At == nil && (s.Demand.Kinds == nil || len(s.Demand.Kinds) > 0) }) {
			t.Errorf("seed %d: %d records in the ledger: %+v", seed, l.Total.Records, l.Total)
		}
		for i, s := range shares {
			alone := &gathered{}
			c := config
			c.Demand = s.Demand
			if err := New(inputs, c).Run(t.Context(), alone.consumers(workers)); err != nil {
				t.Fatal(err)
			}
			needles := s.Demand.Needles
			if config.Full || s.Demand.At != nil {
				needles = nil
			}
			want, have := alone.holding(needles), got[i].holding(needles)
			dealt += len(have)
			if !maps.Equal(have, want) {
				t.Errorf("seed %d: demand %+v:\n%s", seed, s.Demand, apart(have, want))
			}
			if got[i].disorder {
				t.Errorf("seed %d: demand %+v: rows out of order", seed, s.Demand)
			}
			if n := len(got[i].rows); int64(n) != sum(s.Taken().Kinds) {
				t.Errorf("seed %d: %d rows dealt, %v counted", seed, n, s.Taken())
			}
		}
	}
	if dealt < 100 {
		t.Errorf("seed %d: only %d rows were dealt", seed, dealt)
	}
}

// apart is the rows in which two answers differ.
func apart(have, want map[int64]string) (out string) {
	for p, row := range have {
		if want[p] != row {
			out += fmt.Sprintf("has %s\nnot %s\n", row, want[p])
		}
	}
	for p, row := range want {
		if _, ok := have[p]; !ok {
			out += fmt.Sprintf("lacks %s\n", row)
		}
	}
	return out
}

func sum(counts map[string]int64) (n int64) {
	for _, c := range counts {
		n += c
	}
	return n
}

// TestSharesEndAlone holds that who fails, panics or is full leaves the rest to others.
func TestSharesEndAlone(t *testing.T) {
	inputs, _ := Resolve([]string{mixed(t, rand.New(rand.NewPCG(1, 1)), 400)}, nil)
	demand := Demand{Fields: []string{column.Position}, Earliest: Beginning, Latest: End}
	broken, rest := errors.New("broken"), &gathered{}
	calls := 0
	shares := []*Share{
		{Demand: demand, Consumers: []Consumer{func(string, *column.Batch) (bool, error) { return false, broken }}},
		{Demand: demand, Consumers: []Consumer{func(string, *column.Batch) (bool, error) { panic("oh") }}},
		{Demand: demand, Consumers: []Consumer{func(string, *column.Batch) (bool, error) { calls++; return true, nil }}},
		{Demand: demand, Consumers: rest.consumers(1)},
	}
	if err := NewPass(inputs, Config{BatchRows: 3}, shares).Run(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	if shares[0].Err() != broken || shares[1].Err() == nil || shares[2].Err() != nil || shares[3].Err() != nil || calls != 1 {
		t.Errorf("errors %v, %v, %v, %v; %d calls", shares[0].Err(), shares[1].Err(), shares[2].Err(), shares[3].Err(), calls)
	}
	alone := &gathered{}
	if err := New(inputs, Config{Demand: demand}).Run(t.Context(), alone.consumers(1)); err != nil || !maps.Equal(alone.rows, rest.rows) {
		t.Errorf("%d rows, alone %d: %v", len(rest.rows), len(alone.rows), err)
	}
}
