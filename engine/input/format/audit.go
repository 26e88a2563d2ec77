package format

import (
	"bytes"
	"strings"
	"time"
)

// audit is what a decoder has learned of auditd's records.
type audit struct {
	*labels
	types map[string]*auditType
	pairs auditPairs
}

// auditType is a type of record: SYSCALL, PATH, ...
type auditType struct {
	kind     string
	name     []byte
	start    *label // the names begin behind it
	commands bool   // its a0, a1, ... are a command's, not a system call's
	auoms    bool   // AUOMS made one record of all that auditd says of an event
}

// mostTypes bounds the types that are kept; there are some 200.
const mostTypes = 1024

func newAudit(to *Record) audit { return audit{labels: newLabels(to), types: map[string]*auditType{}} }

// kind is what is known of a type, by its name or the kernel's number.
func (a *audit) kind(name []byte) *auditType {
	if t, ok := a.types[string(name)]; ok {
		return t
	}
	text := string(name)
	if known, ok := auditNumbers[text]; ok {
		text = known
	}
	t := &auditType{name: []byte(text), kind: "auditd/" + text, start: &label{}, commands: strings.Contains(text, "EXECVE"), auoms: strings.HasPrefix(text, auomsMark)}
	if len(a.types) < mostTypes {
		a.types[string(name)] = t
	}
	return t
}

const auomsMark = "AUOMS_"

// auditLine is the parts of a record as auditd writes it: node=web1 type=PATH msg=audit(1723043687.149:14898): item=1 ...
type auditLine struct {
	before, typ, stamp, body []byte
}

var blank = []byte(" ")

var auditMark = []byte("audit(")

// auditAt is where a text holds the stamp of an audit record, or -1.
func auditAt(b []byte) int {
	n := bytes.Index(b, auditMark)
	if n < 0 || n+len(auditMark) >= len(b) || !isDigit(b[n+len(auditMark)]) {
		return -1
	}
	return n
}

// cutAudit divides a record whose stamp is at a place. What stands before it must be no more than what programs that pass records on put there.
func cutAudit(b []byte, at int) (l auditLine, ok bool) {
	end := bytes.IndexByte(b[at:], ')')
	head, ok := bytes.CutSuffix(bytes.TrimSuffix(b[:at], []byte("msg=")), blank)
	if end < 0 || !ok {
		return l, false
	}
	n := bytes.LastIndexByte(head, ' ') + 1
	typ, ok := bytes.CutPrefix(head[n:], []byte("type="))
	if !ok {
		n += bytes.LastIndexByte(head[n:], ':') + 1 // audit.log:12:type=PATH, as grep has it
		typ, ok = bytes.CutPrefix(head[n:], []byte("type="))
	}
	if !ok || len(typ) == 0 || len(typ) > 64 {
		return l, false
	}
	end += at + 1
	if end < len(b) && b[end] == ':' {
		end++
	}
	l = auditLine{before: head[:n], typ: typ, stamp: b[at:end], body: b[end:]}
	return l, l.passedOn()
}

// passedOn says whether what stands before a record's type is nothing, the node, or a prefix that ends like one.
func (l *auditLine) passedOn() bool {
	before := bytes.TrimRight(l.before, " ")
	if n := bytes.LastIndexByte(before, ' ') + 1; bytes.HasPrefix(before[n:], []byte("node=")) {
		before = bytes.TrimRight(before[:n], " ")
	}
	return len(before) == 0 || bytes.IndexByte([]byte(":-]"), before[len(before)-1]) >= 0
}

// node is the host that a record names.
func (l *auditLine) node() []byte {
	n := bytes.LastIndex(l.before, []byte("node="))
	if n < 0 || n > 0 && l.before[n-1] != ' ' {
		return nil
	}
	return bytes.TrimRight(l.before[n+len("node="):], " ")
}

// time is when a record was made, and whether its values were put in words since, as ausearch does.
func (l *auditLine) time(zone *time.Location) (ns int64, inWords bool) {
	text := bytes.TrimRight(l.stamp[len(auditMark):], "):")
	if n := bytes.LastIndexByte(text, ':'); n > 0 {
		text = text[:n]
	}
	if bytes.IndexByte(text, ':') < 0 {
		return epoch(text, false), false
	}
	for _, layout := range [...]string{"01/02/2006 15:04:05", "01/02/06 15:04:05", "2006-01-02 15:04:05"} {
		if t, err := time.ParseInLocation(layout, string(text), zone); err == nil {
			return t.UnixNano(), true
		}
	}
	return 0, true
}

// readAudit reads a record whose stamp is at a place; mine is false if it is just a text that mentions one.
func (d *Decoder) readAudit(b []byte, at int) (outcome Outcome, mine bool) {
	l, ok := cutAudit(b, at)
	if !ok {
		return Other, false
	}
	t := d.audit.kind(l.typ)
	if outcome, ok = d.auditEvent(t); !ok {
		return outcome, true
	}
	if node := l.node(); len(node) > 0 {
		d.to.host = value{word, node}
	} else if h := readHeader(l.before, d.wanted); !d.to.hosted() && len(h.host) > 0 {
		d.to.host = value{word, h.host}
	}
	ns, inWords := l.time(d.wanted.zone())
	if d.timed = ns != 0; d.timed {
		d.to.Meta.Time = ns
	}
	d.putText("type", t.name)
	d.putText("msg", l.stamp)
	d.readPairs(t, l.body, inWords)
	return Event, true
}

// auditEvent begins the event of a record; ok is false if its kind is not asked for.
func (d *Decoder) auditEvent(t *auditType) (outcome Outcome, ok bool) {
	if t.auoms {
		d.within("auoms")
	} else {
		d.within("auditd")
	}
	if d.to.Kind = t.kind; !d.wanted.Kind(t.kind) {
		return Unwanted, false
	}
	d.meta()
	return Event, true
}

// putText gives a field its value, unless it has one.
func (d *Decoder) putText(name string, text []byte) {
	if slot := d.audit.slot(d.audit.named(name)); slot >= 0 && !d.to.Cell(slot).Set {
		d.to.Set(slot, text)
	}
}

// journalAudit reads a record as the journal has it: its type is a field of its own and the first word of the message.
func (d *Decoder) journalAudit() (Outcome, bool) {
	v := d.doc.value(journal)
	if v.shape != text || !d.wanted.audits() {
		return Other, false
	}
	t := d.audit.kind(d.str(d.doc.value(auditName)))
	if outcome, ok := d.auditEvent(t); !ok {
		return outcome, true
	}
	d.putText("type", t.name)
	d.readPairs(t, bytes.TrimPrefix(d.str(v), t.name), false)
	return Event, true
}

// taggedAudit reads what journalctl prints of a record: the type and what follows, behind the tag audit and its number.
func (d *Decoder) taggedAudit(h *header) (Outcome, bool) {
	typ, body, ok := bytes.Cut(h.message, blank)
	if string(h.tag) != "audit" || len(h.pid) == 0 || !ok || !consistsOf(typ, typeNames) {
		return Other, false
	}
	t := d.audit.kind(typ)
	if outcome, ok := d.auditEvent(t); !ok {
		return outcome, true
	}
	d.headed(h)
	d.putText("type", t.name)
	d.readPairs(t, body, false)
	return Event, true
}

const (
	decimal   = "0123456789"
	typeNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_" + decimal
)

// consistsOf says whether a text, which is not empty, holds no other characters.
func consistsOf(b []byte, chars string) bool {
	return len(b) > 0 && len(bytes.Trim(b, chars)) == 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
