package lookup

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Table is the rows of a lookup. An empty cell is null.
type Table struct {
	Columns []string
	Rows    int
	Cells   []*Cells // one per column

	texts  *texts
	faults faults
}

// Cell is the text of a cell, "" if it is empty.
func (t *Table) Cell(row uint32, col int) string { return t.Cells[col].Text(row) }

// column is the index of a name, or -1.
func (t *Table) column(name string) int {
	for i, c := range t.Columns {
		if c == name {
			return i
		}
	}
	return -1
}

// Has says whether the table has a column.
func (t *Table) Has(name string) bool { return t.column(name) >= 0 }

func newTable(columns []string) *Table {
	t := &Table{texts: newTexts()}
	for _, c := range columns {
		if !t.Has(c) {
			t.Columns, t.Cells = append(t.Columns, c), append(t.Cells, newCells(t.texts))
		}
	}
	return t
}

const bufferBytes = 256 << 10

// mostBytes bounds what a packed file may hold.
const mostBytes = 4 << 30

var errTooLarge = errors.New("more than 4 GiB")

// readTable reads CSV, packed with gzip or not. The first line names the columns.
func readTable(r io.Reader) (*Table, error) {
	buffered := bufio.NewReaderSize(r, bufferBytes)
	if magic, err := buffered.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, err
		}
		buffered = bufio.NewReaderSize(&bounded{unpacked, mostBytes}, bufferBytes)
	}
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\ufeff" {
		if _, err := buffered.Discard(3); err != nil {
			return nil, err
		}
	}
	lines := newLines(buffered)
	head, err := lines.read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("it is empty: the first line must name the columns")
	}
	if err != nil {
		return nil, err
	}
	places, t := header(head)
	for {
		record, err := lines.read()
		if errors.Is(err, io.EOF) {
			t.faults.unclosed, t.faults.stray, t.faults.began = lines.unclosed, lines.stray, lines.began
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("after %d rows: %w", t.Rows, err)
		}
		if !t.add(record, places) {
			return nil, errTooLarge
		}
		t.faults.record(lines.first, len(record))
	}
}

// header makes the table of a first line, and the place in the line of each column. Splunk writes multivalues a second time, into
// columns whose names begin with __mv_.
func header(line [][]byte) (places []int, t *Table) {
	t = newTable(nil)
	t.faults.names(line)
	for i, cell := range line {
		name := strings.TrimSpace(string(cell))
		if name == "" || strings.HasPrefix(name, "__mv_") {
			continue
		}
		if t.Has(name) {
			t.faults.repeated = append(t.faults.repeated, name)
			continue
		}
		places = append(places, i)
		t.Columns, t.Cells = append(t.Columns, name), append(t.Cells, newCells(t.texts))
	}
	t.faults.nameless = len(places) == 0
	return places, t
}

// add appends a row; ok is false if there is no room for it.
func (t *Table) add(record [][]byte, places []int) (ok bool) {
	for i, at := range places {
		var cell []byte
		if at < len(record) {
			cell = record[at]
		}
		if !t.Cells[i].add(cell) {
			return false
		}
	}
	t.Rows++
	return true
}

// bounded fails once more than left bytes were read.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errTooLarge
	}
	return n, err
}
