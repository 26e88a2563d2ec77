package macros

import (
	"slices"
	"strings"

	"spoor/grammar/source"
)

// Limits of an expansion. Each substitution counts with its own cost, so that empty texts cannot multiply without end.
const (
	depthLimit = 100
	sizeLimit  = 4 << 20
	errorLimit = 20
	callCost   = 32
	pieceCost  = 16
)

// Expander replaces the macro calls of queries.
type Expander struct {
	Library *Library
	Eval    Eval // nil if there is nobody who can evaluate
	// Foreign says of a definition that it is of sources of events that there are none of here, unlike the built-in one; nil: none is.
	Foreign func(definition, shipped source.Span) bool
}

// Eval evaluates an eval expression that needs no event. The value is a string, a bool, or nil for null.
// An error that is a *source.Diagnostic or source.Errors keeps its place.
type Eval func(expression source.Span) (value any, err error)

// Use is a call that was expanded.
type Use struct {
	Macro *Macro // Implicit if nobody defined it
	Call  source.Span
}

// Expand is q without comments and with every macro call replaced, and the calls in the order of their expansion.
// Every span of the result leads back to q. The text is only good if no diagnostic is an error.
func (e *Expander) Expand(q *source.Text) (*source.Text, []Use, source.Errors) {
	x := expansion{library: e.Library, eval: e.Eval, foreign: e.Foreign}
	if x.library == nil {
		x.library = &Library{}
	}
	var b source.Builder
	x.expand(q, &b)
	return b.Text(q.Name), x.uses, x.errs
}

// expansion is the state of one Expand.
type expansion struct {
	library *Library
	eval    Eval
	foreign func(definition, shipped source.Span) bool
	uses    []Use
	errs    source.Errors
	open    []*Macro // the macros being expanded, outermost first
	spent   int
	stopped bool // an error after which going on would only repeat it
}

func (x *expansion) fail(d *source.Diagnostic) {
	x.errs = append(x.errs, d)
	x.stopped = x.stopped || len(x.errs) >= errorLimit
}

func (x *expansion) stop(d *source.Diagnostic) {
	x.fail(d)
	x.stopped = true
}

// spend says whether n more bytes may be made.
func (x *expansion) spend(n int, at source.Span) bool {
	x.spent += n
	if x.spent > sizeLimit && !x.stopped {
		x.stop(source.Errorf(at, "macro-size", "the macros of this query expand to more than 4 MiB"))
	}
	return !x.stopped
}

// expand adds t with its macro calls replaced.
func (x *expansion) expand(t *source.Text, to *source.Builder) {
	t, err := uncomment(t)
	if err != nil {
		x.stop(err)
		return
	}
	from := 0
	for !x.stopped {
		c, err := nextCall(t, from)
		if err != nil { // it is unknown which backtick is the wrong one
			x.stop(err)
			return
		}
		if c == nil {
			to.Copy(t.Span(from, len(t.Body)))
			return
		}
		to.Copy(t.Span(from, int(c.at.Start)))
		x.call(c, to)
		from = int(c.at.End)
	}
}

// call adds what c stands for.
func (x *expansion) call(c *call, to *source.Builder) {
	name := c.name.String()
	m := x.library.Resolve(name, len(c.args))
	if m == nil {
		x.fail(x.library.Unknown(name, len(c.args), c.at))
		return
	}
	if i := slices.IndexFunc(x.open, m.same); i >= 0 {
		x.stop(source.Errorf(c.at, "macro-cycle", "the macro calls itself: %s", chain(append(x.open[i:], m))))
		return
	}
	if len(x.open) == depthLimit {
		x.stop(source.Errorf(c.at, "macro-depth", "macros are nested more than %d deep", depthLimit))
		return
	}
	values, err := bind(m, c)
	if err != nil {
		x.fail(err)
		return
	}
	x.uses = append(x.uses, Use{m, c.at})
	x.open = append(x.open, m)
	defer func() { x.open = x.open[:len(x.open)-1] }()
	by := source.Call{Macro: m.Name, At: c.at}
	if !x.validate(m, values, by) {
		return
	}
	text := x.substitute(m.Definition, values, by)
	if m.IsEval {
		text = x.evaluated(m, text, by)
	} else if b := m.Shipped(); b != nil && x.foreign != nil && x.foreign(m.Definition, b.Definition) {
		text = x.either(m, text, b, by)
	}
	if !x.stopped {
		x.expand(text, to)
	}
}

// either is the text of a macro, which no event here can match, or that of the built-in one of its name.
func (x *expansion) either(m *Macro, text *source.Text, shipped *Macro, by source.Call) *source.Text {
	file, _ := m.Place()
	x.errs = append(x.errs, source.Warnf(by.At, "foreign-source", "no event here is of the sources that `%s` names in %s: what is built in counts as well", m.Name, file).
		WithHint("`spoor macros show %s` shows both; --sourcetype says of what sourcetype the events are", m.Name))
	var b source.Builder
	b.Insert("(", by.At)
	b.Copy(text.All())
	b.Insert(") OR (", by.At)
	b.Copy(shipped.Definition)
	b.Insert(")", by.At)
	return b.Expansion(by)
}

func (m *Macro) same(o *Macro) bool { return m.Name == o.Name && len(m.Args) == len(o.Args) }

// chain is the macros' names with arrows, without the middle of a very long chain.
func chain(macros []*Macro) string {
	names := make([]string, len(macros))
	for i, m := range macros {
		names[i] = m.Name
	}
	if n := len(names); n > 12 {
		names = append(append(names[:6:6], "..."), names[n-5:]...)
	}
	return strings.Join(names, " -> ")
}
