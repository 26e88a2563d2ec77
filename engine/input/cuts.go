package input

import (
	"bytes"
	"cmp"
	"slices"

	"spoor/engine/input/bitmap"
	"spoor/engine/input/frame"
)

// cuts is the records of a chunk one by one.
type cuts struct {
	chunk *chunk
	lines frame.Lines
	plain bool        // every line is a record
	marks frame.Marks // else: of events
	ends  bitmap.Ends
	tail  int  // where the last line begins
	until int  // where a record begins that is not asked for
	asked int  // the line of which is known
	stop  int  // where it ends
	alone bool // and whether it is a record
	i     int
}

func newCuts(c *chunk, limit int) cuts {
	k := cuts{chunk: c, lines: frame.Lines{Data: c.data, Base: c.base, Limit: limit, Part: c.part, State: c.state}, asked: -1}
	if k.until = len(c.data); c.until > 0 {
		k.until = int(min(c.until, int64(k.until)))
	}
	if c.listed {
		return k
	}
	k.tail = bytes.LastIndexByte(c.data[:max(k.until-1, 0)], '\n') + 1
	if k.plain = !c.state.Open && !c.part && (c.plain || !frame.HasEvents(c.data)); !k.plain {
		k.marks.Open(c.data)
		return k
	}
	k.ends.Open(c.data)
	return k
}

// next is the next record, if it is asked for.
func (k *cuts) next() (start, end int, ok bool) {
	start, end, ok = k.cut()
	return start, end, ok && (start < k.until || k.until == len(k.chunk.data))
}

func (k *cuts) cut() (start, end int, ok bool) {
	switch {
	case k.plain:
		return k.line(k.ends.Next(k.lines.At))
	case !k.chunk.listed && k.single():
		return k.line(k.stop)
	case !k.chunk.listed:
		return k.lines.Next()
	}
	if k.i == len(k.chunk.records) {
		return 0, 0, false
	}
	k.i++
	return k.chunk.records[k.i-1][0], k.chunk.records[k.i-1][1], true
}

// single says whether the next line is a record.
func (k *cuts) single() bool {
	at := k.lines.At
	if k.lines.State.Open || at >= len(k.chunk.data) || at == 0 && k.chunk.part || at > 0 && k.chunk.data[at-1] != '\n' {
		return false
	}
	if k.asked != at {
		k.asked = at
		k.stop, k.alone = k.marks.Line(at)
	}
	return k.alone
}

// line is the next line, which is a record and ends at a place.
func (k *cuts) line(end int) (start, _ int, ok bool) {
	data, start := k.chunk.data, k.lines.At
	if start >= len(data) {
		return 0, 0, false
	}
	k.lines.At = min(end+1, len(data))
	if end > start && data[end-1] == '\r' {
		end--
	}
	return start, end, true
}

// jump goes to the record that begins at a place.
func (k *cuts) jump(to int) {
	if !k.chunk.listed {
		k.lines.At, k.lines.State = to, frame.State{}
		return
	}
	k.i, _ = slices.BinarySearchFunc(k.chunk.records, to, func(r [2]int, at int) int { return cmp.Compare(r[0], at) })
}

// at is a place behind the last record and not behind the next.
func (k *cuts) at() int {
	switch {
	case !k.chunk.listed:
		return k.lines.At
	case k.i > 0:
		return k.chunk.records[k.i-1][1]
	}
	return 0
}

// ended says whether the last record was the last.
func (k *cuts) ended() bool {
	if k.chunk.listed {
		return k.i == len(k.chunk.records)
	}
	return k.lines.At >= k.until
}

// skip goes on to the record that holds a hit, or to the last line if none does before it, and returns how many it passed. It stops early where a
// record is not just a line.
func (k *cuts) skip(hit int) (passed int64) {
	at := k.lines.At
	switch {
	case k.chunk.listed:
		return 0
	case !k.plain:
		for ; k.lines.At < k.tail && k.single() && k.stop <= hit; passed++ {
			k.line(k.stop)
		}
		return passed
	case at >= len(k.chunk.data), k.ends.Next(at) >= hit:
		return 0
	}
	to := k.tail
	if hit < k.tail {
		to = at + bytes.LastIndexByte(k.chunk.data[at:hit], '\n') + 1
	}
	k.lines.At = to
	return int64(bytes.Count(k.chunk.data[at:to], newline))
}
