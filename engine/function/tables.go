package function

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"spoor/engine/column"
)

// tables is the function behind multikv.
var tables = []Func{{
	Name: "tables", Lang: Command, Family: "commands", Syntax: "tables(<text>, <header line>, <several>, <fields>, <terms>)", MinArgs: 5, MaxArgs: 5, Lists: column.Whole,
	Doc: "The rows of the tables in a text, each as a JSON object of its cells and its line as _raw. The header line counts from 1, without blank lines; 0 finds it, and -1 says that there is none: " +
		"the columns are Column_1, Column_2 and so on. Of several tables each ends at a blank line. Only the fields named count, and lines that hold one of the terms; null stands for all of them.",
	Example: "tables(\"pid tty\n7 pts\", 0, false, \"tty\", \"pts\")", Want: `{"_raw":"7 pts","tty":"pts"}`,
	Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
		if row[0].IsNull() {
			return column.Value{}
		}
		line, _ := row[1].Number()
		t := &tableForm{header: int(line), headless: line < 0, several: row[2].True()}
		for _, v := range row[3].Items() {
			t.fields = append(t.fields, v.String())
		}
		for _, v := range row[4].Items() {
			t.terms = append(t.terms, v.String())
		}
		return column.Multi(t.rows(row[0].String()))
	}),
}}

// tableForm says how tables are written, and what of them counts.
type tableForm struct {
	header            int // the line that names the columns; 0: to be found
	headless, several bool
	fields, terms     []string // nil: all
}

// word is a piece of a line, from one byte up to, not including, another.
type word struct{ from, to int }

// heading is a column: its name, and where it stands in its line.
type heading struct {
	name string
	word
}

func (t *tableForm) rows(text string) []column.Value {
	var out []column.Value
	var head []heading
	tabs, n := false, 0
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			if t.several && t.header <= 0 {
				head = nil
			}
			continue
		}
		n++
		if head == nil {
			tabs = strings.Contains(strings.TrimSpace(line), "\t")
			if t.heads(line, n, cutWords(line, tabs)) {
				head = t.headings(line, cutWords(line, tabs))
			}
			if !t.headless {
				continue
			}
		}
		if t.terms == nil || slices.ContainsFunc(t.terms, func(term string) bool { return strings.Contains(line, term) }) {
			out = append(out, t.row(line, head, cutWords(line, tabs)))
		}
	}
	return out
}

// heads says whether a line names the columns of a table: the one that was asked for, or one of several different words and no number.
func (t *tableForm) heads(line string, n int, words []word) bool {
	if t.headless || t.header > 0 {
		return t.headless || n == t.header
	}
	seen := map[string]bool{}
	for _, w := range words {
		text := line[w.from:w.to]
		if _, number := column.ParseNumber(text); number || seen[text] {
			return false
		}
		seen[text] = true
	}
	return len(words) > 1
}

func (t *tableForm) headings(line string, words []word) []heading {
	head := make([]heading, len(words))
	for i, w := range words {
		head[i] = heading{"Column_" + strconv.Itoa(i+1), w}
		if !t.headless {
			head[i].name = strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_.:-", r) {
					return r
				}
				return '_'
			}, line[w.from:w.to])
		}
	}
	return head
}

// row is a line as a JSON object.
func (t *tableForm) row(line string, head []heading, words []word) column.Value {
	cells, aligned := beneath(head, words)
	if !aligned && len(words) == len(head) {
		cells = words
	}
	out := append([]byte(`{"_raw":`), appendQuoted(nil, line)...)
	for i, c := range cells {
		if c.to == 0 || t.fields != nil && !slices.Contains(t.fields, head[i].name) {
			continue
		}
		out = appendQuoted(append(out, ','), head[i].name)
		out = appendQuoted(append(out, ':'), line[c.from:c.to])
	}
	return column.Str(string(append(out, '}')))
}

// beneath is what stands below each heading: each word belongs to the heading that it stands nearest to. aligned says whether the headings
// stand apart, and all begins or ends where they do.
func beneath(head []heading, words []word) (cells []word, aligned bool) {
	cells = make([]word, len(head))
	for i := 1; i < len(head); i++ {
		aligned = aligned || head[i].from > head[i-1].to+1
	}
	at := 0
	for _, w := range words {
		for at+1 < len(head) && head[at+1].distance(w) < head[at].distance(w) {
			at++
		}
		if cells[at].to == 0 {
			cells[at].from = w.from
		}
		cells[at].to = w.to
	}
	for i, c := range cells {
		aligned = aligned && (c.to == 0 || c.from == head[i].from || c.to == head[i].to)
	}
	return cells, aligned
}

// distance is how far apart two pieces of lines stand; 0 if one is above the other.
func (w word) distance(other word) int { return max(0, other.from-w.to+1, w.from-other.to+1) }

// cutWords is the words of a line, between blanks or between tabs.
func cutWords(line string, tabs bool) []word {
	var out []word
	from := -1
	for i, r := range line + "\n" {
		switch between := r == '\t' || r == '\n' || !tabs && r == ' '; {
		case between && from >= 0:
			piece := strings.TrimRight(line[from:i], " ")
			out = append(out, word{from, from + len(piece)})
			from = -1
		case !between && from < 0 && r != ' ':
			from = i
		}
	}
	return out
}
