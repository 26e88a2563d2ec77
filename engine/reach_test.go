package engine_test

import (
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

func TestReach(t *testing.T) {
	for query, want := range map[string]plan.Reach{
		`sequence by host.id with maxspan=5m [process where true] [network where true]`:                     {MaxSpan: 5 * time.Minute},
		`sequence by host.id [process where true] [network where true] until [process where true] | tail 3`: {},
		`sequence by host.id with maxspan=1h [process where true] ![network where true]`:                    {MaxSpan: time.Hour, Open: true},
		`sequence by host.id with maxspan=1h [process where true] ![network where true] [file where true]`:  {MaxSpan: time.Hour},
	} {
		p, errs := engine.Compile(source.New("query", query), engine.Options{Language: engine.EQL})
		if errs.Failed() {
			t.Fatal(errs)
		}
		if got, ok := p.Reach(); !ok || got != want {
			t.Errorf("%s: %v %v, want %v", query, got, ok, want)
		}
	}
	for _, query := range []string{`process where true`, `sample by host.id [process where true] [network where true]`} {
		p, _ := engine.Compile(source.New("query", query), engine.Options{Language: engine.EQL})
		if got, ok := p.Reach(); ok {
			t.Errorf("%s is no sequence, but has the reach %v", query, got)
		}
	}
}

// A sequence that began before the time searched is found once the program begins earlier, and starts of processes are looked for at all times.
func TestEarlier(t *testing.T) {
	log := writeLog(t, `{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 09:00:00.000","ProcessGuid":"{7923a699-970f-67c5-fde8-92b661550000}","Image":"/usr/bin/curl","CommandLine":"curl -O","ProcessId":"77"}
{"EventID":"11","Computer":"a","UtcTime":"2024-05-06 09:59:50.000","ProcessGuid":"{7923a699-970f-67c5-fde8-92b661550000}","ProcessId":"77","TargetFilename":"/tmp/x"}
{"EventID":"11","Computer":"a","UtcTime":"2024-05-06 10:00:10.000","ProcessGuid":"{7923a699-970f-67c5-fde8-92b661550000}","ProcessId":"77","TargetFilename":"/tmp/y"}
`)
	o := engine.Options{Language: engine.EQL, Earliest: "2024-05-06T10:00:00Z", Latest: "2024-05-06T11:00:00Z", Now: time.Date(2024, 5, 6, 12, 0, 0, 0, time.UTC)}
	p, errs := engine.Compile(source.New("query", `sequence by process.entity_id with maxspan=1m [file where process.command_line == "curl -O"] [file where file.name == "y"]`), o)
	if errs.Failed() {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		by   time.Duration
		want int
	}{{0, 0}, {5 * time.Second, 0}, {time.Minute, 2}} {
		rows := 0
		for b, err := range p.Earlier(c.by).Run(t.Context(), engine.RunOptions{Inputs: open(t, []string{log}, false)}).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			rows += b.Rows
			for i := range b.Rows {
				if b.Col(plan.EventTime).IsNull(i) {
					t.Error("an event of a sequence has no time")
				}
			}
		}
		if rows != c.want {
			t.Errorf("%s earlier: %d rows, want %d", c.by, rows, c.want)
		}
	}
}
