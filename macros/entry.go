package macros

import (
	"strconv"
	"strings"

	"spoor/grammar/source"
)

// entry is a macro as a file says it: spans of text, each zero if the file does not say it.
type entry struct {
	name        source.Span
	arity       int
	args        []source.Span // nil if the file does not say
	definition  source.Span
	isEval      source.Span
	validation  source.Span
	errorMsg    source.Span
	description source.Span
}

// define checks an entry and adds the macro. What the entry does not say, the macro that it overrides does, as in Splunk's layers of files.
func (l *Library) define(e entry) source.Errors {
	m := Macro{}
	if under := l.Get(e.name.String(), e.arity); under != nil {
		m = *under
	}
	m.Name, m.Origin, m.Builtin = e.name.String(), e.name, false
	errs := checkName(e.name)
	errs = append(errs, m.setArgs(e)...)
	if !e.definition.IsZero() {
		m.Definition = e.definition
	}
	if m.Definition.IsZero() {
		errs = append(errs, source.Errorf(e.name, "macro-definition", "macro `%s` has no definition", m.Name))
	}
	if !e.isEval.IsZero() {
		var ok bool
		if m.IsEval, ok = truth(e.isEval.String()); !ok {
			errs = append(errs, source.Errorf(e.isEval, "macro-iseval", "iseval is true or false"))
		}
	}
	if !e.validation.IsZero() {
		m.Validation = e.validation
	}
	if !e.errorMsg.IsZero() {
		m.ErrorMsg = e.errorMsg.String()
	}
	if !e.description.IsZero() {
		m.Description = e.description.String()
	}
	if !errs.Failed() {
		l.add(&m)
	}
	return errs
}

func checkName(name source.Span) source.Errors {
	s := name.String()
	if s == "" {
		return source.Errors{source.Errorf(name, "macro-name", "a macro needs a name")}
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !nameRune(r) }); i >= 0 {
		return source.Errors{source.Errorf(name.Sub(i, i+1), "macro-name", "%q is not allowed in a macro's name", s[i:i+1])}
	}
	return nil
}

// nameRune says whether r may stand in a macro's name: anything that does not end one.
func nameRune(r rune) bool {
	return r > ' ' && r != 0x7f && !strings.ContainsRune("`\"'()[]{},=|$\\", r)
}

func (m *Macro) setArgs(e entry) source.Errors {
	if e.arity == 0 {
		m.Args = nil
		return nil
	}
	if e.args == nil && len(m.Args) == e.arity {
		return nil
	}
	if len(e.args) != e.arity {
		return source.Errors{source.Errorf(e.name, "macro-args", "macro `%s` is to take %s, but its list of arguments has %d", e.name, source.Count(e.arity, "argument"), len(e.args))}
	}
	var errs source.Errors
	m.Args = make([]string, e.arity)
	seen := map[string]bool{}
	for i, a := range e.args {
		name := a.String()
		switch {
		case !isArgName(name):
			errs = append(errs, source.Errorf(a, "macro-args", "%q is no name for an argument", name).WithHint("letters, digits, _ and - make one"))
		case seen[name]:
			errs = append(errs, source.Errorf(a, "macro-args", "argument `%s` is named twice", name))
		}
		m.Args[i], seen[name] = name, true
	}
	return errs
}

func isArgName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	}) < 0
}

// truth reads a Boolean as .conf files write them.
func truth(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "y", "yes":
		return true, true
	case "n", "no", "":
		return false, true
	}
	b, err := strconv.ParseBool(strings.ToLower(s))
	return b, err == nil
}

// trim is s without the white space around it.
func trim(s source.Span) source.Span {
	text := s.String()
	from := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	return s.Sub(from, max(from, len(strings.TrimRight(text, " \t\r\n"))))
}

// splitList is the parts of s between commas, trimmed; none if s is blank.
func splitList(s source.Span) []source.Span {
	if trim(s).String() == "" {
		return nil
	}
	var parts []source.Span
	from := 0
	for part := range strings.SplitSeq(s.String(), ",") {
		parts = append(parts, trim(s.Sub(from, from+len(part))))
		from += len(part) + 1
	}
	return parts
}

// Define adds a macro written as `name=definition` or `name(a,b)=definition`.
func (l *Library) Define(t *source.Text) source.Errors {
	head, definition, found := strings.Cut(t.Body, "=")
	if !found {
		return source.Errors{source.Errorf(t.All(), "macro-define", "a macro is defined as name=definition").
			WithHint("such as linux_hosts=index=unix, or ctime(field)=convert ctime($field$)")}
	}
	e := entry{name: trim(t.Span(0, len(head))), definition: trim(t.Span(len(t.Body)-len(definition), len(t.Body)))}
	if open := strings.IndexByte(head, '('); open >= 0 {
		list := trim(t.Span(open, len(head)))
		if !strings.HasSuffix(list.String(), ")") {
			return source.Errors{source.Errorf(list, "macro-define", "the list of arguments is not closed")}
		}
		e.name = trim(t.Span(0, open))
		e.args = splitList(list.Sub(1, len(list.String())-1))
		e.arity = len(e.args)
	}
	return l.define(e)
}
