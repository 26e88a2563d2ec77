package macros

import (
	"strconv"
	"strings"

	"spoor/grammar/source"
)

var confKeys = []string{"args", "definition", "iseval", "validation", "errormsg", "description"}

// loadConf adds the macros of a macros.conf: stanzas [name] or [name(2)], `key = value`, `#` comments, and lines that a backslash continues.
func (l *Library) loadConf(t *source.Text) source.Errors {
	var errs source.Errors
	var open *entry
	flush := func() {
		if open != nil {
			errs = append(errs, l.define(*open)...)
		}
		open = nil
	}
	skip := false // in a stanza that is broken, or no macro
	for line := range source.ConfLines(t) {
		text := line.String()
		switch {
		case text == "" || text[0] == '#':
		case text[0] == '[':
			flush()
			e, err := stanza(line)
			skip = err != nil || e.name.String() == "default"
			if err != nil {
				errs = append(errs, err)
			}
			if !skip {
				open = &e
			}
		case skip:
		case open == nil:
			errs = append(errs, source.Warnf(line, "macros-conf", "ignored: it stands before the first [stanza]"))
			skip = true
		default:
			if err := open.set(line); err != nil {
				errs = append(errs, err)
			}
		}
	}
	flush()
	return errs
}

// stanza reads [name] or [name(2)].
func stanza(line source.Span) (e entry, err *source.Diagnostic) {
	text := line.String()
	if !strings.HasSuffix(text, "]") {
		return e, source.Errorf(line, "macros-conf", "the stanza's bracket is not closed")
	}
	e.name = trim(line.Sub(1, len(text)-1))
	name := e.name.String()
	open := strings.IndexByte(name, '(')
	if open < 0 || !strings.HasSuffix(name, ")") {
		return e, nil
	}
	arity, bad := strconv.Atoi(strings.TrimSpace(name[open+1 : len(name)-1]))
	if bad != nil || arity < 0 {
		return e, source.Errorf(e.name.Sub(open, len(name)), "macros-conf", "a stanza says how many arguments its macro takes, such as [name(2)]")
	}
	e.arity, e.name = arity, trim(e.name.Sub(0, open))
	return e, nil
}

func (e *entry) set(line source.Span) *source.Diagnostic {
	name, value, found := strings.Cut(line.String(), "=")
	if !found {
		return source.Errorf(line, "macros-conf", "expected `key = value`").WithHint("a line is continued by a backslash at its end")
	}
	at := trim(line.Sub(len(name)+1, len(name)+1+len(value)))
	switch key := strings.TrimSpace(name); key {
	case "args":
		e.args = splitList(at)
	case "definition":
		e.definition = at
	case "iseval":
		e.isEval = at
	case "validation":
		e.validation = at
	case "errormsg":
		e.errorMsg = at
	case "description":
		e.description = at
	default:
		if best := source.Suggest(key, confKeys); best != "" {
			return source.Warnf(trim(line.Sub(0, len(name))), "macros-conf", "unknown key %q", key).WithHint("%s", best)
		}
	}
	return nil
}
