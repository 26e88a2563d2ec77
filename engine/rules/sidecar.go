package rules

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"spoor/grammar/source"
)

// Sidecar is a test that stands in a file of its own beside a rule.
type Sidecar struct {
	Rule     string // name or id of the rule; empty if the file beside it has only one
	Name     string
	Data     []string // paths, from the file of the rule on
	Negative []string // paths in which nothing must be found
	Now      string   // when the rule runs by its schedule; empty if it searches all times
	Least    int      // how many findings there must be
	Most     int      // -1: any number
	Expect   []Expected
	At       source.Span
}

// Expected is columns that the row of a finding must have.
type Expected []Cell

// Cell is a column and its values; it must be null if there are none.
type Cell struct {
	Name   string
	Values []string
}

// sidecarKeys is the keys of a test in a file beside a rule.
var sidecarKeys = []Key{
	{"name", "what it tests"},
	{"rule", "id or name of the rule, where the file beside has several"},
	{"data", "logs: paths, from the folder of the rule on"},
	{"negative", "logs in which the rule must find nothing"},
	{"now", "run the rule by its schedule, as if it were then; without it, it searches all times"},
	{"at_least", "how many findings there must be; without any of the three, one"},
	{"at_most", "how many findings there may be"},
	{"exactly", "both at once"},
	{"expect", "rows, each of column: value; of each there must be a finding that has them all. A list is all values of a column, ~ is none"},
}

// SidecarKeys is the keys of a test in a file beside a rule.
func SidecarKeys() []Key { return append([]Key(nil), sidecarKeys...) }

// Sidecar is the path of the file that holds the tests of a rule's file, and whether there is one: restarts.test.yml beside restarts.toml.
func (r *Rule) Sidecar() (string, bool) {
	stem := strings.TrimSuffix(r.File, filepath.Ext(r.File))
	for _, ending := range []string{".test.yml", ".test.yaml"} {
		if _, err := os.Stat(stem + ending); err == nil {
			return stem + ending, true
		}
	}
	return "", false
}

// Sidecars reads the tests in a file: one, a list of them, or several documents. If there are errors the file must not be relied on.
func Sidecars(path string) ([]Sidecar, source.Errors) {
	body, err := regular(path, source.FileLimit)
	if err != nil {
		d := failure(source.Error, path, err)
		d.Message = strings.Replace(d.Message, "the rules of", "the tests in", 1)
		return nil, source.Errors{d}
	}
	d := &document{path: path, file: source.New(path, strings.TrimPrefix(string(body), "\ufeff"))}
	var out []Sidecar
	for _, v := range d.yamlValues() {
		all := []*value{v}
		if v.kind == list {
			all = v.list
		}
		for _, v := range all {
			switch v.kind {
			case table:
				out = append(out, d.sidecar(v))
			case null:
			default:
				d.problem(v.at, "test-value", "a test must be a table, and is %s", v.kind)
			}
		}
	}
	if len(out) == 0 && len(d.problems) == 0 {
		d.problem(d.file.Span(0, 0), "test-value", "there is no test in %s", path)
	}
	for _, p := range d.problems {
		p.Severity = source.Error // half a test would be a test of something else
	}
	return out, d.problems
}

func (d *document) sidecar(v *value) Sidecar {
	f := d.reader(v, "")
	s := Sidecar{Rule: f.text("rule"), Name: f.text("name"), Data: f.texts("data"), Negative: f.texts("negative"), Now: f.text("now"), At: v.at, Least: 1, Most: -1}
	if len(s.Data) == 0 && len(s.Negative) == 0 {
		d.problem(v.at, "test-value", "the test has no data").WithHint("write data: PATH, or negative: PATH for logs in which nothing must be found")
	}
	for _, key := range []string{"data", "negative"} {
		if slices.Contains(f.texts(key), "") {
			d.problem(f.get(key).at, "test-value", "%s has an empty path", key)
		}
	}
	s.bounds(f)
	for _, row := range f.tables("expect") {
		s.Expect = append(s.Expect, row.expected())
	}
	for _, key := range []string{"data", "at_least", "at_most", "exactly", "expect"} {
		if key != "data" && f.has(key) && !f.has("data") {
			d.problem(f.get(key).at, "test-value", "%s is about findings in data, and the test has no data", key)
		}
	}
	var names []string
	for _, key := range sidecarKeys {
		names = append(names, key.Name)
	}
	f.unread(names...)
	return s
}

// bounds reads how many findings there must be.
func (s *Sidecar) bounds(f *reader) {
	least, low := f.count("at_least")
	most, high := f.count("at_most")
	exactly, both := f.count("exactly")
	switch {
	case both && (low || high):
		f.problem(f.get("exactly").at, "test-value", "exactly stands for at_least and at_most, and one of them is there too")
	case both:
		s.Least, s.Most = exactly, exactly
	case low && high && most < least:
		f.problem(f.get("at_most").at, "test-value", "at_most is less than at_least")
	case low || high:
		s.Least = least
		if high {
			s.Most = most
		}
	}
}

// count is a field that holds a number of things.
func (r *reader) count(name string) (int, bool) {
	n, ok := r.number(name)
	if ok && (n < 0 || n != float64(int(n))) {
		r.problem(r.get(name).at, "test-value", "%s is a whole number, and not %s", name, r.get(name).text)
		return 0, false
	}
	return int(n), ok
}

// expected is the columns of a row.
func (r *reader) expected() (out Expected) {
	for _, name := range r.of.names {
		c := Cell{Name: name}
		switch v := r.of.fields[name]; v.kind {
		case null:
		case table:
			r.wrong(v, name, "a value or a list of them")
		case list:
			c.Values = r.texts(name)
		default:
			c.Values = []string{v.text}
		}
		out = append(out, c)
	}
	return out
}
