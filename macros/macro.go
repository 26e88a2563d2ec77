// Package macros holds the macro library (Splunk's macros.conf and security_content's YAML) and the expander.
//
// A macro is saved text: a call is replaced by the macro's definition before the query is parsed.
package macros

import (
	"cmp"
	"slices"
	"strings"

	"spoor/grammar/source"
)

// Macro is saved text with a name. Its name and the number of its arguments identify it.
type Macro struct {
	Name        string
	Args        []string
	Definition  source.Span // an eval expression that makes the text if IsEval, the text itself otherwise
	IsEval      bool
	Validation  source.Span // an eval expression over the arguments; zero if there is none
	ErrorMsg    string      // what to say if a Boolean validation is not true
	Description string
	Origin      source.Span // the name, where the macro was defined
	Overrides   *Macro      // the macro of an earlier load that this one hides; nil if none
	Builtin     bool
	Implicit    bool // nobody defined it: it is a filter that keeps every row
}

// Signature is the name with the arguments, as in `linux_shells` or `security_content_ctime(field)`.
func (m *Macro) Signature() string {
	if len(m.Args) == 0 {
		return m.Name
	}
	return m.Name + "(" + strings.Join(m.Args, ", ") + ")"
}

// Shipped is the built-in macro that this one hides, or nil.
func (m *Macro) Shipped() *Macro {
	for o := m.Overrides; o != nil; o = o.Overrides {
		if o.Builtin {
			return o
		}
	}
	return nil
}

// Place is the file and the line that define the macro.
func (m *Macro) Place() (file string, line int) {
	where, _ := m.Origin.Origin()
	line, _ = where.Position()
	return where.Text.Name, line
}

type key struct {
	name  string
	arity int
}

// Library is a set of macros. What is loaded later overrides what was there. The zero Library is empty.
type Library struct {
	macros map[key]*Macro
}

// Get is the macro of that name with that many arguments, or nil.
func (l *Library) Get(name string, arity int) *Macro { return l.macros[key{name, arity}] }

// Resolve is what a call means: the macro defined for it or, for any other `<name>_filter` without arguments, the implicit one; or nil.
func (l *Library) Resolve(name string, arity int) *Macro {
	if m := l.Get(name, arity); m != nil {
		return m
	}
	if arity == 0 && strings.HasSuffix(name, "_filter") && name != "_filter" {
		return &Macro{Name: name, Definition: keepAll.All(), Origin: keepAll.All(), Implicit: true,
			Description: "Keeps every row until it is defined: the place to filter false positives without editing the search."}
	}
	return nil
}

var keepAll = source.New("implicit filter", "search *")

// All is every macro, by name and then by number of arguments.
func (l *Library) All() []*Macro {
	all := make([]*Macro, 0, len(l.macros))
	for _, m := range l.macros {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *Macro) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(len(a.Args), len(b.Args)))
	})
	return all
}

func (l *Library) add(m *Macro) {
	if l.macros == nil {
		l.macros = map[key]*Macro{}
	}
	k := key{m.Name, len(m.Args)}
	m.Overrides = l.macros[k]
	l.macros[k] = m
}

// Unknown is the error for a call that resolves to nothing, with the most likely cure.
func (l *Library) Unknown(name string, arity int, at source.Span) *source.Diagnostic {
	var names, same []string
	for _, m := range l.All() {
		names = append(names, m.Name)
		if m.Name == name {
			same = append(same, "`"+m.Signature()+"`")
		}
	}
	if len(same) > 0 {
		return source.Errorf(at, "macro-arity", "macro `%s` does not take %s", name, source.Count(arity, "argument")).
			WithHint("defined: %s; an argument that holds a comma needs double quotes", strings.Join(same, ", "))
	}
	if r := []rune(name); len(r) > nameShown {
		name = string(r[:nameShown]) + "…"
	}
	d := source.Errorf(at, "unknown-macro", "unknown macro `%s`", name)
	if best := source.Suggest(name, names); best != "" {
		return d.WithHint("%s", best)
	}
	return d.WithHint("define it with -D '%s=...', or load it with --macros PATH", exampleCall(name, arity))
}

// nameShown is how many characters of a name an error shows.
const nameShown = 80

func exampleCall(name string, arity int) string {
	if arity == 0 {
		return name
	}
	args := make([]string, min(arity, 8))
	for i := range args {
		args[i] = string(rune('a' + i))
	}
	return name + "(" + strings.Join(args, ",") + ")"
}
