// Package source owns texts, byte spans and diagnostics: what every error of spoor points at.
//
// A Text is a query, a macro's definition, a YAML file. Macro expansion makes a Text out of pieces of others; each byte of it
// remembers where it came from, so that an error found after expansion points into what the user wrote.
package source

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Text is a named piece of source, such as a query or a macro definition. It never changes once made.
type Text struct {
	Name string // what an error calls it: "query", a file name, "macro linux_shells"
	Body string // the bytes

	pieces []piece // empty for a text that somebody wrote; in order of start otherwise
	call   *Call   // the macro call whose expansion this text is; nil if it is none
	first  int     // line number of the first line, for a text cut out of a file; 0 means 1

	index sync.Once
	lines []int32 // byte offsets of line starts, made on the first question
}

// New makes a text that somebody wrote.
func New(name, body string) *Text { return &Text{Name: name, Body: body} }

// NewAt makes a text that stands in a file from the given line on, so that positions are those of the file.
func NewAt(name, body string, line int) *Text { return &Text{Name: name, Body: body, first: line} }

// Span is a range of bytes of a text. The zero Span points nowhere.
type Span struct {
	Text       *Text
	Start, End int32
}

// Span makes a span of t from start up to, not including, end; both are cut to the text.
func (t *Text) Span(start, end int) Span {
	n := len(t.Body)
	start = min(max(start, 0), n)
	end = min(max(end, start), n)
	return Span{t, int32(start), int32(end)}
}

// All is the span of the whole text.
func (t *Text) All() Span { return t.Span(0, len(t.Body)) }

// IsZero says whether the span points nowhere.
func (s Span) IsZero() bool { return s.Text == nil }

// String is the text that the span covers.
func (s Span) String() string {
	if s.Text == nil {
		return ""
	}
	return s.Text.Body[s.Start:s.End]
}

// Sub is the part of s from byte from to byte to, counted from the start of s.
func (s Span) Sub(from, to int) Span {
	return s.Text.Span(int(s.Start)+from, int(s.Start)+to)
}

// To is the span from the start of s to the end of e, which must lie in the same text.
func (s Span) To(e Span) Span {
	if s.Text == nil {
		return e
	}
	if e.Text != s.Text || e.End < s.Start {
		return s
	}
	return Span{s.Text, s.Start, e.End}
}

// Position is the 1-based line and column of the span's start. Columns count characters, as editors do.
func (s Span) Position() (line, col int) {
	t := s.Text
	if t == nil {
		return 0, 0
	}
	t.index.Do(t.findLines)
	i := sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > s.Start }) - 1
	start := t.lines[i]
	return i + max(t.first, 1), 1 + utf8.RuneCountInString(t.Body[start:s.Start])
}

func (t *Text) findLines() {
	t.lines = append(t.lines, 0)
	for i := range len(t.Body) {
		if t.Body[i] == '\n' {
			t.lines = append(t.lines, int32(i+1))
		}
	}
}

// Line is the line of text on which the span starts, and the byte offset of the span's start within it.
func (s Span) Line() (line string, offset int) {
	body, at := s.Text.Body, int(s.Start)
	start := strings.LastIndexByte(body[:at], '\n') + 1
	end := strings.IndexByte(body[at:], '\n')
	if end < 0 {
		end = len(body)
	} else {
		end += at
	}
	return strings.TrimSuffix(body[start:end], "\r"), at - start
}
