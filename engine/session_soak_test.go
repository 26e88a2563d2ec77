package engine_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"spoor/engine"
	"spoor/grammar/source"
)

// Hundreds of rounds in which users and programs have ever new names leave no more behind than some dozens of them.
func TestManyRoundsHoldLittle(t *testing.T) {
	const processes, settled, last, growth = 500, 200, 600, 4 << 20
	var pack engine.Pack
	for n, text := range []string{
		`process where event.type == "start" and process.name : "p*7" and user.name : "u*"`,
		`network where process.parent.name == "nobody" and destination.port == 443`,
		`sequence by process.entity_id with maxspan=10s [process where process.name : "p*9"] [network where destination.port == 443]`,
	} {
		p, errs := engine.Compile(source.New(fmt.Sprint("rule", n), text), engine.Options{Language: engine.EQL})
		if errs.Failed() {
			t.Fatal(errs)
		}
		pack = append(pack, p)
	}
	s, diag := engine.NewSession(pack)
	if diag != nil {
		t.Fatal(diag)
	}
	begin := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	at := point{prefilter: true, outlines: true, workers: 2, batchRows: 1024, blockSize: 64 << 10}
	found, before, held := 0, uint64(0), engine.Held{}
	for round := range last {
		now := begin.Add(time.Duration(round) * time.Second)
		stamp := now.Format("2006-01-02 15:04:05.000")
		var log []timed
		for n := range 10 {
			number := 10*round + n
			common := fmt.Sprintf(`"Computer":"web","UtcTime":%q,"ProcessGuid":"{7d83adf4-a7a3-6760-c33c-%012d}","ProcessId":"%[2]d","Image":"/opt/p%d","User":"u%[3]d","EventRecordID":"%[3]d"}`+"\n", stamp, number%processes, number)
			log = append(log, timed{`{"EventID":"1","CommandLine":"p",` + common, now}, timed{`{"EventID":"3","DestinationPort":"443",` + common, now})
		}
		for _, rows := range oneRound(t, s, len(pack), log, now.Add(-5*time.Second).UnixNano(), at) {
			found += len(rows)
		}
		if round == settled {
			before, held = heapInUse(), s.Held()
		}
	}
	if found == 0 {
		t.Error("nothing was found")
	}
	if after := heapInUse(); after > before+growth {
		t.Errorf("%d MB of the heap are in use after %d rounds, %d after %d", after>>20, last, before>>20, settled)
	}
	if after := s.Held(); after.Offers > 2*held.Offers || after.Bytes > 2*held.Bytes || after.Lives > 16*processes || after.Offers == 0 || after.Files > 1000 {
		t.Errorf("held are %+v after %d rounds, %+v after %d", after, last, held, settled)
	}
}

// heapInUse is the memory that is still in use behind a collection.
func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
