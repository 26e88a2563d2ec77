package why

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"spoor/engine/column"
	"spoor/engine/function"
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
	if call.Func.Name == "or" && call.Func.Lang == function.SPL {
		return alternativesOf(call.Args)
	}
	before, ok = comparing[strings.TrimPrefix(strings.ToLower(call.Func.Name), "run ")] // or the same of a run of words
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
			text := quoted(item)
			if _, number := item.Number(); number && strings.HasSuffix(before, " ") && strings.ContainsAny(before, "<>") {
				text = item.String() // `search` has numbers as texts
			}
			values = append(values, text)
		}
	}
	return visible(f.Name), before, values, true
}

// alternativesOf is the alternatives of several conditions on one field.
func alternativesOf(list []plan.Expr) (field, before string, values []string, ok bool) {
	for i, e := range list {
		f, b, more, ok := alternatives(unheld(e))
		if !ok || i > 0 && (f != field || b != before) {
			return "", "", nil, false
		}
		field, before = f, b
		for _, v := range more {
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
	}
	return field, before, values, true
}

// quoted is a value as a sentence has it: texts in quotes, cut if they are long.
func quoted(v column.Value) string { return quotedTo(v, mostQuoted) }

func quotedTo(v column.Value, most int) string {
	switch v.Kind() {
	case column.Null:
		return "absent"
	case column.String:
		return strconv.Quote(cut(v.Text(), most))
	case column.List:
		var items []string
		for _, item := range v.Items() {
			if items = append(items, quotedTo(item, most)); len(items) == mostAlternatives {
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

// cut is a text of no more than so many bytes, behind which an ellipsis says that there is more.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + "…"
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
		return fmt.Sprintf("%s, which %s excludes: %s", strings.Join(has, " and "), author(leaf.Condition), leaf.Text)
	case len(has) > 0:
		return fmt.Sprintf("%s, so that %s does not hold", strings.Join(has, " and "), leaf.Text)
	}
	return leaf.Text + " does not hold"
}

// author is who wrote a condition: the rule, or a macro that it calls.
func author(c *Condition) string {
	if _, via := c.At.Origin(); len(via) > 0 {
		return "the macro " + via[0].Macro
	}
	return "the rule"
}
