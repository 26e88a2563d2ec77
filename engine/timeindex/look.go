package timeindex

import (
	"context"
	"errors"
	"os"
	"runtime"
	"sync"
	"time"

	"spoor/engine/input"
)

// Options is how logs are looked at.
type Options struct {
	// Now and Zone tell the time of records that say it without a year or a zone, as in the searches that are to be answered.
	Now     time.Time
	Zone    *time.Location
	Workers int // 0: as many as there are processors
	// BlockSize is the bytes of a log of which the times are known together; 0: a megabyte.
	BlockSize int
}

// Look looks at files, as far as they were not looked at before, and keeps what it finds. There is a member for each input, in their order. What
// cannot be read twice, such as a pipe, is a member of which nothing is known. The error is the context's.
func (f *Folder) Look(ctx context.Context, inputs input.Inputs, o Options) ([]*Member, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.BlockSize <= 0 {
		o.BlockSize = 1 << 20
	}
	l := &look{folder: f, options: o, clock: clockOf(o.Zone)}
	for _, in := range inputs {
		l.files = append(l.files, &looked{Member: &Member{Input: in, now: o.Now.UnixNano(), options: input.Config{Now: o.Now.UnixNano(), Zone: o.Zone}}})
	}
	l.each(o.Workers, func(x *looked) { l.recognise(x) })
	l.each(o.Workers, func(x *looked) {
		if x.left > 0 && x.left < alone {
			l.extend(ctx, x, 1)
		}
	})
	l.each(1, func(x *looked) {
		if x.left >= alone {
			l.extend(ctx, x, o.Workers)
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]*Member, len(l.files))
	for i, x := range l.files {
		x.settle()
		out[i] = x.Member
	}
	contain(out)
	l.keep()
	return out, nil
}

// alone is how many bytes are worth that all workers look at them together.
const alone = 32 << 20

// look is a look at work.
type look struct {
	folder  *Folder
	options Options
	clock   uint64
	files   []*looked
}

// looked is a file that is being looked at.
type looked struct {
	*Member
	known  *log  // what was known of it
	before *log  // the same, if it fits
	left   int64 // how many bytes are to be looked at
}

// each calls a function for every file, some at a time.
func (l *look) each(workers int, do func(*looked)) {
	next := make(chan *looked)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for x := range next {
				do(x)
			}
		})
	}
	for _, x := range l.files {
		next <- x
	}
	close(next)
	group.Wait()
}

// recognise finds out which log a file holds, and how much of it is new.
func (l *look) recognise(x *looked) {
	if x.Input.Size < 0 || x.Input.Stream != nil {
		return
	}
	x.log = &log{clock: l.clock}
	file, info, err := open(x.Input.Path)
	if err != nil {
		x.Failed = err
		return
	}
	path := x.Input.Path
	x.info = info
	x.Input.Size = info.Size()
	x.Input.Open = func() (*os.File, error) { return opened(path, info) }
	defer file.Close()
	if err := l.find(x, file); err != nil {
		x.Failed = err
		return
	}
	now := stampOf(info)
	if x.before == nil || x.before.file.touched(now) {
		x.before = nil
		x.left = max(info.Size(), 1)
	} else {
		x.log = x.before
		x.left = info.Size() - x.log.end
		if x.wrapped {
			x.left = 0
		}
	}
	x.Anew = !x.wrapped && x.before == nil
	age := l.options.Now.Sub(info.ModTime())
	x.Growing = !x.wrapped && age < settled
}

// find finds what is known of a file.
func (l *look) find(x *looked, file *os.File) error {
	size := x.info.Size()
	head := make([]byte, min(size, headSize))
	if _, err := file.ReadAt(head, 0); err != nil {
		return err
	}
	if x.wrapped = input.Wrapped(head); x.wrapped {
		print, err := printOf(file, size)
		if err != nil {
			return err
		}
		x.log = &log{clock: l.clock, print: print}
		for _, old := range l.folder.prints[print] {
			if old.clock == l.clock {
				x.known, x.before = old, old
			}
		}
		return nil
	}
	x.log.heads = headsOf(head)
	for _, key := range x.log.heads {
		for _, old := range l.folder.logs[key] {
			if old.clock != l.clock || old.end > size || x.before != nil && x.before.end >= old.end {
				continue
			}
			if tail, err := tailAt(file, old.end); err == nil && tail == old.tail {
				x.known, x.before = old, old
			}
		}
	}
	if x.before != nil {
		with := *x.before
		with.heads = x.log.heads
		x.before = &with
	}
	return nil
}

// layoutSize is how many bytes decide of what layout a file is: as long as it is shorter, what is known of it may be wrong.
const layoutSize = 64 << 10

// extend looks at what is new in a file.
func (l *look) extend(ctx context.Context, x *looked, workers int) {
	if x.wrapped {
		l.unwrap(ctx, x)
		return
	}
	from := x.log
	if from.open {
		from = from.until()
	}
	if from.end < layoutSize {
		from = &log{clock: l.clock, heads: x.log.heads}
	}
	var parts []input.Part
	in := x.Input
	in.Bounds = nil
	to, err := input.Times(ctx, in, from.end, !x.Growing, workers, l.config(), func(p input.Part) error {
		parts = append(parts, p)
		return nil
	})
	if err != nil && len(parts) == 0 {
		if x.Failed = err; x.before == nil {
			x.log = &log{clock: l.clock, heads: x.log.heads}
		}
		return
	}
	x.Failed = err
	next := from.with(parts, int64(l.options.BlockSize))
	next.end = to
	if x.Failed = errors.Join(x.Failed, l.finish(x, next)); x.Failed == nil {
		x.log = next
	}
}

func (l *look) config() input.Config {
	return input.Config{Now: l.options.Now.UnixNano(), Zone: l.options.Zone, BlockSize: l.options.BlockSize}
}

// finish notes by what a log will be known again.
func (l *look) finish(x *looked, next *log) error {
	file, err := x.Input.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	next.key = next.heads.of(next.end)
	if next.tail, err = tailAt(file, next.end); err != nil {
		return errors.New("shrank while it was looked at")
	}
	next.open = false
	if next.end > 0 {
		last := make([]byte, 1)
		if _, err := file.ReadAt(last, next.end-1); err != nil {
			return err
		}
		next.open = last[0] != '\n' && !x.Growing
	}
	return nil
}

// unwrap looks at a compressed file.
func (l *look) unwrap(ctx context.Context, x *looked) {
	text, err := x.Input.Text()
	if err != nil {
		x.Failed = err
		return
	}
	defer text.Close()
	through := &passing{from: text}
	var parts []input.Part
	to, err := input.Times(ctx, input.Input{Path: x.Input.Path, Size: -1, Stream: through}, 0, true, 1, l.config(), func(p input.Part) error {
		parts = append(parts, p)
		return nil
	})
	x.Failed = err
	next := (&log{clock: l.clock, print: x.log.print}).with(parts, int64(l.options.BlockSize))
	next.end, next.heads = to, headsOf(through.head)
	next.key = next.heads.of(to)
	if next.tail, err = through.tail(to); err != nil && to > 0 {
		if next.tail, err = tailIn(x.Input, to); err != nil {
			x.Failed = errors.Join(x.Failed, err)
		}
	}
	x.log = next
}

// settle is what the member says of the file that was looked at.
func (x *looked) settle() {
	if x.log == nil {
		return
	}
	x.Key, x.End, x.Tail = x.log.key, x.log.end, x.log.tail
	x.Input.Bounds, x.Input.Index = &input.Range{To: x.End}, x.Member
}

func nothing() *input.Range { return &input.Range{} }
