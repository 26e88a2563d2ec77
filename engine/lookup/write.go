package lookup

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"spoor/grammar/source"
)

// Output says how rows are written into a lookup. The zero value replaces what is there.
type Output struct {
	Append bool
	Key    string // rows replace those with the same text in this column, and the others stay; empty: no such column
}

// Target is the definition of a lookup that is to be written: one that exists, or a new file of CSV.
func (l *Library) Target(at source.Span, name string) (*Definition, *source.Diagnostic) {
	d, diag := l.Find(at, name)
	if diag == nil || diag.Code != "unknown-lookup" {
		return d, diag
	}
	if !isTable(name) {
		return nil, diag.WithHint("a new lookup is a file of CSV: outputlookup %s.csv", name)
	}
	d = newDefinition(name)
	d.File, d.folder = name, len(l.folders)-1
	return d, nil
}

// Write puts rows, whose cells are in the order of the columns, into the file of a lookup. The file appears whole or stays as it was. Of
// rows that are added to others only the columns that are there already are kept; dropped is the rest.
func (l *Library) Write(at source.Span, d *Definition, o Output, columns []string, rows iter.Seq[[]string]) (dropped []string, diag *source.Diagnostic) {
	header, old := columns, newTable(nil)
	if o.Append || o.Key != "" {
		if old, diag = l.present(at, d); diag != nil {
			return nil, diag
		}
		if len(old.Columns) > 0 {
			header = old.Columns
		}
	}
	if o.Key != "" && !slices.Contains(header, o.Key) {
		return nil, source.Errorf(at, "unknown-column", "the lookup %s has no column %s to tell rows apart by", d.Name, o.Key)
	}
	places := make([]int, len(header))
	for i, c := range header {
		places[i] = slices.Index(columns, c)
	}
	for _, c := range columns {
		if !slices.Contains(header, c) {
			dropped = append(dropped, c)
		}
	}
	m := merge{table: old, header: header, places: places, key: slices.Index(header, o.Key)}
	f, _, _ := l.file(d)
	if err := f.replace(d.File, func(w *csv.Writer) error { return m.write(w, rows) }); err != nil {
		return nil, source.Errorf(at, "bad-lookup", "the lookup %s cannot be written: %s/%s: %s", d.Name, f.name, d.File, source.Reason(err))
	}
	return dropped, nil
}

// present is the rows of a lookup, none if its file is not there yet.
func (l *Library) present(at source.Span, d *Definition) (*Table, *source.Diagnostic) {
	if _, _, err := l.file(d); errors.Is(err, fs.ErrNotExist) {
		return newTable(d.Fields), nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.whole(at, d)
}

// merge is rows of a table and new ones behind them or in their place.
type merge struct {
	table  *Table
	header []string
	places []int // of the header's columns among the cells of a new row, or -1
	key    int   // of the header, or -1
}

func (m *merge) write(w *csv.Writer, rows iter.Seq[[]string]) error {
	if err := writeRow(w, m.header); err != nil {
		return err
	}
	fresh, newest := m.fresh(rows)
	row := make([]string, len(m.header))
	for r := range m.table.Rows {
		for c := range row {
			row[c] = m.table.Cell(uint32(r), c)
		}
		out := row
		if i, replaced := newest[m.keyOf(row)]; replaced {
			out, fresh[i] = fresh[i], nil // a second row with the key finds none
		}
		if err := writeRow(w, out); err != nil {
			return err
		}
	}
	for _, row := range fresh {
		if err := writeRow(w, row); err != nil {
			return err
		}
	}
	return nil
}

// fresh is the new rows under the header, and by key which of them it is: the last with that key, in the place of the first.
func (m *merge) fresh(rows iter.Seq[[]string]) (fresh [][]string, newest map[string]int) {
	newest = map[string]int{}
	for cells := range rows {
		row := make([]string, len(m.header))
		for i, at := range m.places {
			if at >= 0 {
				row[i] = cells[at]
			}
		}
		if i, ok := newest[m.keyOf(row)]; ok {
			fresh[i] = row
			continue
		}
		if m.key >= 0 {
			newest[row[m.key]] = len(fresh)
		}
		fresh = append(fresh, row)
	}
	return fresh, newest
}

// keyOf is the text by which a row is told from others, if there is such a column.
func (m *merge) keyOf(row []string) string {
	if m.key < 0 {
		return ""
	}
	return row[m.key]
}

// writeRow writes a row; one without cells is none.
func writeRow(w *csv.Writer, row []string) error {
	if len(row) == 0 {
		return nil
	}
	return w.Write(row)
}

// replace writes a file beside the old one and then puts it in its place.
func (f folder) replace(name string, fill func(*csv.Writer) error) (err error) {
	temp, file, err := f.create(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.root.Remove(temp))
		}
	}()
	err = write(file, strings.HasSuffix(name, ".gz"), fill)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return f.root.Rename(temp, name)
}

// mostTemporary bounds the search for a name that nobody has taken.
const mostTemporary = 1000

// create makes a new file in the folder of another.
func (f folder) create(name string) (temp string, file *os.File, err error) {
	for i := range mostTemporary {
		temp = path.Join(path.Dir(name), "."+path.Base(name)+"."+strconv.Itoa(i)+".tmp")
		file, err = f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return temp, file, err
		}
	}
	return "", nil, err
}

func write(file *os.File, packed bool, fill func(*csv.Writer) error) error {
	buffered := bufio.NewWriterSize(file, 256<<10)
	var to io.Writer = buffered
	var pack *gzip.Writer
	if packed {
		pack = gzip.NewWriter(buffered)
		to = pack
	}
	w := csv.NewWriter(to)
	if err := fill(w); err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if packed {
		if err := pack.Close(); err != nil {
			return err
		}
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	return file.Sync()
}
