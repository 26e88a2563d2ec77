package follow

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"spoor/grammar/source"
)

const (
	// around is after how many looks at what changed everything is looked at, should something have gone untold.
	around = 10
	// mostLoose is how many logs without a name that is followed are read on, should their writers not have noticed yet.
	mostLoose = 64
	// patience is how many looks at everything such a log may be quiet.
	patience = 600
)

// look finds out what changed. everything says that some time passed since the last look.
func (w *Watcher) look(everything bool) {
	paths, all := w.notes.take()
	w.looks++
	w.kin = kin{}
	all = all || !w.begun || w.urgent || everything && (w.notes.polling || len(w.rotating) > 0 || w.looks%around == 0)
	w.urgent = false
	if all || !w.few(paths) {
		w.lookAround()
	}
	w.seek()
}

// few looks at logs that changed. It is false if more has changed than what they hold.
func (w *Watcher) few(paths map[string]bool) bool {
	for path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return false
		}
		l := w.byID[identityOf(info)]
		if l == nil || !l.names[filepath.Clean(path)] {
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
	w.retell()
	if !w.begun {
		w.know()
	}
	var unknown []found
	for _, f := range w.finder.files {
		l := w.byID[identityOf(f.info)]
		if l != nil && !l.stillIn(f) {
			w.drop(l)
			l = nil
		}
		if l == nil {
			unknown = append(unknown, f)
			continue
		}
		l.found(f, w.looks)
		w.grow(l, f.info)
	}
	w.adoptAll(append(unknown, w.between(unknown)...))
	w.loose()
	w.begun = true
}

// found notes a name of the log.
func (l *log) found(f found, look int) {
	if l.seen != look {
		l.path, l.name, l.names, l.seen, l.adrift = f.real, f.path, map[string]bool{}, look, false
	}
	l.names[filepath.Clean(f.path)], l.names[filepath.Clean(f.real)] = true, true
	l.named = l.named || f.named
}

// stillIn says whether a log was given a further name. A file that is deleted while the log is closed leaves its identity to others.
func (l *log) stillIn(f found) bool {
	if l.handle != nil || l.names[filepath.Clean(f.real)] {
		return true
	}
	was := l.path
	l.path = f.real
	if l.open() == nil && l.stands(sizeOf(l.handle)) {
		return true
	}
	l.close()
	l.path = was
	return false
}

// retell tells what is wrong with paths, and forgets what is right by now.
func (w *Watcher) retell() {
	for path := range w.told {
		if w.finder.wrong[path] == nil && !w.finder.seen[filepath.Clean(path)] && !strings.HasPrefix(path, polled) {
			w.tell(path, nil)
		}
	}
	for path, d := range w.finder.wrong {
		w.tell(path, d)
	}
}

// grow looks at what was appended to a log.
func (w *Watcher) grow(l *log, info os.FileInfo) {
	same, err := l.grown(info)
	if err == nil && !same {
		w.emptied(l)
		if info, err = l.stat(); err == nil {
			_, err = l.grown(info)
		}
	}
	if w.failed(l, err) {
		return
	}
	if l.quiet == 0 {
		w.settle(l)
	}
}

// adoptAll begins to follow files, the oldest first.
func (w *Watcher) adoptAll(list []found) {
	slices.SortStableFunc(list, func(a, b found) int { return a.info.ModTime().Compare(b.info.ModTime()) })
	for _, f := range list {
		w.adopt(f)
	}
}

// adopt begins to follow a file.
func (w *Watcher) adopt(f found) {
	if w.byID[identityOf(f.info)] != nil {
		return
	}
	l := &log{id: identityOf(f.info), handles: w.handles}
	l.found(f, w.looks)
	err := l.open()
	if err == nil && (w.begun || w.options.Existing) {
		w.begin(l, f)
	} else if err == nil {
		w.skip(l, f)
	}
	w.failed(l, err)
}

// failed tells why a log cannot be read, if that is so. One that is called something else by now is looked for.
func (w *Watcher) failed(l *log, err error) bool {
	switch {
	case err == nil:
		w.tell(l.name, nil)
	case missing(err):
		w.rotating[l.path] = w.ticks
	default:
		w.tell(l.name, source.Errorf(source.Span{}, "unreadable", "%s: %s", l.name, source.Reason(err)))
	}
	return err != nil
}

// skip leaves out what a log holds already.
func (w *Watcher) skip(l *log, f found) {
	w.follow(l)
	l.size, l.mod, l.settled = f.info.Size(), f.info.ModTime(), true
	if l.sniff(); l.packed {
		_ = l.unpacked() // one that is broken is not read, whatever becomes of it
		l.pos = l.whole
		return
	}
	l.atEnd(l.handle, l.size)
	l.pos = l.framing.whole(l.handle, l.size, false)
	l.whole = l.pos
	l.beginning()
	l.tail = l.before(l.pos)
}

// begin follows a log from its beginning, or from where its text was read elsewhere.
func (w *Watcher) begin(l *log, f found) {
	_, l.broken = l.grown(f.info)
	w.settle(l)
	if w.byID[l.id] != nil { // found while its relatives were looked at
		l.close()
		return
	}
	w.follow(l)
}

func (w *Watcher) follow(l *log) {
	w.byID[l.id] = l
	w.logs = append(w.logs, l)
	w.kin.add(l)
}

// loose looks at logs without a name that is followed, and lets go of those that nobody writes to any more.
func (w *Watcher) loose() {
	count := 0
	for i := len(w.logs) - 1; i >= 0; i-- {
		if i >= len(w.logs) || w.logs[i].seen == w.looks {
			continue
		}
		l := w.logs[i]
		l.adrift = true
		count++
		info, err := l.stat()
		if err == nil {
			w.grow(l, info)
			err = l.lost(info)
		}
		unread := !l.packed && l.unread() > 0
		switch {
		case err == nil && l.quiet <= patience && (count <= mostLoose || l.quiet <= 1 || unread):
			continue
		case unread && l.handle != nil:
			l.final = true // its last line has no end, and gets none
			continue
		}
		if err == nil {
			w.older[l.id] = info
		}
		w.drop(l)
	}
}

// drop lets go of a log.
func (w *Watcher) drop(l *log) {
	p := l.past()
	if !l.packed {
		p.missing = l.unread()
	}
	if p.missing > 0 {
		w.rotating[l.path] = w.ticks
	}
	w.release(l, &p)
	w.remember(&p)
	l.gone = true
	l.close()
	delete(w.byID, l.id)
	w.logs = slices.DeleteFunc(w.logs, func(o *log) bool { return o == l })
	w.kin.remove(l)
}
