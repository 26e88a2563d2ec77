package function

import (
	"cmp"
	"strings"
	"sync"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// The predicates of search expressions are never null: of a missing field all are false. Their field is argument 0, the others are constant.
var searchPredicates = []Func{
	{
		Name: "=", Lang: Search, Family: "search", Syntax: "field=value", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc: "True if the value matches the whole of the field, in any case: `*` is any run of characters, a number matches equal " +
			"numbers (5 and 5.0), a net such as `10.0.0.0/8` matches the addresses in it. Of a multivalue: if any value matches.",
		Example: `path="/USR/*/vi"`, Want: "True",
		Bind: among(compileSearch, true), Takes: fieldAlone, Requires: requireSearch(compileSearch),
	},
	{
		Name: "!=", Lang: Search, Family: "search", Syntax: "field!=value", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if the field has a value that `=` does not match. Unlike NOT field=value, false without the field.",
		Example: `path!=*vi`, Want: "False",
		Bind: among(compileSearch, false), Takes: fieldAlone,
	},
	{
		Name: "in", Lang: Search, Family: "search", Syntax: "field IN (value, ...)", MinArgs: 2, MaxArgs: -1, Lists: column.Any,
		Doc:     "True if one of the values matches, as `=` does.",
		Example: `port IN (80, 44*)`, Want: "True",
		Bind: among(compileSearch, true), Takes: fieldAlone, Requires: requireSearch(compileSearch),
	},
	{
		Name: "case=", Lang: Search, Family: "search", Syntax: "field=CASE(value)", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "Like `=`, but the case must be the same, and the value is text.",
		Example: `path=CASE(*/VI)`, Want: "False",
		Bind: among(compileCase, true), Takes: fieldAlone, Requires: requireSearch(compileCase),
	},
	{
		Name: "case!=", Lang: Search, Family: "search", Syntax: "field!=CASE(value)", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if the field has a value that `case=` does not match.",
		Example: `path!=CASE(*/VI)`, Want: "True",
		Bind: among(compileCase, false), Takes: fieldAlone,
	},
	{
		Name: "casein", Lang: Search, Family: "search", Syntax: "field IN (CASE(value), ...)", MinArgs: 2, MaxArgs: -1, Lists: column.Any,
		Doc:     "True if one of the values matches in the same case.",
		Example: `path IN (CASE(*/VI), CASE(*/vi))`, Want: "True",
		Bind: among(compileCase, true), Takes: fieldAlone, Requires: requireSearch(compileCase),
	},
	{
		Name: "exists", Lang: Search, Family: "search", Syntax: "field=*", MinArgs: 1, MaxArgs: 1, Lists: column.Whole,
		Doc:     "True if the field has a value.",
		Example: `ip=*`, Want: "True",
		Bind: always(nullness(false)),
	},
	bound("<", "less than", `port<1024`, "True", func(c int) bool { return c < 0 }),
	bound("<=", "at most", `port<=442`, "False", func(c int) bool { return c <= 0 }),
	bound(">", "greater than", `bytes>900`, "True", func(c int) bool { return c > 0 }),
	bound(">=", "at least", `port>=443`, "True", func(c int) bool { return c >= 0 }),
}

func bound(name, meaning, example, want string, holds func(int) bool) Func {
	return Func{
		Name: name, Lang: Search, Family: "search", Syntax: "field" + name + "value", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if the field is " + meaning + " the value: as numbers if both are numbers, else as texts, in any case.",
		Example: example, Want: want,
		Bind: searchOrder(holds), Takes: fieldAlone,
	}
}

// literal is one value of a search expression.
type literal struct {
	pattern *wildcard
	wild    bool
	number  *column.Decimal
	net     *network
}

func compileSearch(text string) literal {
	l := literal{pattern: compileWildcard(text, true), wild: strings.Contains(text, "*")}
	if d, ok := column.ParseDecimal(text); ok {
		l.number = &d
	}
	if strings.Contains(text, "/") && !l.wild {
		if n, ok := parseNet(text); ok {
			l.net = &n
		}
	}
	return l
}

func compileCase(text string) literal {
	return literal{pattern: compileWildcard(text, false), wild: strings.Contains(text, "*")}
}

func (l *literal) match(s string) bool {
	if l.pattern.match(s) {
		return true
	}
	if l.number != nil && s != "" && s[0] <= '9' {
		if d, ok := column.ParseDecimal(s); ok {
			return d == *l.number
		}
	}
	return l.net != nil && l.net.contains(s)
}

// among binds a predicate that is as wanted if one of the literals matches. The literals are compiled when the first value is compared: there
// may be many of them, and none in most kinds of events.
func among(compile func(string) literal, want bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		list := make([]string, 0, len(args)-1)
		for _, a := range args[1:] {
			if a.Const == nil {
				return nil, notConstant(a)
			}
			list = append(list, a.Const.String())
		}
		set := sync.OnceValue(func() *literals { return newLiterals(list, compile) })
		integers := sync.OnceValues(func() (map[int64]bool, bool) { return set().integers() })
		return func(rows int, args []column.Vector) column.Vector {
			if v, ok := args[0].(*column.Ints); ok {
				if numbers, ok := integers(); ok {
					return amongInts(v, numbers, want)
				}
			}
			xs := texts(args[0])
			var found []uint32
			return build(rows, func(i int) (bool, bool) {
				s, ok := xs.at(i)
				if !ok {
					return false, true
				}
				found = set().find(s, true, found[:0])
				return (len(found) > 0) == want, true
			})
		}, nil
	}
}

// amongInts compares integers without printing them.
func amongInts(v *column.Ints, numbers map[int64]bool, want bool) column.Vector {
	return build(len(v.Values), func(i int) (bool, bool) {
		return !v.IsNull(i) && numbers[v.Values[i]] == want, true
	})
}

// fieldAlone says that the kernel reads the field only: the literals are bound.
func fieldAlone([]Arg) int { return 1 }

func notConstant(a Arg) *source.Diagnostic {
	return source.Errorf(a.Span, "not-constant", "a search compares a field with a literal").WithHint("use where to compare two fields")
}

func searchOrder(holds func(int) bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		if args[1].Const == nil {
			return nil, notConstant(args[1])
		}
		limit := *args[1].Const
		number, isNumber := limit.Number()
		folded := foldCase(limit.String())
		return func(rows int, args []column.Vector) column.Vector {
			if isNumber && isNumeric(args[0]) {
				xs := numbers(args[0])
				return build(rows, func(i int) (bool, bool) {
					x, ok := xs.at(i)
					return ok && holds(cmp.Compare(x, number)), true
				})
			}
			xs := cells(args[0])
			return build(rows, func(i int) (bool, bool) {
				x, _ := xs.at(i)
				if x.IsNull() {
					return false, true
				}
				if n, ok := x.Number(); ok && isNumber {
					return holds(cmp.Compare(n, number)), true
				}
				return holds(strings.Compare(foldCase(x.String()), folded)), true
			})
		}, nil
	}
}

// requireSearch asks for the longest literal of each pattern. Equal numbers share the digits only if these are written in the plainest
// way; addresses share nothing with their net.
func requireSearch(compile func(string) literal) func([]Arg) (Requirement, bool) {
	return func(args []Arg) (r Requirement, ok bool) {
		if len(args)-1 > alternatives {
			return Requirement{}, false
		}
		for _, a := range args[1:] {
			if a.Const == nil || a.Const.IsNull() {
				return Requirement{}, false
			}
			text := a.Const.String()
			l := compile(text)
			plain := strings.Trim(text, "0123456789") == "" && (!strings.HasPrefix(text, "0") || text == "0")
			found, ok := l.pattern.literals()
			if !ok || l.net != nil || l.number != nil && !plain || len(r.AnyOf)+len(found) > alternatives {
				return Requirement{}, false
			}
			r.AnyOf = append(r.AnyOf, found...)
		}
		return r, true
	}
}
