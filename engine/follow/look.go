package follow

import (
	"os"
	"path/filepath"
	"slices"

	"spoor/engine/input"
	"spoor/grammar/source"
)

const (
	// around is after how many looks at what changed everything is looked at, should something have gone untold.
	around = 10
	// mostOpen is how many logs are kept open.
	mostOpen = 800
	// mostLoose is how many logs without a name that is followed are read on, should their writers not have noticed yet.
	mostLoose = 64
	// patience is how many looks at everything such a log may be quiet.
	patience = 600
)

// look finds out what changed. everything says that some time passed since the last look.
func (w *Watcher) look(everything bool) {
	paths, all := w.notes.take()
	w.looks++
	if all || !w.begun || everything && (w.notes.polling || w.waiting || w.looks%around == 0) || !w.few(paths) {
		w.lookAround()
	}
}

// few looks at logs that changed. It is false if more has changed than what they hold.
func (w *Watcher) few(paths map[string]bool) bool {
	for path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return false
		}
		l := w.byID[identityOf(info)]
		if l == nil || filepath.Clean(l.path) != filepath.Clean(path) {
			return false
		}
		w.grow(l, info)
	}
	return true
}

// lookAround looks at everything.
func (w *Watcher) lookAround() {
	w.finder.find()
	w.notes.watch(w.finder.dirs)
	for path := range w.told {
		if w.finder.wrong[path] == nil && !w.finder.seen[filepath.Clean(path)] && !isPoll(path) {
			w.tell(path, nil)
		}
	}
	for path, d := range w.finder.wrong {
		w.tell(path, d)
	}
	if !w.begun {
		w.know()
	}
	w.waiting = false
	var unknown []found
	for _, f := range w.finder.files {
		l := w.byID[identityOf(f.info)]
		if l == nil {
			unknown = append(unknown, f)
			continue
		}
		l.path, l.named, l.seen = f.path, l.named || f.named, w.looks
		w.grow(l, f.info)
	}
	unknown = append(unknown, w.between(unknown)...)
	slices.SortStableFunc(unknown, func(a, b found) int { return a.info.ModTime().Compare(b.info.ModTime()) })
	for _, f := range unknown {
		w.adopt(f)
	}
	w.loose()
	w.sparing()
	w.begun = true
}

func isPoll(path string) bool { return len(path) >= 5 && path[:5] == "poll " }

// know notes what there is beside the files that are named: that is older than what they will hold.
// grow looks at what was appended to a log.
func (w *Watcher) grow(l *log, info os.FileInfo) {
	same, err := l.grown(info)
	if err != nil {
		w.tell(l.path, source.Errorf(source.Span{}, "unreadable", "%s: %s", l.path, source.Reason(err)))
		return
	}
	w.tell(l.path, nil)
	if same {
		w.settle(l)
		return
	}
	p := l.past()
	for _, c := range w.logs {
		if c.copyOf == l {
			c.copyOf, c.pos = nil, l.pos
		}
	}
	w.copies(l)
	w.remember(p)
	l.anew(info)
	if _, err := l.grown(info); err != nil {
		w.tell(l.path, source.Errorf(source.Span{}, "unreadable", "%s: %s", l.path, source.Reason(err)))
	}
}

// copies finds the copy of a log that was emptied: what it holds behind the position was not read.
// siblings is the files of a log's family that are not followed.
// between is the files that a named log was between two looks, and that nobody found under its name.
// adopt begins to follow a file.
func (w *Watcher) adopt(f found) {
	if w.byID[identityOf(f.info)] != nil {
		return
	}
	l := &log{path: f.path, id: identityOf(f.info), named: f.named}
	if err := l.sniff(); err != nil {
		w.tell(f.path, source.Errorf(source.Span{}, "unreadable", "%s: %s", f.path, source.Reason(err)))
		return
	}
	w.tell(f.path, nil)
	if !w.begun && !w.options.Existing {
		w.skip(l, f)
		return
	}
	if l.packed {
		w.take(l, f, 0)
		return
	}
	pos, of := w.recognise(l)
	if pos == 0 && w.unsure(l, f) {
		l.close()
		return
	}
	w.take(l, f, pos)
	l.copyOf = of
}

// sniff opens a log and looks at how it begins.
func (l *log) sniff() error {
	if err := l.open(); err != nil {
		return err
	}
	head := readAt(l.handle, 0, 16)
	l.packed = input.Wrapped(head)
	return nil
}

// skip leaves out what a log holds already.
func (w *Watcher) skip(l *log, f found) {
	w.follow(l)
	l.size, l.mod = f.info.Size(), f.info.ModTime()
	if l.packed {
		_ = l.unpacked() // one that is broken is not read, whatever becomes of it
		l.pos = l.whole
		return
	}
	l.atEnd(l.handle, l.size)
	l.pos = l.framing.whole(l.handle, l.size, false)
	l.whole = l.pos
	l.head = readAt(l.handle, 0, min(sample, l.size))
	l.remember()
}

// take follows a log from a position.
func (w *Watcher) take(l *log, f found, pos int64) {
	w.follow(l)
	l.pos, l.whole = pos, pos
	if pos > 0 && !l.packed {
		l.resume(l.handle, pos)
		l.remember()
	}
	w.grow(l, f.info)
}

func (w *Watcher) follow(l *log) {
	l.seen = w.looks
	w.byID[l.id] = l
	w.logs = append(w.logs, l)
}

// recognise says up to where a log was read under another name, or of which log it is a copy.
// unsure says whether a new log may become the copy of another, which is known once more of it is there.
// settle finds out what is known of a log whose text could not be compared before.
// loose looks at logs without a name that is followed, and lets go of those that nobody writes to any more.
func (w *Watcher) loose() {
	count := 0
	for i := len(w.logs) - 1; i >= 0; i-- {
		l := w.logs[i]
		if l.seen == w.looks {
			continue
		}
		count++
		info, err := l.stat()
		if err == nil {
			w.grow(l, info)
			err = l.lost(info)
		}
		unread := l.pos < l.size && !l.packed && l.copyOf == nil
		switch {
		case err == nil && l.quiet <= patience && (count <= mostLoose || l.quiet <= 1 || unread):
			continue
		case unread && l.handle != nil:
			l.final = true // its last line has no end, and gets none
			continue
		case unread:
			w.tell(l.path+" ", source.Errorf(source.Span{}, "unreadable", "%s: is gone, and was not read to its end", l.path))
		}
		w.drop(l)
	}
}

// drop lets go of a log.
func (w *Watcher) drop(l *log) {
	w.remember(l.past())
	l.gone = true
	l.close()
	delete(w.byID, l.id)
	w.logs = slices.DeleteFunc(w.logs, func(o *log) bool { return o == l })
}

// remember keeps what was read of a log that is gone.
func (w *Watcher) remember(p past) {
	if p.pos > 0 {
		w.past = append(w.past[max(0, len(w.past)-mostPast+1):], p)
	}
}

// sparing closes the logs that were quiet for longest, if many are open.
func (w *Watcher) sparing() {
	var open []*log
	for _, l := range w.logs {
		if l.handle != nil && l.seen == w.looks && !l.named {
			open = append(open, l)
		}
	}
	if len(open) <= mostOpen {
		return
	}
	slices.SortFunc(open, func(a, b *log) int { return a.mod.Compare(b.mod) })
	for _, l := range open[:len(open)-mostOpen] {
		l.close()
	}
}
