package eql

import (
	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// joint builds a sequence or a sample.
func (b *builder) joint(ctx gen.IJointContext) ast.Node {
	s := &ast.Sequence{Pos: b.pos(ctx)}
	sample := ctx.SAMPLE() != nil
	seen := clauses{}
	for _, c := range ctx.AllClause() {
		if keys, l := b.clause(c, seen); l == nil {
			s.By = append(s.By, keys...)
		} else if name := l.name.String(); sample {
			b.inSample(l.name, name)
		} else if name == "maxspan" {
			s.MaxSpan = b.maxSpan(*l)
		} else if name == "runs" {
			b.errorf(l.name, "misplaced", "`runs` belongs behind an item").WithHint("such as [process where true] with runs=3")
		}
	}
	for _, c := range ctx.AllStep() {
		i := b.item(c.Item(), sample)
		until := c.UNTIL()
		switch {
		case until != nil && sample:
			b.inSample(b.Span(until.GetSymbol(), until.GetSymbol()), "until")
		case s.Until != nil:
			b.errorf(i.Span, "misplaced", "nothing stands behind the item of `until`").WithHint("`until [...]` is the last item of a sequence")
			s.Items = append(s.Items, i)
		case until != nil:
			s.Until = i
		default:
			s.Items = append(s.Items, i)
		}
	}
	b.sameKeys(s)
	if !sample {
		b.enough(s)
		return s
	}
	b.sampled(s)
	return &ast.Sample{Pos: s.Pos, By: s.By, Items: s.Items}
}

func (b *builder) inSample(at source.Span, what string) {
	b.errorf(at, "in-sample", "samples have no %s", token.Tick(what)).WithHint("a sample takes events in any order, at any time: use `sequence` for the rest")
}

// clauses are the names of those that were there.
type clauses map[string]bool

// clause is keys, or a limit.
func (b *builder) clause(c gen.IClauseContext, seen clauses) ([]*ast.Path, *limit) {
	start := c.GetStart()
	at := b.Span(start, start)
	if c.BY() != nil {
		switch {
		case seen["by"]:
			b.errorf(at, "misplaced", "a second `by`").WithHint("keys are separated by commas")
		case len(seen) > 0:
			b.errorf(at, "misplaced", "`by` stands before `with`")
		}
		seen["by"] = true
		return b.keys(c), nil
	}
	l := b.limit(c.Option())
	name := l.name.String()
	switch {
	case name != "maxspan" && name != "runs":
		d := b.errorf(l.name, "unknown-option", "unknown option %s", token.Tick(name)).
			WithHint("sequences have `with maxspan=5s`, items have `with runs=3`")
		if closest := source.Suggest(name, []string{"maxspan", "runs"}); closest != "" {
			d.Hint = closest
		}
	case seen[name]:
		b.errorf(l.name, "misplaced", "a second %s", token.Tick(name))
	}
	seen[name] = true
	return nil, &l
}

func (b *builder) item(ctx gen.IItemContext, sample bool) *ast.Item {
	i := &ast.Item{Pos: b.pos(ctx), Event: b.event(ctx.Event()), Runs: 1, Missing: ctx.BANG() != nil}
	first := ctx.GetStart()
	mark := b.Span(first, first)
	switch {
	case ctx.MINUS() != nil:
		i.Missing = true
		b.out.Add(endgame(mark, "`-` before an item", "write `![`"))
	case i.Missing && sample:
		b.inSample(mark, "!")
	}
	seen := clauses{}
	for _, c := range ctx.AllClause() {
		keys, l := b.clause(c, seen)
		if l == nil {
			i.By = append(i.By, keys...)
			continue
		}
		switch name := l.name.String(); {
		case sample:
			b.inSample(l.name, name)
		case name == "runs":
			i.Runs = b.runs(*l)
			if i.Missing {
				b.errorf(l.name, "misplaced", "an event that must be missing has no `runs`")
			}
		case name == "maxspan":
			b.errorf(l.name, "misplaced", "`maxspan` belongs to the whole sequence").WithHint("sequence with maxspan=5s [...] [...]")
		}
	}
	return i
}

// sameKeys checks that all items have as many keys as the first one.
func (b *builder) sameKeys(s *ast.Sequence) {
	items := s.Items
	if s.Until != nil {
		items = append(items[:len(items):len(items)], s.Until)
	}
	for _, i := range items {
		want, got := len(s.By)+len(items[0].By), len(s.By)+len(i.By)
		if want == got {
			continue
		}
		at := i.Event.CategoryAt
		if len(i.By) > 0 {
			at = i.By[0].Span.To(i.By[len(i.By)-1].Span)
		}
		b.errorf(at, "join-keys", "this item has %s, the first one has %d", source.Count(got, "join key"), want).
			WithHint("every item has the same number of keys, those of `%s by` included", b.Text(b.seen[0]))
	}
}

// enough checks that there are items to follow each other.
func (b *builder) enough(s *ast.Sequence) {
	word := b.here(0)
	positive, all := 0, 0
	for _, i := range s.Items {
		all += i.Runs
		if !i.Missing {
			positive++
			continue
		}
		if s.MaxSpan == nil {
			b.errorf(i.Span.Sub(0, 1), "maxspan", "an event can be missing only within a maxspan").WithHint("write `sequence with maxspan=5m`")
		}
	}
	if s.Until != nil && (s.Until.Missing || s.Until.Runs > 1) {
		b.errorf(s.Until.Span, "misplaced", "the item of `until` has neither `!` nor `runs`")
	}
	switch {
	case len(s.Items) > 0 && positive == 0:
		b.errorf(word, "items", "every item of the sequence must be missing").WithHint("at least one item stands without `!`")
	case all < 2:
		b.errorf(word, "items", "a sequence needs two items").WithHint("or one that comes several times: [process where true] with runs=2")
	}
}

// sampled checks that there are items to be sampled together.
func (b *builder) sampled(s *ast.Sequence) {
	word := b.here(0)
	if len(s.Items) < 2 {
		b.errorf(word, "items", "a sample needs two items")
	}
	if len(s.By) == 0 && len(s.Items) > 0 && len(s.Items[0].By) == 0 {
		b.errorf(word, "join-keys", "a sample needs a join key").WithHint("such as `sample by host.id`")
	}
}
