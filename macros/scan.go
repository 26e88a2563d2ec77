package macros

import (
	"strings"

	"spoor/grammar/source"
)

// skip is the end of what stands at body[at]: an escaped character, a quoted string (also an unclosed one), or one byte.
// In strings and escapes a backtick is only a character.
func skip(body string, at int) int {
	switch body[at] {
	case '\\':
		return min(at+2, len(body))
	case '"':
		return quoted(body, at)
	}
	return at + 1
}

// quoted is the end of the string whose opening quote stands at body[at].
func quoted(body string, at int) int {
	for at++; at < len(body); at++ {
		switch body[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(body)
}

func backticks(body string, at int) int {
	return len(body) - at - len(strings.TrimLeft(body[at:], "`"))
}

// uncomment is t without its ```comments```: t itself if it has none.
func uncomment(t *source.Text) (*source.Text, *source.Diagnostic) {
	body := t.Body
	if !strings.Contains(body, "```") {
		return t, nil
	}
	var b source.Builder
	from := 0
	for at := 0; at < len(body); {
		run := 0
		if body[at] == '`' {
			run = backticks(body, at)
		}
		switch {
		case run > 3:
			return t, tooManyBackticks(t.Span(at, at+run))
		case run == 3:
			b.Copy(t.Span(from, at))
			length := strings.Index(body[at+3:], "```")
			if length < 0 {
				return t, source.Errorf(t.Span(at, at+3), "open-comment", "the comment is not closed").WithHint("close it with three backticks")
			}
			end := at + 3 + length
			if run := backticks(body, end); run > 3 {
				return t, tooManyBackticks(t.Span(end, end+run))
			}
			from = end + 3
			at = from
		default:
			at = skip(body, at)
		}
	}
	b.Copy(t.Span(from, len(body)))
	return b.Text(t.Name), nil
}

func tooManyBackticks(at source.Span) *source.Diagnostic {
	return source.Errorf(at, "backticks", "%d backticks in a row", at.End-at.Start).
		WithHint("one opens or closes a macro call, three open or close a comment; leave a space between a call and a comment")
}

// call is a macro call as the text says it.
type call struct {
	at   source.Span // with its backticks
	name source.Span
	args []source.Span // without white space and quotes around them
}

// nextCall finds the first macro call at or behind from. It is nil if there is none.
func nextCall(t *source.Text, from int) (*call, *source.Diagnostic) {
	for from < len(t.Body) && t.Body[from] != '`' {
		from = skip(t.Body, from)
	}
	if from >= len(t.Body) {
		return nil, nil
	}
	end, closed := callEnd(t.Body, from+1)
	if !closed {
		return nil, source.Errorf(t.Span(from, from+1), "open-macro", "the backtick opens a macro call that is not closed").
			WithHint("close it with a second backtick; in a value, put it in double quotes")
	}
	c := &call{at: t.Span(from, end)}
	return c, c.parse(trim(t.Span(from+1, end-1)))
}

// callEnd is the end of the call whose name starts at body[at]. Strings count only as arguments.
func callEnd(body string, at int) (end int, closed bool) {
	inArgs := false
	for at < len(body) {
		switch {
		case body[at] == '`':
			return at + 1, true
		case body[at] == '(':
			inArgs = true
			at++
		case inArgs:
			at = skip(body, at)
		default:
			at++
		}
	}
	return at, false
}

func (c *call) parse(inside source.Span) *source.Diagnostic {
	text := inside.String()
	open := strings.IndexByte(text, '(')
	c.name = inside
	if open >= 0 {
		if !strings.HasSuffix(text, ")") {
			return source.Errorf(c.at, "macro-call", "the arguments of the macro call are not closed").WithHint("a call is `name` or `name(a, b)`, between backticks")
		}
		c.name = trim(inside.Sub(0, open))
		c.args = splitArgs(inside.Sub(open+1, len(text)-1))
	}
	name := c.name.String()
	switch bad := strings.IndexFunc(name, func(r rune) bool { return !nameRune(r) }); {
	case name == "":
		return source.Errorf(c.at, "macro-call", "the macro call has no name").WithHint("a call is `name` or `name(a, b)`, between backticks")
	case bad >= 0:
		return source.Errorf(c.at, "macro-call", "this is no macro call: %q cannot stand in a macro's name", []rune(name[bad:])[0]).
			WithHint("is a backtick missing before it?")
	}
	return nil
}

// splitArgs is the arguments between commas; commas in strings and in parentheses do not count.
func splitArgs(list source.Span) []source.Span {
	text := list.String()
	if trim(list).String() == "" {
		return nil
	}
	var args []source.Span
	from, depth := 0, 0
	for at := 0; at < len(text); {
		switch text[at] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth <= 0 {
				args = append(args, unquote(trim(list.Sub(from, at))))
				from = at + 1
			}
		}
		at = skip(text, at)
	}
	return append(args, unquote(trim(list.Sub(from, len(text)))))
}

// unquote is what stands in the quotes if s is one quoted string, and s otherwise. Escapes stay: definitions have quotes of their own.
func unquote(s source.Span) source.Span {
	if text := s.String(); len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' && quoted(text, 0) == len(text) {
		return s.Sub(1, len(text)-1)
	}
	return s
}
