package datamodels

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"spoor/grammar/source"
)

var (
	token     = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|!=|[-+=.,()]|\s+|.`)
	functions = strings.Fields(`basename case coalesce entityid if in integer isnotnull isnull len like lower match mvcount mvfind mvindex mvjoin mvzip nullif
		present replace split substr tokens tonumber tostring trim true`)
	scanned = []string{"_time", "host", "source", "sourcetype"}
)

// lint holds that an expression consists of known functions, known names, and balanced parentheses.
func lint(t *testing.T, where string, e source.Span, known func(name string) bool) {
	t.Helper()
	depth := 0
	tokens := token.FindAllString(e.String(), -1)
	for i, word := range tokens {
		called := i+1 < len(tokens) && tokens[i+1] == "("
		switch {
		case strings.TrimSpace(word) == "":
		case word == "(":
			depth++
		case word == ")":
			depth--
		case word == "AND" || word == "OR" || word == "NOT":
		case called:
			if !slices.Contains(functions, word) {
				t.Errorf("%s: unknown function %s", where, word)
			}
		case word[0] == '\'' && len(word) > 1:
			if !known(word[1 : len(word)-1]) {
				t.Errorf("%s: unknown field %s", where, word)
			}
		case identifier.MatchString(word):
			if !known(word) {
				t.Errorf("%s: unknown field %s", where, word)
			}
		case len(word) == 1 && !strings.Contains("-+=.,0123456789", word):
			t.Errorf("%s: stray %q", where, word)
		}
		if depth < 0 {
			break
		}
	}
	if depth != 0 {
		t.Errorf("%s: unbalanced parentheses in %s", where, e)
	}
	if !strings.Contains(e.Text.Name, "datamodels/") {
		t.Errorf("%s: %s is no file", where, e.Text.Name)
	}
}

func TestExpressionsNameWhatThereIs(t *testing.T) {
	l := Builtin()
	count := 0
	for _, m := range l.Models() {
		for _, d := range m.Datasets() {
			if !d.Where.IsZero() {
				count++
				lint(t, d.String(), d.Where, func(name string) bool { return d.Field(name) != nil })
			}
			for _, f := range d.Fields {
				if !f.Default.IsZero() {
					count++
					lint(t, f.String(), f.Default, func(name string) bool { return d.assignable(name) || slices.Contains(scanned, name) })
				}
			}
		}
	}
	for _, s := range l.Sources() {
		for _, k := range s.Kinds {
			for _, e := range []source.Span{k.Starts, k.Ends} {
				if !e.IsZero() {
					lint(t, k.Name, e, func(name string) bool { return k.Field(name) != nil })
				}
			}
			for dataset, assigns := range k.Mappings {
				for _, a := range assigns {
					count++
					lint(t, k.Name+" to "+dataset+"."+a.Field, a.Expr, func(name string) bool { return k.Field(name) != nil || slices.Contains(scanned, name) })
				}
			}
		}
	}
	if count < 250 {
		t.Errorf("only %d expressions", count)
	}
}
