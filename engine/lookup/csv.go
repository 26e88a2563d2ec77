package lookup

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// lines reads the records of CSV, and notes what is wrong with them. What has no quotes is cut at its commas in the buffer.
type lines struct {
	in    *bufio.Reader
	cells [][]byte
	line  int // the last line that was read; the first is 1
	first int // the line with which the last record began

	raw     []byte // of a record with quotes: its lines
	text    []byte // and its cells, one behind another
	ends    []int
	literal bool // quotes are letters as any other

	unclosed, stray fault
	began           int // the line with which the record of the first stray quote begins
}

func newLines(in *bufio.Reader) *lines { return &lines{in: in} }

// read is the cells of the next record, until the next call.
func (l *lines) read() ([][]byte, error) {
	if l.plain() {
		return l.cells, nil
	}
	return l.cells, l.record()
}

// plain reads a record if the buffer holds its line to the end, and the line has no quotes.
func (l *lines) plain() bool {
	for {
		held, err := l.in.Peek(l.in.Buffered())
		if err != nil {
			return false
		}
		end := bytes.IndexByte(held, '\n')
		if end < 0 {
			return false
		}
		line := bytes.TrimSuffix(held[:end], []byte{'\r'})
		if !l.literal && bytes.IndexByte(line, '"') >= 0 {
			return false
		}
		if _, err := l.in.Discard(end + 1); err != nil {
			return false
		}
		l.line++
		if len(line) > 0 {
			l.first = l.line
			l.cut(line)
			return true
		}
	}
}

// cut takes a line apart. The buffer keeps it until more is read.
func (l *lines) cut(line []byte) {
	l.cells = l.cells[:0]
	for {
		at := bytes.IndexByte(line, ',')
		if at < 0 {
			l.cells = append(l.cells, line)
			return
		}
		l.cells, line = append(l.cells, line[:at]), line[at+1:]
	}
}

// record reads a record of any kind.
func (l *lines) record() error {
	l.raw, l.text, l.ends = l.raw[:0], l.text[:0], l.ends[:0]
	stray := l.stray
	for open := false; ; {
		start := len(l.raw)
		if err := l.another(); errors.Is(err, io.EOF) && start > 0 {
			l.stray = stray
			l.reopen()
			return nil
		} else if err != nil {
			return err
		}
		line := bytes.TrimSuffix(bytes.TrimSuffix(l.raw[start:], []byte{'\n'}), []byte{'\r'})
		if start == 0 {
			if l.first = l.line; len(line) == 0 {
				l.raw = l.raw[:0]
				continue
			}
			if l.literal {
				l.cut(line)
				return nil
			}
		}
		if open = l.quoted(line, open); !open {
			break
		}
	}
	l.cells = l.cells[:0]
	for i, from := 0, 0; i < len(l.ends); i++ {
		l.cells, from = append(l.cells, l.text[from:l.ends[i]]), l.ends[i]
	}
	return nil
}

// another appends the next line to the record, with its end.
func (l *lines) another() error {
	start := len(l.raw)
	for {
		piece, err := l.in.ReadSlice('\n')
		l.raw = append(l.raw, piece...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err == nil, errors.Is(err, io.EOF) && len(l.raw) > start:
			l.line++
			return nil
		default:
			return err
		}
	}
}

// quoted takes the cells of a line. open says whether it begins, and ends, within quotes.
func (l *lines) quoted(line []byte, open bool) bool {
	for {
		if !open {
			if len(line) == 0 || line[0] != '"' {
				cell, rest, more := bytes.Cut(line, []byte{','})
				l.text = append(l.text, cell...)
				if l.ends = append(l.ends, len(l.text)); !more {
					return false
				}
				line = rest
				continue
			}
			line, open = line[1:], true
		}
		cell, rest, found := bytes.Cut(line, []byte{'"'})
		l.text = append(l.text, cell...)
		switch line = rest; {
		case !found:
			l.text = append(l.text, '\n')
			return true
		case len(line) == 0:
			l.ends = append(l.ends, len(l.text))
			return false
		case line[0] == ',':
			l.ends = append(l.ends, len(l.text))
			line, open = line[1:], false
		case line[0] == '"':
			l.text, line = append(l.text, '"'), line[1:]
		default:
			if l.stray.note(l.line); l.stray.count == 1 {
				l.began = l.first
			}
			l.text = append(l.text, '"')
		}
	}
}

// mostUnclosed is how many quotes may have no end before none counts any more: for each the rest of the file is read again.
const mostUnclosed = 8

// reopen makes one row of the first line of a record whose quotes never end, and reads the others again.
func (l *lines) reopen() {
	l.unclosed.note(l.first)
	l.literal = l.unclosed.count >= mostUnclosed
	line, rest, _ := bytes.Cut(l.raw, []byte{'\n'})
	l.in, l.line = bufio.NewReaderSize(bytes.NewReader(bytes.Clone(rest)), bufferBytes), l.first
	l.cut(bytes.TrimSuffix(line, []byte{'\r'}))
}
