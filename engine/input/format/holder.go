package format

import (
	"bytes"
	"slices"
)

// holder is documents of the journal whose message begins with an event. The outline of what stands before the event is that of a head.
type holder struct {
	values int      // before the event
	lead   int      // bytes between the last of them and the event
	idle   bool     // nobody can ask for what stands before the event
	behind outlines // of what follows the event, from the quote on
}

// opening is how the event begins.
var opening = []byte("<Event>")

// learnHolder takes up the outline of a document that was just read up to the scanner, if it is a holder. Its other keys may mean nothing but what is
// told about the event, so that they decide nothing.
func (d *Decoder) learnHolder(read *scanner) {
	message := d.doc.value(journal)
	if d.wanted.NoOutlines || d.depth != 1 || d.held || d.heads.learnt == maxOutlines || read.cut || read.bad || message.shape != text || !bytes.HasPrefix(message.raw, opening) {
		return
	}
	d.heads.learnt++
	l := lesson{Decoder: d, s: scanner{b: read.b}}
	head := l.head()
	if head == nil || !l.tail() || !l.remember(d.doc.about(nil)) {
		return
	}
	d.heads.add(head)
	if u := d.heads.find(read.b); u != nil {
		d.heads.quotes.First = max(d.heads.quotes.First, d.eventIn(u.holder)+64)
		u.holder.behind.add(append(l.way, outline{lead: slices.Clone(read.b[l.from:l.s.i]), use: &l.use}))
	}
}

// head goes up to the event.
func (l *lesson) head() (way []outline) {
	h, s := &holder{idle: true}, &l.s
	for s.enter('{'); ; {
		key, ok := s.fieldKey()
		if !ok {
			return nil
		}
		e, at := l.top.find(key), s.i
		if e.role == journal {
			v, ok := s.value()
			if !ok || v.shape != text || !bytes.HasPrefix(v.raw, opening) || at-l.from > longest {
				return nil
			}
			h.values, h.lead = len(l.values), at+1-l.from
			way = append(l.way, outline{lead: slices.Clone(s.b[l.from : at+1+len(opening)]), use: &use{holder: h}})
			l.way, l.from = nil, s.i-1
			return way
		}
		if !l.around(e) {
			return nil
		}
		h.idle = h.idle && e.slot < 0 && !e.prefix && !l.child(l.names.root, key).wanted
	}
}

// tail goes from behind the event to the end.
func (l *lesson) tail() bool {
	for {
		key, ok := l.s.fieldKey()
		if !ok {
			return !l.s.bad && !l.s.cut
		}
		if !l.around(l.top.find(key)) {
			return false
		}
	}
}

// around takes up a value that is not the event. What program it is of stays in the outline: that tells such documents from others.
func (l *lesson) around(e *entry) bool {
	from := l.s.i
	v, ok := l.s.value()
	if !ok || v.shape == object || len(l.values) == most || from-l.from > longest {
		return false
	}
	takes := only(v.shape)
	switch e.role {
	case identifier:
		return true
	case plain:
		takes = scalars | only(array)
	case host, realtime, stamp:
	default:
		return false
	}
	l.way = append(l.way, outline{lead: slices.Clone(l.s.b[l.from:from]), takes: takes})
	l.values, l.from = append(l.values, v), l.s.i
	return true
}

// eventIn is where the event begins in the document whose head was just found.
func (d *Decoder) eventIn(h *holder) int {
	if h.values == 0 {
		return h.lead
	}
	last := d.heads.values[h.values-1]
	if last.shape == text {
		last.to++
	}
	return int(last.to) + h.lead
}

// readHolder reads a holder whose outline is known. It leaves what is not as simple to others.
func (d *Decoder) readHolder(doc []byte) (outcome Outcome, ok bool) {
	d.held = false
	u := d.heads.find(doc)
	if u == nil {
		return Other, false
	}
	from := d.eventIn(u.holder)
	if d.refuses(doc[from:], "journald") {
		return Unwanted, true
	}
	d.inText.Open(doc[from:])
	size := d.inText.Next(0)
	if size < 0 {
		return Other, false
	}
	behind := &u.holder.behind
	whole := behind.find(doc[from+size:])
	if d.held = whole != nil; !d.held {
		return Other, false
	}
	if outcome, ok = d.asQuoted(doc[from:from+size], "journald"); ok {
		for _, p := range whole.about {
			if n := p.at - u.holder.values; n < 0 {
				d.tell(p.what, d.heads.values[p.at].of(doc))
			} else {
				d.tell(p.what, behind.values[n].of(doc[from+size:]))
			}
		}
	}
	return outcome, ok
}

// Head is how much of a record, from its beginning, certainly holds no field that somebody asks for, nor the name of one.
func (d *Decoder) Head(rec []byte, to *Record) int {
	if to != d.to || d.wanted.All || d.wanted.audits() {
		return 0
	}
	if u := d.heads.find(rec); u != nil && u.holder.idle {
		return d.eventIn(u.holder)
	}
	return 0
}
