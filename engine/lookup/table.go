package lookup

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"spoor/engine/column"
)

// Table is the rows of a lookup. An empty cell is null.
type Table struct {
	Columns []string
	Rows    int
	Cells   []*column.Dict // one per column; nobody adds to their dictionaries any more
}

// Cell is the text of a cell, "" if it is empty.
func (t *Table) Cell(row uint32, col int) string {
	c := t.Cells[col]
	return c.Dictionary.Value(c.Codes[row]).Text()
}

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
	t := &Table{}
	for _, c := range columns {
		if !t.Has(c) {
			t.Columns = append(t.Columns, c)
			t.Cells = append(t.Cells, &column.Dict{Dictionary: column.NewDictionary()})
		}
	}
	return t
}

// mostBytes bounds what a packed file may hold.
const mostBytes = 4 << 30

var errTooLarge = errors.New("more than 4 GiB")

// readTable reads CSV, packed with gzip or not. The first line names the columns.
func readTable(r io.Reader) (*Table, error) {
	buffered := bufio.NewReaderSize(r, 256<<10)
	if magic, err := buffered.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, err
		}
		buffered = bufio.NewReaderSize(&bounded{unpacked, mostBytes}, 256<<10)
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
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("after %d rows: %w", t.Rows, err)
		}
		t.add(record, places)
	}
}

// header makes the table of a first line, and the place in the line of each column. Splunk writes multivalues a second time, into
// columns whose names begin with __mv_.
func header(line [][]byte) (places []int, t *Table) {
	t = newTable(nil)
	for i, cell := range line {
		name := strings.TrimSpace(string(cell))
		if name == "" || strings.HasPrefix(name, "__mv_") || t.Has(name) {
			continue
		}
		places = append(places, i)
		t.Columns = append(t.Columns, name)
		t.Cells = append(t.Cells, &column.Dict{Dictionary: column.NewDictionary()})
	}
	return places, t
}

func (t *Table) add(record [][]byte, places []int) {
	for i, at := range places {
		code := uint32(0)
		if at < len(record) && len(record[at]) > 0 {
			code = t.Cells[i].Dictionary.Intern(record[at])
		}
		t.Cells[i].Codes = append(t.Cells[i].Codes, code)
	}
	t.Rows++
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
