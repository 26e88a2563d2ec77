package function

import "spoor/engine/column"

// Limits on what a function makes of its arguments, for a search that doubles a field forty times needs no more than a line. Beyond them
// the result is null.
const (
	longestText = 64 << 20  // bytes
	mostValues  = 1_000_000 // of a multivalue
)

// joined is two texts as one.
func joined(x, y string) (string, bool) {
	if len(x)+len(y) > longestText {
		return "", false
	}
	return x + y, true
}

// multi is the values as a multivalue, if they are not too many.
func multi(values []column.Value) column.Value {
	if len(values) > mostValues {
		return column.Value{}
	}
	return column.Multi(values)
}
