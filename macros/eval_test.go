package macros

import (
	"errors"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// evalWords is an evaluator that knows the expressions of TestEval.
func evalWords(expression source.Span) (any, error) {
	switch text := expression.String(); text {
	case `"a"."b"`:
		return "ab", nil
	case "call":
		return "x `hosts(h)`", nil
	case "itself":
		return "`itself`", nil
	case "true", "isnum(5)":
		return true, nil
	case "isnum(five)", "false":
		return false, nil
	case "validate(0)":
		return "it is zero", nil
	case "index=unix":
		return "expanded first", nil
	case "number":
		return 5.0, nil
	case "placed":
		return nil, source.Errorf(expression.Sub(2, 4), "x", "placed error")
	case "placed(list)":
		return nil, source.Errors{source.Errorf(expression.Sub(7, 11), "x", "error in a list")}
	default:
		if strings.HasPrefix(text, "null") {
			return nil, nil
		}
		return nil, errors.New("no such function")
	}
}

func TestEval(t *testing.T) {
	conf := func(definition, more string) string {
		return "[m(1)]\nargs = a\ndefinition = " + definition + "\n" + more + "\n[itself]\niseval=true\ndefinition=itself"
	}
	for _, c := range []struct{ name, conf, query, want, failure, place string }{
		{"text", conf(`"a"."b"`, "iseval = true"), "`m(1)`", "ab", "", ""},
		{"an argument", conf(`"$x$"`, "iseval = 1\nargs = x\ndefinition = $x$"), "`m(call)`", "x index=unix host=h", "", ""},
		{"calls in the expression", conf("`hosts`", "iseval = yes"), "`m(1)`", "expanded first", "", ""},
		{"the text calls its own macro", conf("x", ""), "`itself`", "", "itself -> itself", "`itself`"},
		{"no string", conf("number", "iseval = 1"), "`m(1)`", "", "makes no string", "`m(1)`"},
		{"null", conf("null()", "iseval = 1"), "`m(1)`", "", "makes no string", "`m(1)`"},
		{"fails", conf("nonsense", "iseval = 1"), "`m(1)`", "", "cannot be evaluated: no such function", "`m(1)`"},
		{"fails at a place", conf("$a$", "iseval = 1"), "`m(placed)`", "", "placed error (in macro `m`", "ac"},
		{"fails at places", conf("$a$", "iseval = 1"), "`m(placed(list))`", "", "error in a list", "list"},
		{"valid", conf("v $a$", "validation = isnum($a$)"), "`m(5)`", "v 5", "", ""},
		{"invalid", conf("v $a$", "validation = isnum($a$)\nerrormsg = a must be a number"), "`m(five)`", "", "rejects its arguments: a must be a number", "`m(five)`"},
		{"invalid, no message", conf("v $a$", "validation = isnum($a$)"), "`m(five)`", "", "it must be true that isnum($a$)", "`m(five)`"},
		{"a string is the error", conf("v $a$", "validation = validate($a$)\nerrormsg = unused"), "`m(0)`", "", "rejects its arguments: it is zero", "`m(0)`"},
		{"null passes", conf("v $a$", "validation = null($a$)"), "`m(0)`", "v 0", "", ""},
		{"neither", conf("v $a$", "validation = number"), "`m(0)`", "", "neither a Boolean nor a string", "`m(0)`"},
		{"unknown macro in a validation", conf("v $a$", "validation = `hots`"), "`m(0)`", "", "unknown macro `hots`", "`m(0)`"},
		{"iseval = 0", conf("v $a$", "iseval = 0"), "`m(0)`", "v 0", "", ""},
	} {
		e := Expander{Library: newLibrary(t, c.conf), Eval: evalWords}
		got, _, errs := e.Expand(source.New("query", c.query))
		switch {
		case c.failure == "":
			if errs != nil || got.Body != c.want {
				t.Errorf("%s: got %q %v, want %q", c.name, got.Body, errs, c.want)
			}
		case len(errs) != 1 || !strings.Contains(errs[0].Error(), c.failure):
			t.Errorf("%s: got %v, want %q", c.name, errs, c.failure)
		default:
			if where, _ := errs[0].Span.User(); where.String() != c.place {
				t.Errorf("%s: the error stands at %q, want %q", c.name, where, c.place)
			}
		}
	}
}
