package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// sheet is a page of help in the making: its paragraphs are as wide as the terminal allows.
type sheet struct {
	strings.Builder
	width int
}

// widest is how wide paragraphs are at most, and where the width is not known.
const widest = 100

func newSheet(s *shell) *sheet {
	if s.width > 0 {
		return &sheet{width: max(40, min(s.width, widest))}
	}
	return &sheet{width: widest}
}

// paragraph fills lines with text, the first one behind one margin and the others behind another.
func (p *sheet) paragraph(first, margin, text string) {
	width, begun := 0, false
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case !begun:
			p.WriteString(first)
			width = utf8.RuneCountInString(first) + n
			begun = true
		case width+1+n > p.width:
			p.WriteString("\n" + margin)
			width = len(margin) + n
		default:
			p.WriteByte(' ')
			width += 1 + n
		}
		p.WriteString(word)
	}
	if begun {
		p.WriteByte('\n')
	}
}

func (p *sheet) heading(text string) { fmt.Fprintf(p, "\n%s\n", text) }

// row is a name and what there is to say of it.
type row struct{ name, doc string }

func rowsOf[T any](list []T, of func(T) row) (out []row) {
	for _, x := range list {
		out = append(out, of(x))
	}
	return out
}

// rows is names with what there is to say of them beside, or below if the name is long.
func (p *sheet) rows(list []row) {
	longest := 0
	for _, r := range list {
		if n := utf8.RuneCountInString(r.name); n <= p.width/4 {
			longest = max(longest, n)
		}
	}
	margin := strings.Repeat(" ", longest+4)
	for _, r := range list {
		name := "  " + r.name
		if utf8.RuneCountInString(r.name) > longest {
			p.WriteString(name + "\n")
			name = ""
		}
		if r.doc == "" {
			p.WriteString(name + "\n")
			continue
		}
		p.paragraph(name+strings.Repeat(" ", len(margin)-utf8.RuneCountInString(name)), margin, r.doc)
	}
}

// indented is a command line as help shows it.
func indented(line string) string { return "  " + strings.ReplaceAll(line, "\n", "\n  ") }

// sentence is the first sentence of a paragraph.
func sentence(text string) string {
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}

// flush writes the page.
func (p *sheet) flush(w io.Writer) error {
	_, err := io.WriteString(w, strings.Trim(p.String(), "\n")+"\n")
	return err
}
