package op

import (
	"slices"
	"unicode/utf8"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// extract is rex: the named groups of a pattern become columns; rows without a match keep what they had.
func (bd *binder) extract(n *plan.Extract) step {
	re, diag := bd.env.Regex(n.Pattern, source.Span{})
	if diag != nil {
		bd.fail(diag)
		return func(b *column.Batch) *column.Batch { return b }
	}
	x := &extractor{re: re, node: n, max: n.Max}
	if x.max == 0 {
		x.max = -1
	}
	for _, name := range plan.GroupNames(n.Pattern) {
		if slices.Contains(re.Names(), name) {
			x.groups = append(x.groups, name)
		}
	}
	return x.step
}

type extractor struct {
	re     function.Regex
	node   *plan.Extract
	max    int // matches to take, -1 for all
	groups []string
}

func (x *extractor) step(b *column.Batch) *column.Batch {
	in := column.Flatten(b.Col(x.node.Field))
	found := make([][]column.Value, len(x.groups))
	for g, name := range x.groups {
		found[g] = column.ToValues(b.Col(name))
	}
	places := column.ToValues(b.Col(x.node.OffsetAs))
	for r := range b.Rows {
		text := in.Value(r)
		if text.IsNull() {
			continue
		}
		x.row(text.String(), r, found, places)
	}
	for g, name := range x.groups {
		b = b.With(name, column.FromValues(found[g]))
	}
	if x.node.OffsetAs != "" {
		b = b.With(x.node.OffsetAs, column.FromValues(places))
	}
	return b
}

// row puts what the groups matched in a text into row r of the columns.
func (x *extractor) row(text string, r int, found [][]column.Value, places []column.Value) {
	matches := x.re.Find(text, x.max)
	if len(matches) == 0 {
		return
	}
	var offsets []column.Value
	for g, name := range x.groups {
		var values []column.Value
		for _, m := range matches {
			for i, n := range x.re.Names() {
				if n == name && 2*i+1 < len(m) && m[2*i] >= 0 {
					values = append(values, column.Str(text[m[2*i]:m[2*i+1]]))
					offsets = append(offsets, column.Str(name+"="+digits(utf8.RuneCountInString(text[:m[2*i]]))+"-"+digits(utf8.RuneCountInString(text[:m[2*i+1]])-1)))
				}
			}
		}
		if len(values) > 0 {
			found[g][r] = column.Multi(values)
		}
	}
	if places != nil {
		places[r] = column.Multi(offsets)
	}
}

func digits(i int) string { return column.Integer(int64(i)).String() }
