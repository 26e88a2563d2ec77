package output

import (
	"fmt"
	"sync"

	"spoor/engine/column"
)

// cells is a column of a batch that is about to be written, with its Go values where these are texts or integers.
type cells struct {
	column.Vector
	texts []string
	ints  []int64
	null  []bool // of texts and integers: the rows without a value; nil: there are none
}

func cellsOf(v column.Vector) cells {
	c := cells{Vector: v}
	switch v := v.(type) {
	case *column.Strings:
		c.texts, c.null = v.Values, v.Null
	case *column.Ints:
		c.ints, c.null = v.Values, v.Null
	}
	return c
}

// nearRows is how many rows are touched at a time.
const nearRows = 64

// touch reads a byte of each of the texts of the rows that come next. Those of sorted rows are anywhere in memory, and here no read waits for
// one before, so that the memory answers several at a time.
//
//go:noinline
func (c *cells) touch(row int) (seen byte) {
	if row >= len(c.texts) {
		return 0
	}
	for _, s := range c.texts[row:min(row+nearRows, len(c.texts))] {
		if s != "" {
			seen += s[0]
		}
	}
	return seen
}

// leastPiece is how many rows are worth being written beside others.
const leastPiece = 128

// each writes n rows in their order, each as render appends it to what it gets. Pieces of them are rendered at the same time.
func (s *sink) each(n int, render func(dst []byte, row int) []byte) error {
	count := max(1, min(s.Workers, n/leastPiece))
	for len(s.pieces) < count {
		s.pieces = append(s.pieces, nil)
	}
	faults := make([]any, count)
	var group sync.WaitGroup
	for i := range count {
		piece := func() {
			defer func() { faults[i] = recover() }()
			dst := s.pieces[i][:0]
			for row := i * n / count; row < (i+1)*n/count; row++ {
				dst = render(dst, row)
			}
			s.pieces[i] = dst
		}
		if i == count-1 {
			piece()
		} else {
			group.Go(piece)
		}
	}
	group.Wait()
	for i, p := range s.pieces[:count] {
		if faults[i] != nil {
			return fmt.Errorf("internal error: %v", faults[i])
		}
		if _, err := s.Write(p); err != nil {
			return err
		}
	}
	return nil
}
