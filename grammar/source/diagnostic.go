package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Severity orders diagnostics by how much they matter.
type Severity uint8

// The severities: a Note informs, a Warning leaves the answer complete, an Error stops the query.
const (
	Note Severity = iota
	Warning
	Error
)

func (s Severity) String() string { return [...]string{"note", "warning", "error"}[s] }

// Diagnostic is one error, warning, lint or limit, with its place in a text if it has one.
type Diagnostic struct {
	Severity Severity
	Code     string // stable and short, such as "unknown-command"
	Span     Span   // zero if the message is about no text
	Message  string // what is wrong: one line, no full stop
	Hint     string // what would be right; may be empty
}

// Errorf makes an error at a place.
func Errorf(at Span, code, format string, args ...any) *Diagnostic {
	return &Diagnostic{Severity: Error, Code: code, Span: at, Message: fmt.Sprintf(format, args...)}
}

// Warnf makes a warning at a place.
func Warnf(at Span, code, format string, args ...any) *Diagnostic {
	return &Diagnostic{Severity: Warning, Code: code, Span: at, Message: fmt.Sprintf(format, args...)}
}

// WithHint adds what would be right and returns d.
func (d *Diagnostic) WithHint(format string, args ...any) *Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// Error is the diagnostic with its place and caret, without a final newline.
func (d *Diagnostic) Error() string {
	var b strings.Builder
	if d.Span.IsZero() {
		fmt.Fprintf(&b, "%s: %s", d.Severity, printable(d.Message))
	} else {
		where, macros := d.Span.User()
		line, col := where.Position()
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s", where.Text.Name, line, col, d.Severity, printable(d.Message))
		if len(macros) > 0 {
			fmt.Fprintf(&b, " (in macro `%s`%s, near %s)", strings.Join(macros, "`, called by `"), definedAt(d.Span, where.Text), quoteShort(d.Span.String()))
		}
		b.WriteByte('\n')
		caret(&b, where)
	}
	if d.Hint != "" {
		fmt.Fprintf(&b, "\n  %s", printable(d.Hint))
	}
	return b.String()
}

// definedAt says where a span that a macro brought in was written, unless that is the user's text.
func definedAt(s Span, user *Text) string {
	where, _ := s.Origin()
	if where.Text == user {
		return ""
	}
	line, _ := where.Position()
	return fmt.Sprintf(", at %s:%d", where.Text.Name, line)
}

// lineLimit is how much of a long line an error shows, in characters.
const lineLimit = 100

// caret writes the span's line and carets under the span; of a long line, the part around the span.
func caret(b *strings.Builder, s Span) {
	line, at := s.Line()
	before, rest := line[:min(at, len(line))], line[min(at, len(line)):]
	width := max(int(s.End-s.Start), 1)
	marked := rest[:min(width, len(rest))]
	after := rest[len(marked):]
	if n := utf8.RuneCountInString(before); n > lineLimit/2 {
		before = "…" + string([]rune(before)[n-lineLimit/2+1:])
	}
	if m := []rune(marked); len(m) > lineLimit/2 {
		marked, after = string(m[:lineLimit/2]), "…"
	}
	if a := []rune(after); len(a) > lineLimit/2 {
		after = string(a[:lineLimit/2]) + "…"
	}
	fmt.Fprintf(b, "  | %s\n  | %s%s", printable(before+marked+after), blank(before), strings.Repeat("^", max(utf8.RuneCountInString(marked), 1)))
}

// blank is white space as wide as s.
func blank(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, s)
}

// printable replaces control and direction characters, one for one, so that a pasted query cannot disturb a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && r != '\n' && (unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == utf8.RuneError) {
			return utf8.RuneError
		}
		return r
	}, s)
}

func quoteShort(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:39]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// Errors is a list of diagnostics that is an error if any of them is.
type Errors []*Diagnostic

// Error is all diagnostics, one after another.
func (e Errors) Error() string {
	parts := make([]string, len(e))
	for i, d := range e {
		parts[i] = d.Error()
	}
	return strings.Join(parts, "\n")
}

// Failed says whether any of the diagnostics is an error.
func (e Errors) Failed() bool {
	for _, d := range e {
		if d.Severity == Error {
			return true
		}
	}
	return false
}

// Err is nil if no diagnostic is an error, and the list otherwise.
func (e Errors) Err() error {
	if e.Failed() {
		return e
	}
	return nil
}
