package datamodels

import (
	"strings"
	"testing"
)

// TestExpressionsKeepTheirPlace reads an expression written in each of YAML's ways and asks where its part `boom` stands.
func TestExpressionsKeepTheirPlace(t *testing.T) {
	const before = "model: M\ndatasets:\n  D:\n    fields:\n"
	for _, c := range []struct {
		name, field string
		want        string
		line, col   int
	}{
		{"plain", "      a: {calculated: x + boom}\n", "x + boom", 5, 27},
		{"single quotes", "      a: {calculated: 'if(x, boom)'}\n", "if(x, boom)", 5, 30},
		{"double quotes", "      a: {calculated: \"if(x, boom)\"}\n", "if(x, boom)", 5, 30},
		{"behind an anchor", "      a: {calculated: &e x + boom}\n", "x + boom", 5, 30},
		{"behind a tag", "      a: {calculated: !!str 'x + boom'}\n", "x + boom", 5, 34},
		{"behind an anchor, on the next line", "      a:\n        calculated: &e\n          x + boom\n", "x + boom", 7, 15},
		{"other alphabets", "      a: {doc: größer, calculated: x + boom}\n", "x + boom", 5, 40},
		{"several lines", "      a:\n        calculated: x +\n          1 + boom\n", "x + 1 + boom", 7, 15},
		{"literal", "      a:\n        calculated: |-\n          case(x,\n               boom)\n", "case(x,\n     boom)", 8, 16},
		{"literal with a final newline", "      a:\n        calculated: |\n          x +\n            boom\n", "x +\n  boom", 8, 13},
		{"folded", "      a:\n        calculated: >\n          x +\n          boom\n", "x + boom", 8, 11},
		{"CRLF", "      a:\r\n        calculated: |-\r\n          x +\r\n          boom\r\n", "x +\nboom", 8, 11},
		{"doubled quotes", "      a: {calculated: 'f(''x y'') + boom'}\n", "f('x y') + boom", 5, 24},
		{"escapes", "      a: {calculated: \"f(\\\"x\\\") + boom\"}\n", `f("x") + boom`, 5, 24},
		{"default", "      boom: {default: none}\n", `if(isnull(boom) OR boom="","none",boom)`, 5, 23},
		{"default with quotes", "      boom: {default: 'a\"b\\'}\n", `if(isnull(boom) OR boom="","a\"b\\",boom)`, 5, 24},
	} {
		l := Builtin()
		if errs := loadText(l, before+c.field); errs != nil {
			t.Errorf("%s: %v", c.name, errs)
			continue
		}
		e := l.model("M").Roots[0].Fields[0].Default
		if e.String() != c.want {
			t.Errorf("%s: %q, want %q", c.name, e, c.want)
			continue
		}
		i := strings.LastIndex(e.String(), "boom")
		where, _ := e.Sub(i, i+4).User()
		line, col := where.Position()
		if where.Text.Name != "my.yml" || line != c.line || col != c.col {
			t.Errorf("%s: boom stands at %s:%d:%d, want %d:%d", c.name, where.Text.Name, line, col, c.line, c.col)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(head + "      a: {default: unknown}\n")
	f.Add("source: s\nshared: {e: &e {dest: Host}}\nkinds: {s/1: {fields: A B, const: {A: x}, mappings: {Endpoint.Processes: {<<: *e}}}}\n")
	f.Add("model: &m M\ndatasets: {D: {fields: {a: {calculated: |\n x\n   y\n}}}}\n---\n- *m\n")
	f.Add("!$!!'\r\r'hhhhh''';") // YAML ends lines with a carriage return too
	f.Fuzz(func(t *testing.T, text string) {
		l := Builtin()
		errs := loadText(l, text)
		if errs.Failed() && (len(l.Models()) != 28 || len(l.Sources()) != 3) {
			t.Errorf("%q changed the library in spite of errors", text)
		}
		_ = errs.Error()
		for _, m := range l.Models() {
			for _, d := range m.Datasets() {
				if found, _ := l.Node(m, d.Path()); found == nil {
					t.Errorf("%q: %s is not found", text, d)
				}
			}
		}
	})
}
