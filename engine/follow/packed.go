package follow

import (
	"io"

	"spoor/engine/input"
)

// magic is how many bytes tell whether a log is compressed.
const magic = 16

// sniff says whether a log is compressed, which is found out while it is short.
func (l *log) sniff() bool {
	if len(l.head) < magic && l.pos == 0 {
		l.packed = input.Wrapped(readAt(l.handle, 0, magic))
	}
	return l.packed
}

// unpacked counts the text of a log that is compressed, which is read once it is whole.
func (l *log) unpacked() error {
	text, err := input.Input{Path: l.path, Open: l.another}.Text()
	if err != nil {
		return err
	}
	defer text.Close()
	var ends ends
	n, err := io.Copy(&ends, text)
	if err == nil {
		l.whole, l.head, l.last = max(n, l.pos), ends.first, ends.last
	}
	return err
}

// ends keeps how a text begins and how it ends.
type ends struct{ first, last []byte }

func (e *ends) Write(p []byte) (int, error) {
	if n := sample - len(e.first); n > 0 {
		e.first = append(e.first, p[:min(n, len(p))]...)
	}
	e.last = append(e.last, p[max(0, len(p)-sample):]...)
	e.last = append(e.last[:0], e.last[max(0, len(e.last)-sample):]...)
	return len(p), nil
}
