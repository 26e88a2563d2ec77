package input

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

func cell(values ...string) *format.Cell {
	c := &format.Cell{}
	for i, v := range values {
		if i == 0 {
			c.Text, c.Set = []byte(v), true
		} else {
			c.More = append(c.More, []byte(v))
		}
	}
	return c
}

func TestTextsChooseTheirEncoding(t *testing.T) {
	texts := &texts{encoder: &encoder{}}
	batch := func(value func(i int) string) column.Vector {
		for i := range 1024 {
			texts.put(cell(value(i)))
		}
		return texts.vector()
	}
	encodings := ""
	n := 0
	for i := range 80 {
		v := batch(func(int) string { n++; return fmt.Sprint("value ", n) })
		if got, want := v.Value(5).Text(), fmt.Sprint("value ", i*1024+6); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		encodings += encoding(v)
	}
	// Two batches are the trial; 64 flat ones follow, and another trial.
	if want := "dd" + strings.Repeat("f", 64) + "dd" + strings.Repeat("f", 12); encodings != want {
		t.Errorf("all different:\n got %s\nwant %s", encodings, want)
	}
	texts.encoder = &encoder{}
	for i := range 10 {
		if got := encoding(batch(func(i int) string { return fmt.Sprint(i % 100) })); got != "d" {
			t.Errorf("batch %d of few values is %s", i, got)
		}
	}
}

func encoding(v column.Vector) string {
	switch v.(type) {
	case *column.Dict:
		return "d"
	case *column.Strings:
		return "f"
	case *column.Multis:
		return "m"
	case *column.Const:
		return "c"
	}
	return fmt.Sprintf("%T", v)
}

func TestDictionariesAreBounded(t *testing.T) {
	texts := &texts{encoder: &encoder{}}
	seen := map[*column.Dictionary]bool{}
	long := strings.Repeat("x", 10_000)
	for i := range 5000 {
		texts.put(cell(fmt.Sprint(long, i%2000)))
		if i%100 == 99 {
			texts.put(cell("same"))
			d := texts.vector().(*column.Dict).Dictionary
			seen[d] = true
			if d.Bytes() > dictionaries+2<<20 {
				t.Fatalf("a dictionary of %d bytes", d.Bytes())
			}
		}
		if i%3 == 0 { // values that come again keep the field from going flat
			for range 3 {
				texts.put(cell("same"))
			}
		}
	}
	if len(seen) < 3 {
		t.Errorf("only %d dictionaries", len(seen))
	}
}

func TestTextsOfAllLengthsAreToldApart(t *testing.T) {
	e := &encoder{}
	d := e.begin()
	var values []string
	for size := range 20 {
		text := "abcdefghijklmnopqrst"[:size]
		values = append(values, text)
		for at := range size { // neighbours that differ in one byte, which may be 0
			values = append(values, text[:at]+"\x00"+text[at+1:], text[:at]+"z"+text[at+1:])
		}
	}
	for round := range 3 {
		for i, v := range values {
			behind := append([]byte(v), "what lies behind"[round:]...)
			if code := e.intern(d, behind[:len(v)]); code != uint32(i+1) || d.Value(code).Text() != v {
				t.Fatalf("round %d: %q is %d: %q, want %d", round, v, code, d.Value(code).Text(), i+1)
			}
		}
	}
	if e.fresh != len(values) || e.rows != 3*len(values) {
		t.Errorf("%d of %d values are new, want %d of %d", e.fresh, e.rows, len(values), 3*len(values))
	}
	e.flat = true
	e.begin()
	e.rows = retrial
	next := e.begin()
	if e.intern(next, []byte(values[9])) != 1 || e.intern(d, []byte(values[9])) != 10 || e.intern(next, []byte(values[9])) != 1 {
		t.Error("the codes of two dictionaries are mixed up")
	}
}

func TestNullsAndLists(t *testing.T) {
	for _, flat := range []bool{false, true} {
		texts := &texts{encoder: &encoder{flat: flat}}
		for _, c := range []*format.Cell{cell("a"), cell(), cell("b", "c"), cell(), cell("")} {
			texts.put(c)
		}
		v := texts.vector()
		if got := encoding(v); got != "m" || v.Len() != 5 {
			t.Fatalf("got %s of %d", got, v.Len())
		}
		for i, want := range []string{"a", "", "b c", "", ""} {
			if got := v.Value(i); got.String() != want || got.IsNull() != (i == 1 || i == 3) {
				t.Errorf("row %d: got %q %v", i, got, got.IsNull())
			}
		}
		texts.put(cell())
		texts.put(cell("x"))
		if v := texts.vector(); v.Len() != 2 || !v.Value(0).IsNull() || v.Value(1).Text() != "x" {
			t.Errorf("the next batch: got %v", column.ToValues(v))
		}
		texts.put(cell())
		if v := texts.vector(); v.Len() != 1 || !v.Value(0).IsNull() {
			t.Errorf("only nulls: got %v", column.ToValues(v))
		}
	}
}

func TestCoerce(t *testing.T) {
	for _, c := range []struct {
		kind column.Kind
		text string
		want column.Value
	}{
		{column.Int, "42", column.Integer(42)}, {column.Int, " -7 ", column.Integer(-7)}, {column.Int, "1.0", column.Integer(1)},
		{column.Int, "9223372036854775807", column.Integer(math.MaxInt64)}, {column.Int, "1e400", column.Value{}}, {column.Int, "1.5", column.Value{}},
		{column.Int, "1e3", column.Str("1e3")}, {column.Int, "007.00", column.Integer(7)}, {column.Int, "1234567890123456789.0", column.Integer(1234567890123456789)},
		{column.Int, "9223372036854775808", column.Value{}}, {column.Int, "x", column.Value{}}, {column.Int, "", column.Value{}},
		{column.Float, "1.5", column.Real(1.5)}, {column.Float, "-", column.Value{}},
		{column.Bool, "True", column.Boolean(true)}, {column.Bool, "false", column.Boolean(false)}, {column.Bool, "1", column.Value{}},
		{column.Time, "1970-01-01T00:00:01Z", column.Nanos(1e9)}, {column.Time, "soon", column.Value{}},
	} {
		if got := coerce(c.kind, []byte(c.text)); !column.Equal(got, c.want) {
			t.Errorf("%q as %v: got %v, want %v", c.text, c.kind, got, c.want)
		}
	}
}

func BenchmarkTexts(b *testing.B) {
	few := make([]*format.Cell, 1024)
	for i := range few {
		few[i] = cell(fmt.Sprint("/usr/bin/program", i%50))
	}
	texts := &texts{encoder: &encoder{}}
	b.SetBytes(1024)
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range few {
			texts.put(c)
		}
		texts.vector()
	}
}
