package aggregate

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"spoor/engine/column"
)

// writer writes the pieces of a state.
type writer struct{ *bufio.Writer }

func (w writer) uint(u uint64) { w.Write(binary.AppendUvarint(w.AvailableBuffer(), u)) }
func (w writer) int(i int64)   { w.Write(binary.AppendVarint(w.AvailableBuffer(), i)) }
func (w writer) float(f float64) {
	w.Write(binary.LittleEndian.AppendUint64(w.AvailableBuffer(), math.Float64bits(f)))
}

func (w writer) flag(b bool) {
	if b {
		w.WriteByte(1)
		return
	}
	w.WriteByte(0)
}

func (w writer) text(s string) {
	w.uint(uint64(len(s)))
	w.WriteString(s)
}

func (w writer) floats(list []float64) {
	w.uint(uint64(len(list)))
	for _, f := range list {
		w.float(f)
	}
}

func (w writer) value(v column.Value) {
	w.WriteByte(byte(v.Kind()))
	switch v.Kind() {
	case column.Null:
	case column.String:
		w.text(v.Text())
	case column.Float:
		w.float(v.Float())
	default:
		w.int(v.Int())
	}
}

var errDamaged = errors.New("a saved aggregate is damaged")

// reader reads what a writer wrote. The first error stays, and all that is read after it is zero.
type reader struct {
	*bufio.Reader
	err error
}

func (r *reader) check(err error) bool {
	if r.err == nil && err != nil {
		if r.err = err; errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			r.err = errDamaged
		}
	}
	return r.err == nil
}

func (r *reader) uint() uint64 {
	u, err := binary.ReadUvarint(r)
	if !r.check(err) {
		return 0
	}
	return u
}

func (r *reader) int() int64 {
	i, err := binary.ReadVarint(r)
	if !r.check(err) {
		return 0
	}
	return i
}

func (r *reader) float() float64 {
	var b [8]byte
	_, err := io.ReadFull(r, b[:])
	if !r.check(err) {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
}

func (r *reader) byte() byte {
	b, err := r.ReadByte()
	if !r.check(err) {
		return 0
	}
	return b
}

func (r *reader) flag() bool { return r.byte() == 1 }

// text reads in pieces, so that a damaged length does not ask for more memory than there are bytes.
func (r *reader) text() []byte {
	const piece = 64 << 10
	var out []byte
	for n := r.uint(); n > 0 && r.err == nil; {
		at, take := len(out), min(n, piece)
		out = append(out, make([]byte, take)...)
		_, err := io.ReadFull(r, out[at:])
		r.check(err)
		n -= take
	}
	return out
}

func (r *reader) floats() []float64 {
	var out []float64
	for range r.items {
		out = append(out, r.float())
	}
	return out
}

func (r *reader) value() column.Value {
	switch column.Kind(r.byte()) {
	case column.Null:
		return column.Value{}
	case column.String:
		return column.Str(string(r.text()))
	case column.Int:
		return column.Integer(r.int())
	case column.Float:
		return column.Real(r.float())
	case column.Bool:
		return column.Boolean(r.int() == 1)
	case column.Time:
		return column.Nanos(r.int())
	}
	r.check(errDamaged)
	return column.Value{}
}

// mostGroups is what group numbers can count.
const mostGroups = math.MaxUint32

// items yields 0, 1, ... as often as the number that it reads says, and ends early at an error.
func (r *reader) items(yield func(i uint32) bool) {
	n := r.uint()
	if n > mostGroups {
		r.check(errDamaged)
	}
	for i := uint64(0); i < n && r.err == nil; i++ {
		if !yield(uint32(i)) {
			return
		}
	}
}

// saveSlice writes what a slice holds of the groups.
func saveSlice[T any](w writer, s []T, groups []uint32, save func(w writer, x *T)) {
	w.uint(uint64(len(groups)))
	for _, g := range groups {
		x := at(s, int(g))
		save(w, &x)
	}
}

// loadSlice reads what saveSlice wrote.
func loadSlice[T any](r *reader, load func(r *reader, x *T)) []T {
	var out []T
	for range r.items {
		var x T
		load(r, &x)
		out = append(out, x)
	}
	return out
}
