// Package source owns texts, byte spans and diagnostics: what every error of spoor points at.
//
// A Text is a query, a macro's definition, a YAML file. Macro expansion makes a Text out of pieces of others; each byte of it
// remembers where it came from, so that an error found after expansion points into what the user wrote.
package source

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Text is a named piece of source, such as a query or a macro definition. It never changes once made.
type Text struct {
	Name string // what an error calls it: "query", a file name, "macro linux_shells"
	Body string // the bytes

	pieces []piece // empty for a text that somebody wrote; in order of start otherwise
	lines  []int32 // byte offsets of line starts, made on the first question
	first  int     // line number of the first line, for a text cut out of a file; 0 means 1
}

// piece says that Body[start:] up to the next piece came from origin.
// A verbatim piece maps byte by byte; any other maps whole (a substituted argument's quoting, a macro's result).
type piece struct {
	start    int32
	origin   Span
	verbatim bool
	via      *Span // the call that brought this piece in; nil if the user wrote it where it stands
	macro    string
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
	if t.lines == nil {
		t.lines = append(t.lines, 0)
		for i := range len(t.Body) {
			if t.Body[i] == '\n' {
				t.lines = append(t.lines, int32(i+1))
			}
		}
	}
	i := sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > s.Start }) - 1
	start := t.lines[i]
	return i + max(t.first, 1), 1 + utf8.RuneCountInString(t.Body[start:s.Start])
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

// Call is one step of how a place came to be in an expanded text: the macro and the place of its call.
type Call struct {
	Macro string
	At    Span
}

// Origin says where the span was written: the place, and the macro calls that brought it in, innermost first.
// When macros were involved, the outermost call's place lies in the text that the user wrote.
func (s Span) Origin() (where Span, via []Call) {
	where = s
	for where.Text != nil && len(where.Text.pieces) > 0 {
		t := where.Text
		p := t.piece(where.Start)
		if p.via != nil {
			via = append(via, Call{p.macro, *p.via})
		}
		if !p.verbatim {
			where = p.origin
			continue
		}
		from := p.origin.Start + (where.Start - p.start)
		to := from + max(where.End-where.Start, 0)
		to = min(to, p.origin.End)
		if last := t.piece(max(where.End-1, where.Start)); last != p && last.via == nil && p.via == nil && last.verbatim && last.origin.Text == p.origin.Text {
			to = max(to, min(last.origin.Start+(where.End-last.start), last.origin.End)) // the span goes on behind a macro call
		}
		where = Span{p.origin.Text, from, max(from, to)}
	}
	return where, via
}

// User is the place in the user's own text: that of the outermost macro call if there was one.
func (s Span) User() (where Span, macros []string) {
	where, via := s.Origin()
	for i, c := range via {
		macros = append(macros, c.Macro)
		if i == len(via)-1 {
			where, _ = c.At.Origin()
		}
	}
	return where, macros
}

func (t *Text) piece(at int32) *piece {
	i := sort.Search(len(t.pieces), func(i int) bool { return t.pieces[i].start > at }) - 1
	return &t.pieces[max(i, 0)]
}

// Builder puts a text together out of pieces of others.
type Builder struct {
	body   strings.Builder
	pieces []piece
}

// Len is the number of bytes so far.
func (b *Builder) Len() int { return b.body.Len() }

// Copy adds the text of s as the user wrote it.
func (b *Builder) Copy(s Span) { b.add(s.String(), piece{origin: s, verbatim: true}) }

// Insert adds text that a macro brought in. If text is the very text of from, each byte maps to its own origin.
func (b *Builder) Insert(text string, from Span, macro string, call Span) {
	b.add(text, piece{origin: from, verbatim: text == from.String(), via: &call, macro: macro})
}

func (b *Builder) add(text string, p piece) {
	if text == "" {
		return
	}
	p.start = int32(b.body.Len())
	b.pieces = append(b.pieces, p)
	b.body.WriteString(text)
}

// Text is the result under a name. The builder must not be used afterwards.
func (b *Builder) Text(name string) *Text {
	return &Text{Name: name, Body: b.body.String(), pieces: b.pieces}
}
