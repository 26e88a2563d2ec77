package main

import (
	"bytes"
	"io"
	"sync/atomic"

	"spoor/engine/column"
)

// reluctant holds back what is written until something was found: of a quiet run that finds nothing not even the names of columns come out.
type reluctant struct {
	to    io.Writer
	found atomic.Bool
	kept  bytes.Buffer
}

func (w *reluctant) Write(p []byte) (int, error) {
	if !w.found.Load() {
		return w.kept.Write(p)
	}
	if err := w.flush(); err != nil {
		return 0, err
	}
	return w.to.Write(p)
}

// flush writes what was held back, if something was found.
func (w *reluctant) flush() error {
	if !w.found.Load() || w.kept.Len() == 0 {
		return nil
	}
	_, err := w.kept.WriteTo(w.to)
	return err
}

// of is rows that count as found.
func (w *reluctant) of(rows column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range rows {
			if err == nil && b.Rows > 0 {
				w.found.Store(true)
			}
			if !yield(b, err) {
				return
			}
		}
	}
}

// reticent is the shell with a standard output that is reluctant.
func (s *shell) reticent() (*shell, *reluctant) {
	out := *s
	w := &reluctant{to: s.out}
	out.out = w
	return &out, w
}
