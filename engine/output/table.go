package output

import (
	"fmt"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// tableWriter draws a grid, or a block of names and values per row where a terminal is too narrow for one.
type tableWriter struct {
	*sink
	union
	tall int64 // rows of several lines
	left int   // columns with values that the digest leaves out
	live
}

func openTable(s *sink) writer { return &tableWriter{sink: s} }

func (w *tableWriter) close() error {
	if w.Live {
		return nil
	}
	if w.Groups != nil {
		w.names = slices.DeleteFunc(w.names, w.Groups.own)
	}
	if len(w.names) == 0 {
		return nil
	}
	w.digest()
	measured := w.measure()
	widths, fits := natural(measured), true
	if w.Terminal && !w.Wide {
		widths, fits = fit(measured, w.room())
	}
	var err error
	if fits {
		err = w.grid(measured, widths)
	} else {
		err = w.blocks()
	}
	if err != nil || w.summary.Rows == 0 || w.Bare && w.summary.Shortened == 0 && w.left == 0 {
		return err
	}
	return w.footer()
}

// room is the width of the terminal.
func (w *tableWriter) room() int {
	if w.Width <= 0 {
		return 80
	}
	return w.Width
}

// measure finds how wide each column would like to be.
func (w *tableWriter) measure() []measure {
	out := make([]measure, len(w.names))
	for i, name := range w.names {
		out[i] = measure{header: textWidth(Escape(name)), rigid: true, right: true}
	}
	_ = w.rows(func(r row) error {
		lines := 1
		for i, v := range r.cells {
			items := v.Items()
			lines = max(lines, len(items))
			for _, x := range items {
				out[i].see(x, textWidth(w.text(x, "", Escape)))
			}
		}
		if lines > 1 {
			w.tall++
		}
		return nil
	})
	return out
}

func (w *tableWriter) grid(columns []measure, widths []int) error {
	ruled := w.Groups == nil && 2*w.tall > w.summary.Rows // where rows of several lines are common, a rule tells where each ends
	return w.lined(columns, widths, ruled, false)
}

// lined writes the rows, under the header that stands already or under one of their own.
func (w *tableWriter) lined(columns []measure, widths []int, ruled, headed bool) error {
	g := newGrid(w.sink, columns, widths, ruled)
	if headed {
		g.resume()
	} else {
		header := make([]string, len(w.names))
		for i, name := range w.names {
			header[i] = w.shorten(Escape(name), widths[i])
		}
		g.header(header)
	}
	line := make([]string, len(w.names))
	group := w.groups()
	err := w.rows(func(r row) error {
		if number, first := group(r); first {
			if err := g.line(w.heading(number, r)); err != nil {
				return err
			}
		}
		if w.Groups != nil && empty(r.cells) {
			return g.line(noEvent)
		}
		for i, v := range r.cells {
			line[i] = w.lines(v, widths[i])
		}
		return g.row(line)
	})
	if err != nil {
		return err
	}
	return g.close()
}

// lines is a cell's values, each on a line of its own and cut to the width.
func (w *tableWriter) lines(v column.Value, width int) string {
	items := v.Items()
	parts := make([]string, len(items))
	for i, x := range items {
		parts[i] = w.shorten(w.text(x, "", Escape), width)
	}
	return strings.Join(parts, "\n")
}

func (w *tableWriter) shorten(s string, width int) string {
	short, cut := Shorten(s, width)
	if cut {
		w.summary.Shortened++
		short = strings.TrimSuffix(short, "…") + w.ellipsis()
	}
	return short
}

// ellipsis stands at the end of a cell that was cut.
func (w *tableWriter) ellipsis() string {
	if w.ASCII {
		return "~"
	}
	return "…"
}

// blocks writes a line per value, under a line with the row's number.
func (w *tableWriter) blocks() error {
	widest := 0
	for _, name := range w.names {
		widest = max(widest, textWidth(Escape(name)))
	}
	widest = min(widest, w.room()/2)
	number, group := 0, w.groups()
	return w.rows(func(r row) error {
		number++
		if of, first := group(r); first {
			number = 1
			if _, err := fmt.Fprintln(w, w.heading(of, r)); err != nil {
				return err
			}
		}
		return w.block(number, r.cells, widest)
	})
}

func (w *tableWriter) block(number int, cells []column.Value, widest int) error {
	title := fmt.Sprintf("── row %d ", number)
	if w.Groups != nil {
		title = fmt.Sprintf("── event %d ", number)
	}
	title += strings.Repeat("─", max(min(w.room(), 60)-textWidth(title), 2))
	if w.ASCII {
		title = strings.ReplaceAll(title, "─", "-")
	}
	if _, err := fmt.Fprintln(w, bold(title, w.Color)); err != nil {
		return err
	}
	if w.Groups != nil && empty(cells) {
		_, err := fmt.Fprintln(w, noEvent)
		return err
	}
	for i, v := range cells {
		name := Escape(w.names[i])
		for _, x := range v.Items() {
			pad := strings.Repeat(" ", max(widest-textWidth(name), 0))
			line := strings.TrimRight(name+pad+"  "+w.text(x, "", Escape), " ")
			if _, err := fmt.Fprintln(w, line); err != nil {
				return err
			}
			name = ""
		}
	}
	return nil
}

func (w *tableWriter) footer() error {
	var err error
	if !w.Bare {
		zone := "UTC"
		if w.Zone != nil {
			zone = w.Zone.String()
		}
		noun := "row"
		if w.Groups != nil {
			noun = "sequence"
		}
		_, err = fmt.Fprintf(w, "%s, times in %s\n", source.Count(w.summary.Rows, noun), zone)
	}
	if w.left > 0 && err == nil {
		_, err = fmt.Fprintf(w, "%s more with values: --wide shows all of them\n", source.Count(w.left, "column"))
	}
	if n := w.summary.Shortened; n > 0 && err == nil {
		_, err = fmt.Fprintf(w, "%s shortened to fit the terminal (%s): --wide shows all of the text\n", source.Count(n, "cell"), w.ellipsis())
	}
	return err
}

func bold(s string, color bool) string {
	if !color {
		return s
	}
	return "\x1b[1m" + s + "\x1b[0m"
}
