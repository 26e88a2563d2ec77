package function

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"spoor/grammar/source"
)

// lucene translates a regular expression of Lucene's, with all its optional operators, into one of Go's package regexp. With fold the
// letters match in either case, as foldCase says.
type lucene struct {
	rest  string
	fold  bool
	depth int
	err   *source.Diagnostic // the first one, without place
}

// deepest is how many parentheses may stand in each other.
const deepest = 200

func (l *lucene) fail(code, hint, format string, args ...any) {
	if l.err == nil {
		l.err = source.Errorf(source.Span{}, code, format, args...).WithHint("%s", hint)
	}
	l.rest = ""
}

func (l *lucene) refuse(hint, format string, args ...any) {
	l.fail("regex-unsupported", hint, format, args...)
}

func (l *lucene) bad(format string, args ...any) {
	l.fail("bad-regex", `before a character that is to be taken as it is, write a backslash`, "the regular expression does not compile: "+format, args...)
}

func (l *lucene) take(c byte) bool {
	if l.rest == "" || l.rest[0] != c {
		return false
	}
	l.rest = l.rest[1:]
	return true
}

func (l *lucene) next() rune {
	r, n := utf8.DecodeRuneInString(l.rest)
	l.rest = l.rest[n:]
	return r
}

// expression translates all of the text.
func (l *lucene) expression() string {
	out := l.union()
	if l.rest != "" {
		l.bad("a `)` has no `(`")
	}
	return out
}

func (l *lucene) union() string {
	var b strings.Builder
	for {
		b.WriteString(l.concat())
		if !l.take('|') {
			return b.String()
		}
		b.WriteByte('|')
	}
}

// concat reads up to the next `|` or `)`. A quantifier right at the start is a character like any other.
func (l *lucene) concat() string {
	var b strings.Builder
	for l.rest != "" && l.rest[0] != '|' && l.rest[0] != ')' {
		atom := l.atom()
		for quantified(l.rest) {
			atom = "(?:" + atom + ")" + l.quantifier()
		}
		b.WriteString(atom)
	}
	return b.String()
}

// mostRepeats is the limit of Go's regular expressions.
const mostRepeats = 1000

func (l *lucene) quantifier() string {
	if !l.take('{') {
		q := l.rest[:1]
		l.rest = l.rest[1:]
		return q
	}
	least, ok := l.count()
	most := least
	if ok && l.take(',') {
		if most, ok = l.count(); !ok {
			most, ok = -1, true
		}
	}
	switch {
	case !ok || !l.take('}'):
		l.bad("`{` needs a number, or two with a comma between, and a `}`")
	case least > mostRepeats || most > mostRepeats:
		l.refuse("repeat less often, or use `+`", "regular expressions repeat at most %d times", mostRepeats)
	case most < 0:
		return fmt.Sprintf("{%d,}", least)
	case most < least:
		l.bad("{%d,%d} repeats less often than its least", least, most)
	}
	return fmt.Sprintf("{%d,%d}", least, most)
}

func (l *lucene) count() (int, bool) {
	digits := l.rest[:len(l.rest)-len(strings.TrimLeft(l.rest, "0123456789"))]
	l.rest = l.rest[len(digits):]
	n, err := strconv.Atoi(digits)
	if err != nil && digits != "" {
		n = mostRepeats + 1
	}
	return n, digits != ""
}

func (l *lucene) atom() string {
	switch c := l.next(); c {
	case '.':
		return "."
	case '[':
		return l.class()
	case '(':
		return l.group()
	case '"':
		literal, rest, closed := strings.Cut(l.rest, `"`)
		if l.rest = rest; !closed {
			l.bad("a quote is not closed")
		}
		var b strings.Builder
		for _, r := range literal {
			b.WriteString(l.literal(r))
		}
		return "(?:" + b.String() + ")"
	case '\\':
		return l.escape()
	case '~':
		l.refuse(`match the opposite with not, or write \~ for the character`, "the complement `~` is not supported")
	case '&':
		l.refuse(`write two conditions joined by and, or \& for the character`, "the intersection `&` is not supported")
	case '@':
		l.refuse(`write .* for any text, or \@ for the character`, "the operator `@` is not supported")
	case '#':
		l.refuse(`write \# for the character`, "the operator `#`, which matches nothing, is not supported")
	case '<':
		l.refuse(`write the numbers out, such as ([1-9]|10), or \< for the character`, "intervals of numbers such as <1-10> are not supported")
	default:
		return l.literal(c)
	}
	return ""
}

func (l *lucene) group() string {
	if l.depth++; l.depth > deepest {
		l.refuse("write it with fewer parentheses", "the regular expression nests too deeply")
		return ""
	}
	for _, look := range []string{"?=", "?!", "?<=", "?<!"} {
		if strings.HasPrefix(l.rest, look) {
			l.refuse("write a second condition, with not if need be", "look-around `(%s` is not supported", look)
			return ""
		}
	}
	if strings.HasPrefix(l.rest, "?") {
		l.refuse("write a group as (...), and regex~ to ignore case", "groups with `(?` are not supported")
		return ""
	}
	inner := l.union()
	if !l.take(')') {
		l.bad("a `(` is not closed")
	}
	l.depth--
	return "(?:" + inner + ")"
}

// escape is a class such as \d or the character behind the backslash.
func (l *lucene) escape() string {
	if l.rest == "" {
		l.bad("it ends in a backslash")
		return ""
	}
	if set := l.shorthand(); set != nil {
		return set.expression(l.fold, false)
	}
	return l.literal(l.escaped())
}

// escaped is the character behind a backslash.
func (l *lucene) escaped() rune {
	if l.rest == "" {
		l.bad("it ends in a backslash")
		return 0
	}
	r := l.next()
	switch {
	case r >= '1' && r <= '9':
		l.refuse("write out what is to be repeated", "the back-reference \\%c is not supported", r)
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		l.refuse("there are \\d, \\s, \\w, \\D, \\S and \\W; in a string without three quotes, \\n is a newline and \\t a tab", "\\%c is not supported", r)
	}
	return r
}

// literal is a character as it is.
func (l *lucene) literal(r rune) string {
	if !l.fold {
		return regexp.QuoteMeta(string(r))
	}
	return runeSet{{r, r}}.expression(true, false)
}

// class reads what follows a `[`. A `]` right at its start is a character.
func (l *lucene) class() string {
	negated := l.take('^')
	var set runeSet
	for first := true; first || l.rest != "" && l.rest[0] != ']'; first = false {
		if l.rest == "" {
			break
		}
		if l.rest[0] == '\\' {
			l.rest = l.rest[1:]
			if some := l.shorthand(); some != nil {
				set = append(set, some...)
				continue
			}
			l.rest = `\` + l.rest
		}
		from := l.member()
		to := from
		if len(l.rest) > 1 && l.rest[0] == '-' && l.rest[1] != ']' {
			l.rest = l.rest[1:]
			to = l.member()
		}
		if l.err == nil && to < from {
			l.bad("the range %c-%c is upside down", from, to)
		}
		set = append(set, [2]rune{from, to})
	}
	if !l.take(']') {
		l.bad("a `[` is not closed")
		return ""
	}
	return set.expression(l.fold, negated)
}

func (l *lucene) member() rune {
	if l.take('\\') {
		return l.escaped()
	}
	return l.next()
}

// shorthand is the class that a letter behind a backslash names, or nil.
func (l *lucene) shorthand() runeSet {
	if l.rest == "" {
		return nil
	}
	set := map[byte]runeSet{
		'd': {{'0', '9'}},
		's': {{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}},
		'w': {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}},
		'D': {{0, '0' - 1}, {'9' + 1, unicode.MaxRune}},
		'S': {{0, '\t' - 1}, {'\n' + 1, '\r' - 1}, {'\r' + 1, ' ' - 1}, {' ' + 1, unicode.MaxRune}},
		'W': {{0, '0' - 1}, {'9' + 1, 'A' - 1}, {'Z' + 1, '_' - 1}, {'_' + 1, 'a' - 1}, {'z' + 1, unicode.MaxRune}},
	}[l.rest[0]]
	if set != nil {
		l.rest = l.rest[1:]
	}
	return set
}
