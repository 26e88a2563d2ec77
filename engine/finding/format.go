package finding

import (
	"bufio"
	"io"
	"time"

	"spoor/engine/output"
	"spoor/engine/spill"
)

// Options says how findings are to be written.
type Options struct {
	Format   string         // name of a format; empty: table on a terminal, ndjson elsewhere
	Zone     *time.Location // of times; nil is UTC
	Terminal bool           // the writer is a terminal
	Width    int            // columns of the terminal; 0 if unknown
	Wide     bool           // do not narrow tables
	Color    bool
	ASCII    bool         // draw tables with - | + and ~ only
	CSVSafe  bool         // guard cells that a spreadsheet would take for a formula
	Space    *spill.Space // where CSV puts rows away; nil: they are held
	Now      time.Time    // when the rules ran
	Version  string       // of spoor
	Index    string       // of Elasticsearch, for bulk; empty: DefaultIndex
}

// DefaultIndex is where Kibana looks for the alerts of its default space.
const DefaultIndex = ".alerts-security.alerts-default"

// Summary is what was written.
type Summary struct {
	Findings int64
	Written  int64 // rows, events or documents: a finding may be several
	Without  int64 // findings of which the format has nothing, such as those without a risk object
}

// format is an entry of the table.
type format struct {
	output.Info
	write func(*sink, Stream) error
}

// sink is where a format is written to.
type sink struct {
	*bufio.Writer
	Options
	summary Summary
}

// each gives the findings one after another, up to the first error.
func each(findings Stream, add func(*Finding) error) error {
	for f, err := range findings {
		if err == nil {
			err = add(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// line writes a value as JSON on a line of its own.
func (s *sink) line(value any) error {
	text, err := output.JSON(value)
	if err != nil {
		return err
	}
	s.summary.Written++
	_, err = s.Write(append(text, '\n'))
	return err
}

var formats = []format{
	{output.Info{Name: "table", Doc: "For reading: a table per rule, and under it the command that prints the records."}, (*sink).table},
	{output.Info{Name: "ndjson", Doc: "A JSON object per line, with a schema_version.", Extensions: []string{".ndjson", ".jsonl"}}, (*sink).ndjson},
	{output.Info{Name: "json", Doc: "One JSON array of the same objects.", Extensions: []string{".json"}}, (*sink).json},
	{output.Info{Name: "csv", Doc: "A line per finding.", Extensions: []string{".csv"}}, (*sink).csv},
	{output.Info{Name: "hec", Doc: "Splunk: a risk event per risk object, for the HTTP Event Collector."}, (*sink).hec},
	{output.Info{Name: "bulk", Doc: "Elasticsearch: alerts as Kibana writes them, for the bulk API; sequences with their building blocks."}, (*sink).bulk},
	{output.Info{Name: "sarif", Doc: "SARIF 2.1.0, for code scanning.", Extensions: []string{".sarif"}}, (*sink).sarif},
	{output.Info{Name: "timesketch", Doc: "Timesketch: a JSON object per line."}, (*sink).timesketch},
}

// Formats is the list of formats, in the order of the help.
func Formats() output.Choice {
	out := make(output.Choice, len(formats))
	for i, f := range formats {
		out[i] = f.Info
	}
	return out
}

// Check is an error that names the formats if name is none of them.
func Check(name string) error {
	_, err := find(name)
	return err
}

func find(name string) (format, error) {
	i, err := Formats().Find(name, "the formats of findings")
	return formats[i], err
}

// Write writes the findings to w, in their order. Errors of the stream and of w are returned as they are.
func Write(w io.Writer, findings Stream, o Options) (Summary, error) {
	if o.Format == "" {
		o.Format = "ndjson"
		if o.Terminal {
			o.Format = "table"
		}
	}
	f, err := find(o.Format)
	if err != nil {
		return Summary{}, err
	}
	s := &sink{Writer: bufio.NewWriterSize(w, 64<<10), Options: o}
	counted := func(yield func(*Finding, error) bool) {
		for found, err := range findings {
			if err == nil {
				s.summary.Findings++
			}
			if !yield(found, err) {
				return
			}
		}
	}
	if err := f.write(s, counted); err != nil {
		_ = s.Flush() // the first error tells more
		return s.summary, err
	}
	return s.summary, s.Flush()
}
