package timeindex

import (
	"cmp"
	"slices"
	"time"

	"spoor/engine/input"
)

// log is what is known of the text of a log up to an end. It does not change.
type log struct {
	key    Key
	end    int64
	tail   Tail
	print  Tail   // of the file, if it is compressed
	clock  uint64 // of the zone
	open   bool   // the last record has no line end: it may go on
	file   stamp
	heads  heads // what it is recognised by; of a file that is not compressed they are not kept
	used   int64 // when the log was there last, in nanoseconds since 1970
	blocks []block
}

// stamp is how a file stood when it was looked at.
type stamp struct {
	device, inode  uint64
	size, modified int64
}

// touched says whether the same file has the same size, and was written to nevertheless.
func (s stamp) touched(since stamp) bool {
	return s.inode != 0 && s.inode == since.inode && s.device == since.device && s.size == since.size && s.modified != since.modified
}

// block is a part of a log, up to the next.
type block struct {
	from        int64
	first, last int64 // first behind last: no record has a time
	yearless    bool
}

// with is the log with further parts.
func (l *log) with(parts []input.Part, size int64) *log {
	out := *l
	out.blocks = slices.Clip(l.blocks)
	for _, p := range parts {
		n := len(out.blocks)
		if n > 0 && p.From-out.blocks[n-1].from < size/2 {
			b := out.blocks[n-1]
			b.first, b.last, b.yearless = min(b.first, p.First), max(b.last, p.Last), b.yearless || p.Yearless
			out.blocks = append(slices.Clip(out.blocks[:n-1]), b)
			continue
		}
		out.blocks = append(out.blocks, block{p.From, p.First, p.Last, p.Yearless})
	}
	return &out
}

// until is the log up to where its last block begins.
func (l *log) until() *log {
	out := *l
	out.end = 0
	if n := len(l.blocks); n > 0 {
		out.end, out.blocks = l.blocks[n-1].from, l.blocks[:n-1]
	}
	return &out
}

// to is where a block ends.
func (l *log) to(i int) int64 {
	if i+1 < len(l.blocks) {
		return l.blocks[i+1].from
	}
	return l.end
}

// at is the block that an offset is in.
func (l *log) at(offset int64) int {
	i, exact := slices.BinarySearchFunc(l.blocks, offset, func(b block, at int64) int { return cmp.Compare(b.from, at) })
	if !exact {
		i--
	}
	return max(i, 0)
}

// yearLeast is less than the time after which a stamp without a year comes again.
const yearLeast = 360 * 24 * time.Hour

// ranges is the blocks that can hold a time, as it is told now.
func (l *log) ranges(earliest, latest, now int64) (out []input.Range) {
	for i := range l.blocks {
		b := &l.blocks[i]
		settled := !b.yearless || b.last <= now && b.first > now-int64(yearLeast)
		if settled && (b.first > b.last || b.last < earliest || b.first >= latest && latest != input.End) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].To == b.from {
			out[n-1].To = l.to(i)
			continue
		}
		out = append(out, input.Range{From: b.from, To: l.to(i)})
	}
	return out
}

// times is the first and the last time in blocks.
func times(blocks []block) (first, last int64) {
	first, last = input.End, input.Beginning
	for _, b := range blocks {
		first, last = min(first, b.first), max(last, b.last)
	}
	return first, last
}
