package rules

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestSidecars(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Sidecar // without their places
	}{
		{"one test", "data: a.json\n", []Sidecar{{Data: []string{"a.json"}, Least: 1, Most: -1}}},
		{"a list, of which some is empty", "- data: a.json\n-\n- {data: [b, c], exactly: 0}\n", []Sidecar{{Data: []string{"a.json"}, Least: 1, Most: -1}, {Data: []string{"b", "c"}}}},
		{"documents", "data: a\n---\nnegative: b\n", []Sidecar{{Data: []string{"a"}, Least: 1, Most: -1}, {Negative: []string{"b"}, Least: 1, Most: -1}}},
		{"all keys", "name: n\nrule: r\ndata: a\nnegative: [b]\nnow: 2024-05-06T11:00:00Z\nat_least: 2\nat_most: 3\nexpect:\n- {dest: web1, count: 2, user: ~, ip: [x, 'y']}\n", []Sidecar{{
			Rule: "r", Name: "n", Data: []string{"a"}, Negative: []string{"b"}, Now: "2024-05-06T11:00:00Z", Least: 2, Most: 3,
			Expect: []Expected{{{"dest", []string{"web1"}}, {"count", []string{"2"}}, {"user", nil}, {"ip", []string{"x", "y"}}}},
		}}},
		{"at most alone lets there be none", "data: a\nat_most: 3\n", []Sidecar{{Data: []string{"a"}, Least: 0, Most: 3}}},
		{"a byte order mark", "\ufeffdata: a\nexactly: 2\n", []Sidecar{{Data: []string{"a"}, Least: 2, Most: 2}}},
	} {
		got, errs := Sidecars(written(t, c.text))
		for i := range got {
			if got[i].At.IsZero() {
				t.Errorf("%s: test %d has no place", c.name, i)
			}
			got[i].At = c.want[min(i, len(c.want)-1)].At
		}
		if len(errs) > 0 || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v\n%v", c.name, got, c.want, errs)
		}
	}
}

func TestBrokenSidecars(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"data: a\nexpected: []\n", "a rule has no key expected"},
		{"name: x\n", "the test has no data"},
		{"name: x\nnegative: b\nexactly: 1\n", "exactly is about findings in data, and the test has no data"},
		{"data: a\nexactly: 1\nat_most: 2\n", "exactly stands for at_least and at_most"},
		{"data: a\nat_least: 3\nat_most: 2\n", "at_most is less than at_least"},
		{"data: a\nat_least: -1\n", "at_least is a whole number, and not -1"},
		{"data: a\nexactly: 1.5\n", "exactly is a whole number, and not 1.5"},
		{"data: a\nexactly: many\n", `exactly must be a number, and is "many"`},
		{"data: a\nexpect: [dest]\n", "expect must be a list of tables"},
		{"data: a\nexpect: {dest: {x: y}}\n", "expect.dest must be a value or a list of them"},
		{"data: {a: b}\n", "data must be a list of texts, and is a table"},
		{"data: [a, '']\n", "data has an empty path"},
		{"words\n", "a test must be a table, and is text"},
		{"", "there is no test in"},
		{"data: [a\n", "no valid YAML"},
		{"data: &a [*a]\n", "stands for something that it is a part of"},
	} {
		_, errs := Sidecars(written(t, c.text))
		if !errs.Failed() || !strings.Contains(errs.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, errs, c.want)
		}
	}
	if _, errs := Sidecars(filepath.Join(t.TempDir(), "none.test.yml")); !strings.Contains(errs.Error(), "cannot read the tests in") {
		t.Errorf("no file: %v", errs)
	}
}

func TestSidecarOf(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.test.yml", "b.test.yaml", "c.yml"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for rule, want := range map[string]string{"a.toml": "a.test.yml", "b.yml": "b.test.yaml", "c.yml": "", "a.b.yml": ""} {
		r := &Rule{File: filepath.Join(folder, rule)}
		got, ok := r.Sidecar()
		if ok != (want != "") || ok && got != filepath.Join(folder, want) {
			t.Errorf("%s: %q %v", rule, got, ok)
		}
	}
}

func written(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.test.yml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
