package output

import (
	"bytes"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// table makes a batch from names and rows.
func table(names []string, rows ...[]column.Value) *column.Batch {
	cols := make([]column.Vector, len(names))
	for c := range names {
		values := make([]column.Value, len(rows))
		for r := range rows {
			values[r] = rows[r][c]
		}
		cols[c] = column.FromValues(values)
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(rows))
}

func stream(batches ...*column.Batch) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for _, b := range batches {
			if !yield(b, nil) {
				return
			}
		}
	}
}

func list(items ...string) column.Value {
	values := make([]column.Value, len(items))
	for i, s := range items {
		values[i] = column.Str(s)
	}
	return column.Multi(values)
}

var (
	str  = column.Str
	num  = column.Integer
	null = column.Value{}
	noon = column.Nanos(time.Date(2026, 3, 1, 12, 0, 0, 250e6, time.UTC).UnixNano())
)

// events is two batches of differing columns, with every kind of value in them.
func events() column.Stream {
	first := table([]string{"_time", "dest", "process", "count", column.Position},
		[]column.Value{noon, str("web1"), str(`systemctl restart "x, y"`), num(-3), num(1)},
		[]column.Value{noon, str("web2"), list("a\tb", "c\\d", "=1+1"), num(12), num(2)},
	)
	second := table([]string{"dest", "share", "seen", "日本"},
		[]column.Value{str(""), column.Real(0.25), column.Boolean(true), str("事件")},
		[]column.Value{null, column.Real(1e300), null, str("e\u202eg\x1b[2J\nn\xff")},
	)
	return stream(first, second)
}

func write(t *testing.T, rows column.Stream, o Options) (string, Summary) {
	t.Helper()
	var out bytes.Buffer
	summary, err := Write(&out, rows, o)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), summary
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestGolden(t *testing.T) {
	berlin := time.FixedZone("Europe/Berlin", 3600)
	for name, o := range map[string]Options{
		"table":          {Format: "table"},
		"table-terminal": {Terminal: true, Width: 120, Zone: berlin},
		"table-narrow":   {Terminal: true, Width: 95},
		"table-blocks":   {Terminal: true, Width: 40},
		"table-wide":     {Terminal: true, Width: 40, Wide: true},
		"table-color":    {Terminal: true, Width: 200, Color: true},
		"ndjson":         {},
		"json":           {Format: "json", Zone: berlin},
		"csv":            {Format: "csv"},
		"csv-safe":       {Format: "csv", CSVSafe: true},
		"csv-terminal":   {Format: "csv", Terminal: true},
		"tsv":            {Format: "tsv"},
		"tsv-terminal":   {Format: "tsv", Terminal: true},
		"raw":            {Format: "raw"},
		"raw-terminal":   {Format: "raw", Terminal: true},
	} {
		t.Run(name, func(t *testing.T) {
			got, summary := write(t, events(), o)
			if summary.Rows != 4 {
				t.Errorf("rows = %d, want 4", summary.Rows)
			}
			golden(t, name, got)
			if o.Terminal && !o.Color {
				for i, line := range strings.FieldsFunc(got, func(r rune) bool { return r == '\n' || r == '\t' && o.Format == "tsv" }) {
					if Escape(line) != line {
						t.Errorf("line %d reaches the terminal unescaped: %q", i+1, line)
					}
				}
			}
		})
	}
}

func TestRawTakesTheRecord(t *testing.T) {
	rows := func() column.Stream {
		return stream(table([]string{"host", "_raw"},
			[]column.Value{str("h"), str("Mar  1 12:00:00 h sysmon: \x1b[31m<Event>")},
			[]column.Value{str("h"), null}))
	}
	if got, _ := write(t, rows(), Options{Format: "raw"}); got != "Mar  1 12:00:00 h sysmon: \x1b[31m<Event>\nh\n" {
		t.Errorf("into a pipe: %q", got)
	}
	if got, _ := write(t, rows(), Options{Format: "raw", Terminal: true}); got != "Mar  1 12:00:00 h sysmon: \\x1b[31m<Event>\nh\n" {
		t.Errorf("on a terminal: %q", got)
	}
}

func TestNoRows(t *testing.T) {
	empty := table([]string{"a", "b"})
	for format, want := range map[string]string{
		"json": "[]\n", "ndjson": "", "csv": "a,b\n", "tsv": "a\tb\n", "raw": "", "table": " a │ b\n",
	} {
		if got, _ := write(t, stream(empty), Options{Format: format}); got != want {
			t.Errorf("%s: got %q, want %q", format, got, want)
		}
	}
	for _, f := range Formats() {
		want := ""
		if f.Name == "json" {
			want = "[]\n"
		}
		if got, _ := write(t, stream(), Options{Format: f.Name}); got != want {
			t.Errorf("%s without columns: got %q, want %q", f.Name, got, want)
		}
	}
}

func TestJSONNumbers(t *testing.T) {
	rows := stream(table([]string{"a", "b"},
		[]column.Value{column.Real(math.NaN()), column.Real(math.Inf(-1))},
		[]column.Value{column.Real(3), column.Real(1e-9)},
		[]column.Value{str("007"), num(math.MaxInt64)},
		[]column.Value{null, null}))
	want := `{"a":"nan","b":"-inf"}
{"a":3,"b":1e-09}
{"a":"007","b":9223372036854775807}
{}
`
	if got, _ := write(t, rows, Options{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTableRowWithoutValues(t *testing.T) {
	rows := stream(table([]string{"a"}, []column.Value{null}, []column.Value{str("x")}))
	if got, _ := write(t, rows, Options{Format: "table"}); got != " a\n───\n\n x\n2 rows, times in UTC\n" {
		t.Errorf("got %q", got)
	}
}

func TestRulesBetweenRowsOfSeveralLines(t *testing.T) {
	tall := []column.Value{str("a"), list("x", "y")}
	flat := []column.Value{str("b"), str("z")}
	for _, c := range []struct {
		rows  [][]column.Value
		rules int
	}{{[][]column.Value{flat, flat, flat}, 1}, {[][]column.Value{tall, flat, flat}, 1}, {[][]column.Value{tall, tall, flat}, 3}} {
		got, _ := write(t, stream(table([]string{"k", "v"}, c.rows...)), Options{Format: "table"})
		if n := strings.Count(got, "┼"); n != c.rules {
			t.Errorf("%d rules, want %d, in\n%s", n, c.rules, got)
		}
	}
}

// failing is a writer that takes some bytes and then fails.
type failing struct {
	room int
	err  error
}

func (f *failing) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, f.err
	}
	return len(p), nil
}

func TestErrorsAreReturnedAsTheyAre(t *testing.T) {
	broken := errors.New("broken pipe")
	var rows [][]column.Value
	for range 5000 {
		rows = append(rows, []column.Value{str(strings.Repeat("x", 50)), num(1)})
	}
	for _, f := range Formats() {
		for _, room := range []int{0, 70_000} {
			_, err := Write(&failing{room, broken}, stream(table([]string{"a", "b"}, rows...)), Options{Format: f.Name})
			if err != broken {
				t.Errorf("%s after %d bytes: %v", f.Name, room, err)
			}
		}
		_, err := Write(&failing{1 << 20, nil}, func(yield func(*column.Batch, error) bool) { yield(nil, broken) }, Options{Format: f.Name})
		if err != broken {
			t.Errorf("%s: error of the stream became %v", f.Name, err)
		}
	}
}

// A program that reads rows as they come must not wait for a buffer to fill.
func TestNDJSONFlushesEachBatch(t *testing.T) {
	var out bytes.Buffer
	one := table([]string{"a"}, []column.Value{num(1)})
	rows := func(yield func(*column.Batch, error) bool) {
		for n := range 3 {
			if got := strings.Count(out.String(), "\n"); got != n {
				t.Errorf("before batch %d: %d lines", n, got)
			}
			yield(one, nil)
		}
	}
	if _, err := Write(&out, rows, Options{}); err != nil {
		t.Fatal(err)
	}
}

func TestUnknownFormat(t *testing.T) {
	_, err := Write(nil, nil, Options{Format: "tablo"})
	if err == nil || !strings.Contains(err.Error(), "did you mean `table`?") || !strings.Contains(err.Error(), "ndjson") {
		t.Errorf("got %v", err)
	}
}

func TestForFile(t *testing.T) {
	for name, want := range map[string]string{"x.csv": "csv", "a/B.JSONL": "ndjson", "x.json": "json", "x.ndjson": "ndjson", "x": "", "csv": ""} {
		if got := Formats().ForFile(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	var rows [][]column.Value
	for i := range 1024 {
		rows = append(rows, []column.Value{noon, str("host-17.example.org"), str("/usr/bin/systemctl restart nginx"), num(int64(i))})
	}
	batch := table([]string{"_time", "dest", "process", "count"}, rows...)
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			var out bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if _, err := Write(&out, stream(batch), Options{Format: f.Name}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(out.Len()))
		})
	}
}
