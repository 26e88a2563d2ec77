package datamodels

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"spoor/grammar/source"
)

func TestBuiltinIsSound(t *testing.T) {
	l := &Library{}
	for _, e := range l.Load(os.DirFS("."), folder) {
		t.Error(e)
	}
	if len(l.Models()) != 28 || len(l.Sources()) != 3 {
		t.Errorf("%d models and %d sources", len(l.Models()), len(l.Sources()))
	}
}

// loadText loads one file.
func loadText(l *Library, text string) source.Errors {
	return l.Load(fstest.MapFS{"my.yml": {Data: []byte(text)}}, "")
}

// load reads the text onto the built-in library and gives the errors as line:column code: message; hint.
func load(t *testing.T, text string) (*Library, []string) {
	t.Helper()
	l := Builtin()
	var got []string
	for _, e := range loadText(l, text) {
		line, column := e.Span.Position()
		message := fmt.Sprintf("%d:%d %s: %s", line, column, e.Code, e.Message)
		if e.Hint != "" {
			message += "; " + e.Hint
		}
		got = append(got, message)
	}
	return l, got
}

const head = "model: M\ndatasets:\n  D:\n    fields:\n"

func TestLoadReportsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"neither", "modle: M\n", []string{"1:1 yaml-key: neither `model: NAME` nor `source: NAME`: a document declares one of them"}},
		{"a list", "- model\n", []string{"1:1 yaml-key: neither `model: NAME` nor `source: NAME`: a document declares one of them"}},
		{"syntax", "model: M\ndatasets: [\n", []string{"2:1 yaml-syntax: did not find expected node content"}},
		{"tab", "model: M\ndatasets:\n\tD: x\n", []string{"3:1 yaml-syntax: found character that cannot start any token"}},
		{"unknown anchor", "model: *m\n", []string{"1:1 yaml-syntax: unknown anchor 'm' referenced"}},
		{"key", "model: M\ndataset:\n  D: {}\n", []string{
			"2:1 yaml-key: unknown key `dataset`; did you mean `datasets`?", "1:1 model-empty: model `M` has no datasets"}},
		{"key of a field", head + "      a: {defualt: unknown, kind: x}\n", []string{
			"5:11 yaml-key: unknown key `defualt`; did you mean `default`?",
			"5:29 yaml-key: unknown key `kind`; known here: calculated, default, doc, expected, multivalue, type"}},
		{"twice", head + "      a: x\n      b: y\n      a: z\n", []string{"7:7 yaml-duplicate: `a` stands here twice"}},
		{"child has its parent's field", "model: M\ndatasets:\n  D:\n    fields: {a: x}\n    children:\n      E: {where: a=1, fields: {a: y}}\n",
			[]string{"6:32 model-duplicate: dataset `M.D.E` has a field `a` already"}},
		{"dataset twice", "model: M\ndatasets:\n  D:\n    fields: {a: x}\n    children:\n      D: {where: a=1}\n",
			[]string{"6:7 model-duplicate: model `M` has a dataset `D` already"}},
		{"child without condition", "model: M\ndatasets:\n  D:\n    children:\n      E: {doc: x}\n",
			[]string{"5:7 model-where: dataset `E` needs `where`: which rows of `D` are its"}},
		{"types", head + "      a: {type: numbre, multivalue: maybe, expected: x, default: []}\n", []string{
			"5:17 yaml-type: `numbre` is none of string, number, time, boolean",
			"5:37 yaml-type: true or false is wanted here",
			"5:54 yaml-type: a list is wanted here, not a text",
			"5:66 yaml-type: a text is wanted here, not a list"}},
		{"shapes", "model: [M]\ndatasets: D\n", []string{
			"1:8 yaml-type: a text is wanted here, not a list", "1:8 model-name: `` is no name: letters, digits and underscores, no digit first",
			"2:11 yaml-type: a mapping is wanted here, not a text"}},
		{"nothing", head + "      a:\n      b: {calculated: \"\"}\n", []string{
			"5:9 yaml-type: a text is wanted here, not nothing", "6:24 model-expression: an expression is wanted here"}},
		{"name", head + "      a-b: x\n", []string{"5:7 model-name: `a-b` is no name: letters, digits and underscores, no digit first"}},
		{"two defaults", head + "      a: {default: x, calculated: a+1}\n", []string{
			"5:35 model-default: field `a` has a default already: either `default` or `calculated`"}},
		{"asset", head + "      a: x\n    assets: [a, dst]\n", []string{"6:17 model-field: dataset `M.D` has no field `dst`"}},
		{"asset's fields", head + "      a: x\n      a_bunit: y\n    identities: [a]\n",
			[]string{"5:7 model-duplicate: dataset `M.D` has a field `a_bunit` already"}},
		{"position behind other alphabets", head + "      a: {doc: \"äöü\", typ: string}\n", []string{"5:23 yaml-key: unknown key `typ`; did you mean `type`?"}},

		{"unknown dataset", "source: s\nkinds:\n  s/1:\n    mappings:\n      Endpoint.Proceses: {dest: Host}\n",
			[]string{"5:7 unknown-dataset: data model `Endpoint` has no dataset `Proceses`; did you mean `Endpoint.Processes`?"}},
		{"unfed model", "source: s\nkinds: {s/1: {mappings: {UEBA: {dest: Host}}}}\n",
			[]string{"2:26 unmapped-model: data model `UEBA` has no datasets here: no source here feeds it; it can be added, with a mapping, as YAML"}},
		{"child", "source: s\nkinds:\n  s/1:\n    mappings:\n      Authentication.Failed_Authentication: {dest: Host}\n",
			[]string{"5:7 model-mapping: `Authentication.Failed_Authentication` is a child: its rows are those of `Authentication.Authentication` that fulfil its condition; map to `Authentication.Authentication`"}},
		{"short name", "source: s\nkinds: {s/1: {mappings: {Authentication: {dest: Host}}}}\n",
			[]string{"2:26 model-mapping: `Authentication` is the dataset `Authentication.Authentication`: write its whole name"}},
		{"unknown fields", "source: s\nkinds:\n  s/1:\n    mappings:\n      Endpoint.Processes:\n        dst: Host\n        proces: Cmd\n        vendor: '\"x\"'\n",
			[]string{"6:9 unknown-field: dataset `Endpoint.Processes` has no field `dst`; did you mean `dest`?",
				"7:9 unknown-field: dataset `Endpoint.Processes` has no field `proces`; did you mean `process`?"}},
		{"kind", "source: s\nopen: 1\nkinds: {one: {title: x}}\n", []string{
			"2:7 yaml-type: true or false is wanted here",
			"3:9 model-name: `one` is no kind: a source and a type of event are wanted, such as sysmon/1"}},
		{"another's kind", "source: s\nkinds: {sysmon/1: {title: x}}\n", []string{"2:9 model-duplicate: `sysmon/1` is a kind of source `sysmon` already"}},
		{"raw fields", "source: s\nkinds: {s/1: {fields: A B A}, s/2: {fields: {A: int}}, s/3: {fields: [A]}}\n", []string{
			"2:23 yaml-duplicate: `A` stands here twice", "2:49 yaml-type: `int` is none of string, number, double, boolean, time, ip",
			"2:70 yaml-type: a mapping is wanted here, not a list"}},
		{"shared", "source: s\nshared: {a: b}\n", []string{"2:13 yaml-type: a mapping is wanted here, not a text"}},
		{"merge of a text", "source: s\nkinds:\n  s/1:\n    <<: x\n", []string{"4:9 yaml-type: a mapping is wanted here, not a text"}},
		{"two documents", "model: M\ndatasets: {D: {fields: {a: x}}}\n---\nmodel: N\n", []string{"4:1 model-empty: model `N` has no datasets"}},
	} {
		l, got := load(t, c.text)
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
		if len(l.Models()) != 28 || len(l.Sources()) != 3 {
			t.Errorf("%s: the library changed in spite of errors", c.name)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	bomb := "source: s\nshared:\n  a: &a {x: 1, y: 2}\n"
	for c := 'b'; c < 'z'; c++ {
		bomb += fmt.Sprintf("  %c: &%c {<<: [%s*%c]}\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), c-1)
	}
	deep := "model: M\ndatasets:\n"
	for i := range 100 {
		deep += fmt.Sprintf("%s D%d:\n%s  where: a=1\n%s  children:\n", strings.Repeat("  ", i), i, strings.Repeat("  ", i), strings.Repeat("  ", i))
	}
	for _, c := range []struct{ name, text, want string }{
		{"too large", strings.Repeat("#", 4<<20+1), "larger than 4 MiB"},
		{"no UTF-8", "model: \xff\n", "no UTF-8 text"},
		{"NUL", "model: \x00\n", "no UTF-8 text"},
		{"bomb", bomb, "more than 20000 values, those repeated by aliases included"},
		{"deep datasets", deep + strings.Repeat("  ", 100) + " E: {where: a=1}\n", "more than 64 datasets within each other"},
		{"many raw fields", "source: s\nkinds:\n  s/1:\n    fields: " + strings.Repeat("a b ", 1<<20-100) + "\n", "more than 2000 fields"},
		{"a long line", "model: M\ndatasets: {D: {fields: {" + strings.Repeat("ä: ö, ", 100_000) + "}}}\n", "stands here twice"},
		{"many lines", head + strings.Repeat("      ä: ö\n", 100_000), "stands here twice"},
		{"deep YAML", "model: " + strings.Repeat("[", 20000), "exceeded max depth"},
		{"a merge of itself", "source: s\nshared:\n  a: &a\n    <<: *a\n", "a mapping is wanted here"},
	} {
		errs := loadText(Builtin(), c.text)
		if !errs.Failed() || len(errs) > errorLimit || !strings.Contains(errs.Error(), c.want) {
			t.Errorf("%s: %.300v, want %s", c.name, errs, c.want)
		}
	}
	var many strings.Builder
	many.WriteString(head)
	for i := range 5000 {
		fmt.Fprintf(&many, "      f%d: {x: 1}\n", i)
	}
	if errs := loadText(Builtin(), many.String()); len(errs) != errorLimit {
		t.Errorf("%d errors reported, want %d", len(errs), errorLimit)
	}
}

func TestLoadFolder(t *testing.T) {
	folder := fstest.MapFS{
		"a.yml":        {Data: []byte("model: M\ndoc: mine\ndatasets: {D: {fields: {a: x}}}\n")},
		"b/b.yaml":     {Data: []byte("\ufeffmodel: M\ndatasets: {E: {fields: {a: x}}}\n")},
		"notes.txt":    {Data: []byte("model: [")},
		"b/source.yml": {Data: []byte("source: s\nkinds: {s/1: {fields: A, mappings: {M.D: {a: A}}}}\n")},
	}
	l := Builtin()
	if errs := l.Load(folder, "conf"); errs != nil {
		t.Fatal(errs)
	}
	if m := l.model("M"); m.Doc != "mine" || len(m.Roots) != 2 || l.kinds["s/1"].Mappings["M.D"][0].Expr.String() != "A" {
		t.Errorf("model %+v", m)
	}
	folder["c.yml"] = &fstest.MapFile{Data: []byte("model: M\ndatasets: {D: {fields: {b: x}}}\n---\nsource: s\nkinds: {s/1: {mappings: {M.D: {b: A}}}}\n")}
	folder["d.yml"] = &fstest.MapFile{Data: make([]byte, 4<<20+1)}
	errs := Builtin().Load(folder, "conf").Error()
	for _, want := range []string{
		"M.D is declared already, in conf/a.yml:3", "s/1 to M.D is declared already, in conf/b/source.yml:2", "cannot read data models of conf/d.yml",
	} {
		if !strings.Contains(errs, want) {
			t.Errorf("%s\nlacks %s", errs, want)
		}
	}
	missing := l.Load(fstest.MapFS{}, "conf")
	if missing != nil || l.model("M") == nil {
		t.Errorf("an empty folder: %v", missing)
	}
}
