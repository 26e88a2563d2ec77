package follow

import (
	"os"
	"path/filepath"
	"slices"
)

func (w *Watcher) know() {
	for _, a := range w.args {
		for _, s := range w.siblings(a) {
			w.older[identityOf(s.info)] = true
		}
	}
}

func (w *Watcher) copies(l *log) {
	for _, f := range w.siblings(l.path) {
		c := &log{path: f.path, id: identityOf(f.info)}
		if c.sniff() != nil || c.packed {
			c.close()
			continue
		}
		if all, _ := c.holds(l.past()); all {
			w.take(c, f, l.pos)
			w.logs = slices.Insert(w.logs[:len(w.logs)-1], slices.Index(w.logs, l), c) // it is older
		} else {
			c.close()
		}
	}
}

func (w *Watcher) siblings(path string) (out []found) {
	of := family(path)
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		p := filepath.Join(filepath.Dir(path), e.Name())
		if family(p) != of || p == filepath.Clean(path) {
			continue
		}
		info, err := os.Stat(p)
		if err == nil && info.Mode().IsRegular() && w.byID[identityOf(info)] == nil {
			out = append(out, found{path: p, info: info})
		}
	}
	return out
}

func (w *Watcher) between(unknown []found) (out []found) {
	for _, f := range unknown {
		if !f.named || !w.begun {
			continue
		}
		for _, s := range w.siblings(f.path) {
			if !w.older[identityOf(s.info)] && rotated(s.path) {
				out = append(out, s)
			}
		}
	}
	return out
}

func (w *Watcher) recognise(l *log) (pos int64, of *log) {
	for _, o := range w.logs {
		if all, _ := l.holds(o.past()); !all || o == l || o.pos <= pos {
			continue
		}
		if pos, of = o.pos, nil; o.handle != nil && o.size >= l.size && !l.packed {
			of = o // it has not been emptied yet
		}
	}
	for _, p := range w.past {
		if all, _ := l.holds(p); all && p.pos > pos {
			pos, of = p.pos, nil
		}
	}
	return pos, of
}

func (w *Watcher) unsure(l *log, f found) bool {
	if before, ok := w.grew[f.path]; ok && before == f.info.Size() {
		delete(w.grew, f.path)
		return false
	}
	for _, o := range w.logs {
		if _, perhaps := l.holds(o.past()); perhaps {
			w.grew[f.path], w.waiting = f.info.Size(), true
			return true
		}
	}
	delete(w.grew, f.path)
	return false
}

func (w *Watcher) settle(l *log) {
	if o := l.copyOf; o != nil && l.size > o.size {
		l.copyOf, l.pos = nil, o.whole
	}
	if !l.packed || l.known || l.whole == 0 {
		return
	}
	l.known = true
	pos, _ := w.recognise(l)
	for _, o := range w.logs {
		if o != l && o.size == l.whole && o.pos == pos {
			pos = o.size // it is read to its end where it is
		}
	}
	l.pos = max(l.pos, min(pos, l.whole))
}
