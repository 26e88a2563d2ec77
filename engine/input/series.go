package input

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// help is what decoders may use beside the goroutine that reads, shared by all files of a scan; nil: nothing.
type help struct {
	buffers chan []byte // for parts that are decoded whole, one for each worker and one that is read meanwhile
	stages  int         // in how many a frame is decoded that is decoded as it comes
}

// newHelp is none for a single worker. Where there are several inputs it is they that keep all busy: stages would only cost.
func newHelp(workers, inputs int) *help {
	if workers < 2 {
		return nil
	}
	h := &help{buffers: make(chan []byte, min(workers, 16)+1), stages: 1}
	if inputs == 1 {
		h.stages = min(workers, 4)
	}
	for range cap(h.buffers) {
		h.buffers <- nil
	}
	return h
}

// lend is a buffer, if there is one left.
func (h *help) lend() (buffer []byte, ok bool) {
	if h == nil {
		return nil, false
	}
	select {
	case buffer = <-h.buffers:
		return buffer, true
	default:
		return nil, false
	}
}

// series is the text of an archive that has parts. Those that are short are decoded ahead, several at the same time.
type series struct {
	help  *help
	next  func(buffer []byte, lent bool) (used bool, err error) // begins with the next part, and says whether it is decoded into the buffer
	again func(*part) error                                     // has a damaged part decoded as it comes: what stands before the damage is not lost
	parts []*part                                               // that were begun, in their order
	spare [][]byte                                              // for compressed parts
	own   []byte                                                // for the text of a part if no buffer is left
	ended bool
}

// part is a piece of an archive that is decoded on its own, or all that is left.
type part struct {
	known      chan struct{} // closed when there is something to be read
	text       io.Reader
	stop       func() // ends what is decoded as it comes
	compressed []byte
	buffer     []byte // of the text
	lent       bool   // the buffer is
}

// newPart is a part that can be read at once.
func newPart(text io.Reader) *part {
	p := &part{known: make(chan struct{}), text: text}
	close(p.known)
	return p
}

func (s *series) Read(p []byte) (int, error) {
	for {
		s.begin()
		if len(s.parts) == 0 {
			return 0, io.EOF
		}
		first := s.parts[0]
		<-first.known
		n, err := first.text.Read(p)
		if errors.Is(err, io.EOF) { // with the last bytes, perhaps
			s.parts = s.parts[1:]
			s.end(first)
			err = nil
		}
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
}

// begin begins with as many parts as there are buffers for, and at least with one. Nothing is begun behind a part that is decoded as it comes:
// where it ends is not known before.
func (s *series) begin() {
	for !s.ended && (len(s.parts) == 0 || s.parts[len(s.parts)-1].stop == nil) {
		buffer, lent := s.help.lend()
		if !lent && len(s.parts) > 0 {
			return
		}
		used, err := s.next(buffer, lent)
		if lent && !used {
			s.help.buffers <- buffer
		}
		if err != nil {
			s.ended = true
			s.parts = append(s.parts, newPart(failure{err}))
		}
	}
}

// room is an empty buffer for a compressed part.
func (s *series) room() (compressed []byte) {
	if n := len(s.spare); n > 0 {
		compressed, s.spare = s.spare[n-1], s.spare[:n-1]
	}
	return compressed
}

// decode begins with a whole part, of which the text is appended to the buffer. Without one that is lent, it is decoded at once.
func (s *series) decode(compressed, buffer []byte, size int, lent bool, whole func(compressed, buffer []byte) ([]byte, error)) {
	p := &part{known: make(chan struct{}), compressed: compressed, lent: lent}
	s.parts = append(s.parts, p)
	if !lent {
		buffer, s.own = s.own, nil
	}
	run := func() {
		defer close(p.known)
		text, err := whole(compressed, slices.Grow(buffer[:0], size))
		p.buffer, p.text = text, bytes.NewReader(text)
		if err != nil {
			p.text = &damaged{of: p, again: s.again}
		}
	}
	if lent {
		go run()
	} else {
		run()
	}
}

// damaged is a part that could not be decoded whole: it is decoded once more, as it comes.
type damaged struct {
	of    *part
	again func(*part) error
}

func (d *damaged) Read(p []byte) (int, error) {
	if err := d.again(d.of); err != nil {
		return 0, err
	}
	return d.of.text.Read(p)
}

// end gives back what a part had.
func (s *series) end(p *part) {
	if p.stop != nil {
		p.stop()
	}
	if p.compressed != nil {
		s.spare = append(s.spare, p.compressed[:0])
	}
	if p.lent {
		s.help.buffers <- p.buffer
	} else if p.buffer != nil {
		s.own = p.buffer
	}
}

func (s *series) Close() error {
	for _, p := range s.parts {
		<-p.known
		s.end(p)
	}
	s.parts, s.ended = nil, true
	return nil
}
