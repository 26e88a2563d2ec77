package input

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"spoor/engine/column"
	"spoor/engine/input/bitmap"
	"spoor/engine/input/format"
	"spoor/engine/input/frame"
	"spoor/engine/input/needle"
	"spoor/grammar/source"
)

// Config says what to scan for and how. The zero value of each field is a good default, but for Demand.
type Config struct {
	Demand     Demand
	BatchRows  int                      // rows of a batch; 0 means 1,024
	BlockSize  int                      // bytes of a block; 0 means 512 KiB
	Unique     bool                     // drop all but the first of equal events; looks at every record, with one worker, and keeps some 40 bytes of each event
	Full       bool                     // look at every record, whatever the needles
	NoOutlines bool                     // read every record by itself
	Again      bool                     // the inputs were read before: repeated events are not counted once more
	Warn       func(*source.Diagnostic) // gets what the user should know; may be nil; called by Run, before it returns

	// Sourcetypes is the sourcetype of each family of kinds, whatever is usual for it or its envelope says: "auditd", "text", "json", ... The empty
	// name stands for all others.
	Sourcetypes map[string]string
	// Host is the host of events of the text, JSON and auditd families that name none; empty means "unknown".
	Host string
	// Source is the source of all events, whatever their envelopes say; empty: what they say, or what is usual.
	Source string
	// Now and Zone tell the time of lines that say it without a year or a zone. Without Now, in nanoseconds since 1970, a stamp without a year is
	// no time; without Zone, times are UTC.
	Now  int64
	Zone *time.Location
	// Clock is what the time of the consumers of a pass is measured with; nil: it is not.
	Clock func() time.Time

	// What tests replace.
	decoder func(*format.Wanted) decoder
	hides   []format.Hide // of the decoder's formats
	limit   int           // most bytes of a record
}

// decoder reads one record. It belongs to one worker.
type decoder interface {
	Decode(rec []byte, to *format.Record) format.Outcome
	Head(rec []byte, to *format.Record) int
}

// Consumer takes the batches of one worker. A batch holds events of one kind, in the order of their positions. It is full when further
// rows, which may be of any kind but lie behind those of the same kind it got, cannot change its result.
//
// A batch may be kept for as long as the scan runs. But its dictionaries grow: only the worker's own goroutine may look at it before
// Run returns; who hands rows on to another one gives it Batch.Keep.
type Consumer func(kind string, b *column.Batch) (full bool, err error)

// Scan reads inputs once.
type Scan struct {
	inputs  Inputs
	config  Config
	wanted  *format.Wanted
	needles []string    // of which a record that is wanted holds one; nil: every record is looked at
	many    *needle.Set // the same, where they are many
	whole   bool        // they may stand anywhere in the record, not just in what is read of it
	seen    *duplicates
	aims    aims
	read    atomic.Int64
	work    dispenser
	help    *help

	mu     sync.Mutex
	ledger Ledger
	hosts  map[string]drift
}

// New prepares a scan.
func New(inputs Inputs, config Config) *Scan {
	s := newScan(inputs, config)
	if d := &s.config.Demand; !s.config.Full && !s.config.Unique { // of equal events the first is kept, whether or not just that one was damaged and lost its needle
		s.seek(needle.Cut(d.Needles))
		s.whole = d.raw()
	}
	if s.remembers() {
		s.seen = newDuplicates(s.config.Unique)
	}
	s.aims.add(&s.config.Demand)
	return s
}

// newScan is a scan with the defaults of its configuration, that looks at every record.
func newScan(inputs Inputs, config Config) *Scan {
	if config.BatchRows <= 0 {
		config.BatchRows = 1024
	}
	if config.BlockSize <= 0 {
		config.BlockSize = 512 << 10
	}
	if config.limit == 0 {
		config.limit = frame.Limit
	}
	if d := &config.Demand; d.Earliest == 0 && d.Latest == 0 {
		d.Earliest, d.Latest = Beginning, End
	}
	if config.Demand.At != nil { // who names records has seen them before, and was told of them
		config.Unique, config.Full, config.Warn = false, true, nil
		config.Demand.Earliest, config.Demand.Latest = Beginning, End
	}
	if config.decoder == nil {
		config.decoder = func(w *format.Wanted) decoder { return format.New(w) }
	}
	s := &Scan{inputs: inputs, config: config, wanted: wanted(&config), hosts: map[string]drift{}}
	if config.hides == nil {
		s.config.hides = format.Hides(s.wanted)
	}
	s.ledger = Ledger{Scans: 1, Files: make([]File, len(inputs))}
	for i, in := range inputs {
		s.ledger.Files[i] = File{Path: in.Path, Count: Count{Kinds: map[string]int64{}}}
	}
	s.work.scan = s
	return s
}

// remembers says whether it is to be known which events were met.
func (s *Scan) remembers() bool {
	return s.config.Unique || s.config.Demand.At == nil && !s.config.Again
}

// seek makes the scan look only at records that hold one of the needles.
func (s *Scan) seek(needles []string) {
	if s.needles = distinct(needles); len(s.needles) > fewest || !bitmap.HasVectors() {
		s.many = needle.NewSet(needle.Telling(s.needles))
	}
}

// Bytes is how much was read so far, as stored.
func (s *Scan) Bytes() int64 { return s.read.Load() }

// Total is how much there is to read, as stored, or -1 if one of the inputs is a pipe.
func (s *Scan) Total() (n int64) {
	if !s.inputs.Files() {
		return -1
	}
	for i, in := range s.inputs {
		n += min(in.Size, length(s.extents(i)))
	}
	return n
}

// Ledger accounts for what was read so far: for all of it once Run has returned.
func (s *Scan) Ledger() *Ledger {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ledger.clone()
}

// Run reads the inputs to their end, or until all consumers are full, with a worker for each of them. What cannot be read is in the
// ledger; the error is a consumer's, or the context's.
func (s *Scan) Run(ctx context.Context, consumers []Consumer) error {
	if s.config.Unique {
		consumers = consumers[:min(1, len(consumers))]
	}
	return s.run(ctx, len(consumers), func(i int) *worker { return newWorker(s, consumers[i]) })
}

// run works with so many workers.
func (s *Scan) run(ctx context.Context, workers int, newWorker func(i int) *worker) error {
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	s.work.ctx, s.help = inner, newHelp(workers, len(s.inputs))
	var group sync.WaitGroup
	for i := range workers {
		w := newWorker(i)
		group.Go(func() {
			defer func() {
				if p := recover(); p != nil { // a fault of ours must end the run with a message, not the process with a trace
					stop(fmt.Errorf("internal error: %v", p))
				}
			}()
			if err := w.run(inner); err != nil {
				stop(err)
			}
		})
	}
	group.Wait()
	if cause := context.Cause(inner); cause != nil {
		return cause
	}
	s.findLines()
	s.warn()
	return nil
}

func (s *Scan) fail(ordinal int, why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := &s.ledger.Files[ordinal]; f.Failed == "" {
		f.Failed = why.Error()
	}
}

// progress counts bytes that were read of a stream.
func (s *Scan) progress(ordinal int, stored int64) {
	s.read.Add(stored)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger.Files[ordinal].Stored += stored
}

// decoded counts the text that was in a stream.
func (s *Scan) decoded(ordinal int, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger.Files[ordinal].Bytes += n
}

func (s *Scan) merge(ordinal int, counted *File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger.Files[ordinal].addFile(counted)
}

// worthLines is how far into a file a line is looked for by its offset.
const worthLines = 1 << 30

// findLines turns the offsets of unreadable records into lines, where the workers could not know them.
func (s *Scan) findLines() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.ledger.Files {
		f := &s.ledger.Files[i]
		if len(f.Places) == 0 || f.Places[0].Line > 0 {
			continue
		}
		handle, err := s.inputs[i].open()
		if err != nil {
			continue
		}
		countLines(handle, f.Places)
		handle.Close()
	}
}

// countLines fills in the lines of places, which are in the order of their offsets.
func countLines(r io.Reader, places []Place) {
	buf, at, line := make([]byte, 64<<10), int64(0), int64(1)
	for i := range places {
		for p := &places[i]; p.Line == 0; {
			if p.Offset > worthLines {
				return
			}
			n, err := io.ReadFull(r, buf[:min(int64(len(buf)), p.Offset-at)])
			line += int64(bytes.Count(buf[:n], newline))
			if at += int64(n); at == p.Offset {
				p.Line = line
			} else if err != nil {
				return
			}
		}
	}
}

// warn tells of duplicates and of clocks that were wrong.
func (s *Scan) warn() {
	if s.config.Warn == nil {
		return
	}
	total := s.Ledger().Total
	if n := total.Duplicates; n*1000 > total.Events() && !s.config.Unique {
		s.config.Warn(source.Warnf(source.Span{}, "duplicates", "delivered more than once, and counted as often: %d of %d events", n, total.Events()).
			WithHint("--unique keeps the first of each"))
	}
	if s.config.Demand.Clock != (Clock{}) {
		return // UtcTime was not looked at
	}
	for _, d := range drifted(s.hosts) {
		s.config.Warn(d)
	}
}

// Newest is the time of the newest event in the inputs, which must be files; ok is false if no event has a time.
func Newest(ctx context.Context, inputs Inputs, workers int) (ns int64, ok bool, err error) {
	if !inputs.Files() {
		return 0, false, errors.New("the newest event of a pipe is known only when it was read")
	}
	inputs = slices.Clone(inputs)
	for i := range inputs {
		inputs[i].Index = nil // all of it is looked at
	}
	s := New(inputs, Config{Again: true, Demand: Demand{Fields: []string{}, Earliest: End - 1, Latest: End}}) // an empty window: nothing is delivered
	if err := s.Run(ctx, make([]Consumer, max(workers, 1))); err != nil {
		return 0, false, fmt.Errorf("looking for the newest event: %w", err)
	}
	last := s.Ledger().Total.Last
	return int64(last), last != 0, nil
}
