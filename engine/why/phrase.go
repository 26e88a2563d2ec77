package why

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// comparing is the predicates of a field and one or more alternatives, by name: how the others of their kind are written before a value.
var comparing = map[string]string{
	"=": "", "==": "", "in": "", "in~": "", "like": "", "like~": "", "case=": "", "casein": "", "wildcard": "", "wildcard~": "",
	"match": "matching ", "regex": "matching ", "regex~": "matching ", ">": "> ", ">=": ">= ", "<": "< ", "<=": "<= ",
	"startswith": "beginning with ", "endswith": "ending in ", "stringcontains": "with ", "startswith~": "beginning with ", "endswith~": "ending in ",
	"stringcontains~": "with ", "cidrmatch": "in ",
}

// alternatives is the values of which a condition wants one, and how they are spoken of; ok is false if it is none of that kind.
func alternatives(e plan.Expr) (field, before string, values []string, ok bool) {
	call, is := e.(*plan.Call)
	if !is || len(call.Args) < 2 {
		return "", "", nil, false
	}
	before, ok = comparing[strings.ToLower(call.Func.Name)]
	args := slices.Clone(call.Args)
	if f, is := args[len(args)-1].(*plan.Field); is && call.Func.Name == "cidrmatch" { // SPL has the net first
		args[0], args[len(args)-1] = f, args[0]
	}
	f, is := args[0].(*plan.Field)
	if !ok || !is {
		return "", "", nil, false
	}
	for _, a := range args[1:] {
		c, is := a.(*plan.Const)
		if !is {
			return "", "", nil, false
		}
		for _, item := range c.V.Items() {
			values = append(values, quoted(item))
		}
	}
	return visible(f.Name), before, values, true
}

// quoted is a value as a sentence has it: texts in quotes, cut if they are long.
func quoted(v column.Value) string {
	switch v.Kind() {
	case column.Null:
		return "absent"
	case column.String:
		text := v.Text()
		if len(text) > mostQuoted {
			cut := mostQuoted
			for !utf8.RuneStart(text[cut]) {
				cut--
			}
			text = text[:cut] + "…"
		}
		return strconv.Quote(text)
	case column.List:
		var items []string
		for _, item := range v.Items() {
			if items = append(items, quoted(item)); len(items) == mostAlternatives {
				items = append(items, "…")
				break
			}
		}
		return "[" + strings.Join(items, ", ") + "]"
	case column.Int, column.Float:
		return v.String()
	}
	return column.Format(v, nil)
}

// Bounds of a sentence: bytes of a value, alternatives of a condition, and conditions.
const (
	mostQuoted       = 120
	mostAlternatives = 4
	mostClauses      = 3
)

// either is some alternatives in a sentence.
func either(values []string) string {
	if n := len(values); n > mostAlternatives {
		return fmt.Sprintf("%s or one of %d others", strings.Join(values[:mostAlternatives-1], ", "), n-mostAlternatives+1)
	}
	if len(values) == 1 {
		return values[0]
	}
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

// said is a clause of a sentence and, of a field that is none of some alternatives, these.
type said struct {
	among        *Condition
	text         string
	alternatives []string
}

// reason is why conditions are not true, in words. What is wanted of a field in several alternatives is said once.
func reason(list ...*Condition) string {
	var clauses []said
	var deciding []leaf
	for _, c := range list {
		deciding = append(deciding, c.leaves()...)
	}
	for _, l := range deciding {
		next := said{text: clause(l)}
		if field, before, values, ok := alternatives(l.expr); ok && !l.negated && l.Mark == False && len(l.Seen) == 1 {
			next = said{l.among, fmt.Sprintf("%s is %s, not %s", field, quoted(l.Seen[0].Value), before), values}
		}
		i := slices.IndexFunc(clauses, func(s said) bool { return s.among == next.among && s.text == next.text })
		if i < 0 {
			clauses = append(clauses, next)
		} else {
			clauses[i].alternatives = append(clauses[i].alternatives, next.alternatives...)
		}
	}
	var parts []string
	for _, s := range clauses {
		if len(parts) == mostClauses-1 && len(clauses) > mostClauses {
			parts = append(parts, fmt.Sprintf("%d more conditions do not hold", len(clauses)-len(parts)))
			break
		}
		if s.alternatives != nil {
			s.text += either(s.alternatives)
		}
		parts = append(parts, s.text)
	}
	return strings.Join(parts, ", and ")
}

// clause is what is to be said of one condition.
func clause(leaf leaf) string {
	var lacking, has []string
	for _, s := range leaf.Seen {
		if s.Value.IsNull() {
			lacking = append(lacking, s.Name)
		} else {
			has = append(has, s.Name+" is "+quoted(s.Value))
		}
	}
	switch {
	case leaf.Mark == Absent && len(lacking) > 0:
		return strings.Join(lacking, ", ") + " is absent from the event"
	case leaf.negated && len(has) > 0:
		return strings.Join(has, " and ") + ", which the rule excludes: " + leaf.Text
	case len(has) > 0:
		return fmt.Sprintf("%s, so that %s does not hold", strings.Join(has, " and "), leaf.Text)
	}
	return leaf.Text + " does not hold"
}
