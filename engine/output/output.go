// Package output writes rows: as a table for people, as JSON, CSV or TSV for programs, as the raw lines of the log.
//
// One file per format. To add one, write its file and a line in the table below.
package output

import (
	"bufio"
	"io"
	"runtime"
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/spill"
)

// Options says how rows are to be written.
type Options struct {
	Format   string         // name of a format; empty: table on a terminal, ndjson elsewhere
	Zone     *time.Location // of times; nil is UTC
	Terminal bool           // the writer is a terminal: text of logs is escaped, tables are narrowed
	Width    int            // columns of the terminal; 0 if unknown
	Wide     bool           // do not narrow tables
	Color    bool           // mark headers by colour
	Live     bool           // rows come for long: a table writes each batch at once, without lines below it; an empty batch says that no sequence goes on
	ASCII    bool           // draw tables with - | + and ~ only, for readers who have no other signs
	Bare     bool           // leave out the lines below a table
	CSVSafe  bool           // guard cells that a spreadsheet would take for a formula
	Groups   *Grouping      // rows are the events of sequences; nil: they are not
	Digest   []Digest       // what a table that is not wide shows of rows with many columns; empty: all of them
	Workers  int            // how many pieces of a batch are made at the same time; 0 is one per core
	// Space is where CSV and TSV put rows away that are too many to be held until all columns are known; nil: they are held.
	Space *spill.Space
}

// Summary is what was written.
type Summary struct {
	Rows      int64 // of sequences, how many there are of these
	Shortened int   // cells that were cut to fit the terminal
}

// format is an entry of the table.
type format struct {
	Info
	open func(*sink) writer
}

// writer writes batches in one format.
type writer interface {
	// batch must not keep the batch, which is valid only during the call. Columns may differ from batch to batch.
	batch(*column.Batch) error
	// close writes whatever comes after the last row. It is not called after an error.
	close() error
}

// sink is where a writer writes to.
type sink struct {
	*bufio.Writer
	Options
	summary Summary
	pieces  [][]byte // of rows, as they are written
}

var formats = []format{
	{Info{"table", "A table for reading, fitted to the terminal.", nil}, openTable},
	{Info{"json", "One JSON array, an object per row.", []string{".json"}}, openJSON},
	{Info{"ndjson", "A JSON object per line.", []string{".ndjson", ".jsonl"}}, openNDJSON},
	{Info{"csv", "Comma-separated values (RFC 4180, lines end in LF); several values of a cell on lines of their own.", []string{".csv"}}, openCSV},
	{Info{"tsv", "Tab-separated values; tab, newline and backslash in a cell are written \\t, \\n and \\\\.", []string{".tsv"}}, openTSV},
	{Info{"raw", "The records as they stand in the log, or the values of a row separated by blanks.", nil}, openRaw},
}

// Formats is the list of formats, in the order of the help.
func Formats() Choice {
	out := make(Choice, len(formats))
	for i, f := range formats {
		out[i] = f.Info
	}
	return out
}

// Check is an error that names the formats if name is none of them.
func Check(name string) error {
	_, err := find(name)
	return err
}

func find(name string) (format, error) {
	i, err := Formats().Find(name, "the formats")
	return formats[i], err
}

// Write writes the rows to w. Errors of the stream and of w are returned as they are; what came before an error is written as far
// as the format allows, and no output that ends by an error looks complete.
func Write(w io.Writer, rows column.Stream, o Options) (Summary, error) {
	if o.Format == "" {
		o.Format = "ndjson"
		if o.Terminal {
			o.Format = "table"
		}
	}
	f, err := find(o.Format)
	if err != nil {
		return Summary{}, err
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	out := &sink{Writer: bufio.NewWriterSize(w, 64<<10), Options: o}
	to, last := f.open(out), int64(0)
	for b, err := range rows {
		if err != nil {
			_ = out.Flush() // the stream's error tells more than the writer's
			return out.summary, err
		}
		if err := to.batch(b); err != nil {
			return out.summary, err
		}
		if o.Groups != nil {
			out.summary.Rows += o.Groups.begun(b, &last)
		} else {
			out.summary.Rows += int64(b.Rows)
		}
	}
	if err := to.close(); err != nil {
		return out.summary, err
	}
	return out.summary, out.Flush()
}

// text is a cell on one line of text: its values one after another.
func (o *Options) text(v column.Value, between string, escape func(string) string) string {
	if v.Kind() == column.String {
		return escape(v.Text())
	}
	items := v.Items()
	if len(items) == 1 {
		return column.Format(v, o.Zone) // numbers, times and truth values hold nothing to escape
	}
	parts := make([]string, len(items))
	for i, x := range items {
		parts[i] = o.text(x, between, escape)
	}
	return strings.Join(parts, between)
}

// number appends a value that is neither text nor a list: there is nothing in it to escape.
func (o *Options) number(dst []byte, v column.Value) []byte {
	switch v.Kind() {
	case column.Int:
		return strconv.AppendInt(dst, v.Int(), 10)
	case column.Time:
		return column.AppendTime(dst, v.Int(), o.Zone)
	}
	return append(dst, column.Format(v, o.Zone)...)
}

// asIs is the escape of formats that keep data exact.
func asIs(s string) string { return s }
