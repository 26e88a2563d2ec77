package function

import (
	"regexp/syntax"
	"strconv"
	"strings"

	"spoor/engine/column"
)

// requireSame is what `==` and `in` ask of the text of their argument that is no constant. An integer is asked for by its digits, which a
// field of integers has in its text; a decimal may be written in many ways, and a truth value has no text to ask for.
func requireSame(args []Arg) (Requirement, bool) {
	field := 0
	if len(args) == 2 && args[0].Const != nil {
		field = 1
	}
	return require(field, args, func(r *Requirement, v column.Value) bool {
		switch {
		case v.Kind() == column.String:
			return r.ask(longestASCII([]string{v.Text()}))
		case v.Kind() == column.Int:
			return r.ask(strings.TrimPrefix(strconv.FormatInt(v.Int(), 10), "-"))
		}
		return v.IsNull()
	})
}

// require gathers what the constants ask of the argument that is a field; false if one of them asks for nothing.
func require(field int, args []Arg, ask func(*Requirement, column.Value) bool) (Requirement, bool) {
	r := Requirement{Arg: field}
	if args[field].Const != nil {
		return Requirement{}, false
	}
	for i, a := range args {
		if i == field {
			continue
		}
		if a.Const == nil || a.Const.Kind() == column.List || !ask(&r, *a.Const) {
			return Requirement{}, false
		}
	}
	return r, len(r.AnyOf) > 0
}

func requireLikes(args []Arg) (Requirement, bool) {
	return require(0, args, func(r *Requirement, v column.Value) bool {
		return v.IsNull() || r.ask(longestASCII(strings.FieldsFunc(eqlText(v), func(c rune) bool { return c == '*' || c == '?' })))
	})
}

func requirePart(args []Arg) (Requirement, bool) {
	return require(0, args, func(r *Requirement, v column.Value) bool { return r.ask(longestASCII([]string{v.Text()})) })
}

// requireLucene asks for what the expressions need in their own case: letters match in either.
func requireLucene(args []Arg) (Requirement, bool) {
	return require(0, args, func(r *Requirement, v column.Value) bool {
		if v.IsNull() {
			return true
		}
		found := neededByLucene(eqlText(v))
		for _, text := range found {
			if !r.ask(text) {
				return false
			}
		}
		return len(found) > 0
	})
}

func neededByLucene(pattern string) []string {
	l := lucene{rest: pattern}
	text := l.expression()
	if l.err != nil {
		return nil
	}
	tree, err := syntax.Parse("(?s)"+text, syntax.Perl)
	if err != nil {
		return nil
	}
	return needed(tree)
}
