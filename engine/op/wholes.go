package op

import (
	"spoor/engine/aggregate"
	"spoor/engine/column"
)

// wholes reads integers once for all functions of the same column.
type wholes struct {
	texts *column.Strings
	read  column.Vector // the texts again if they are no integers
}

func (w *wholes) of(v column.Vector) column.Vector {
	texts, ok := v.(*column.Strings)
	if !ok {
		return v
	}
	if texts != w.texts {
		w.texts, w.read = texts, texts
		if ints := aggregate.Wholes(texts); ints != nil {
			w.read = ints
		}
	}
	return w.read
}
