package lookup

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// open makes a folder of the given files and opens it.
func open(t testing.TB, files map[string]string) (*Library, source.Errors) {
	t.Helper()
	folder := t.TempDir()
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Open(folder)
}

func matcher(t testing.TB, l *Library, name string, columns ...string) *Matcher {
	t.Helper()
	d, diag := l.Find(source.Span{}, name)
	if diag != nil {
		t.Fatal(diag)
	}
	m, diag := l.Matcher(source.Span{}, d, columns, func(_ string, texts []column.Value) []column.Value { return texts })
	if diag != nil {
		t.Fatal(diag)
	}
	return m
}

// found is the cells of a column in the rows that match.
func found(m *Matcher, second float64, column string, values ...string) []string {
	var out []string
	for _, row := range m.Find(values, second, nil) {
		out = append(out, m.Table.Cell(row, m.Table.column(column)))
	}
	return out
}

func TestMatching(t *testing.T) {
	const conf = `
[folded]
filename = t.csv
case_sensitive_match = false
max_matches = 2

[wild]
filename = t.csv
match_type = WILDCARD(name)

[both]
filename = t.csv
match_type = WILDCARD(name), EXACT(team)

[nets]
filename = nets.csv
match_type = CIDR(net)

[timed]
filename = timed.csv
time_field = at
min_offset_secs = 1
max_offset_secs = 10
`
	l, errs := open(t, map[string]string{
		"transforms.conf": conf,
		"t.csv":           "name,team,id\nroot,ops,1\nROOT,ops,2\nr*,ops,3\n*oo*,sales,4\n,ops,5\nroot,ops,6\nfür,ops,7\n*,last,8\n",
		"nets.csv":        "net,id\n10.0.0.0/8,1\n10.1.0.0/16,2\nfe80::/10,3\n192.0.2.1,4\nnonsense,5\n::ffff:10.2.0.0/112,6\n0.0.0.0/0,7\n",
		"timed.csv":       "at,key,id\n100,k,1\n105,k,2\n105,other,3\nnever,k,4\n",
	})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		lookup  string
		columns string
		values  string
		second  float64
		want    string
	}{
		{"t.csv", "name", "root", 0, "1 6"},
		{"t.csv", "name", "Root", 0, ""},
		{"t.csv", "name", "r*", 0, "3"},
		{"t.csv", "name", "", 0, ""},
		{"t.csv", "team,name", "ops,root", 0, "1 6"},
		{"t.csv", "name,team", "root,sales", 0, ""},
		{"folded", "name", "Root", 0, "1 2"},
		{"folded", "name", "FÜR", 0, "7"},
		{"wild", "name", "root", 0, "1 3 4 6 8"},
		{"wild", "name", "oo", 0, "4 8"},
		{"wild", "name", "ROOT", 0, "2 8"},
		{"wild", "name", "", 0, "8"},
		{"both", "team,name", "ops,root", 0, "1 3 6"},
		{"both", "name,team", "root,sales", 0, "4"},
		{"nets", "net", "10.1.2.3", 0, "1 2 7"},
		{"nets", "net", "10.2.0.9", 0, "1 7"},
		{"nets", "net", "::ffff:10.1.0.1", 0, "1 2 7"},
		{"nets", "net", "fe80::1", 0, "3"},
		{"nets", "net", "192.0.2.1", 0, "4 7"},
		{"nets", "net", "nonsense", 0, ""},
		{"timed", "key", "k", 104, "1"},
		{"timed", "key", "k", 105, "1"},
		{"timed", "key", "k", 106, "2"},
		{"timed", "key", "k", 115, "2"},
		{"timed", "key", "k", 116, ""},
		{"timed", "key", "k", 100, ""},
	} {
		m := matcher(t, l, c.lookup, strings.Split(c.columns, ",")...)
		if got := strings.Join(found(m, c.second, "id", strings.Split(c.values, ",")...), " "); got != c.want {
			t.Errorf("%s %s=%s at %g: rows %q, want %q", c.lookup, c.columns, c.values, c.second, got, c.want)
		}
	}
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"a*", "a", true}, {"*a", "ba", true}, {"*a*", "bab", true}, {"a*a", "a", false},
		{"a*a", "aa", true}, {"a*b*c", "axbxc", true}, {"a*b*c", "acb", false}, {"**", "", true}, {"*ab*ab", "xab", false},
		{"*ab*ab", "abab", true}, {"", "", true}, {"", "a", false},
	} {
		if got := newPattern(c.pattern).match(c.text); got != c.want {
			t.Errorf("%q matches %q: %t", c.pattern, c.text, got)
		}
	}
}

func TestReadTable(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("a,b\n1,2\n"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, body, want string }{
		{"quotes", "a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n", "a|b;x, \"y\"|two\nlines"},
		{"mark and carriage returns", "\ufeffa,b\r\n1,2\r\n", "a|b;1|2"},
		{"short and long lines", "a,b\n1\n1,2,3\n\n", "a|b;1|;1|2"},
		{"names twice, without a name, of Splunk's own", "a,a,,__mv_a,b\n1,2,3,4,5\n", "a|b;1|5"},
		{"stray quotes", "a,b\nx\"y,z\n", "a|b;x\"y|z"},
		{"only names", "a,b\n", "a|b"},
		{"gzip", packed.String(), "a|b;1|2"},
	} {
		table, err := readTable(strings.NewReader(c.body))
		if err != nil {
			t.Errorf("%s: %s", c.name, err)
			continue
		}
		lines := []string{strings.Join(table.Columns, "|")}
		for row := range table.Rows {
			var cells []string
			for col := range table.Columns {
				cells = append(cells, table.Cell(uint32(row), col))
			}
			lines = append(lines, strings.Join(cells, "|"))
		}
		if got := strings.Join(lines, ";"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for name, body := range map[string]string{"empty": "", "half a packed file": packed.String()[:packed.Len()-6], "no gzip": "\x1f\x8bxx"} {
		if _, err := readTable(strings.NewReader(body)); err == nil {
			t.Errorf("%s is a table", name)
		}
	}
}

func TestDefinitions(t *testing.T) {
	l, errs := open(t, map[string]string{
		"transforms.conf": "[a]\nfilename = \\\n  a.csv\ncase_sensitive_match = maybe\n# [b]\n[c]\nREGEX = x\n[d]\nexternal_cmd = d.py\n[e]\nfilename = e.csv\nmatch_type = REGEX(x)\n[f]\nfilename = a.csv\nfilter = x>1\n",
		"coll.yml":        "name: coll\ncollection: kept\nfields_list: _key, user, count\n",
		"nameless.yaml":   "filename: a.csv\nmax_matches: 3\n",
		"other.yml":       "description: no lookup\n",
		"broken.yml":      "name: [",
		"a.csv":           "x\n1\n",
	})
	var doubts []string
	for _, d := range errs {
		if d.Severity == source.Error {
			t.Error(d)
		}
		doubts = append(doubts, d.Message)
	}
	slices.Sort(doubts)
	if len(doubts) != 3 || !strings.HasPrefix(doubts[0], "lookup a: not true or false") || !strings.HasPrefix(doubts[1], "lookup e: match_type knows") ||
		!strings.HasPrefix(doubts[2], "this is no definition") {
		t.Errorf("doubts %q", doubts)
	}
	if got, want := l.Names(), []string{"a", "a.csv", "coll", "d", "e", "f", "nameless"}; !slices.Equal(got, want) {
		t.Errorf("names %q, want %q", got, want)
	}
	coll, diag := l.Find(source.Span{}, "coll")
	if diag != nil {
		t.Fatal(diag)
	}
	table, diag := l.Table(source.Span{}, coll)
	if diag != nil || table.Rows != 0 || !slices.Equal(table.Columns, []string{"_key", "user", "count"}) {
		t.Errorf("a collection that nobody wrote: %v, %v", table, diag)
	}
	if m := matcher(t, l, "nameless", "x"); m.Max != 3 || !m.MaxGiven {
		t.Errorf("max_matches %d", m.Max)
	}
	for name, code := range map[string]string{"d": "cannot-run", "c": "unknown-lookup", "b.csv": "unknown-lookup"} {
		if _, diag := l.Find(source.Span{}, name); diag == nil || diag.Code != code {
			t.Errorf("%s: %v", name, diag)
		}
	}
	e, _ := l.Find(source.Span{}, "e")
	if _, diag := l.Table(source.Span{}, e); diag == nil || diag.Code != "bad-lookup" {
		t.Errorf("a file that is not there: %v", diag)
	}
}

// TestChangedFile reads a table again once its file is another one.
func TestChangedFile(t *testing.T) {
	l, _ := open(t, map[string]string{"a.csv": "x\n1\n"})
	if got := found(matcher(t, l, "a.csv", "x"), 0, "x", "2"); got != nil {
		t.Fatalf("found %q", got)
	}
	d, _ := l.Target(source.Span{}, "a.csv")
	rows := func(yield func([]string) bool) { _ = yield([]string{"2"}) && yield([]string{"3"}) }
	if _, diag := l.Write(source.Span{}, d, Output{}, []string{"x"}, rows); diag != nil {
		t.Fatal(diag)
	}
	if got := found(matcher(t, l, "a.csv", "x"), 0, "x", "2"); !slices.Equal(got, []string{"2"}) {
		t.Errorf("found %q", got)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("a,b\n1,2\n", "1", "a")
	f.Add("a*,b\n\"x\n", "x", "b")
	f.Fuzz(func(t *testing.T, body, value, name string) {
		table, err := readTable(strings.NewReader(body))
		if err != nil || !table.Has(name) {
			return
		}
		for _, match := range []Match{Exact, Wildcard, CIDR} {
			d := newDefinition("x")
			d.Match[name], d.IgnoreCase = match, match == Wildcard
			for _, row := range newMatcher(d, table, []string{name}, nil).Find([]string{value}, 0, nil) {
				if cell := table.Cell(row, table.column(name)); match == Exact && cell != value {
					t.Errorf("%q found for %q", cell, value)
				}
			}
		}
	})
}
