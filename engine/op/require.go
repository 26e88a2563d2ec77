package op

import (
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// require ends a stream without rows with an error.
func require(in column.Stream, n *plan.Require) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		some := false
		for b, err := range in {
			some = some || err != nil || b.Rows > 0
			if !yield(b, err) || err != nil {
				return
			}
		}
		if !some {
			yield(nil, source.Errorf(n.Span, "no-rows", "there are no rows, and require wants some").WithHint("leave require out to go on without rows"))
		}
	}
}
