package output

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"spoor/engine/column"
)

var delimitedSeeds = []string{"", "plain", `a "quoted", cell`, "two\nlines", "tab\there", `back\slash\n`, "\r\n", " padded ", "\x1b\xff日本", ",", `""`}

// FuzzCSV holds our cells against encoding/csv: it must read back what was written.
func FuzzCSV(f *testing.F) {
	for _, s := range delimitedSeeds {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var out bytes.Buffer
		rows := stream(table([]string{"a", "b"}, []column.Value{str(a), str(b)}))
		if _, err := Write(&out, rows, Options{Format: "csv"}); err != nil {
			t.Fatal(err)
		}
		got, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(got) != 2 || len(got[1]) != 2 {
			t.Fatalf("%q, %q: %q, %v", a, b, got, err)
		}
		for i, want := range []string{a, b} {
			if want = strings.ReplaceAll(want, "\r\n", "\n"); got[1][i] != want { // the reader knows no other line ends
				t.Fatalf("got %q, want %q", got[1][i], want)
			}
		}
	})
}

// FuzzTSV checks that a row is one line of as many cells as columns, each of which can be read back.
func FuzzTSV(f *testing.F) {
	for _, s := range delimitedSeeds {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		rows := stream(table([]string{"a", "b"}, []column.Value{str(a), str(b)}))
		var out bytes.Buffer
		if _, err := Write(&out, rows, Options{Format: "tsv"}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) != 3 || lines[2] != "" {
			t.Fatalf("%q, %q: lines %q", a, b, lines)
		}
		cells := strings.Split(lines[1], "\t")
		if len(cells) != 2 || unescapeTSV(cells[0]) != a || unescapeTSV(cells[1]) != b {
			t.Fatalf("%q, %q: cells %q", a, b, cells)
		}
	})
}

func unescapeTSV(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r").Replace(s)
}

func TestCSVSafe(t *testing.T) {
	rows := stream(table([]string{"=a", "n"},
		[]column.Value{str("=cmd|' /C calc'!A0"), num(-1)},
		[]column.Value{str("+1"), num(1)},
		[]column.Value{str("-x"), null},
		[]column.Value{str("@x"), null},
		[]column.Value{str("\tx"), null},
		[]column.Value{str("\rx"), null},
		[]column.Value{list("-x", "=y"), null},
		[]column.Value{str("a=b"), null}))
	want := "'=a,n\n'=cmd|' /C calc'!A0,-1\n'+1,1\n'-x,\n'@x,\n'\tx,\n\"'\rx\",\n\"'-x\n=y\",\na=b,\n"
	if got, _ := write(t, rows, Options{Format: "csv", CSVSafe: true}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCSVKeepsARowOfNulls(t *testing.T) {
	rows := stream(table([]string{"a"}, []column.Value{null}, []column.Value{str("x")}))
	if got, _ := write(t, rows, Options{Format: "csv"}); got != "a\n\"\"\nx\n" {
		t.Errorf("got %q", got)
	}
}
