package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/lookup"
	"spoor/grammar/source"
)

const restarts = examples + "logs/service_restarts"

// TestSearches runs every search of examples/searches over the flat log.
func TestSearches(t *testing.T) {
	files, err := filepath.Glob(examples + "searches/*.spl")
	if err != nil || len(files) == 0 {
		t.Fatal("no searches", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".spl"), func(t *testing.T) {
			query := readQuery(t, f)
			if !strings.HasPrefix(query.Body, "```") && filepath.Base(f) != "linux_service_restarted.spl" { // which stands as it was published
				t.Error("the search does not begin with a comment that says what it finds")
			}
			got := askEverywhere(t, query, engine.Options{}, []string{restarts + ".json"}, 6)
			diff(t, "rows", got.rows, readText(t, strings.TrimSuffix(f, ".spl")+".want.json"))
			diff(t, "errors", got.errors, "")
			diff(t, "warnings", got.warnings, "")
		})
	}
}

// TestSameAnswersInEveryForm runs every search over the same events in other forms.
func TestSameAnswersInEveryForm(t *testing.T) {
	files, err := filepath.Glob(examples + "searches/*.spl")
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range forms {
		for _, f := range files {
			t.Run(form.suffix+"/"+strings.TrimSuffix(filepath.Base(f), ".spl"), func(t *testing.T) {
				got := askEverywhere(t, readQuery(t, f), engine.Options{}, []string{restarts + form.suffix}, 2)
				diff(t, "rows", got.rows, readText(t, strings.TrimSuffix(f, ".spl")+".want.json"))
				diff(t, "errors", got.errors, "")
				diff(t, "warnings", got.warnings, "")
			})
		}
	}
}

func readQuery(t testing.TB, file string) *source.Text {
	t.Helper()
	return source.New(filepath.Base(file), readText(t, file))
}

func readText(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// exampleFields makes the fields of function.ExampleRow of an event.
const exampleFields = `EventID=1 | rex field=CommandLine "^(?<path>\S+) (?<bytes>\S+) (?<ip>\S+)$" | eval port=443, list=split("cat Dog cat", " ")`

// TestFunctionExamples evaluates the example of every function of SPL through the whole engine.
func TestFunctionExamples(t *testing.T) {
	row := function.ExampleRow()
	cell := func(name string) string { return row.Col(name).Value(0).String() }
	log := filepath.Join(t.TempDir(), "log.json")
	event := `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:00.000","Image":"/a","CommandLine":"` +
		cell("path") + " " + cell("bytes") + " " + cell("ip") + `"}` + "\n"
	if err := os.WriteFile(log, []byte(event), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range row.Schema.Names {
		checkExample(t, log, name, cell(name))
	}
	for _, f := range function.All(function.SPL) {
		checkExample(t, log, f.Example, f.Want)
	}
}

// checkExample evaluates an expression on the example row; truth values, which no field can hold, through tostring.
func checkExample(t *testing.T, log, example, want string) {
	t.Helper()
	expr := "result=" + example
	if want == "True" || want == "False" {
		expr = "result=tostring(" + example + ")"
	}
	query := source.New("query", exampleFields+" | eval "+expr+" | table result")
	for _, at := range []point{allOff, allOn} {
		if got := first(t, query, log, at); got.String() != want && (want != "null" || !got.IsNull()) {
			t.Errorf("%s is %s, want %s", example, got, want)
		}
	}
}

// TestAggregateExamples evaluates the example of every aggregate through the whole engine, over events made of its example rows.
func TestAggregateExamples(t *testing.T) {
	rows := aggregate.ExampleRows()
	var b strings.Builder
	for i := range rows.Rows {
		b.WriteString(`{"EventID":"1","Computer":"web1","Image":"/a","UtcTime":"` + column.FormatTime(int64(rows.Col("_time").Value(i).Int()), nil) + `"`)
		for _, f := range [][2]string{{"n", "ProcessId"}, {"name", "User"}} {
			if v := rows.Col(f[0]).Value(i); !v.IsNull() {
				b.WriteString(`,"` + f[1] + `":"` + v.String() + `"`)
			}
		}
		b.WriteString("}\n")
	}
	log := filepath.Join(t.TempDir(), "log.json")
	if err := os.WriteFile(log, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, f := range aggregate.All() {
		if f.PerSpan { // only timechart can run it
			continue
		}
		query := source.New("query", "EventID=1 | reverse | rename ProcessId as n, User as name | stats "+f.Example+" as result")
		for _, at := range []point{allOff, allOn} {
			if got := first(t, query, log, at); got.String() != f.Want {
				t.Errorf("%s is %s, want %s", f.Example, got, f.Want)
			}
		}
	}
}

// ports is a library with the table that examples of lookups look into, in a folder that the test may write to.
func ports(t *testing.T, folder string) *lookup.Library {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, "ports.csv"), []byte("port,service\n22,ssh\n443,https\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	library, errs := lookup.Open(folder)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return library
}

// first is the first cell of the column result.
func first(t *testing.T, query *source.Text, log string, at point) column.Value {
	t.Helper()
	p, errs := engine.Compile(query, engine.Options{Now: time.Unix(1_700_000_000, 0), NoRewrites: !at.rewrites, Lookups: ports(t, filepath.Dir(log))})
	if errs.Failed() {
		t.Error(errs)
		return column.Value{}
	}
	r := p.Run(t.Context(), engine.RunOptions{Inputs: open(t, []string{log}, false), Workers: at.workers, BatchRows: at.batchRows, NoPrefilter: !at.prefilter})
	var out []column.Value
	for b, err := range r.Rows() {
		if err != nil {
			t.Error(err)
			return column.Value{}
		}
		for i := range b.Rows {
			out = append(out, b.Col("result").Value(i))
		}
	}
	if len(out) != 1 {
		t.Errorf("%s: %d rows", query.Body, len(out))
		return column.Value{}
	}
	return out[0]
}
