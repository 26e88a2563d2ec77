package output

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// grid draws rows of cells whose widths are settled, with lines between columns and a rule under the header.
type grid struct {
	to     *bufio.Writer
	table  *tablewriter.Table
	widths []int
	color  bool
	ascii  bool
	ruled  bool
}

func newGrid(to *sink, columns []measure, widths []int, ruled bool) *grid {
	align := make([]tw.Align, len(columns))
	sized := tw.NewMapper[int, int]()
	for i, c := range columns {
		align[i] = tw.AlignLeft
		if c.right {
			align[i] = tw.AlignRight
		}
		sized.Set(i, widths[i]+2) // a blank on either side
	}
	between := tw.Off
	if ruled {
		between = tw.On
	}
	style := tw.StyleLight
	if to.ASCII {
		style = tw.StyleASCII
	}
	cells := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapTruncate, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{PerColumn: align},
	}
	table := tablewriter.NewTable(trimmer{to.Writer},
		tablewriter.WithConfig(tablewriter.Config{
			Header: cells, Row: cells,
			Widths: tw.CellWidth{PerColumn: sized},
			Stream: tw.StreamConfig{Enable: true},
		}),
		tablewriter.WithTrimSpace(tw.Off), tablewriter.WithTrimTab(tw.Off), tablewriter.WithTrimLine(tw.Off),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:   tw.BorderNone,
			Symbols:   tw.NewSymbols(style),
			Streaming: true,
			Settings: tw.Settings{
				Lines:      tw.Lines{ShowTop: tw.Off, ShowBottom: tw.Off, ShowHeaderLine: tw.Off, ShowFooterLine: tw.Off},
				Separators: tw.Separators{ShowHeader: tw.On, BetweenRows: between, BetweenColumns: tw.On},
			},
		})))
	return &grid{to: to.Writer, table: table, widths: widths, color: to.Color, ascii: to.ASCII}
}

// frame is the width of the lines and blanks around n columns.
func frame(n int) int { return 3*n - 1 }

func (g *grid) header(names []string) {
	for i, n := range names {
		names[i] = bold(n, g.color)
	}
	_ = g.table.Start() // fails only for tables that do not stream
	g.table.Header(names)
}

// resume goes on under a header that stands already.
func (g *grid) resume() {
	_ = g.table.Start()
	g.ruled = true
}

// rule draws the line under the header, once there is something under it. The table itself would draw it with its first row, below a
// line of text.
func (g *grid) rule() {
	if g.ruled {
		return
	}
	g.ruled = true
	dash, cross := "─", "┼"
	if g.ascii {
		dash, cross = "-", "+"
	}
	parts := make([]string, len(g.widths))
	for i, n := range g.widths {
		parts[i] = strings.Repeat(dash, n+2)
	}
	_, _ = g.to.WriteString(strings.Join(parts, cross) + "\n") // the writer remembers its error
}

// row draws one row; its error is that of the writer, which the table itself does not report.
func (g *grid) row(cells []string) error {
	g.rule()
	if err := g.table.Append(cells); err != nil {
		return err
	}
	_, err := g.to.Write(nil)
	return err
}

// line writes a line of text between rows.
func (g *grid) line(text string) error {
	g.rule()
	_, err := g.to.WriteString(text + "\n")
	return err
}

func (g *grid) close() error {
	if err := g.table.Close(); err != nil {
		return err
	}
	_, err := g.to.Write(nil)
	return err
}

// textWidth is the number of terminal columns that a text without control characters takes, counted as the table counts.
func textWidth(s string) int {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return twwidth.WidthNoCache(s)
		}
	}
	return len(s)
}

// trimmer drops the blanks that fill up the last column. The table writes whole lines.
type trimmer struct{ to *bufio.Writer }

func (t trimmer) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		text, ended := bytes.CutSuffix(line, []byte("\n"))
		if ended {
			text = bytes.TrimRight(text, " ")
		}
		if _, err := t.to.Write(text); err != nil {
			return 0, err
		}
		if ended {
			_ = t.to.WriteByte('\n') // the writer remembers its error
		}
	}
	return len(p), nil
}
