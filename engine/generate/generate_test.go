package generate

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestSameSeedSameBytes(t *testing.T) {
	for _, form := range Forms() {
		c := Config{Form: form, Events: 3000, Seed: 42, Attacks: 2, Damage: Realistic()}
		first, truth := write(t, c)
		second, again := write(t, c)
		if !bytes.Equal(first, second) || !reflect.DeepEqual(truth, again) {
			t.Errorf("%s: two runs differ", form)
		}
		if truth.Bytes != int64(len(first)) {
			t.Errorf("%s: truth says %d bytes, there are %d", form, truth.Bytes, len(first))
		}
		c.Seed++
		if other, _ := write(t, c); bytes.Equal(first, other) {
			t.Errorf("%s: another seed gives the same bytes", form)
		}
	}
}

func TestFormDoesNotChangeWhatHappens(t *testing.T) {
	var want []Planted
	for _, form := range Forms() {
		_, truth := write(t, Config{Form: form, Events: 3000, Seed: 42, Attacks: 5})
		for i := range truth.Planted {
			truth.Planted[i].Offset, truth.Planted[i].Length = 0, 0
		}
		if want == nil {
			want = truth.Planted
		}
		if !reflect.DeepEqual(truth.Planted, want) {
			t.Errorf("%s: other events than in %s", form, Forms()[0])
		}
	}
}

func TestUnusableConfig(t *testing.T) {
	for want, c := range map[string]Config{
		`unknown form "csv": use one of syslog, xml, flat`:    {Form: "csv"},
		`unknown profile "all": use one of default, filtered`: {Profile: "all"},
		"must not be negative, not -1":                        {Events: -1},
		"at most 10000, not 10001":                            {Hosts: 10_001},
		"the rate must be above 0":                            {Rate: -1},
		"from 0 to 50, not 51":                                {Attacks: 51},
		"between 1971 and 2100, not in 1900":                  {Start: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)},
		"1 events of 1 hosts at 1e-300 per second":            {Events: 1, Hosts: 1, Rate: 1e-300},
		`the rate of damage "truncated" must be from 0 to 1`:  {Damage: Damage{Truncated: 2}},
	} {
		_, err := Write(context.Background(), io.Discard, c)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", c, err, want)
		}
	}
}

func TestNoEvents(t *testing.T) {
	data, truth := write(t, Config{Attacks: 1, Damage: Realistic()})
	if len(data) > 0 || truth.Events != 0 || truth.Planted == nil {
		t.Errorf("%d bytes, %+v", len(data), truth)
	}
}

func TestDescribe(t *testing.T) {
	for _, form := range append(Forms(), "csv") {
		if doc := Describe(form); (doc == "") != (form == "csv") {
			t.Errorf("%s: %q", form, doc)
		}
	}
}

var errFull = errors.New("disk full")

// full takes so many bytes, and no more.
type full struct{ room int }

func (w *full) Write(p []byte) (int, error) {
	if len(p) > w.room {
		return w.room, errFull
	}
	w.room -= len(p)
	return len(p), nil
}

func TestWriteErrorEndsIt(t *testing.T) {
	_, err := Write(context.Background(), &full{1 << 20}, Config{Events: 1 << 40, Hosts: 3, Rate: maxRate})
	if !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}

func TestCancelEndsIt(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := Write(ctx, io.Discard, Config{Events: 1 << 40, Hosts: 3, Rate: maxRate})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// peak notes the largest live heap that it sees while written to.
type peak struct{ writes, heap uint64 }

func (w *peak) Write(p []byte) (int, error) {
	if w.writes++; w.writes%64 == 0 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.heap = max(w.heap, m.HeapAlloc)
	}
	return len(p), nil
}

func TestMemoryIsBounded(t *testing.T) {
	var w peak
	if _, err := Write(context.Background(), &w, Config{Form: "flat", Events: 200_000, Seed: 1, Attacks: 1}); err != nil {
		t.Fatal(err)
	}
	if w.heap == 0 || w.heap > 32<<20 {
		t.Errorf("the heap grew to %d MB", w.heap>>20)
	}
}
