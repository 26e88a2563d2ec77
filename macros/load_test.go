package macros

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"spoor/grammar/source"
)

// show is what tests compare of a macro.
func show(m *Macro) string {
	if m == nil {
		return "none"
	}
	file, line := m.Place()
	return fmt.Sprintf("%s = %s @%s:%d", m.Signature(), m.Definition, file, line)
}

func TestLoadConf(t *testing.T) {
	for _, c := range []struct{ name, text, macro, want string }{
		{"plain", "[m]\ndefinition = a = b", "m", "m = a = b @f.conf:1"},
		{"arguments", "# c\n\n[m(2)]\nargs = a, b-c\ndefinition=$a$", "m/2", "m(a, b-c) = $a$ @f.conf:3"},
		{"arguments without arity are ignored", "[m]\nargs = a\ndefinition=x", "m", "m = x @f.conf:1"},
		{"byte order mark and CRLF", "\ufeff[m]\r\ndefinition = x\r\n# c\r\n", "m", "m = x @f.conf:1"},
		{"continued", "[m]\ndefinition = a \\\n  b \\\r\n# no comment\n[n]\ndefinition = y", "m", "m = a \n  b \n# no comment @f.conf:1"},
		{"behind a continued line", "[m]\ndefinition = a \\\n  b\n[n]\ndefinition = y", "n", "n = y @f.conf:4"},
		{"continued to the end", "[m]\ndefinition = a \\", "m", "m = a @f.conf:1"},
		{"a comment is not continued", "[m]\n# c \\\ndefinition = x", "m", "m = x @f.conf:1"},
		{"indented", "  [m]  \n  definition  =  x  \n  # c", "m", "m = x @f.conf:1"},
		{"empty definition", "[m]\ndefinition =", "m", "m =  @f.conf:1"},
		{"other keys", "[m]\nowner = admin\ndefinition = x\ndisabled = 0", "m", "m = x @f.conf:1"},
		{"the default stanza", "[default]\ndefinition = x\n[m]\ndefinition = y", "default", "none"},
		{"the last of two", "[m]\ndefinition = x\n[m]\ndefinition = y", "m", "m = y @f.conf:3"},
		{"the last of two keys", "[m]\ndefinition = x\ndefinition = y", "m", "m = y @f.conf:1"},
		{"odd names", "[a.b:c-d_é]\ndefinition = x", "a.b:c-d_é", "a.b:c-d_é = x @f.conf:1"},
	} {
		l := &Library{}
		if errs := l.Load(source.New("f.conf", c.text)); errs != nil {
			t.Errorf("%s: %v", c.name, errs)
		}
		name, _, args := strings.Cut(c.macro, "/")
		arity := 0
		if args {
			arity = 2
		}
		if got := show(l.Get(name, arity)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLoadConfKeys(t *testing.T) {
	l := &Library{}
	errs := l.Load(source.New("f.conf", "[m(1)]\nargs=a\ndefinition=x\niseval=t\nvalidation=isnum($a$)\nerrormsg=say a\ndescription=what"))
	m := l.Get("m", 1)
	if errs != nil || m == nil || !m.IsEval || m.Validation.String() != "isnum($a$)" || m.ErrorMsg != "say a" || m.Description != "what" {
		t.Errorf("got %+v %v", m, errs)
	}
}

func TestLoadErrors(t *testing.T) {
	for _, c := range []struct{ name, file, text, place, message string }{
		{"no definition", "f.conf", "[m]\niseval = 0\n[n]\ndefinition=x", "f.conf:1:2", "macro `m` has no definition"},
		{"open bracket", "f.conf", "[m\ndefinition = x", "f.conf:1:1", "bracket is not closed"},
		{"no equals sign", "f.conf", "[m]\ndefinition = x\nand y", "f.conf:3:1", "expected `key = value`"},
		{"bad arity", "f.conf", "[m(x)]\ndefinition = x", "f.conf:1:3", "how many arguments"},
		{"wrong arity", "f.conf", "[m(2)]\nargs = a\ndefinition = x", "f.conf:1:2", "its list of arguments has 1"},
		{"no arguments", "f.conf", "[m(1)]\ndefinition = x", "f.conf:1:2", "its list of arguments has 0"},
		{"huge arity", "f.conf", "[m(999999999)]\ndefinition = x", "f.conf:1:2", "999999999 arguments"},
		{"an argument twice", "f.conf", "[m(2)]\nargs = a, a\ndefinition = x", "f.conf:2:11", "named twice"},
		{"bad argument", "f.conf", "[m(1)]\nargs = $a$\ndefinition = x", "f.conf:2:8", "no name for an argument"},
		{"bad iseval", "f.conf", "[m]\niseval = maybe\ndefinition = x", "f.conf:2:10", "iseval is true or false"},
		{"bad name", "f.conf", "[m n]\ndefinition = x", "f.conf:1:3", "not allowed in a macro's name"},
		{"no name", "f.conf", "[]\ndefinition = x", "f.conf:1:2", "needs a name"},
		{"misspelt key", "f.conf", "[m]\ndefinition = x\nargz = x", "f.conf:3:1", "did you mean `args`?"},
		{"before a stanza", "f.conf", "definition = x\n[m]\ndefinition = x", "f.conf:1:1", "before the first [stanza]"},
		{"a mistake in a continued line", "f.conf", "[m]\ndefinition = x\n\\\ny", "f.conf:4:1", "expected `key = value`"},
		{"binary", "f.conf", "[m]\x00", "", "no UTF-8 text"},
		{"UTF-16", "f.conf", "\xff\xfe[\x00m\x00", "", "no UTF-8 text"},
		{"too large", "f.conf", strings.Repeat("#", source.FileLimit+1), "", "larger than 4 MiB"},
		{"no YAML", "f.yml", "name: a\ndefinition: [", "f.yml:", "no valid YAML"},
		{"tabs in YAML", "f.yml", "name: a\n\tdefinition: b", "f.yml:2:", "no valid YAML"},
		{"a detection", "f.yml", "name: a\nsearch: b", "f.yml:1:1", "has no `definition`"},
		{"misspelt in YAML", "f.yml", "name: a\ndefintion: b", "f.yml:1:1", "is `defintion` meant"},
		{"empty YAML", "f.yml", "", "f.yml:1:1", "has no `definition`"},
		{"no map", "f.yml", "- a", "f.yml:1:1", "has no `definition`"},
		{"no name in YAML", "f.yml", "definition: b", "f.yml:1:1", "has no name"},
		{"a list as definition", "f.yml", "name: a\ndefinition: [b]", "f.yml:2:13", "expected text"},
		{"arguments no list", "f.yml", "name: a\ndefinition: b\narguments: c", "f.yml:3:12", "list of names"},
		{"bad argument in YAML", "f.yml", "name: a\ndefinition: b\narguments:\n  - c d", "f.yml:4:5", "no name for an argument"},
	} {
		l := &Library{}
		errs := l.Load(source.New(c.file, c.text))
		if len(errs) != 1 {
			t.Errorf("%s: %d errors: %v", c.name, len(errs), errs)
			continue
		}
		got := errs[0].Error()
		if !strings.HasPrefix(got, c.place) || !strings.Contains(got, c.message) {
			t.Errorf("%s: got\n%s\nwant %q at %s", c.name, got, c.message, c.place)
		}
	}
}

func TestLoadYAML(t *testing.T) {
	for _, c := range []struct{ name, text, definition, at string }{
		{"plain", "definition: index=unix\nname: m", "index=unix", "1:13"},
		{"quoted", "name: m\ndefinition: 'say \"x\"'", `say "x"`, "2:14"},
		{"quoted, with escapes", "name: m\ndefinition: 'it''s'", "it's", "2:1"},
		{"literal", "name: m\ndefinition: |\n  a\n  | b\n", "a\n| b", "3:1"},
		{"folded over lines", "name: m\ndefinition: a\n  b", "a b", "2:1"},
		{"CRLF", "name: m\r\ndefinition: a\r\ndescription: d\r\n", "a", "2:13"},
		{"a byte order mark", "\ufeffdefinition: a\nname: m", "a", "1:13"},
		{"characters of several bytes before it", "{name: m, description: ääö, definition: x}", "x", "1:41"},
		{"a number", "name: m\ndefinition: 5", "5", "2:13"},
	} {
		l := &Library{}
		if errs := l.Load(source.New("m.yml", c.text)); errs != nil {
			t.Errorf("%s: %v", c.name, errs)
			continue
		}
		m := l.Get("m", 0)
		if m == nil {
			t.Errorf("%s: no macro", c.name)
			continue
		}
		where, _ := m.Definition.Origin()
		line, col := where.Position()
		if at := fmt.Sprintf("%d:%d", line, col); m.Definition.String() != c.definition || at != c.at {
			t.Errorf("%s: got %q at %s, want %q at %s", c.name, m.Definition, at, c.definition, c.at)
		}
	}
	l := &Library{}
	errs := l.Load(source.New("m.yaml", "name: m\narguments:\n  - field\ndefinition: $field$\ndescription: what it does"))
	if m := l.Get("m", 1); errs != nil || show(m) != "m(field) = $field$ @m.yaml:1" || m.Description != "what it does" {
		t.Errorf("got %s %v", show(m), errs)
	}
}

func TestDefine(t *testing.T) {
	for _, c := range []struct {
		text  string
		arity int
		want  string
	}{
		{"m=x = y", 0, "m = x = y @-D:1"},
		{" m = x ", 0, "m = x @-D:1"},
		{"m()=x", 0, "m = x @-D:1"},
		{"m( a , b ) = $a$", 2, "m(a, b) = $a$ @-D:1"},
		{"m=", 0, "m =  @-D:1"},
	} {
		l := &Library{}
		errs := l.Define(source.New("-D", c.text))
		if got := show(l.Get("m", c.arity)); errs != nil || got != c.want {
			t.Errorf("%q: got %s %v, want %s", c.text, got, errs, c.want)
		}
	}
	for _, c := range []struct{ text, place, message string }{
		{"m", "-D:1:1", "name=definition"},
		{"=x", "-D:1:1", "needs a name"},
		{"m(a=x", "-D:1:2", "not closed"},
		{"m n=x", "-D:1:2", "not allowed"},
		{"m(a,a)=x", "-D:1:5", "twice"},
		{"m(a,)=x", "-D:1:5", "no name for an argument"},
	} {
		errs := new(Library).Define(source.New("-D", c.text))
		if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), c.place) || !strings.Contains(errs[0].Error(), c.message) {
			t.Errorf("%q: got %v, want %s: %s", c.text, errs, c.place, c.message)
		}
	}
}

func TestLaterLoadsOverride(t *testing.T) {
	l := Builtin()
	load := func(name, text string) {
		t.Helper()
		if errs := l.Load(source.New(name, text)); errs != nil {
			t.Fatal(errs)
		}
	}
	load("one.conf", "[security_content_ctime(1)]\ndefinition = eval $field$=1\n[x]\niseval = 1\ndefinition = 1")
	load("two.yml", "name: security_content_ctime\narguments: [f]\ndefinition: eval $f$=2")
	m := l.Get("security_content_ctime", 1)
	if got := show(m); got != "security_content_ctime(f) = eval $f$=2 @two.yml:1" || m.Builtin {
		t.Errorf("got %s, built in: %v", got, m.Builtin)
	}
	if got := show(m.Overrides); got != "security_content_ctime(field) = eval $field$=1 @one.conf:1" {
		t.Errorf("a stanza without args takes those below: got %s", got)
	}
	if under := m.Overrides.Overrides; under == nil || !under.Builtin || under.Overrides != nil {
		t.Errorf("at the bottom: got %s", show(under))
	}
	load("three.conf", "[x]\ndefinition = 2")
	if m := l.Get("x", 0); !m.IsEval || m.Definition.String() != "2" {
		t.Errorf("a stanza takes what it does not say from below: got %+v", m)
	}
	if fresh := Builtin().Get("security_content_ctime", 1); !fresh.Builtin {
		t.Error("loading over a library changed the built-in macros")
	}
}

func TestLoadFS(t *testing.T) {
	l := &Library{}
	errs := l.loadFS(fstest.MapFS{
		"app/default/macros.conf":  {Data: []byte("[a]\ndefinition = default\n[b]\ndefinition = b")},
		"app/local/macros.conf":    {Data: []byte("[a]\ndefinition = local")},
		"app/default/props.conf":   {Data: []byte("[not_a_macro]\ndefinition = x")},
		"content/macros/c.yml":     {Data: []byte("name: c\ndefinition: c")},
		"content/macros/d.YAML":    {Data: []byte("name: d\ndefinition: d")},
		"content/detections/e.yml": {Data: []byte("name: e\nsearch: e")},
		"content/readme.txt":       {Data: []byte("name: f\ndefinition: f")},
	}, "")
	var got []string
	for _, m := range l.All() {
		got = append(got, show(m))
	}
	want := []string{"a = local @app/local/macros.conf:1", "b = b @app/default/macros.conf:3", "c = c @content/macros/c.yml:1", "d = d @content/macros/d.YAML:1"}
	if errs != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v\n got %q\nwant %q", errs, got, want)
	}
}

func TestLoadPath(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		t.Helper()
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return full
	}
	mine := file("any.conf", "[m]\ndefinition = x")
	file("sub/macros.conf", "[n]\ndefinition = [")
	file("empty/readme", "")
	if err := os.Symlink(dir, filepath.Join(dir, "sub/macros.yml")); err != nil {
		t.Fatal(err)
	}
	l := &Library{}
	if errs := l.LoadPath(mine); errs != nil || show(l.Get("m", 0)) != "m = x @"+mine+":1" {
		t.Errorf("a file: %s %v", show(l.Get("m", 0)), errs)
	}
	for _, c := range []struct{ name, path, message string }{
		{"missing", filepath.Join(dir, "none"), "none: no such file or directory"},
		{"no macros", filepath.Join(dir, "empty"), "no macros in the folder"},
		{"a link to a folder", filepath.Join(dir, "sub"), "not a regular file"},
		{"a YAML without a macro", file("x.yml", "a: b"), "has no `definition`"},
	} {
		if errs := new(Library).LoadPath(c.path); len(errs) != 1 || !strings.Contains(errs[0].Error(), c.message) {
			t.Errorf("%s: got %v, want %q", c.name, errs, c.message)
		}
	}
	if errs := l.LoadPath(filepath.Join(dir, "sub")); show(l.Get("n", 0)) != "n = [ @"+filepath.Join(dir, "sub/macros.conf")+":1" {
		t.Errorf("a folder: %s %v", show(l.Get("n", 0)), errs)
	}
}
