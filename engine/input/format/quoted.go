package format

import "bytes"

// asQuoted reads the event that a JSON string begins with, as it stands there: with its markup and its values still escaped. ok is false, and what was
// read is forgotten, if it has to be read without escapes: because one of them may hide where a value ends, or because it is not whole.
func (d *Decoder) asQuoted(raw []byte, envelope string) (outcome Outcome, ok bool) {
	if d.wanted.NoOutlines || len(d.to.touched) > 0 || d.to.Kind != "" || d.to.Note != "" || !startsEvent(raw) {
		return Other, false
	}
	d.within(envelope)
	d.meta()
	before := d.judgement
	if outcome, ok = d.quoted(raw); !ok {
		d.to.forget()
		d.judgement, d.to.Kind, d.to.Note = before, "", ""
	}
	return outcome, ok
}

func (d *Decoder) quoted(raw []byte) (outcome Outcome, ok bool) {
	at, from, here := 0, 0, d.quotes.start
	d.stops.Open(raw, '<', '\\')
	for {
		at, _, here = d.asBefore(raw, at, from, here, true)
		d.giveSpots(raw, false, true)
		next := here.follow(raw, at)
		if next == nil || next.steady && d.quotes.tried < maxTried {
			if next = d.exploreQuoted(raw[at:], here, next); next == nil {
				return Other, false
			}
		}
		if next.final {
			return d.complete(), true
		}
		if len(next.said) > 0 && !d.say(next) {
			return d.verdict, true
		}
		from = at + len(next.markup)
		if at = d.quotedEnd(raw, from, next.end); at < 0 {
			return Other, false
		}
		if next.slot != -1 || next.role != plain {
			if d.give(next, decode(d.to, d.str(value{text, raw[from:at]}), false)); d.verdict != Event {
				return d.verdict, true
			}
		}
		here = next
	}
}

// quotedEnd is where a value ends that begins at from, or -1 if that cannot be told.
func (d *Decoder) quotedEnd(raw []byte, from int, end byte) int {
	if end == 0 {
		return from
	}
	for at := d.stops.Next(from); at+1 < len(raw); {
		switch next := raw[at+1]; {
		case raw[at] == '<':
			if end == '<' {
				return at
			}
			at = d.stops.Next(at + 1)
		case next == 'u':
			return -1
		case next == end && end == '"':
			return at
		case next == '<': // what stands before it escapes nothing
			at++
		default:
			at = d.stops.Next(at + 2)
		}
	}
	return -1
}

// exploreQuoted learns the path behind the value of another. known is the one that was met before, if any.
func (d *Decoder) exploreQuoted(raw []byte, here, known *path) *path {
	b := unescape(make([]byte, len(raw)), raw)
	if textEnd(b, 0, here) != 0 {
		return nil
	}
	w := walker{b: b, state: here.state}
	p := d.walk(&w)
	if p == nil {
		return nil
	}
	p, end := d.further(&d.quotes, b, w.i, p)
	size, ok := escapedSize(raw, end)
	switch {
	case known != nil && (len(p.said) == len(known.said) || !ok):
		return known
	case !ok:
		return nil
	}
	p.markup = raw[:size]
	d.quotes.learn(here, p)
	return p
}

// escapedSize is how long the first n bytes of a text are in JSON, unless one of them is written as \u.
func escapedSize(raw []byte, n int) (size int, ok bool) {
	for n > 0 && size < len(raw) {
		switch {
		case raw[size] != '\\' || size+1 == len(raw):
			size, n = size+1, n-1
		case raw[size+1] == 'u':
			return 0, false
		case bytes.IndexByte([]byte(`"\/bfnrt`), raw[size+1]) >= 0:
			size, n = size+2, n-1
		default: // nothing is escaped
			size, n = size+2, n-2
		}
	}
	return size, n == 0
}
