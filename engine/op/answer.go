package op

import (
	"iter"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// The hidden columns of a question for the results of a group: the number of the row that asks, and that of the question, of which a row with
// several values of a key has several.
const (
	askingRow = "\x00row"
	question  = "\x00question"
)

var byQuestion = []plan.SortKey{{Name: question}}

// answered is the rows with the aggregates of groups that were put away: all questions of the rows are divided as the groups are, answered part
// by part, and put in the order of the rows again.
func (a *attacher) answered() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		if a.found == nil {
			a.recall()
			a.found = a.space.Run()
			for b, err := range a.of.answers(a.questions()) {
				if err != nil {
					yield(nil, err)
					return
				}
				a.found.Add(b)
			}
		}
		next, stop := iter.Pull2(a.found.All())
		defer stop()
		z := &answering{of: a.of, next: next}
		for b, err := range a.collector.Result() {
			if err == nil {
				b, err = z.attached(without(b, groupOf))
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// questions is the keys of the rows, with the numbers of row and question.
func (a *attacher) questions() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		first, asked := 0, 0
		for b, err := range a.collector.Result() {
			if err != nil {
				yield(nil, err)
				return
			}
			in, keys := a.of.keyed(numbered(b))
			in, keys = whole(in, keys)
			rows, numbers := &column.Ints{}, &column.Ints{}
			for i, row := range ordinals(in) {
				rows.Values, numbers.Values = append(rows.Values, int64(first+row)), append(numbers.Values, int64(asked+i))
			}
			first, asked = first+b.Rows, asked+in.Rows
			names := []string{askingRow, question}
			for k := range keys {
				names = append(names, keyName(k))
			}
			if !yield(column.NewBatch(column.NewSchema(names...), append([]column.Vector{rows, numbers}, keys...), in.Rows), nil) {
				return
			}
		}
	}
}

// answers is the results of the groups that are asked for, in the order of the questions.
func (a *aggregator) answers(questions column.Stream) column.Stream {
	names := []string{askingRow, question}
	for i := range a.states {
		names = append(names, stateName(i))
	}
	if a.away == nil {
		return a.heldAnswers(names, questions)
	}
	return func(yield func(*column.Batch, error) bool) {
		a.putAway()
		asked, err := a.divide(questions)
		if err != nil {
			yield(nil, err)
			return
		}
		var parts []column.Stream
		for part, p := range a.each() {
			out := a.space.Run()
			for b, err := range part.answers(asked[p].All()) {
				if err != nil {
					yield(nil, err)
					return
				}
				out.Add(b)
			}
			asked[p].Free()
			parts = append(parts, out.All())
		}
		merge(parts, byQuestion, names, 256)(yield)
	}
}

// divide puts questions where the groups are that they ask for.
func (a *aggregator) divide(questions column.Stream) (asked [fan]*spill.Run, err error) {
	for p := range asked {
		asked[p] = a.space.Run()
	}
	for b, err := range questions {
		if err != nil {
			return asked, err
		}
		var rows [fan][]uint32
		for r := range b.Rows {
			p := a.part(hashOf(len(a.keys), func(k int) column.Value { return b.Cols[2+k].Value(r) }))
			rows[p] = append(rows[p], uint32(r))
		}
		for p, some := range rows {
			if len(some) > 0 {
				asked[p].Add(b.Pick(some))
			}
		}
	}
	return asked, a.space.Err()
}

// heldAnswers is answers by groups that are held.
func (a *aggregator) heldAnswers(names []string, questions column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		n := a.groups.n
		results := make([]column.Vector, len(a.states))
		for i, s := range a.states {
			results[i] = s.Result(n)
		}
		for b, err := range questions {
			if err != nil {
				yield(nil, err)
				return
			}
			group, _ := a.groups.number(b.Cols[2:], b.Rows)
			cols := []column.Vector{b.Cols[0], b.Cols[1]}
			for _, v := range results {
				cols = append(cols, v.Pick(group))
			}
			if !yield(column.NewBatch(column.NewSchema(names...), cols, b.Rows), nil) {
				return
			}
		}
	}
}

// answering goes through rows and answers side by side.
type answering struct {
	of    *aggregator
	next  func() (*column.Batch, error, bool)
	batch *column.Batch // of answers; nil: none was read, or there are no more
	at    int
	row   int // of the next batch
}

// attached is rows with their answers.
func (z *answering) attached(b *column.Batch) (*column.Batch, error) {
	var of []int
	var places []uint32
	values := make([][]column.Value, len(z.of.states))
	for {
		if z.batch == nil || z.at == z.batch.Rows {
			batch, err, more := z.next()
			if err != nil {
				return nil, err
			}
			if !more {
				break
			}
			z.batch, z.at = batch, 0
			continue
		}
		row := int(z.batch.Cols[0].Value(z.at).Int()) - z.row
		if row >= b.Rows {
			break
		}
		of, places = append(of, row), append(places, uint32(len(of)))
		for i := range values {
			values[i] = append(values[i], z.batch.Cols[2+i].Value(z.at))
		}
		z.at++
	}
	z.row += b.Rows
	for i, s := range z.of.states {
		b = b.With(s.as, scattered(b.Col(s.as), column.FromValues(values[i]), of, places))
	}
	return b, nil
}
