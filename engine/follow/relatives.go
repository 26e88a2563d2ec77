package follow

import (
	"os"
	"path/filepath"
	"slices"

	"spoor/grammar/source"
)

// kin is what is known of families during a look.
type kin struct {
	files map[string]map[string][]string // by folder and family
	logs  map[string][]*log              // by family
}

// namesakes is the paths of a family in its folder.
func (k *kin) namesakes(path string) []string {
	dir := filepath.Dir(path)
	if k.files == nil {
		k.files = map[string]map[string][]string{}
	}
	if k.files[dir] == nil {
		families := map[string][]string{}
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			p := filepath.Join(dir, e.Name())
			families[family(p)] = append(families[family(p)], p)
		}
		k.files[dir] = families
	}
	return k.files[dir][family(path)]
}

func (k *kin) add(l *log) {
	if k.logs != nil {
		of := l.past().family
		k.logs[of] = append(k.logs[of], l)
	}
}

func (k *kin) remove(l *log) {
	of := l.past().family
	k.logs[of] = slices.DeleteFunc(slices.Clone(k.logs[of]), func(o *log) bool { return o == l })
}

// logsOf is the logs of a family.
func (w *Watcher) logsOf(family string) []*log {
	if w.kin.logs == nil {
		w.kin.logs = map[string][]*log{}
		for _, o := range w.logs {
			w.kin.add(o)
		}
	}
	return w.kin.logs[family]
}

// relatives is the logs of a log's family, itself not among them.
func (w *Watcher) relatives(l *log) []*log {
	return slices.DeleteFunc(slices.Clone(w.logsOf(l.past().family)), func(o *log) bool { return o == l })
}

// siblings is the files of a log's family that are not followed, but for those that were there before it was.
func (w *Watcher) siblings(path string) (out []found) {
	for _, p := range w.kin.namesakes(path) {
		if !rotated(p) || p == filepath.Clean(path) {
			continue
		}
		info, err := os.Stat(p)
		if err != nil || !info.Mode().IsRegular() || w.byID[identityOf(info)] != nil {
			continue
		}
		if was := w.older[identityOf(info)]; was == nil || was.Size() != info.Size() || !was.ModTime().Equal(info.ModTime()) {
			out = append(out, found{path: p, real: p, info: info})
		}
	}
	return out
}

// know notes what there is beside the files that are named, and is not itself: that is older than what they will hold, also when it is compressed later.
func (w *Watcher) know() {
	followed := map[identity]bool{}
	for _, f := range w.finder.files {
		followed[identityOf(f.info)] = true
	}
	for _, f := range w.finder.files {
		if !f.named {
			continue
		}
		for _, s := range w.siblings(f.real) {
			if followed[identityOf(s.info)] {
				continue
			}
			w.older[identityOf(s.info)] = s.info
			l := &log{path: s.path, id: identityOf(s.info)}
			if l.size = s.info.Size(); l.open() == nil && !l.sniff() {
				l.beginning()
				p := l.past()
				p.pos, p.tail = l.size, l.before(l.size)
				w.remember(&p)
			}
			l.close()
		}
	}
}

// between is the files that named logs were between two looks, and that nobody found under their names. For a while after a rotation they are looked
// for, as what is compressed meanwhile may have been missed.
func (w *Watcher) between(unknown []found) (out []found) {
	for _, f := range unknown {
		if f.named && w.begun {
			w.rotating[f.real] = w.ticks
		}
	}
	for path, since := range w.rotating {
		out = append(out, w.siblings(path)...)
		if w.ticks-since > grace {
			delete(w.rotating, path)
		}
	}
	return out
}

// recognise finds out up to where a log's text was read under another name, or which log it is a copy of.
func (w *Watcher) recognise(l *log) {
	l.copyOf = nil
	pos := int64(0)
	for _, o := range w.relatives(l) {
		if o.packed || o.copyOf != nil || !rotated(l.path) && !o.nameless() {
			continue
		}
		if (alike(l.head, o.head) || len(o.head) < len(l.head)) && w.copied(l, o) {
			l.copyOf, l.pos = o, min(o.pos, l.length())
			return
		}
		if l.holds(o.past()) {
			if pos = max(pos, o.pos); o.open() != nil && o.size <= l.length() { // it is called something else by now, and will be found, or is gone
				l.copyOf, l.pos = o, o.pos
				return
			}
		}
	}
	for _, p := range w.past {
		if p.pos <= l.length() && l.holds(*p) {
			pos = max(pos, p.pos)
			w.again(l, p)
		}
	}
	if pos > 0 {
		l.goOn(pos)
	}
}

// copied says whether a log is a copy of another as that stands.
func (w *Watcher) copied(l, o *log) bool {
	if l.within(o) {
		return true
	}
	info, err := o.stat() // it may have grown or been emptied since it was looked at
	if err != nil {
		return false
	}
	o.mod = info.ModTime().Add(-1)
	w.grow(o, info)
	if info, err = l.stat(); err == nil { // a copy is whole before the other is emptied
		_, _ = l.grown(info)
	}
	return l.within(o)
}

// nameless says whether a log was deleted, or replaced by another.
func (l *log) nameless() bool {
	info, err := l.stat()
	return err != nil || unlinked(info)
}

// settle finds out what of a log is read elsewhere, once there is more of it.
func (w *Watcher) settle(l *log) {
	switch o := l.copyOf; {
	case o != nil && w.copied(l, o):
		l.pos = min(o.pos, l.length())
	case o != nil && l.copyOf == o && l.holds(o.past()):
		l.goOn(o.pos)
	case o != nil && l.copyOf == o: // it looked like a copy only as long as it was short
		l.goOn(0)
	case !l.settled && l.length() > 0:
		l.settled = true
		w.recognise(l)
	}
}

// emptied begins a log anew, after what it held was copied or is lost.
func (w *Watcher) emptied(l *log) {
	p := l.past()
	p.missing, p.twice = l.unread(), l.twice
	w.release(l, &p)
	w.remember(&p)
	l.anew()
	w.rotating[l.path] = w.ticks
	siblings := w.siblings(l.path)
	i := slices.Index(w.logs, l)
	w.adoptAll(siblings)
	if i >= 0 && len(siblings) > 0 { // what they hold is older
		w.logs = append(slices.Delete(w.logs, i, i+1), l)
	}
}

// release has the copy of a log go on where that ends.
func (w *Watcher) release(l *log, p *past) {
	var next *log
	for _, c := range w.relatives(l) {
		if c.copyOf == l && (next == nil || c.length() > next.length()) {
			next = c
		}
	}
	for _, c := range w.relatives(l) {
		switch {
		case c.copyOf != l:
		case c == next:
			if info, err := c.stat(); err == nil { // it is whole by now
				_, _ = c.grown(info)
			}
			c.goOn(min(l.pos, c.length()))
			w.again(c, p)
		case next.packed:
			c.goOn(c.length())
		default:
			c.copyOf = next
		}
	}
}

// again notes that what is missing of a log is read in another.
func (w *Watcher) again(l *log, p *past) {
	if p.twice && p.missing > 0 {
		w.fresh = append(w.fresh, source.Warnf(source.Span{}, "read-again", "%s was emptied while it was read: %d bytes are read in %s, and may have been read before", p.name, p.missing, l.name))
	}
	p.missing, p.twice = max(0, p.pos+p.missing-l.length()), false
}

// mostPast is how many logs that are gone are remembered.
const mostPast = 4096

// remember keeps what was read of a log that is gone.
func (w *Watcher) remember(p *past) {
	if p.since = w.ticks; p.pos > 0 || p.missing > 0 {
		w.past = append(w.past[max(0, len(w.past)-mostPast+1):], p)
	}
}

// grace is how many looks by the clock there are for what became of a log that was rotated.
const grace = 5

// seek says what is lost of logs that are gone, if it is not read elsewhere.
func (w *Watcher) seek() {
	for _, p := range w.past {
		if p.missing == 0 || w.ticks-p.since <= grace {
			continue
		}
		for _, l := range w.logsOf(p.family) {
			if l.holds(*p) {
				w.again(l, p)
			}
		}
		if p.missing > 0 && !slices.ContainsFunc(w.past, p.isRead) {
			w.fresh = append(w.fresh, source.Warnf(source.Span{}, "lost", "%s was emptied or deleted before it was read to its end: %d bytes of it are lost, and what was written to it just before", p.name, p.missing).
				WithHint("a rotation that renames the log, or copies it beside itself, loses nothing"))
		}
		p.missing = 0
	}
}

// isRead says whether what is missing of a log was read in another that is gone as well.
func (p *past) isRead(in *past) bool {
	return in != p && in.family == p.family && in.pos >= p.pos+p.missing && alike(in.head, p.head)
}
