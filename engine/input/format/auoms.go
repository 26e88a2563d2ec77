package format

import "bytes"

// combined reads what is special in a record that AUOMS made of several of auditd's: it is of all their types, and its command line is not quoted
// for readers. It returns the pairs that are left.
func (d *Decoder) combined(body []byte) (rest []byte) {
	rest = body
	types := []string{"SYSCALL"}
	if i := bytes.Index(rest, []byte(` cmdline=`)); i >= 0 {
		line := auomsValue(rest[i+len(` cmdline=`):])
		for _, name := range [...]string{"cmdline", "a0", "proctitle"} {
			d.putText(name, line)
		}
		d.audit.pairs.command = true
		rest, types = rest[:i], append(types, "EXECVE", "PROCTITLE")
	} else if i := bytes.Index(rest, []byte(` proctitle=`)); i >= 0 {
		d.putText("proctitle", auomsValue(rest[i+len(` proctitle=`):]))
		rest, types = rest[:i], append(types, "PROCTITLE")
	}
	if bytes.Contains(rest, []byte(" cwd=")) {
		types = append(types, "CWD")
	}
	if bytes.Contains(rest, []byte(" name=")) {
		types = append(types, "PATH")
	}
	if slot := d.audit.slot(d.audit.named("type")); slot >= 0 {
		for _, t := range types {
			d.to.Append(slot, []byte(t))
		}
	}
	return rest
}

// auomsValue is a value that may hold blanks and quotes: it ends where AUOMS's last two fields begin.
func auomsValue(b []byte) []byte {
	for _, mark := range [...]string{" redactors=", " containerid="} {
		if n := bytes.LastIndex(b, []byte(mark)); n >= 0 {
			b = b[:n]
		}
	}
	if len(b) > 1 && b[0] == '"' && b[len(b)-1] == '"' {
		b = b[1 : len(b)-1]
	}
	return b
}
