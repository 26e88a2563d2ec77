package input

import (
	"bytes"
	"slices"
)

// account counts the text that was in the stream, and what of it was left out.
func (c *cutter) account() {
	s, ordinal := c.stream.scan, c.stream.ordinal
	s.decoded(ordinal, c.base-c.passed)
	in := &s.inputs[ordinal]
	if b := in.Bounds; b != nil && c.eof && c.err == nil {
		c.err = in.fits(c.base)
	}
	if in.Index == nil {
		return
	}
	left := c.passed
	if b := in.Bounds; b != nil && b.To != End {
		left += max(b.To-c.base, 0)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger.Files[ordinal].LeftOut += left
}

// pass goes on to where the next extent begins, and says whether there is one.
func (c *cutter) pass() bool {
	for c.extents != nil {
		for len(c.extents) > 0 && c.extents[0].To <= c.base {
			c.extents = c.extents[1:]
		}
		if len(c.extents) == 0 {
			return false
		}
		n := c.extents[0].From - c.base
		if n <= 0 {
			return true
		}
		c.drop(int(min(n, int64(len(c.buf)))))
		if len(c.buf) > 0 {
			continue
		}
		if c.fill(c.stream.scan.config.BlockSize); len(c.buf) == 0 || c.ctx.Err() != nil {
			return false
		}
	}
	return true
}

// drop forgets the first n bytes.
func (c *cutter) drop(n int) {
	if n == 0 {
		return
	}
	part := c.buf[:n]
	c.stream.index().note(c.base, part)
	c.base, c.passed = c.base+int64(n), c.passed+int64(n)
	c.count += int64(bytes.Count(part, newline))
	c.part = part[n-1] != '\n'
	c.buf = append(c.buf[:0], c.buf[n:]...)
}

// give sends, of the records in the first n bytes, those that are in an extent, and says whether the scan goes on.
func (c *cutter) give(n int, out chunk) bool {
	if c.extents == nil {
		return c.send(n, out)
	}
	end, long := c.base+int64(n), out.long
	for c.base < end {
		if !c.pass() {
			return false
		}
		stop := min(end, c.extents[0].until)
		if c.base >= stop {
			break
		}
		piece := out
		if piece.long = -1; stop < end {
			piece.until, piece.with = stop-c.base, int(end-c.base)
		}
		if !c.send(int(stop-c.base), piece) {
			return false
		}
	}
	if long == c.base && long >= 0 && len(c.extents) > 0 && c.extents[0].From <= long && long < c.extents[0].To {
		return c.send(0, chunk{long: long})
	}
	return true
}

// giveListed sends, of the records of a document, those that are in an extent.
func (c *cutter) giveListed(n int, out chunk) bool {
	if c.extents == nil {
		return c.send(n, out)
	}
	for len(c.extents) > 0 && c.extents[0].until <= c.base {
		c.extents = c.extents[1:]
	}
	if len(c.extents) == 0 {
		return false
	}
	all := len(out.records)
	cut := all > 0 && out.cut && c.wanted(c.base+int64(out.records[all-1][0]))
	out.records = slices.DeleteFunc(out.records, func(r [2]int) bool { return !c.wanted(c.base + int64(r[0])) })
	if out.cut = cut; len(out.records) == 0 {
		c.drop(n)
		return c.ctx.Err() == nil
	}
	return c.send(n, out)
}

// wanted says whether a record that begins at an offset is in one of the extents that are left.
func (c *cutter) wanted(at int64) bool {
	for _, x := range c.extents {
		if at < x.From {
			return false
		}
		if at < x.To {
			return true
		}
	}
	return false
}
