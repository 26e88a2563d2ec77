package format

import "bytes"

// textKind is the kind of lines of which nobody knows what they are.
const textKind = "text"

// readPlain reads a line of any program: its stamp, host and program if it has them, and the name=value pairs in its message.
func (d *Decoder) readPlain(b []byte) Outcome {
	h := readHeader(b, d.wanted)
	if outcome, mine := d.taggedAudit(&h); mine {
		return outcome
	}
	d.within("text")
	if d.to.Kind = textKind; !d.wanted.Kind(textKind) {
		return Unwanted
	}
	d.headed(&h)
	if h.syslog {
		d.to.Meta.Sourcetype = "syslog"
		if len(h.tag) > 0 {
			d.putText("process", h.tag)
		}
		if consistsOf(h.pid, decimal) {
			d.putText("pid", h.pid)
		}
		if authPrograms[string(h.tag)] || bytes.HasPrefix(h.message, []byte("pam_")) {
			d.to.Meta.Sourcetype = "linux_secure"
		}
	}
	d.anyPairs(h.message)
	return Event
}

// headed takes over what a header says.
func (d *Decoder) headed(h *header) {
	if len(h.host) > 0 {
		d.to.host = value{word, h.host}
	}
	d.to.Meta.Time, d.to.Meta.Yearless = h.time, h.yearless
}

// authPrograms are those whose lines go to auth.log and secure.
var authPrograms = map[string]bool{"sshd": true, "sshd-session": true, "sudo": true, "su": true, "login": true, "systemd-logind": true, "polkitd": true,
	"pkexec": true, "passwd": true, "useradd": true, "userdel": true, "usermod": true, "groupadd": true, "groupdel": true, "chage": true, "chpasswd": true}

// anyPairs reads the pairs of a message as Splunk does where it is told nothing of a log: name=value or name="a value". Of equal names the first wins.
func (d *Decoder) anyPairs(b []byte) {
	for at := 0; ; {
		n := bytes.IndexByte(b[at:], '=')
		if n < 0 {
			return
		}
		n += at
		from := n
		for from > at && inPairName(b[from-1]) {
			from--
		}
		for from < n && (isDigit(b[from]) || b[from] == '.' || b[from] == '-') {
			from++
		}
		text, length := pairValue(b[n+1:])
		if at = n + 1; from == n || len(text) == 0 {
			continue
		}
		at += length
		w := d.audit.find(b[from:n])
		if slot := d.audit.slot(w); slot >= 0 && !d.to.Cell(slot).Set {
			if bytes.IndexByte(text, '\\') >= 0 {
				text = withoutSlashes(d.to.Grow(len(text)), text)
			}
			d.to.Set(slot, text)
		}
	}
}

func inPairName(c byte) bool { return inName[c] && c != '[' && c != ']' }

// pairValue is the value that begins b, without its quotes, and its length with them.
func pairValue(b []byte) (text []byte, length int) {
	if len(b) == 0 || b[0] == '=' {
		return nil, 0
	}
	if b[0] == '"' {
		end := closing(b, 1)
		if end < 0 {
			return nil, 0
		}
		return b[1:end], end + 1
	}
	n, open := 0, 0
	for ; n < len(b) && !endsPair[b[n]]; n++ {
		switch b[n] {
		case '(', '[', '{':
			open++
		case ')', ']', '}':
			if open--; open < 0 {
				return b[:n], n
			}
		}
	}
	return b[:n], n
}

// endsPair is the bytes that no value without quotes holds.
var endsPair = func() (set [256]bool) {
	for _, c := range []byte(" \t\r\n,;|&\"") {
		set[c] = true
	}
	return set
}()

// withoutSlashes takes away the backslashes that stand before quotes.
func withoutSlashes(dst, b []byte) []byte {
	out := dst[:0]
	for i, c := range b {
		if c != '\\' || i+1 == len(b) || b[i+1] != '"' {
			out = append(out, c)
		}
	}
	return out
}
