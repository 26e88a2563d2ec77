package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// canvas is where the tables of periods are drawn: on a terminal each in the place of the one before.
type canvas struct {
	to       io.Writer
	titled   bool // tables say which time they are of
	redrawn  bool
	wordless bool       // of a period without rows nothing is said
	width    func() int // of the terminal now; 0 if unknown
	shown    string     // what stands on the screen, which the next table takes the place of
}

// canvas is that of the output.
func (l *live) canvas() canvas {
	table := l.format == "table" || l.format == "" && l.outTerminal
	return canvas{to: l.out, titled: table, redrawn: table && l.outTerminal, wordless: l.report.quiet || !l.outTerminal, width: l.widthNow}
}

// draw writes what was found in a time.
func (c *canvas) draw(time string, rows int64, text string) error {
	switch {
	case rows == 0 && (c.wordless || !c.titled):
		return nil
	case rows == 0:
		text = time + ": no results\n"
	case c.titled:
		text = time + "\n" + text
	}
	if c.redrawn {
		if before := c.lines(c.shown); before > 0 {
			clear := fmt.Sprintf("\x1b[%dA\r\x1b[J", before)
			c.shown, text = text, clear+text
		} else {
			c.shown = text
		}
	}
	_, err := io.WriteString(c.to, text)
	return err
}

var colors = regexp.MustCompile("\x1b\\[[0-9;]*m")

// lines is how many lines of the terminal a text takes.
func (c *canvas) lines(text string) (n int) {
	width := c.width()
	for line := range strings.Lines(text) {
		n++
		if shown := utf8.RuneCountInString(colors.ReplaceAllString(strings.TrimSuffix(line, "\n"), "")); width > 0 && shown > 0 {
			n += (shown - 1) / width
		}
	}
	return n
}
