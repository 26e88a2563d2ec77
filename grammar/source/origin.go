package source

import (
	"sort"
	"strings"
)

// Call is one step of how a place came to be in an expanded text: the macro and the place of its call.
type Call struct {
	Macro string
	At    Span
}

// piece says that Body[start:], up to the next piece, came from origin: byte by byte if verbatim, and as a whole if computed.
type piece struct {
	start    int32
	origin   Span
	verbatim bool
}

// Origin says where the span was written, and the macro calls that brought it in, innermost first. A call's place is where the call was
// written: in the definition of the next macro of the list, or, for the last, in the user's text. An argument was written by the caller.
func (s Span) Origin() (where Span, via []Call) {
	if s.Text == nil {
		return s, nil
	}
	_, call := s.Text.leaf(s.Start)
	for call != nil {
		via = append(via, Call{call.Macro, call.At.written()})
		_, call = call.At.Text.leaf(call.At.Start)
	}
	return s.written(), via
}

// User is the place in the user's own text, and the macros that brought the span in, innermost first.
// What a macro brought in has the place of the outermost call; an argument that the user wrote has its own place within that call.
func (s Span) User() (where Span, macros []string) {
	if s.Text == nil {
		return s, nil
	}
	where, macros = s.Text.user(s.Start)
	if s.End > s.Start+1 {
		end, _ := s.Text.user(s.End - 1)
		where = where.with(end)
	}
	if s.End == s.Start && len(macros) == 0 {
		where.End = where.Start
	}
	return where, macros
}

// written is where the span was written: all of it if that is one text, and its first piece otherwise.
func (s Span) written() Span {
	where, _ := s.Text.leaf(s.Start)
	switch {
	case s.End > s.Start+1:
		end, _ := s.Text.leaf(s.End - 1)
		if end.Text != where.Text {
			end, _ = s.Text.leaf(s.Text.pieceEnd(s.Start) - 1)
		}
		return where.with(end)
	case s.End == s.Start:
		where.End = where.Start
	}
	return where
}

// with is the least span that covers both, or s if they lie in different texts.
func (s Span) with(o Span) Span {
	if s.Text == o.Text {
		s.Start, s.End = min(s.Start, o.Start), max(s.End, o.End)
	}
	return s
}

// user is the place of the byte at in the user's own text, and the macros that brought it in, innermost first.
func (t *Text) user(at int32) (where Span, macros []string) {
	where, call := t.leaf(at)
	var outermost *Call
	for call != nil {
		macros, outermost = append(macros, call.Macro), call
		_, call = call.At.Text.leaf(call.At.Start)
	}
	if outermost == nil {
		return where, nil
	}
	if at := outermost.At.written(); where.Text != at.Text || where.Start < at.Start || where.End > at.End {
		where = at
	}
	return where, macros
}

// leaf is where the byte at of t was written (or all that a computed piece was made of), and the innermost call that brought it in.
func (t *Text) leaf(at int32) (where Span, call *Call) {
	where = t.Span(int(at), int(at)+1)
	for {
		t := where.Text
		if call == nil {
			call = t.call
		}
		if len(t.pieces) == 0 {
			return where, call
		}
		p := t.piece(where.Start)
		if p.verbatim {
			end := min(int(where.End-p.start), int(p.origin.End-p.origin.Start))
			where = p.origin.Sub(int(where.Start-p.start), end)
		} else {
			where = p.origin
		}
	}
}

func (t *Text) piece(at int32) *piece { return &t.pieces[max(t.next(at)-1, 0)] }

// next is the index of the first piece that starts behind at.
func (t *Text) next(at int32) int {
	return sort.Search(len(t.pieces), func(i int) bool { return t.pieces[i].start > at })
}

func (t *Text) pieceEnd(at int32) int32 {
	if i := t.next(at); i < len(t.pieces) {
		return t.pieces[i].start
	}
	return int32(len(t.Body))
}

// Builder puts a text together out of pieces of others.
type Builder struct {
	body   strings.Builder
	pieces []piece
}

// Copy adds the text of s; each byte keeps its origin.
func (b *Builder) Copy(s Span) { b.add(s.String(), piece{origin: s, verbatim: true}) }

// Insert adds text that was computed out of the text of from; all of it has that origin.
func (b *Builder) Insert(text string, from Span) { b.add(text, piece{origin: from}) }

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

// Expansion is the result as what a macro call stands for; its name is the macro's. The builder must not be used afterwards.
func (b *Builder) Expansion(call Call) *Text {
	t := b.Text("macro " + call.Macro)
	t.call = &call
	return t
}
