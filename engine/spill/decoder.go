package spill

import (
	"encoding/binary"
	"math"

	"spoor/engine/column"
)

// decoder reads columns of a number of rows. Once it met what it did not write, all that it gives is of no use.
type decoder struct {
	rest    []byte
	rows    int
	damaged bool
}

func (d *decoder) vector() column.Vector {
	tag := d.byte()
	var null []bool
	if tag&nulls != 0 {
		null = d.mask()
	}
	switch tag &^ nulls {
	case constant:
		return &column.Const{V: d.value(), N: d.rows}
	case texts:
		return &column.Strings{Values: d.texts(), Null: null}
	case ints:
		return &column.Ints{Values: words(d, func(u uint64) int64 { return int64(u) }), Null: null}
	case floats:
		return &column.Floats{Values: words(d, math.Float64frombits), Null: null}
	case times:
		return &column.Times{Values: words(d, func(u uint64) column.Instant { return column.Instant(u) }), Null: null}
	case bools:
		return &column.Bools{Values: d.mask(), Null: null}
	case dictionary:
		return d.dict()
	case lists:
		return d.lists()
	case mixed:
		return &column.Mixed{Values: d.values(d.rows)}
	}
	d.damaged = true
	return column.Nulls(d.rows)
}

// words is a number of eight bytes for each row.
func words[T any](d *decoder, of func(uint64) T) []T {
	p := d.bytes(8 * d.rows)
	out := make([]T, d.rows)
	for i := range out {
		if len(p) < 8 {
			return out
		}
		out[i], p = of(binary.LittleEndian.Uint64(p)), p[8:]
	}
	return out
}

// texts share one piece of memory.
func (d *decoder) texts() []string {
	lengths := make([]int, d.rows)
	total := 0
	for i := range lengths {
		lengths[i] = d.count()
		total += lengths[i]
	}
	all := string(d.bytes(total))
	out := make([]string, d.rows)
	for i, n := range lengths {
		if n > len(all) {
			return out
		}
		out[i], all = all[:n], all[n:]
	}
	return out
}

func (d *decoder) mask() []bool {
	p := d.bytes((d.rows + 7) / 8)
	out := make([]bool, d.rows)
	for i := range out {
		out[i] = i/8 < len(p) && p[i/8]>>(i%8)&1 == 1
	}
	return out
}

func (d *decoder) dict() column.Vector {
	entries := d.values(d.count())
	codes := make([]uint32, d.rows)
	for i := range codes {
		c := d.uint()
		if c >= uint64(len(entries)) {
			d.damaged = true
			return column.Nulls(d.rows)
		}
		codes[i] = uint32(c)
	}
	return &column.Dict{Codes: codes, Dictionary: column.DictionaryOf(entries)}
}

func (d *decoder) lists() column.Vector {
	out := &column.Multis{Offsets: make([]uint32, 1, d.rows+1)}
	for range d.rows {
		out.Items = append(out.Items, d.values(d.count())...)
		out.Offsets = append(out.Offsets, uint32(len(out.Items)))
	}
	return out
}

func (d *decoder) values(n int) []column.Value {
	out := make([]column.Value, 0, n)
	for range n {
		if d.damaged {
			break
		}
		out = append(out, d.value())
	}
	return out
}

func (d *decoder) value() column.Value {
	switch column.Kind(d.byte()) {
	case column.Null:
		return column.Value{}
	case column.String:
		return column.Str(string(d.bytes(d.count())))
	case column.Int:
		return column.Integer(d.int())
	case column.Float:
		if p := d.bytes(8); len(p) == 8 {
			return column.Real(math.Float64frombits(binary.LittleEndian.Uint64(p)))
		}
		return column.Value{}
	case column.Bool:
		return column.Boolean(d.int() == 1)
	case column.Time:
		return column.Nanos(d.int())
	case column.List:
		return column.Multi(d.values(d.count()))
	}
	d.damaged = true
	return column.Value{}
}

func (d *decoder) byte() byte {
	if p := d.bytes(1); len(p) == 1 {
		return p[0]
	}
	return 0
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.rest) {
		d.damaged, d.rest = true, nil
		return nil
	}
	p := d.rest[:n]
	d.rest = d.rest[n:]
	return p
}

// count is a number of things of which each takes a byte at least.
func (d *decoder) count() int {
	u := d.uint()
	if u > uint64(len(d.rest)) {
		d.damaged = true
		return 0
	}
	return int(u)
}

func (d *decoder) uint() uint64 {
	u, n := binary.Uvarint(d.rest)
	return number(d, u, n)
}

func (d *decoder) int() int64 {
	i, n := binary.Varint(d.rest)
	return number(d, i, n)
}

// number is what was read of n bytes.
func number[T any](d *decoder, x T, n int) T {
	if n <= 0 {
		d.damaged, d.rest = true, nil
		var none T
		return none
	}
	d.rest = d.rest[n:]
	return x
}
