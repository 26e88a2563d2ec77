package tree

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"spoor/engine/output"
	"spoor/grammar/source"
)

// Style says how a tree is drawn.
type Style struct {
	Zone  *time.Location // of times; nil is UTC
	Width int            // to which lines are cut; 0: they are not cut
	All   bool           // all that a process did, however much
	Color bool           // mark the process that was asked for by colour
}

// mostActs is how many lines a process gets for what it did, and deepest how far lines are indented, unless all is shown.
const (
	mostActs = 20
	deepest  = 30
)

// drawing is a tree on its way to text.
type drawing struct {
	*bufio.Writer
	Style
	tree *Tree
	day  string // of times that are printed without theirs
	cut  int    // lines
}

// Text draws the tree, a line per process and per act. Texts of the log are made harmless.
func (t *Tree) Text(w io.Writer, s Style) error {
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	d := &drawing{Writer: bufio.NewWriter(w), Style: s, tree: t}
	for i := range t.Nodes {
		if n := &t.Nodes[i]; n.Role == "target" || d.day == "" {
			d.day = cmp.Or(d.date(n.Started), d.day)
		}
	}
	d.line("host "+t.Host+strings.TrimRight("  "+d.day, " ")+", times in "+s.Zone.String(), false)
	more := t.more()
	open := make([]bool, len(t.Nodes)+1) // by depth: another child of the same parent comes later
	for i := range t.Nodes {
		n := &t.Nodes[i]
		open[n.Depth] = more[i]
		d.node(n, open)
		below := i+1 < len(t.Nodes) && t.Nodes[i+1].Depth > n.Depth
		d.acts(n.Acts, d.margin(open, n.Depth)+bar(below))
	}
	for _, note := range t.Notes {
		d.line(note, false)
	}
	if d.cut > 0 {
		_, _ = d.WriteString(source.Count(d.cut, "line") + " shortened to fit the terminal (…): --wide shows all of the text\n")
	}
	return d.Flush()
}

// more says of each node whether a later one has the same parent.
func (t *Tree) more() []bool {
	out := make([]bool, len(t.Nodes))
	last := make(map[int]bool, len(t.Nodes))
	for i := len(t.Nodes) - 1; i >= 0; i-- {
		parent := t.Nodes[i].Parent
		out[i] = last[parent]
		last[parent] = true
	}
	return out
}

func bar(open bool) string {
	if open {
		return "│  "
	}
	return "   "
}

// margin is what stands before the lines that belong to a node: a bar for each ancestor of which more is to come.
func (d *drawing) margin(open []bool, depth int) string {
	var b strings.Builder
	first := 1
	if !d.All && depth > deepest {
		fmt.Fprintf(&b, "(%d levels) ", depth-deepest)
		first = depth - deepest + 1
	}
	for level := first; level <= depth; level++ {
		b.WriteString(bar(open[level]))
	}
	return b.String()
}

func (d *drawing) node(n *Node, open []bool) {
	margin := ""
	if n.Depth > 0 {
		branch := "└─ "
		if open[n.Depth] {
			branch = "├─ "
		}
		margin = strings.TrimSuffix(d.margin(open, n.Depth), bar(open[n.Depth])) + branch
	}
	pid := "?"
	if n.PID >= 0 {
		pid = fmt.Sprint(n.PID)
	}
	text := fmt.Sprintf("%s  %s  %s  %s", d.moment(n.Started), pid, cmp.Or(n.User, "?"), cmp.Or(n.CommandLine, n.Executable, n.Name, "?"))
	switch {
	case !n.Known:
		text += "  (no start event)"
	case n.Ended != Never:
		text += "  (ended " + d.moment(n.Ended) + ")"
	}
	if n.Role == "target" {
		text = "▶ " + text
	}
	d.line(margin+text, n.Role == "target")
}

// acts draws what a process did: each thing once, with the time of the first and how often.
func (d *drawing) acts(list []Act, margin string) {
	type same struct {
		kind           Kind
		action, object string
	}
	times := map[same]int{}
	for _, a := range list {
		times[same{a.Kind, a.Action, a.Object}]++
	}
	shown := 0
	for _, a := range list {
		key := same{a.Kind, a.Action, a.Object}
		n := times[key]
		if n == 0 {
			continue
		}
		delete(times, key)
		if shown++; shown > mostActs && !d.All {
			continue
		}
		object := a.Object
		if a.Kind == Connection {
			object = strings.TrimSpace(a.Source + " → " + a.Object)
		}
		text := d.moment(a.At) + "  " + a.Action + "  " + object
		if n > 1 {
			text += fmt.Sprintf("  (%d times)", n)
		}
		d.line(margin+text, false)
	}
	if shown > mostActs && !d.All {
		d.line(fmt.Sprintf("%sand %d more: --wide shows them", margin, shown-mostActs), false)
	}
}

// line writes a line, cut to the width.
func (d *drawing) line(text string, strong bool) {
	text = strings.TrimRight(output.Escape(text), " ")
	if d.Width > 0 {
		short, cut := output.Shorten(text, d.Width)
		if cut {
			d.cut++
		}
		text = short
	}
	if strong && d.Color {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	_, _ = d.WriteString(text + "\n") // the writer remembers its error
}

func (d *drawing) date(ns int64) string {
	if ns == Never {
		return ""
	}
	return time.Unix(0, ns).In(d.Zone).Format(time.DateOnly)
}

// moment is a time of day, with its day if that is another one than the head line's.
func (d *drawing) moment(ns int64) string {
	if ns == Never {
		return "?"
	}
	clock := time.Unix(0, ns).In(d.Zone).Format("15:04:05.000")
	if day := d.date(ns); day != d.day {
		return day + " " + clock
	}
	return clock
}
