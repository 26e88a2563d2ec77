package lookup

import (
	"fmt"
	"unicode/utf8"

	"spoor/grammar/source"
)

// fault is something that is wrong with a file: the line where it is first, and how many there are.
type fault struct{ line, count int }

func (f *fault) note(line int) {
	if f.count++; f.count == 1 {
		f.line = line
	}
}

// more is how many others there are, in words.
func (f *fault) more() string {
	switch f.count {
	case 1:
		return ""
	case 2:
		return " (and in one more place)"
	}
	return fmt.Sprintf(" (and in %d more places)", f.count-1)
}

// faults is what is wrong with a file of CSV although its rows are used.
type faults struct {
	unclosed, stray, ragged fault
	began                   int      // the line with which the row of the first stray quote begins
	width, cells            int      // the names of the first line, and the cells of the first one that has others
	repeated                []string // names of columns
	separator               rune     // what seems to stand for the comma; 0: nothing
	strange                 bool     // the names are no text
	nameless                bool     // there are none
}

// record notes how many cells a record has.
func (f *faults) record(line, cells int) {
	if cells == f.width {
		return
	}
	if f.ragged.note(line); f.ragged.count == 1 {
		f.cells = cells
	}
}

// names looks at the first line.
func (f *faults) names(line [][]byte) {
	f.width = len(line)
	for _, name := range line {
		f.strange = f.strange || !utf8.Valid(name)
		for _, c := range string(name) {
			f.strange = f.strange || c < ' ' && c != '\t' && c != '\n' && c != '\r'
			if len(line) == 1 && (c == ';' || c == '\t' || c == '|') {
				f.separator = c
			}
		}
	}
}

// tell is the warnings about a file.
func (f *faults) tell(at source.Span, file string) (out source.Errors) {
	warn := func(line int, format string, args ...any) *source.Diagnostic {
		d := source.Warnf(at, "odd-lookup", "%s:%d: %s", file, line, fmt.Sprintf(format, args...))
		out = append(out, d)
		return d
	}
	if f.strange {
		warn(1, "the names of the columns are no text in UTF-8").WithHint("a lookup is a file of CSV in UTF-8, packed with gzip or not")
		return out
	}
	if f.nameless {
		warn(1, "no column has a name").WithHint("the first line names the columns")
	}
	if f.separator != 0 {
		warn(1, "there is no comma but %q: this is a single column", f.separator).WithHint("cells are separated by commas")
	}
	for _, name := range f.repeated {
		warn(1, "the column %s is there twice", name).WithHint("the first of them counts")
	}
	if f.unclosed.count > 0 {
		warn(f.unclosed.line, "a quote opens a cell and never closes%s", f.unclosed.more()).
			WithHint(`it counts as a letter, and what is behind the line as rows; a quote in a cell is "" within quotes`)
	}
	if f.stray.count > 0 {
		warn(f.stray.line, "a quote stands within a quoted cell of the row that begins in line %d%s", f.began, f.stray.more()).
			WithHint(`it counts as a letter, and the cell goes on; a quote in a cell is ""`)
	}
	if f.ragged.count > 0 {
		warn(f.ragged.line, "cells of this row: %d, columns of the first line: %d%s", f.cells, f.width, f.ragged.more()).
			WithHint("missing cells are empty, and others are left out; a cell with a comma needs quotes")
	}
	return out
}
