package output

import (
	"cmp"
	"strings"

	"spoor/engine/column"
)

// Grouping says which columns tell that rows are the events of sequences. The rows of a sequence stand together, perhaps in several
// batches; a row with nothing but these columns is a place where no event is wanted.
type Grouping struct {
	Number string   // column of the sequence's number
	Stage  string   // column of the event's place in the sequence
	Keys   []string // columns of the values by which the events were joined
	Labels []string // what these are called, one for each
}

// begun is how many sequences begin in a batch, if the last one before it has the number in last.
func (g *Grouping) begun(b *column.Batch, last *int64) (n int64) {
	numbers := b.Col(g.Number)
	for row := range b.Rows {
		if number := numbers.Value(row).Int(); number != *last {
			*last = number
			n++
		}
	}
	return n
}

// own says whether a column is not one of the event's.
func (g *Grouping) own(name string) bool {
	return g != nil && (name == g.Number || name == g.Stage)
}

// noEvent is what a table shows where a sequence wants no event.
const noEvent = " (no such event)"

// empty says whether no cell has a value.
func empty(cells []column.Value) bool {
	for _, v := range cells {
		if !v.IsNull() {
			return false
		}
	}
	return true
}

// groups gives a function that tells the number of a row's sequence, and whether it is the first of its rows.
func (w *tableWriter) groups() func(row) (int64, bool) {
	last := int64(0)
	return func(r row) (int64, bool) {
		if w.Groups == nil {
			return 0, false
		}
		number := r.cell(w.Groups.Number).Int()
		first := number != last
		last = number
		return number, first
	}
}

// heading is the line above the events of a sequence.
func (w *tableWriter) heading(number int64, r row) string {
	var b strings.Builder
	for i, key := range w.Groups.Keys {
		value := "null"
		if v := r.cell(key); !v.IsNull() {
			value = w.text(v, ", ", Escape)
		}
		b.WriteString("  " + Escape(w.Groups.Labels[i]) + "=" + value)
	}
	title := "sequence " + column.Format(column.Integer(number), nil)
	keys := b.String()
	if w.Terminal && !w.Wide {
		keys = w.shorten(keys, max(w.room()-len(title), leastText))
	}
	return bold(title, w.Color) + keys
}

// sequenceWriter writes an object per sequence: the values that joined its events, and the events, null where there is none.
type sequenceWriter struct {
	jsonWriter
	number int64
	begun  bool   // a sequence waits for more events
	line   []byte // it, as far as it goes
}

func (w *sequenceWriter) batch(b *column.Batch) error {
	if w.Live && b.Rows == 0 {
		return cmp.Or(w.finish(), w.Flush())
	}
	if b.Schema != w.schema {
		w.schema, w.keys = b.Schema, jsonKeys(b.Schema)
		for slot, name := range b.Schema.Names {
			if w.Groups.own(name) {
				w.keys[slot] = nil
			}
		}
	}
	w.load(b)
	numbers := b.Col(w.Groups.Number)
	for row := range b.Rows {
		if number := numbers.Value(row).Int(); w.begun && number == w.number {
			w.line = append(w.line, ',')
		} else {
			if err := w.finish(); err != nil {
				return err
			}
			w.begin(number, b, row)
		}
		w.event(row)
	}
	return w.Flush()
}

// begin writes what stands before the first event.
func (w *sequenceWriter) begin(number int64, b *column.Batch, row int) {
	w.number, w.begun = number, true
	w.line = append(w.line[:0], w.lead(w.opened)...)
	w.opened = true
	w.line = append(w.line, `{"join_keys":[`...)
	for i, key := range w.Groups.Keys {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		if v := b.Col(key).Value(row); v.IsNull() {
			w.line = append(w.line, "null"...)
		} else {
			w.line = w.value(w.line, v)
		}
	}
	w.line = append(w.line, `],"events":[`...)
}

func (w *sequenceWriter) event(row int) {
	from := len(w.line)
	if w.line = w.object(w.line, row); len(w.line) == from+len("{}") {
		w.line = append(w.line[:from], "null"...)
	}
}

// finish writes the sequence out. Only then is it whole: an error before leaves none that looks so.
func (w *sequenceWriter) finish() error {
	if !w.begun {
		return nil
	}
	w.begun = false
	_, err := w.Write(append(append(w.line, "]}"...), w.trail()...))
	return err
}

func (w *sequenceWriter) close() error {
	if err := w.finish(); err != nil {
		return err
	}
	return w.jsonWriter.close()
}
