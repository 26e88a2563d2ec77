package input

import (
	"bufio"
	"errors"
	"io"
)

// Stretch is where a line, counted from 1, stands in an input's decoded bytes: from its first byte to behind its last, without the end of the line.
// If there are fewer lines, ok is false and lines says how many.
func Stretch(in Input, line int64) (from, to, lines int64, ok bool, err error) {
	file, err := in.open()
	if err != nil {
		return 0, 0, 0, false, err
	}
	defer file.Close()
	text, err := unwrap(file, nil)
	if err != nil {
		return 0, 0, 0, false, err
	}
	defer text.Close()
	r := bufio.NewReaderSize(text, 64<<10)
	for begun := false; ; {
		piece, err := r.ReadSlice('\n')
		if len(piece) > 0 && !begun {
			begun, from = true, to
			lines++
		}
		to += int64(len(piece))
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return 0, 0, lines, false, err
		case begun && lines == line:
			return from, to - ended(piece), lines, true, nil
		case err != nil:
			return 0, 0, lines, false, nil
		}
		begun = false
	}
}

// ended is the length of the end of a line.
func ended(piece []byte) int64 {
	if n := len(piece); n > 0 && piece[n-1] == '\n' {
		return 1
	}
	return 0
}
