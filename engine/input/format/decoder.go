package format

import (
	"bytes"
	"strconv"

	"spoor/engine/input/bitmap"
)

// Decoder reads records of all formats into one Record after the other. It belongs to one worker: it learns what records look like.
type Decoder struct {
	wanted *Wanted
	to     *Record
	paths  tree
	quotes tree         // of events in JSON strings
	stops  bitmap.Stops // where values of the XML may end
	spots  []spot       // of values that it was asked for

	top, system, data, element, winlog, beats *lexicon

	names ecsNames
	audit audit
	docs  [maxDepth + 1]document
	doc   *document
	last  texts
	told  []told

	outlines outlines
	heads    outlines      // of documents up to where an event begins in a text
	inText   bitmap.Quotes // of what begins with the event

	// What is known of the record being read.
	judgement
	depth    int
	outer    int  // depth of the document that is not inside one of another tool
	entities bool // values of JSON strings still hold XML entities
	prefix   []byte
	stamp    value
	micros   bool // the stamp counts microseconds
	braces   bool // names of arrays end in {}
	bare     bool // it is a document and nothing else
	held     bool // its outline is known, and an event is in one of its texts
	other    bool // it is a document whose outline alone decided that it is no event, provided that its texts are prose
}

// judgement is what the fields of an event decide that were read so far.
type judgement struct {
	verdict  Outcome
	ours     bool // the provider or channel is Sysmon for Linux
	computer bool // the event names its host
	timed    bool // the event has a time of its own
}

// New makes a decoder for what a scan wants. Its records must be made for the same.
func New(w *Wanted) *Decoder {
	return &Decoder{
		wanted: w,
		top:    newLexicon(atTop), system: newLexicon(inSystem), data: newLexicon(inData),
		element: newLexicon(inElement), winlog: newLexicon(inWinlog), beats: newLexicon(inWinlogData),
	}
}

// adopt makes ready for a record that was not read into before: fields have other slots there.
func (d *Decoder) adopt(to *Record) {
	d.to = to
	d.paths, d.quotes = tree{start: &path{}}, tree{start: &path{}}
	for _, l := range []*lexicon{d.top, d.system, d.data, d.element, d.winlog, d.beats} {
		l.forget(to)
	}
	d.names = ecsNames{root: &ecsName{wanted: true}}
	d.audit, d.outlines, d.heads = newAudit(to), outlines{}, outlines{}
}

// Decode reads one framed record: a line without its end, one XML event with whatever stands before it, or one JSON object. The
// record's bytes must stay as they are until to is reused. It never panics, whatever the bytes.
func (d *Decoder) Decode(rec []byte, to *Record) Outcome {
	if to != d.to {
		d.adopt(to)
	}
	d.begin(rec)
	outcome := d.record(trimStart(rec))
	if d.wanted.Text {
		outcome = d.whatever(outcome, rec)
	}
	if outcome == Event || outcome == Salvaged {
		d.fallbacks()
	}
	return outcome
}

// begin forgets the record before.
func (d *Decoder) begin(rec []byte) {
	d.to.Reset(rec)
	d.judgement = judgement{}
	d.bare, d.entities, d.micros, d.depth, d.outer, d.prefix, d.stamp = false, false, false, 0, 1, nil, value{}
}

// trimStart drops blanks, a byte order mark, and the mark before each record of a JSON sequence.
func trimStart(b []byte) []byte {
	for len(b) > 0 {
		switch c := b[0]; {
		case isBlank(c), c == '\x1e':
			b = b[1:]
		case c == '\xef' && bytes.HasPrefix(b, []byte("\ufeff")):
			b = b[len("\ufeff"):]
		default:
			return b
		}
	}
	return b
}

func (d *Decoder) record(b []byte) Outcome {
	if len(b) == 0 {
		return Blank
	}
	switch b[0] {
	case '{':
		d.bare = true
		return d.json(b)
	case '[':
		return d.elements(b)
	}
	if inner, ok := bytes.CutPrefix(b, []byte("data: ")); ok && len(inner) > 0 && inner[0] == '{' {
		d.within("journald")
		return d.json(inner)
	}
	if inner := bytes.TrimLeft(criLine(b), " "); len(inner) > 0 {
		d.within("cri")
		if inner[0] == '{' {
			return d.json(inner)
		}
	}
	return d.line(b)
}

// line reads XML with or without a prefix, or says what else the line is.
func (d *Decoder) line(b []byte) Outcome {
	i := findEvent(b)
	if d.wanted.audits() {
		before := b // what might be audit's must stand before an event
		if i >= 0 {
			before = b[:i]
		}
		if at := auditAt(before); at >= 0 {
			if outcome, mine := d.readAudit(b, at); mine {
				return outcome
			}
		}
	}
	if i < 0 {
		if inner := taggedJSON(b); inner != nil {
			d.within("syslog")
			return d.json(inner)
		}
		return d.unknown(b, false)
	}
	if inner := csvEvent(d.to, b[i:]); inner != nil {
		d.within("csv")
		return d.xml(inner, false, true)
	}
	octal := isPrefix(b[:i])
	if octal {
		d.within("syslog")
		d.behind(b[:i])
	} else {
		d.within("xml")
	}
	return d.xml(b[i:], octal, true)
}

// behind keeps the prefix of an event, unless it is too long for one of syslog's.
func (d *Decoder) behind(prefix []byte) {
	if len(prefix) <= 1024 {
		d.prefix = prefix
	}
}

// elements reads an array that holds a single event; arrays of several are cut into their elements before they come here.
func (d *Decoder) elements(b []byte) Outcome {
	s := scanner{b: b}
	s.enter('[')
	if !s.more(']') {
		return Blank
	}
	v, _ := s.value()
	if v.shape != object {
		return Other
	}
	if s.more(']') {
		d.to.Note = "an array of several events in one record"
		return Unreadable
	}
	return d.json(v.raw)
}

// within names the record's outermost envelope, unless one is named.
func (d *Decoder) within(envelope string) {
	if d.to.Meta.Envelope == "" {
		d.to.Meta.Envelope = envelope
	}
}

// note learns from a value what it says of the event, and may settle the verdict.
func (d *Decoder) note(r role, text []byte) {
	switch r {
	case eventID:
		if len(text) > 0 {
			d.kind(text)
		}
	case provider:
		if d.ours = sysmonForLinux(text); !d.ours && len(text) > 0 && !bytes.EqualFold(text, sysmonTag) {
			d.verdict = Foreign
		}
	case channel:
		if !d.ours && len(text) > 0 && !sysmonForLinux(text) {
			d.verdict = Foreign
		}
	case computer:
		d.computer = len(text) > 0
	case ownTime, utcTime:
		d.timed = true
	}
}

// sysmonForLinux knows the name of the provider and of its channel.
func sysmonForLinux(name []byte) bool {
	const own = "Linux-Sysmon"
	return len(name) >= len(own) && (string(name[:len(own)]) == own || bytes.EqualFold(name[:len(own)], []byte(own)))
}

func (d *Decoder) kind(id []byte) {
	d.to.Kind = sysmonKind(id)
	if d.verdict == Event && !d.wanted.Kind(d.to.Kind) {
		d.verdict = Unwanted
	}
}

var sysmonKinds = func() (names [256]string) {
	for i := range names {
		names[i] = "sysmon/" + strconv.Itoa(i)
	}
	return names
}()

func sysmonKind(id []byte) string {
	id = bytes.TrimSpace(id)
	n := 0
	for _, c := range id {
		if c < '0' || c > '9' || n > 255 {
			return "sysmon/" + string(id)
		}
		n = n*10 + int(c-'0')
	}
	if len(id) == 0 || n > 255 {
		return "sysmon/" + string(id)
	}
	return sysmonKinds[n]
}

// fallbacks fills in from the envelope what the event does not say itself.
func (d *Decoder) fallbacks() {
	if d.prefix != nil && !d.computer && !d.to.hosted() {
		d.to.host = value{word, prefixHost(d.prefix)}
	}
	if d.timed || d.to.Meta.Time != 0 {
		return
	}
	if s := d.stamp.shape; s == text || s == word {
		d.to.stamp, d.to.micros = d.stamp, d.micros
	} else {
		d.to.prefix = d.prefix
	}
}

// str is the characters of a JSON string.
func (d *Decoder) str(v value) []byte { return d.to.str(v) }

func (r *Record) str(v value) []byte {
	if v.shape != text || bytes.IndexByte(v.raw, '\\') < 0 {
		return v.raw
	}
	return unescape(r.Grow(len(v.raw)), v.raw)
}

// texts keeps strings for texts that repeat from record to record, so that they are allocated once.
type texts struct {
	origin, sourcetype, category string
}

func keep(last *string, b []byte) string {
	if *last != string(b) {
		*last = string(b)
	}
	return *last
}
