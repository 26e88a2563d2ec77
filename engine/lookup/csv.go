package lookup

import (
	"bufio"
	"bytes"
	"encoding/csv"
)

// lines reads the records of CSV. What has no quotes is cut at its commas here; package csv reads the rest from the same buffer, of which
// it takes no more than the lines of a record.
type lines struct {
	in     *bufio.Reader
	quoted *csv.Reader
	cells  [][]byte
	text   []byte
}

func newLines(in *bufio.Reader) *lines {
	l := &lines{in: in, quoted: csv.NewReader(in)}
	l.quoted.FieldsPerRecord, l.quoted.LazyQuotes, l.quoted.ReuseRecord = -1, true, true
	return l
}

// read is the cells of the next record, until the next call.
func (l *lines) read() ([][]byte, error) {
	if l.plain() {
		return l.cells, nil
	}
	record, err := l.quoted.Read()
	if err != nil {
		return nil, err
	}
	l.cells, l.text = l.cells[:0], l.text[:0]
	for _, s := range record {
		at := len(l.text)
		l.text = append(l.text, s...)
		l.cells = append(l.cells, l.text[at:])
	}
	return l.cells, nil
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
		if bytes.IndexByte(line, '"') >= 0 {
			return false
		}
		if _, err := l.in.Discard(end + 1); err != nil {
			return false
		}
		if len(line) > 0 {
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
