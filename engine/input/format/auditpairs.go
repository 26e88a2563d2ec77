package format

import "bytes"

// auditPairs is the state of reading one record's pairs.
type auditPairs struct {
	of      *auditType
	inWords bool     // values are as ausearch prints them: no hex digits
	named   bool     // the record holds the names of its numbers
	command bool     // the command's arguments are known
	numbers []number // what has a name in the enriched form
	arch    []byte
}

type number struct {
	of   *label
	text []byte
}

// mostNumbers bounds the numbers of one record that get names; there are a dozen.
const mostNumbers = 64

// readPairs reads the pairs of a record. Of equal names the first wins, as it does in Splunk.
func (d *Decoder) readPairs(t *auditType, body []byte, inWords bool) {
	p := &d.audit.pairs
	*p = auditPairs{of: t, inWords: inWords, named: enriched(body), numbers: p.numbers[:0]}
	if t.auoms {
		body = d.combined(body)
	}
	d.pairsIn(body, t.start, true)
	if !p.named {
		for _, n := range p.numbers {
			d.nameNumber(n)
		}
	}
}

// pairsIn reads pairs, the first of which is expected to follow a word. outer is false within the quotes of msg='...'.
func (d *Decoder) pairsIn(b []byte, before *label, outer bool) {
	for i := 0; i < len(b); {
		w := before.after(b[i:])
		if w == nil {
			n := nameLength(b[i:])
			if n == 0 || i+n >= len(b) || b[i+n] != '=' {
				if i += n; n == 0 {
					i += gap(b[i:])
				}
				continue
			}
			w = d.audit.find(b[i : i+n])
			before.learn(w)
		}
		before = w
		i += len(w.lead)
		if outer && i < len(b) && b[i] == '\'' && w.name == "msg" {
			end := bytes.LastIndexByte(b[i+1:], '\'')
			if end < 0 {
				end = len(b) - i - 1
			}
			d.pairsIn(b[i+1:i+1+end], w, false)
			i += end + 2
			continue
		}
		i += d.auditPair(w, b[i:])
	}
}

// nameLength is how long the name is that begins b.
func nameLength(b []byte) (n int) {
	for n < len(b) && inName[b[n]] {
		n++
	}
	return n
}

var inName = func() (set [256]bool) {
	for _, c := range []byte("_-.[]0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		set[c] = true
	}
	return set
}()

// rsyslogGap is how rsyslog writes the byte that divides a record from the names of its numbers.
var rsyslogGap = []byte("#035")

// gap is how long what divides two pairs is: a byte, or the one that rsyslog escaped.
func gap(b []byte) int {
	if bytes.HasPrefix(b, rsyslogGap) {
		return len(rsyslogGap)
	}
	return 1
}

// auditPair takes the value that begins b, and says how long it is with its quotes.
func (d *Decoder) auditPair(w *label, b []byte) (length int) {
	if len(b) == 0 {
		return 0
	}
	switch b[0] {
	case '"', '\'':
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			d.putPair(w, b[1:], true)
			return len(b)
		}
		d.putPair(w, b[1:1+end], true)
		return end + 2
	case '{':
		if end := bytes.IndexByte(b, '}'); end > 0 {
			d.putPair(w, b[:end+1], true)
		}
		return 1
	case '[':
		if end := behind(b, 0); end > 0 {
			d.putList(w, b[:end])
			return end
		}
	}
	if w.name == "proctitle" && d.audit.pairs.inWords {
		d.putPair(w, b, true)
		return len(b)
	}
	end := 0
	for end < len(b) && b[end] > ' ' && (b[end] != '#' || !bytes.HasPrefix(b[end:], rsyslogGap)) {
		end++
	}
	d.putPair(w, b[:end], false)
	return end
}

// putPair gives a word's field its value.
func (d *Decoder) putPair(w *label, text []byte, quoted bool) {
	p := &d.audit.pairs
	if len(text) == 0 {
		return
	}
	if w.argument && p.command {
		return // of the system call
	}
	if w.alias != "" && !p.named && (p.of.auoms || !w.auoms) && len(p.numbers) < mostNumbers && d.audit.aliasSlot(w) >= 0 {
		p.numbers = append(p.numbers, number{w, text})
	}
	if w.name == "arch" {
		p.arch = text
	}
	slot := d.audit.slot(w)
	if slot < 0 {
		return
	}
	piece := len(w.lead) > len(w.name)+1
	c := d.to.Cell(slot)
	if c.Set && !piece {
		return
	}
	if !quoted && !p.inWords && !p.of.auoms && (w.coded || w.argument && p.of.commands) && isHex(text) {
		text = d.unhex(text)
		if w.name == "key" && bytes.IndexByte(text, 1) >= 0 {
			for key := range bytes.SplitSeq(text, []byte{1}) {
				d.to.Append(slot, key)
			}
			return
		}
	}
	if c.Set {
		joined := d.to.Grow(len(c.Text) + len(text))
		copy(joined[copy(joined, c.Text):], text)
		text = joined
	}
	d.to.Set(slot, text)
}

// putList gives a field the elements of a JSON array.
func (d *Decoder) putList(w *label, list []byte) {
	if slot := d.audit.slot(w); slot >= 0 && !d.to.Cell(slot).Set {
		d.putAll(slot, value{array, list})
	}
}

// isHex knows bytes that auditd wrote as hex digits: always pairs of them, and in upper case.
func isHex(b []byte) bool {
	for _, c := range b {
		if !upperHex(c) {
			return false
		}
	}
	return len(b) >= 2 && len(b)%2 == 0
}

func upperHex(c byte) bool { return isDigit(c) || c >= 'A' && c <= 'F' }

// unhex is the bytes that hex digits stand for; those that divide the arguments of a command become blanks.
func (d *Decoder) unhex(digits []byte) []byte {
	out := d.to.Grow(len(digits) / 2)
	for i := range out {
		high, _ := hexDigit(digits[2*i])
		low, _ := hexDigit(digits[2*i+1])
		out[i] = high<<4 | low
	}
	out = bytes.TrimRight(out, "\x00")
	for i, c := range out {
		if c == 0 {
			out[i] = ' '
		}
	}
	return out
}
