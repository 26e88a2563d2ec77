package main

import (
	"context"
	"io"
	"runtime"
	"slices"
	"sync/atomic"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
)

// probe finds out whether inputs hold an event of the searched data set in the time searched. It reads until it finds one, so it is
// cheap unless there is none; and it looks at all records, so that it can tell what was there instead.
type probe struct {
	kinds    []string // that feed the data set; nil for a search of raw events
	raw      bool     // every record is an event
	from, to int64
	clock    input.Clock
}

func newProbe(p *engine.Program) probe {
	from, to, _ := p.Window()
	return probe{p.Kinds(), p.Raw(), from, to, p.Clock()}
}

// sighting is what a probe saw.
type sighting struct {
	count input.Count
	found bool
	whole bool // everything was read
}

func (p probe) read(ctx context.Context, in input.Inputs, workers int) sighting {
	scan := input.New(in, input.Config{BatchRows: 1, Demand: input.Demand{Fields: []string{}, Earliest: p.from, Latest: p.to, Clock: p.clock, Text: p.raw, JSON: p.raw}})
	var found atomic.Bool
	look := func(kind string, _ *column.Batch) (bool, error) {
		if p.kinds == nil || slices.Contains(p.kinds, kind) {
			found.Store(true)
		}
		return found.Load(), nil
	}
	err := scan.Run(ctx, slices.Repeat([]input.Consumer{look}, workers))
	return sighting{scan.Ledger().Total, found.Load(), err == nil}
}

// files probes the inputs that can be read again.
func (p probe) files(ctx context.Context, in input.Inputs) sighting {
	in = slices.DeleteFunc(slices.Clone(in), func(i input.Input) bool { return i.Size < 0 })
	return p.read(ctx, in, runtime.GOMAXPROCS(0))
}

// tap is a probe of a stream: it gets a copy of what the search reads of it.
type tap struct {
	from   io.Reader
	to     *io.PipeWriter
	shut   bool // the probe has seen enough
	result chan sighting
}

// tap puts a probe on the stream among the inputs; it is nil if there is none.
func (p probe) tap(ctx context.Context, in input.Inputs) (input.Inputs, *tap) {
	i := slices.IndexFunc(in, func(i input.Input) bool { return i.Stream != nil })
	if i < 0 {
		return in, nil
	}
	r, w := io.Pipe()
	t := &tap{from: in[i].Stream, to: w, result: make(chan sighting, 1)}
	copied := input.Inputs{{Path: in[i].Path, Size: -1, Stream: r}}
	go func() {
		t.result <- p.read(ctx, copied, 1)
		r.Close()
	}()
	in = slices.Clone(in)
	in[i].Stream = t
	return in, t
}

func (t *tap) Read(b []byte) (int, error) {
	n, err := t.from.Read(b)
	if !t.shut && n > 0 {
		_, closed := t.to.Write(b[:n])
		t.shut = closed != nil
	}
	if err != nil {
		t.to.CloseWithError(err)
	}
	return n, err
}

// finish ends the probe with what was read until now.
func (t *tap) finish() sighting {
	t.to.Close()
	return <-t.result
}
