package op

import "spoor/engine/column"

// Sink takes rows at the cut, where rows meet: a partial aggregate, a sort, a collection. There is one per worker; at the end they are
// merged into one, in any order. A sink that only one stream feeds does the same work above the cut.
type Sink interface {
	// Add takes a batch. full means that further rows cannot change the result.
	Add(b *column.Batch) (full bool)
	// Merge takes over what another sink of the same query holds, which must not be used afterwards.
	Merge(from Sink)
	// Result is the sink's rows. It may be read more than once.
	Result() column.Stream
}

// drain feeds a stream to a sink and gives the sink's rows.
func drain(in column.Stream, sink Sink) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			if sink.Add(b) {
				break
			}
		}
		sink.Result()(yield)
	}
}

// nothing is the stream of what got no batch at all.
func nothing(func(*column.Batch, error) bool) {}

// pieces gives a batch in pieces of at most n rows; one without rows as it is, so that a writer of tables knows the columns.
func pieces(b *column.Batch, n int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		if b.Rows == 0 {
			yield(b, nil)
			return
		}
		for from := 0; from < b.Rows; from += n {
			if !yield(b.Slice(from, min(from+n, b.Rows)), nil) {
				return
			}
		}
	}
}
