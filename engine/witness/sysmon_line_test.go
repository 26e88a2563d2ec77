package witness

import (
	"fmt"
	"slices"
	"strings"
)

// lineCell is a command line, of which the arguments are the words.
func lineCell(name, prefix string) *cell {
	line, args, count := prefix+"command_line", prefix+"args", prefix+"args_count"
	c := &cell{name: name, fields: []string{line, args, count}}
	c.choices = func(g *guess) [][]string {
		var out, words []string
		lines := g.texts(line)
		if g.about(args) != nil {
			words = g.arguments(args)
		}
		if g.about(line) != nil || len(words) == 0 {
			out = append(out, lines...)
		}
		out = append(out, words...)
		for _, l := range lines[:min(len(lines), mostContents)] {
			for _, w := range words[:min(len(words), mostContents)] {
				out = append(out, l+" "+w, w+" "+l)
			}
		}
		return g.lines(out, count, line, args)
	}
	c.show = func(content []string, d *document) {
		if text, ok := present(content[0]); ok {
			words := strings.Split(text, " ")
			d.set(line, text)
			d.set(args, words...)
			d.set(count, fmt.Sprint(len(words)))
			d.joined[args] = true
		}
	}
	return c
}

// arguments is command lines in which, for everything that is wanted of arguments, there is a run of words.
func (g *guess) arguments(name string) []string {
	var wanted [][]pieces
	for _, l := range g.about(name) {
		if o := options(l.leaf); l.want && o != nil {
			wanted = append(wanted, o)
		}
	}
	var out []string
	for _, all := range combinations(wanted) {
		for _, fill := range []string{"", "x", "/x"} {
			var words []string
			for _, p := range all {
				if w := merge([]pieces{p}, fill); !slices.Contains(words, w) {
					words = append(words, w)
				}
			}
			out = append(out, strings.Join(words, " "))
		}
	}
	return append(append(out, g.extra[name]...), neutral(name, nil)...)
}

// lines is command lines as contents, also with more words if their number is asked for.
func (g *guess) lines(texts []string, count string, fields ...string) [][]string {
	var out [][]string
	for _, t := range distinct(texts) {
		out = append(out, []string{t})
	}
	for _, l := range g.about(count) {
		for _, n := range around(l.leaf) {
			for _, t := range distinct(texts) {
				var wanted int
				fmt.Sscan(n, &wanted)
				if more := wanted - strings.Count(t, " ") - 1; more > 0 && more < 100 {
					out = append(out, []string{t + strings.Repeat(" zz", more)})
				}
			}
		}
	}
	for _, f := range append(fields, count) {
		if g.about(f) != nil {
			return g.orAbsent(f, out)
		}
	}
	return out
}
