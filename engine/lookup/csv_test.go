package lookup

import (
	"bufio"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 300<<10)
	for _, c := range []struct {
		name, text string
		want       []string // the rows, their cells joined by |
	}{
		{"plain", "a,b\n1,2\n3,4\n", []string{"1|2", "3|4"}},
		{"no line break at the end", "a,b\n1,2\n3,4", []string{"1|2", "3|4"}},
		{"line breaks of Windows", "a,b\r\n1,2\r\n3,4\r\n", []string{"1|2", "3|4"}},
		{"empty lines", "a,b\n\n1,2\n\r\n\n3,4\n\n", []string{"1|2", "3|4"}},
		{"empty lines before a quoted one", "a,b\n\n\n\"1\",2\n", []string{"1|2"}},
		{"quotes now and then", "a,b\n1,2\n\"3,3\",4\n5,6\n\"7\"\"7\",8\n9,0\n", []string{"1|2", "3,3|4", "5|6", `7"7|8`, "9|0"}},
		{"a quoted line break", "a,b\n1,2\n\"3\n3\",4\n5,6\n", []string{"1|2", "3\n3|4", "5|6"}},
		{"a quote within", "a,b\n1\"1,2\n3,4\n", []string{`1"1|2`, "3|4"}},
		{"a quote that does not end", "a,b\n1,2\n\"3,4\n5,6", []string{"1|2", "\"3|4", "5|6"}},
		{"too few and too many cells", "a,b\n1\n2,3,4\n,\n", []string{"1|", "2|3", "|"}},
		{"a carriage return within", "a,b\n1\r1,2\n3,4\r\r\n", []string{"1\r1|2", "3|4\r"}},
		{"lines beyond the buffer", "a,b\n1,2\n" + long + ",3\n4,5\n", []string{"1|2", long + "|3", "4|5"}},
		{"columns of multivalues, no name, the same name", "a,__mv_a,,b,a\n1,2,3,4,5\n", []string{"1|4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, err := readTable(strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if len(table.Columns) != 2 || table.Rows != len(c.want) {
				t.Fatalf("%d rows of %q, want %d", table.Rows, table.Columns, len(c.want))
			}
			for row, want := range c.want {
				if got := table.Cell(uint32(row), 0) + "|" + table.Cell(uint32(row), 1); got != want {
					t.Errorf("row %d is %q, want %q", row, got, want)
				}
			}
		})
	}
}

// FuzzLines reads what package csv reads, the same way, as long as every quote closes.
func FuzzLines(f *testing.F) {
	for _, s := range []string{"a,b\n1,\"2\"\n", "\"a\"\"b\r\nc\",d\r\n\n,\n", "a\"b,\"c\"d\"\n\"\"", "\"a\n\n\",\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\r\r") || strings.HasSuffix(text, "\r") {
			return // of a carriage return without a line break package csv makes something else
		}
		var got, want [][]string
		l := newLines(bufio.NewReaderSize(strings.NewReader(text), 16)) // most lines are longer than the buffer
		for {
			cells, err := l.read()
			if err != nil {
				break
			}
			row := make([]string, len(cells))
			for i, c := range cells {
				row[i] = string(c)
			}
			got = append(got, row)
		}
		if l.unclosed.count > 0 {
			return
		}
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord, r.LazyQuotes = -1, true
		want, err := r.ReadAll()
		if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%q is %q, want %q, %v", text, got, want, err)
		}
	})
}
