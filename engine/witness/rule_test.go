// Package witness holds no code, only a test: for every published EQL rule it makes the smallest events that satisfy it, from the
// rule's text alone, and asks the engine for them. For published SPL searches (the files spl_*) it makes the records that their conditions
// on literals describe, from the search's text and the mappings of the sources.
package witness

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// rule is a published rule.
type rule struct {
	name   string
	number int // its processes have numbers from 10 times this one on
	text   *source.Text
	items  []*ast.Item // of a sequence or a sample; an event query makes one
	by     []*ast.Path
	tree   *ast.Query
}

var (
	isEQL    = regexp.MustCompile(`(?m)^type = "eql"`)
	eqlQuery = regexp.MustCompile(`(?s)\nquery = '''(.*?)'''`)
)

// rules reads the rules of the folder that SPOOR_CORPUS names, from the module's folder if it is not absolute.
func rules(t *testing.T) []*rule {
	t.Helper()
	folder := os.Getenv("SPOOR_CORPUS")
	if folder == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", "..", folder)
	}
	var all []*rule
	err := filepath.WalkDir(filepath.Join(folder, "elastic"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".toml" {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil || !isEQL.Match(body) {
			return err
		}
		query := eqlQuery.FindSubmatch(body)
		if query == nil {
			t.Errorf("%s has no query", name)
			return nil
		}
		r, errs := newRule(filepath.Base(name), string(query[1]))
		if errs.Failed() {
			t.Error(errs)
			return nil
		}
		if why := r.beyond(); why != "" {
			t.Errorf("%s has %s, of which this test knows nothing", r.name, why)
		}
		all = append(all, r)
		return nil
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d rules in %s: %v", len(all), folder, err)
	}
	return all
}

func newRule(name, query string) (*rule, source.Errors) {
	r := &rule{name: name, text: source.New(name, query)}
	tree, errs := grammar.ParseEQL(r.text)
	if errs.Failed() {
		return nil, errs
	}
	r.tree = tree
	switch body := tree.Body.(type) {
	case *ast.EventQuery:
		r.items = []*ast.Item{{Event: body, Runs: 1}}
	case *ast.Sequence:
		r.items, r.by = body.Items, body.By
	case *ast.Sample:
		r.items, r.by = body.Items, body.By
	}
	return r, nil
}

// beyond is something that a rule has and events are not made for here, empty if there is nothing.
func (r *rule) beyond() string {
	for _, item := range r.items {
		if item.Missing {
			return "missing events"
		}
	}
	if s, ok := r.tree.Body.(*ast.Sequence); ok && s.Until != nil {
		return "until"
	}
	if r.tree.Pipes != nil {
		return "pipes"
	}
	return ""
}

func (r *rule) single() bool {
	_, ok := r.tree.Body.(*ast.EventQuery)
	return ok
}

func (r *rule) sample() bool {
	_, ok := r.tree.Body.(*ast.Sample)
	return ok
}

// maxSpan is the time that a sequence may take, 0 if there is no limit.
func (r *rule) maxSpan() time.Duration {
	s, ok := r.tree.Body.(*ast.Sequence)
	if !ok || s.MaxSpan == nil {
		return 0
	}
	units := map[string]time.Duration{"ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}
	return time.Duration(s.MaxSpan.N) * units[s.MaxSpan.Unit]
}

// keys is the names of the fields by which the events of an item are joined.
func (r *rule) keys(item int) []string {
	var names []string
	for _, p := range slices.Concat(r.by, r.items[item].By) {
		names = append(names, p.Name)
	}
	return names
}

// slots is the items of which a match has an event, in their order: an item that runs comes repeatedly.
func (r *rule) slots() []int {
	var out []int
	for i, item := range r.items {
		out = append(out, slices.Repeat([]int{i}, max(item.Runs, 1))...)
	}
	return out
}

// conjuncts is what must hold of an item's event besides its category.
func (r *rule) conjuncts(item int) []ast.Node {
	var out []ast.Node
	var flatten func(n ast.Node)
	flatten = func(n ast.Node) {
		if j, ok := n.(*ast.Junction); ok && j.Op == "and" {
			for _, a := range j.Args {
				flatten(a)
			}
			return
		}
		out = append(out, n)
	}
	flatten(r.items[item].Event.Where)
	return out
}

// short is a condition in one line, for messages.
func short(n ast.Node) string {
	s := strings.Join(strings.Fields(n.At().String()), " ")
	if c, ok := n.(*ast.Comparison); ok && s == "" {
		s = strings.Join(fieldsOf(c), "") + " == " + constant(c.Y)
	}
	if r := []rune(s); len(r) > 80 {
		s = string(r[:77]) + "..."
	}
	return s
}
