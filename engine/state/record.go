package state

import (
	"encoding/binary"
	"errors"
)

// writer makes the value of a record that there are many of: a byte that says of which form it is, and fields in a fixed order. A later form may
// have more fields at the end: where an older record ends, what is left is zero.
type writer struct{ b []byte }

// form is the first byte of records as they are written now.
const form = 1

func record() *writer { return &writer{b: []byte{form}} }

// moment writes a time or a hash, of which all bits count.
func (w *writer) moment(v int64) *writer {
	w.b = binary.LittleEndian.AppendUint64(w.b, uint64(v))
	return w
}

// count writes a number, most of which are small.
func (w *writer) count(v int64) *writer {
	w.b = binary.AppendVarint(w.b, v)
	return w
}

func (w *writer) text(s string) *writer {
	w.b = append(binary.AppendUvarint(w.b, uint64(len(s))), s...)
	return w
}

// fixed writes bytes whose number the reader knows.
func (w *writer) fixed(b []byte) *writer {
	w.b = append(w.b, b...)
	return w
}

var errForm = errors.New("a record is of a form that this version does not know")

// reader reads what a writer wrote.
type reader struct {
	b   []byte
	err error
}

func read(payload []byte) *reader {
	if len(payload) == 0 || payload[0] != form {
		return &reader{err: errForm}
	}
	return &reader{b: payload[1:]}
}

// take is the next n bytes: nil at the end of the record, where an older form had no such field.
func (r *reader) take(n int) []byte {
	if r.err != nil || len(r.b) == 0 {
		return nil
	}
	if n < 0 || n > len(r.b) {
		r.err = errForm
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) moment() int64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(b))
}

func (r *reader) count() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 && len(r.b) > 0 {
		r.err = errForm
	}
	r.take(max(n, 0))
	return v
}

func (r *reader) text() string {
	v, n := binary.Uvarint(r.b)
	if n <= 0 && len(r.b) > 0 || v > uint64(len(r.b)) {
		r.err = errForm
	}
	r.take(max(n, 0))
	return string(r.take(int(v)))
}

func (r *reader) fixed(to []byte) { copy(to, r.take(len(to))) }
