package suppress

import (
	"context"
	"slices"

	"spoor/engine/column"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// silence decides about the findings that somebody silenced. Of several silences the first one counts.
func (o *Outcome) silence(ctx context.Context, list []Finding, options Options) error {
	for _, x := range options.Silences {
		names := Selects(x.Rule)
		var those []int
		for i := range list {
			f := &list[i]
			if o.Decisions[i].Verdict == Tell && (x.Until == 0 || f.moment(options) < x.Until) && names(f.Rule) {
				those = append(those, i)
			}
		}
		if len(those) == 0 {
			continue
		}
		if x.Where != "" {
			holds, wrong := where(ctx, x, list, those, options)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if wrong != nil {
				d := source.Warnf(wrong.Span, "silence", "silence %s is not applied: %s", x.ID, wrong.Message)
				if wrong.Hint != "" {
					d = d.WithHint("%s", wrong.Hint)
				}
				o.Problems = append(o.Problems, d)
				continue
			}
			those = slices.DeleteFunc(those, func(i int) bool { return !holds[i] })
		}
		for _, i := range those {
			o.Decisions[i] = Decision{Verdict: Silenced, By: x.ID}
			o.Hits[x.ID]++
		}
	}
	return nil
}

// Selects says whether a rule has an ID or a name that the pattern of a silence matches.
func Selects(pattern string) func(*rules.Rule) bool {
	if pattern == "" || pattern == "*" {
		return func(*rules.Rule) bool { return true }
	}
	var byID, byName rules.Selection
	if byID.Include("id="+pattern) != nil || byName.Include("name="+pattern) != nil {
		return func(*rules.Rule) bool { return false }
	}
	return func(r *rules.Rule) bool { return byID.Wants(r) || byName.Wants(r) }
}

// where says of which findings the condition of a silence is true: of a sequence, for one of its events.
func where(ctx context.Context, x state.Silence, list []Finding, those []int, o Options) (map[int]bool, *source.Diagnostic) {
	c, wrong := compile(x.Where, o.Compile)
	if wrong != nil {
		return nil, wrong
	}
	var of []int // the finding of each row
	values := make([][]column.Value, len(c.fields))
	for _, i := range those {
		for row := range list[i].Rows {
			of = append(of, i)
			for k, name := range c.fields {
				values[k] = append(values[k], list[i].value(row, name))
			}
		}
	}
	rows, wrong := c.holds(ctx, values, len(of))
	if wrong != nil {
		return nil, wrong
	}
	out := map[int]bool{}
	for _, row := range rows {
		out[of[row]] = true
	}
	return out, nil
}

// value is a field of a row of the finding. Every finding has host and user: those whom it concerns, unless the row says otherwise.
func (f *Finding) value(row int, name string) column.Value {
	if v, has := f.Rows[row].Get(name); has {
		return v
	}
	var names []string
	switch name {
	case "host":
		names = f.Entities.Hosts
	case "user":
		names = f.Entities.Users
	}
	out := make([]column.Value, len(names))
	for i, text := range names {
		out[i] = column.Str(text)
	}
	return column.Multi(out)
}
