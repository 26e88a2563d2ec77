package lookup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// TestIndex asks for the rows of texts one by one and many at once, of columns with a dictionary and without, and compares with going
// through the rows.
func TestIndex(t *testing.T) {
	const rows = 3*fewTexts + 7
	many := func(i int) string { return fmt.Sprintf("Key-%d", i*7%rows) }
	few := func(i int) string { return fmt.Sprintf("k%d", i%5) }
	var csv strings.Builder
	csv.WriteString("many,few,holed\n")
	for i := range rows {
		holed := ""
		if i%3 > 0 {
			holed = many(i / 2)
		}
		fmt.Fprintf(&csv, "%s,%s,%s\n", many(i), few(i), holed)
	}
	l, errs := open(t, map[string]string{
		"t.csv":           csv.String(),
		"transforms.conf": "[one]\nfilename = t.csv\nmax_matches = 1\n[folded]\nfilename = t.csv\nmax_matches = 1\ncase_sensitive_match = false\n",
	})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, c := range []struct{ lookup, columns string }{
		{"one", "many"}, {"one", "few"}, {"one", "holed"}, {"one", "many,few"}, {"one", "few,holed,many"},
		{"folded", "many"}, {"folded", "holed,few"},
	} {
		columns := strings.Split(c.columns, ",")
		m := matcher(t, l, c.lookup, columns...)
		if !m.Single() {
			t.Fatalf("%s %s may have several rows", c.lookup, c.columns)
		}
		var asked [][]string
		for i := 0; i < rows; i += 6007 {
			values := make([]string, len(columns))
			for k := range values {
				values[k] = m.Table.Cell(uint32(i), m.Table.column(columns[k]))
			}
			other, upper := slices.Clone(values), slices.Clone(values)
			other[len(other)-1] += "x"
			upper[0] = strings.ToUpper(upper[0])
			asked = append(asked, values, other, upper)
		}
		byColumn, firsts := make([][]string, len(columns)), make([]uint32, len(asked))
		for _, values := range asked {
			for k, v := range values {
				byColumn[k] = append(byColumn[k], v)
			}
		}
		m.Firsts(byColumn, firsts)
		for i, values := range asked {
			want := firstRow(m, columns, values)
			got := m.Find(slices.Clone(values), 0, nil)
			if int(firsts[i]) != want || len(got) != min(want, 1) || want > 0 && int(got[0]) != want-1 {
				t.Errorf("%s %s=%q: row %d, and %v, want %d", c.lookup, c.columns, values, int(firsts[i])-1, got, want-1)
			}
		}
	}
}

// firstRow is one more than the first row with the texts, or 0.
func firstRow(m *Matcher, columns, values []string) int {
	for row := range m.Table.Rows {
		same := true
		for k, name := range columns {
			cell, value := m.Table.Cell(uint32(row), m.Table.column(name)), values[k]
			if m.IgnoreCase {
				cell, value = strings.ToLower(cell), strings.ToLower(value)
			}
			same = same && cell != "" && cell == value
		}
		if same {
			return row + 1
		}
	}
	return 0
}

// TestCrowd is about rows with the same texts, of which there may be more than are asked for.
func TestCrowd(t *testing.T) {
	l, _ := open(t, map[string]string{
		"twice.csv": "a,b\nx,1\ny,1\nx,1\nx,2\n,3\n,3\n,3\n,3\n", "once.csv": "a,b\nx,1\ny,1\n", "none.csv": "a,b\n",
		"transforms.conf": "[filled]\nfilename = once.csv\nmin_matches = 1\n[first]\nfilename = twice.csv\nmax_matches = 1\n[no]\nfilename = twice.csv\nmax_matches = 0\n",
	})
	for _, c := range []struct {
		lookup, columns string
		crowd           int
		single          bool
	}{
		{"twice.csv", "a", 3, false}, {"twice.csv", "a,b", 2, false}, {"twice.csv", "b", 4, false}, {"once.csv", "a", 1, true}, {"once.csv", "b", 2, false},
		{"none.csv", "a", 0, false}, {"filled", "a", 1, false}, {"first", "a", 3, true}, {"no", "a", 3, false},
	} {
		m := matcher(t, l, c.lookup, strings.Split(c.columns, ",")...)
		if m.Crowd() != c.crowd || m.Single() != c.single {
			t.Errorf("%s by %s: %d rows, single %t, want %d, %t", c.lookup, c.columns, m.Crowd(), m.Single(), c.crowd, c.single)
		}
	}
}

// TestLongTexts keeps texts that are longer than the pieces that memory is taken in.
func TestLongTexts(t *testing.T) {
	texts := newTexts()
	want := map[uint32]string{0: ""}
	for i, n := range []int{1, 127, 128, 20_000, firstBlock - 20, firstBlock, 1 << blockBits, 3, 5 << blockBits, 1<<blockBits - 10, 1} {
		s := strings.Repeat(string(rune('a'+i)), n)
		place, ok := texts.add([]byte(s))
		if _, taken := want[place]; taken || !ok {
			t.Fatalf("the text of %d bytes is at %d, %t", n, place, ok)
		}
		want[place] = s
	}
	for place, s := range want {
		if got := texts.at(place); got != s {
			t.Errorf("at %d are %d bytes, want %d", place, len(got), len(s))
		}
	}
}

// TestManyTexts filters rows of a column whose texts are nearly all different.
func TestManyTexts(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("id\n")
	for i := range 2 * fewTexts {
		fmt.Fprintf(&csv, "%d\n", i)
	}
	l, _ := open(t, map[string]string{"t.csv": csv.String(), "transforms.conf": "[late]\nfilename = t.csv\nfilter = any\nmatch_type = WILDCARD(id)\n"})
	l.Understand(func(table *Table, _ *source.Text) (rows []uint32, errs source.Errors) {
		for row := range table.Rows / 2 {
			rows = append(rows, uint32(2*row+1))
		}
		return rows, nil
	})
	m := matcher(t, l, "late", "id")
	if got := found(m, 0, "id", "30001"); !slices.Equal(got, []string{"30001"}) {
		t.Errorf("found %q", got)
	}
	if got := found(m, 0, "id", "30000"); got != nil {
		t.Errorf("found %q, which the filter leaves out", got)
	}
	cells := m.Table.Cells[0]
	if got := cells.Slice(15000, 15002); got.Value(0).Text() != "30001" || got.Value(1).Text() != "30003" {
		t.Errorf("rows 15000 and 15001 are %s and %s", got.Value(0), got.Value(1))
	}
	if got := cells.Pick([]uint32{0, 15001}); !got.IsNull(0) || got.Value(1).Text() != "30001" {
		t.Errorf("picked are %s and %s", got.Value(0), got.Value(1))
	}
}
