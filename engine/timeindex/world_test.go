package timeindex_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

var begin = time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC)

// line is an event of Sysmon, so many seconds behind the beginning.
func line(id, second int) string {
	return fmt.Sprintf(`{"EventID":"1","Channel":"Linux-Sysmon/Operational","Computer":"web1","EventRecordID":"%d","UtcTime":"%s","Image":"/bin/sh"}`+"\n",
		id, begin.Add(time.Duration(second)*time.Second).Format("2006-01-02 15:04:05.000"))
}

func openFolder(t *testing.T, dir string) *timeindex.Folder {
	t.Helper()
	return timeindex.OpenFolder(dir, func(d *source.Diagnostic) { t.Errorf("%v", d) })
}

// look looks at all files of a folder.
func look(t *testing.T, f *timeindex.Folder, dir string, o timeindex.Options) []*timeindex.Member {
	t.Helper()
	in, errs := input.Resolve([]string{dir}, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	o.BlockSize = 300
	members, err := f.Look(t.Context(), in, o)
	if err != nil {
		t.Fatal(err)
	}
	return members
}

// found is how often each event is in members, from one second to before another.
func found(t *testing.T, members []*timeindex.Member, earliest, latest int64) (out map[int]int, l *input.Ledger) {
	t.Helper()
	var in input.Inputs
	for _, m := range members {
		in = append(in, m.Input)
	}
	out = map[int]int{}
	var mu sync.Mutex
	s := input.New(in, input.Config{BlockSize: 500, Demand: input.Demand{Fields: []string{"EventRecordID"}, Earliest: earliest, Latest: latest}})
	take := func(_ string, b *column.Batch) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		for row := range b.Rows {
			id, err := strconv.Atoi(b.Cols[0].Value(row).String())
			if err != nil {
				t.Error(err)
			}
			out[id]++
		}
		return false, nil
	}
	if err := s.Run(t.Context(), []input.Consumer{take, take}); err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Ledger().Files {
		if f.Failed != "" {
			t.Errorf("%s: %s", f.Path, f.Failed)
		}
	}
	return out, s.Ledger()
}
