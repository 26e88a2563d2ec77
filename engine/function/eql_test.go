package function

import (
	"regexp"
	"strings"
	"testing"

	"spoor/engine/column"
)

var (
	eqlMatch = regexp.MustCompile(`(?s)^(.+?) (in~?|like~?|regex~?) (.*)$`)
	eqlRun   = regexp.MustCompile(`(?s)^(run \S+?)\((.*)\)$`)
	eqlToken = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"|[0-9]+(?:\.[0-9]+)?|[A-Za-z_]\w*~?|[<>=]=|.`)
)

// eqlSigns are the names of the functions that EQL writes as signs.
var eqlSigns = map[string]string{"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "modulo"}

// eqlNode reads an expression of EQL: calls, arithmetic, a comparison or a match with a list. It stands in for the grammar, which is in a
// package above this one.
func eqlNode(t *testing.T, expr string) node {
	t.Helper()
	if m := eqlRun.FindStringSubmatch(expr); m != nil {
		return node{call: m[1], args: eqlNode(t, "concat("+m[2]+")").args}
	}
	if inner, ok := strings.CutPrefix(expr, "holds("); ok {
		return node{call: "holds", args: []node{eqlNode(t, strings.TrimSuffix(inner, ")"))}}
	}
	if m := eqlMatch.FindStringSubmatch(expr); m != nil {
		list := strings.TrimSuffix(strings.TrimPrefix(m[3], "("), ")")
		return node{call: m[2], args: append([]node{eqlNode(t, m[1])}, eqlNode(t, "concat("+list+")").args...)}
	}
	var tokens []string
	for _, tok := range eqlToken.FindAllString(expr, -1) {
		if strings.TrimSpace(tok) != "" {
			tokens = append(tokens, tok)
		}
	}
	e := evaluator{tokens: tokens}
	n := eqlNames(e.parse(0))
	if len(e.tokens) > 0 {
		t.Fatalf("%s: cannot read on at %q", expr, e.tokens)
	}
	return n
}

func eqlNames(n node) node {
	if name := eqlSigns[n.call]; name != "" {
		n.call = name
	}
	switch n.field {
	case "true", "false":
		v := column.Boolean(n.field == "true")
		return node{value: &v}
	case "null":
		return node{value: &column.Value{}}
	}
	for i := range n.args {
		n.args[i] = eqlNames(n.args[i])
	}
	if n.call == "neg" && n.args[0].value != nil { // as folding does
		v := calculate(column.Integer(0), *n.args[0].value, subtractInts, func(x, y float64) (float64, bool) { return x - y, true })
		return node{value: &v}
	}
	return n
}

// checkEQL evaluates an expression of EQL over the fields in all encodings.
func checkEQL(t *testing.T, expr string, fields map[string]column.Value, want string) {
	t.Helper()
	checkNode(t, EQL, expr, fields, want, func(*evaluator) node { return eqlNode(t, expr) })
}

func TestEQLNames(t *testing.T) {
	want := "add between cidrmatch concat divide endswith indexof length modulo multiply number startswith string stringcontains substring subtract wildcard"
	if got := strings.Join(Names(EQL), " "); got != want {
		t.Errorf("callable are %s, want %s", got, want)
	}
	tilde := map[string]bool{}
	for _, f := range All(EQL) {
		if name, ok := strings.CutSuffix(f.Name, "~"); ok && f.Callable() {
			tilde[name] = true
		}
		if f.OverRuns != "" && Lookup(EQL, f.OverRuns) == nil {
			t.Errorf("%s: there is no %s", f.Name, f.OverRuns)
		}
	}
	for _, name := range Names(EQL) {
		has := strings.Contains(" between endswith indexof startswith stringcontains wildcard ", " "+name+" ")
		if has != tilde[name] {
			t.Errorf("%s~: there %v, want %v", name, tilde[name], has)
		}
	}
}
