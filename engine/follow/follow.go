// Package follow reads logs while they are written: files, folders and pipes become rounds of what was appended since the round before.
//
// A round holds whole records only. The bytes of a round come again until it is said that it was answered, so that nothing is lost with a reader
// that fails. What a file is called does not matter: one that is renamed is read to its end, one that was copied and emptied begins anew and its
// copy is not read again, one that is compressed neither.
package follow

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"spoor/engine/input"
	"spoor/grammar/source"
)

// Options says how logs are followed. Zero values are good defaults.
type Options struct {
	// Existing takes what files hold already for new. Otherwise only what comes later is, and files that come later; pipes are always read from where they are.
	Existing bool
	// Stdin is what `-` stands for.
	Stdin io.Reader
	// Rest is the least time from round to round; 0: a quarter of a second.
	Rest time.Duration
	// Poll is how often logs are looked at by the clock, should something have gone untold; those of which nothing tells twice as often. 0: a second.
	Poll time.Duration
	// Polling looks everywhere by the clock, as at file systems of the network.
	Polling bool
	// Notify makes what tells of changes; nil: the system's.
	Notify func() (Notifier, error)
	// TempDir is where pipes are kept until they are answered; empty: the system's.
	TempDir string
	// Segment is how many bytes of a pipe are kept in a file, of which there are up to eight; 0: 32 MiB.
	Segment int64
	// Idle is after how many looks by the clock without anything new there is a round nevertheless, with nothing in it; 0: never.
	Idle int
	// Most is about how many bytes a round has; 0: 256 MiB.
	Most int64
}

func (o Options) withDefaults() Options {
	set(&o.Rest, time.Second/4)
	set(&o.Poll, time.Second)
	set(&o.Segment, 32<<20)
	set(&o.Most, 256<<20)
	if o.Notify == nil {
		o.Notify = system
	}
	return o
}

func set[T time.Duration | int64](to *T, otherwise T) {
	if *to <= 0 {
		*to = otherwise
	}
}

// Round is what was appended since the last one.
type Round struct {
	Inputs   input.Inputs  // each with the bounds of what is new
	Problems source.Errors // what is wrong since this round; each is told once
	Ended    bool          // nothing will come any more: all inputs were pipes, and have ended

	portions []portion
}

// Watcher follows logs.
type Watcher struct {
	options  Options
	args     []string
	finder   *finder
	notes    *notes
	handles  *handles
	stills   *stills
	logs     []*log // in the order in which they are read
	byID     map[identity]*log
	kin      kin
	pipes    []*pipe
	past     []*past // what was read of logs that are gone
	older    map[identity]os.FileInfo
	rotating map[string]int // logs that became others lately, and the look by the clock when
	idle     int            // looks by the clock since the last round
	begun    bool
	more     bool // a round was full
	urgent   bool // a log was emptied since it was looked at
	looks    int
	half     bool              // the last tick was between two looks at everything
	ticks    int               // looks by the clock
	told     map[string]string // what was said of a path, lest it is said again
	fresh    source.Errors
	wake     chan struct{}
}

// Watch begins to follow the files, folders, patterns and pipes that the arguments name. They need not be there yet.
func Watch(args []string, o Options) (*Watcher, error) {
	o = o.withDefaults()
	w := &Watcher{options: o, args: args, handles: newHandles(), stills: &stills{scratch: &scratch{parent: o.TempDir}}, byID: map[identity]*log{}, older: map[identity]os.FileInfo{}, rotating: map[string]int{},
		told: map[string]string{}, wake: make(chan struct{}, 1)}
	w.finder = &finder{args: args, pipes: map[string]bool{}}
	w.notes = newNotes(o, w.tell)
	if err := w.openPipes(); err != nil {
		w.Close()
		return nil, err
	}
	w.look(true) // what is there now is not new, however late the first round is asked for
	return w, nil
}

// Close ends it: nothing of it is left. Inputs of rounds cannot be read any more.
func (w *Watcher) Close() {
	w.notes.close()
	for _, l := range w.logs {
		l.close()
	}
	for _, p := range w.pipes {
		p.close()
	}
	w.stills.scratch.close()
}

// Rounds is the rounds as they come, until the context is done or all has ended. It waits while there is nothing to tell.
func (w *Watcher) Rounds(ctx context.Context) iter.Seq[*Round] {
	return func(yield func(*Round) bool) {
		poll := time.NewTicker(w.options.Poll / 2)
		defer poll.Stop()
		for {
			rest := time.NewTimer(w.options.Rest)
			r := w.round()
			if len(r.Inputs) > 0 || len(r.Problems) > 0 || r.Ended || w.options.Idle > 0 && w.idle >= w.options.Idle {
				if w.idle = 0; !yield(r) || r.Ended {
					rest.Stop()
					return
				}
			}
			if !w.wait(ctx, poll.C, rest) {
				return
			}
		}
	}
}

// wait waits until there may be something new, and looks at it. It is false when the context is done.
func (w *Watcher) wait(ctx context.Context, poll <-chan time.Time, rest *time.Timer) bool {
	defer rest.Stop()
	if ctx.Err() != nil {
		return false
	}
	if w.more || w.urgent {
		select {
		case <-poll: // what happens meanwhile is not left unseen
			w.tick()
		default:
			if w.urgent {
				w.look(true)
			}
		}
		return true
	}
	timed := false
	select {
	case <-ctx.Done():
		return false
	case <-poll:
		timed = true
	case <-w.notes.changed:
	case <-w.wake:
	}
	select { // more may come with it
	case <-ctx.Done():
		return false
	case <-rest.C:
	}
	if timed {
		w.tick()
	} else {
		w.look(false)
	}
	return true
}

// tick looks by the clock: at everything each second time, and each time at what nothing tells of.
func (w *Watcher) tick() {
	if w.half = !w.half; w.half {
		if w.notes.polling {
			w.look(true)
		}
		return
	}
	w.ticks++
	w.idle++
	w.look(true)
}

// ended says whether nothing can come any more.
func (w *Watcher) ended() bool {
	for _, p := range w.pipes {
		if !p.finished() {
			return false
		}
	}
	return len(w.pipes) > 0 && !slices.ContainsFunc(w.args, func(a string) bool { return !w.finder.pipes[a] })
}

// tell notes a problem of a path, once. An empty message says that there is none any more.
func (w *Watcher) tell(path string, d *source.Diagnostic) {
	if d == nil {
		delete(w.told, path)
		return
	}
	if w.told[path] != d.Message {
		w.told[path] = d.Message
		w.fresh = append(w.fresh, d)
	}
}

// nudge makes a round be looked for.
func (w *Watcher) nudge() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *Watcher) openPipes() error {
	for _, a := range w.args {
		from, err := w.source(a)
		if err != nil {
			return err
		}
		if from == nil || w.finder.pipes[a] {
			continue
		}
		p, err := newPipe(a, from, w.options, w.stills.scratch, w.nudge)
		if err != nil {
			return err
		}
		w.pipes, w.finder.pipes[a] = append(w.pipes, p), true
	}
	return nil
}

// source is what an argument reads if that is a pipe, and nil otherwise. A pipe without a name ends with its writer, one that has a name does not.
func (w *Watcher) source(a string) (io.Reader, error) {
	if a == "-" {
		return w.options.Stdin, nil
	}
	info, err := os.Stat(a)
	if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		return nil, nil
	}
	if _, err := filepath.EvalSymlinks(a); errors.Is(err, fs.ErrNotExist) {
		return os.Open(a)
	}
	return openNamed(a)
}
