package grammar

import (
	"testing"

	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// Whatever the text, parsing gives a tree or an error, spans lie in the text, and a tree prints as text that parses to it.
func FuzzParseSPL(f *testing.F) {
	for _, row := range parses {
		f.Add(row[0])
	}
	for _, row := range mistakes {
		f.Add(row.search)
	}
	f.Add(fiveStages)
	fuzzParser(f, ParseSPL)
}

// The other two entry points share everything but the first word.
func FuzzParseExpression(f *testing.F) {
	for _, text := range []string{`a + 1`, `if(a="b" AND c, 'd e' . f.g, -1)`, `x NOT IN (1, "2")`, `a=b OR c d`, `"x" IN (a, b*)`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			t.Skip("long texts only slow the search for short ones")
		}
		whole := source.New("rule", text).All()
		for _, parse := range []func(source.Span) (ast.Node, source.Errors){ParseEvalSpan, ParseSearchSpan} {
			tree, errs := parse(whole)
			if errs.Failed() || tree == nil {
				continue
			}
			again, errs := parse(source.New("printed", tree.String()).All())
			if errs.Failed() || ast.Dump(tree) != ast.Dump(again) {
				t.Errorf("printed as %s\n%v", tree, errs)
			}
		}
	})
}

// The same holds for EQL.
func FuzzParseEQL(f *testing.F) {
	for _, row := range eqlParses {
		f.Add(row[0])
	}
	for _, row := range eqlMistakes {
		f.Add(row.query)
	}
	f.Add(twoItems)
	fuzzParser(f, ParseEQL)
}

func fuzzParser[T interface {
	comparable
	ast.Node
}](f *testing.F, parse func(*source.Text) (T, source.Errors)) {
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			t.Skip("long texts only slow the search for short ones")
		}
		var none T
		tree, errs := parse(source.New("query", text))
		if errs.Failed() != (tree == none) {
			t.Fatalf("tree: %t, errors: %v", tree != none, errs)
		}
		for _, d := range errs {
			if d.Code == "internal-error" || d.Error() == "" {
				t.Fatal(d)
			}
		}
		if tree == none {
			return
		}
		if at := tree.At(); at.Start < 0 || int(at.End) > len(text) {
			t.Fatalf("the tree is at %d to %d of %d", at.Start, at.End, len(text))
		}
		roundTrip(t, tree, parse)
	})
}
