package timeindex

import (
	"errors"
	"io"
	"os"

	"spoor/engine/input"
)

// Text is the text of an input as it stands, by which a log is known again.
type Text struct {
	in      input.Input
	file    *os.File
	wrapped bool
	heads   heads
}

// errShrunk says that a log holds less than was read of it.
var errShrunk = errors.New("shrank since it was read")

// OpenText opens the text of an input.
func OpenText(in input.Input) (*Text, error) {
	file, err := opening(in)
	if err != nil {
		return nil, err
	}
	t := &Text{in: in, file: file}
	head := make([]byte, headSize)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		file.Close()
		return nil, err
	}
	if t.wrapped = input.Wrapped(head[:n]); t.wrapped {
		if n, err = t.unwrapped(head); err != nil {
			file.Close()
			return nil, err
		}
	}
	t.heads = headsOf(head[:n])
	return t, nil
}

func opening(in input.Input) (*os.File, error) {
	if in.Open != nil {
		return in.Open()
	}
	file, _, err := open(in.Path)
	return file, err
}

// unwrapped reads the beginning of a text that is compressed.
func (t *Text) unwrapped(head []byte) (int, error) {
	text, err := t.in.Text()
	if err != nil {
		return 0, err
	}
	defer text.Close()
	n, err := io.ReadFull(text, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}

// Close closes it.
func (t *Text) Close() error { return t.file.Close() }

// At is by what the text is known again up to an offset that is not behind its end.
func (t *Text) At(offset int64) (Key, Tail, error) {
	tail, err := t.tail(offset)
	if err == nil && offset > 0 && t.heads == nil {
		err = errShrunk
	}
	return t.heads.of(offset), tail, err
}

func (t *Text) tail(offset int64) (Tail, error) {
	if t.wrapped {
		return tailIn(t.in, offset)
	}
	tail, err := tailAt(t.file, offset)
	if errors.Is(err, io.EOF) {
		err = errShrunk
	}
	return tail, err
}

// Holds says whether the text up to an offset is that of a log with a key, of which that stands before the offset.
func (t *Text) Holds(key Key, offset int64, tail Tail) bool {
	if offset <= 0 || !t.heads.has(key) {
		return false
	}
	own, err := t.tail(offset)
	return err == nil && own == tail
}

// Keys is all keys that a position in the text may have.
func (t *Text) Keys() []Key { return t.heads }
