package output

import (
	"slices"

	"spoor/engine/column"
)

// live is what a table that is written batch by batch looks like so far.
type live struct {
	shown  []string // columns under the last header
	widths []int
}

// batch keeps the rows, or writes them if they are waited for.
func (w *tableWriter) batch(b *column.Batch) error {
	if !w.Live || b.Rows == 0 {
		return w.union.batch(b)
	}
	w.names, w.known, w.last = nil, nil, nil
	if err := w.union.batch(b); err != nil {
		return err
	}
	if w.Groups != nil {
		w.names = slices.DeleteFunc(w.names, w.Groups.own)
	}
	w.digest()
	if err := w.appended(); err != nil {
		return err
	}
	w.batches = nil
	w.account.Release()
	return w.Flush()
}

// appended writes the rows under the header that stands, if it names all of their columns and there is room, or under another.
func (w *tableWriter) appended() error {
	again := !slices.ContainsFunc(w.names, func(name string) bool { return !slices.Contains(w.shown, name) }) && len(w.shown) > 0
	if again {
		w.names = w.shown
	}
	measured := w.measure()
	widths, fits := natural(measured), true
	narrow := w.Terminal && !w.Wide
	if narrow && !again {
		widths, fits = fit(measured, w.room())
	}
	if !fits {
		w.shown = nil
		return w.blocks()
	}
	switch {
	case again:
		for i, c := range measured {
			if narrow && !c.rigid {
				widths[i] = w.widths[i]
			}
			widths[i] = max(widths[i], w.widths[i])
		}
	case narrow:
		w.stretch(measured, widths)
	}
	if !again {
		w.shown, w.widths = slices.Clone(w.names), widths
	}
	return w.lined(measured, widths, false, again)
}

// stretch gives the columns of texts what room is left, for what is longer later.
func (w *tableWriter) stretch(columns []measure, widths []int) {
	left, texts := w.room()-frame(len(widths)), 0
	for i, c := range columns {
		left -= widths[i]
		if !c.rigid {
			texts++
		}
	}
	for i, c := range columns {
		if !c.rigid && left > 0 {
			widths[i] += left / texts
		}
	}
}
