package lookup

import (
	"os"
	"slices"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// TestFaults reads files that are not quite CSV: their rows are used, and warnings say what is wrong and where.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name, text string
		rows       []string // their cells joined by |
		want       []string // what the warnings begin with, behind the name of the file
	}{
		{"nothing wrong", "a,b\n1,2\n\"3\n3\",\"4\"\"4\"\n\n5,6", []string{"1|2", "3\n3|4\"4", "5|6"}, nil},
		{"only names", "a,b\n", nil, nil},
		{"a row too short", "a,b\n1,2\n3\n5,6\n", []string{"1|2", "3|", "5|6"}, []string{":3: cells of this row: 1, columns of the first line: 2"}},
		{"rows too long", "a,b\n1,2,3\n\n\"4\n4\",5\n6,7,8,9\n1\n", []string{"1|2", "4\n4|5", "6|7", "1|"},
			[]string{":2: cells of this row: 3, columns of the first line: 2 (and in 2 more places)"}},
		{"a quote that never closes", "a,b\n1,2\n\"3,4\n5,6\n7,8\n", []string{"1|2", "\"3|4", "5|6", "7|8"}, []string{":3: a quote opens a cell and never closes"}},
		{"a quote that another one closes", "a,b\n1,2\n\"3,4\n\"5\",6\n7,8\n", []string{"1|2", "3,4\n\"5|6", "7|8"}, []string{":4: a quote stands within a quoted cell of the row that begins in line 3"}},
		{"two of them", "a,b\n\"1,2\r\n3,\"4\n5,6", []string{"\"1|2", "3|\"4", "5|6"}, []string{":2: a quote opens a cell and never closes (and in one more place)"}},
		{"one in the names", "a,\"b\n1,2\n", []string{"1|2"}, []string{":1: a quote opens a cell and never closes"}},
		{"one at the end", "a,b\n1,2\n3,\"", []string{"1|2", "3|\""}, []string{":3: a quote opens a cell and never closes"}},
		{"a quote within quotes", "a,b\n\"1 \"1\" 1\",2\n3,4\n", []string{"1 \"1\" 1|2", "3|4"}, []string{":2: a quote stands within a quoted cell of the row that begins in line 2 (and in one more place)"}},
		{"the same name twice", "a,b,a\n1,2,3\n", []string{"1|2"}, []string{":1: the column a is there twice"}},
		{"Splunk's columns of multivalues", "a,b,__mv_a,__mv_b\n1,2,,\n", []string{"1|2"}, nil},
		{"semicolons", "a;b\n1;2\n", []string{"1;2"}, []string{":1: there is no comma but ';'"}},
		{"tabs", "a\tb\n1\t2\n", []string{"1\t2"}, []string{":1: there is no comma but '\\t'"}},
		{"no name", ",\n1,2\n", []string{""}, []string{":1: no column has a name"}},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", nil, []string{":1: the names of the columns are no text"}},
		{"two bytes for a letter", "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00", nil, []string{":1: the names of the columns are no text"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, _ := open(t, map[string]string{"t.csv": c.text})
			d, diag := l.Find(source.Span{}, "t.csv")
			if diag != nil {
				t.Fatal(diag)
			}
			table, diag := l.Table(source.Span{}, d)
			if diag != nil {
				t.Fatal(diag)
			}
			var rows, got []string
			for row := range table.Rows {
				var cells []string
				for col := range table.Columns {
					cells = append(cells, table.Cell(uint32(row), col))
				}
				rows = append(rows, strings.Join(cells, "|"))
			}
			if c.rows != nil && !slices.Equal(rows, c.rows) || c.rows == nil && c.want == nil && rows != nil {
				t.Errorf("rows %q, want %q", rows, c.rows)
			}
			for _, w := range l.Doubts(source.Span{}, d) {
				_, message, _ := strings.Cut(w.Message, "t.csv")
				if got = append(got, message); w.Severity != source.Warning || w.Code != "odd-lookup" || message == "" {
					t.Errorf("%+v", w)
				}
			}
			if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
				t.Errorf("warnings %q, want %q", got, c.want)
			}
		})
	}
}

// TestManyUnclosed reads a file with a quote on each line that never closes: beyond the first few, quotes are letters.
func TestManyUnclosed(t *testing.T) {
	const rows = 100_000
	l, _ := open(t, map[string]string{"t.csv": "a,b\n" + strings.Repeat("\"x,y\n", rows)})
	d, _ := l.Find(source.Span{}, "t.csv")
	table, diag := l.Table(source.Span{}, d)
	if diag != nil || table.Rows != rows || table.Cell(0, 0) != "\"x" || table.Cell(rows-1, 1) != "y" {
		t.Errorf("%v, %d rows", diag, table.Rows)
	}
}

// TestUnwritten is about collections, which have a file once somebody writes it.
func TestUnwritten(t *testing.T) {
	l, _ := open(t, map[string]string{"transforms.conf": "[seen]\ncollection = seen_users\nfields_list = _key, user\n[file]\nfilename = f.csv\n", "f.csv": "a\n1\n"})
	for name, want := range map[string]bool{"seen": true, "file": false, "f.csv": false} {
		d, diag := l.Find(source.Span{}, name)
		if diag != nil {
			t.Fatal(diag)
		}
		w := l.Unwritten(source.Span{}, d)
		if (w != nil) != want || want && (!strings.Contains(w.Message, "seen_users.csv") || !strings.Contains(w.Hint, "outputlookup seen") || !strings.Contains(w.Hint, "_key,user")) {
			t.Errorf("%s: %v", name, w)
		}
	}
	d, _ := l.Find(source.Span{}, "seen")
	f, _, _ := l.file(d)
	if err := os.WriteFile(f.name+"/seen_users.csv", []byte("_key,user\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if w := l.Unwritten(source.Span{}, d); w != nil {
		t.Errorf("its file is there: %v", w)
	}
}
