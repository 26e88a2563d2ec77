package function

import (
	"slices"
	"strconv"
	"strings"

	"spoor/grammar/source"
)

// step is one step of a path into JSON or XML.
type step struct {
	kind stepKind
	name string // of a member, an element or an attribute
	at   int    // of an index
}

type stepKind uint8

const (
	stepName      stepKind = iota
	stepIndex              // {2}
	stepEach               // {}
	stepAttribute          // {@name}, in XML
)

// parsePath reads names with dots between them and indexes in curly brackets: a.b{0}.c, a{}.b, {}.c. An empty path is the whole.
func parsePath(text string) ([]step, bool) {
	var out []step
	if text == "" {
		return nil, true
	}
	for part := range strings.SplitSeq(text, ".") {
		name, rest, indexed := strings.Cut(part, "{")
		if name != "" || !indexed {
			out = append(out, step{kind: stepName, name: name})
		}
		for indexed {
			inside, more, closed := strings.Cut(rest, "}")
			s, ok := indexStep(inside)
			if !closed || !ok || more != "" && more[0] != '{' {
				return nil, false
			}
			out = append(out, s)
			if indexed = more != ""; indexed {
				rest = more[1:]
			}
		}
	}
	return out, len(out) <= deepestNesting
}

func indexStep(inside string) (step, bool) {
	if inside == "" {
		return step{kind: stepEach}, true
	}
	if name, ok := strings.CutPrefix(inside, "@"); ok {
		return step{kind: stepAttribute, name: name}, name != ""
	}
	n, err := strconv.ParseUint(inside, 10, 31)
	return step{kind: stepIndex, at: int(n)}, err == nil
}

// checkPaths reports constant arguments, from the given one on in strides, that are no paths.
func checkPaths(args []Arg, from, stride int) *source.Diagnostic {
	for i := from; i < len(args); i += stride {
		if c := args[i].Const; c != nil && !c.IsNull() {
			if _, ok := parsePath(c.String()); !ok {
				return source.Errorf(args[i].Span, "bad-path", "%q is no path", c.String()).
					WithHint("write names with dots between them, and indexes in brackets: a.b{0}.c or a{}.b; the functions that end in _exact take keys as they are")
			}
		}
	}
	return nil
}

// visit calls f for every value that the path leads to, and says whether the path went through all elements of an array on the way.
// In a value that is no array, {} is the value itself.
func (d *document) visit(path []step, f func(*document)) (many bool) {
	if len(path) == 0 {
		f(d)
		return false
	}
	s, rest := path[0], path[1:]
	switch {
	case s.kind == stepName:
		if at := d.member(s.name); at >= 0 {
			return d.items[at].visit(rest, f)
		}
	case s.kind == stepIndex && d.kind == jsonArray && s.at < len(d.items):
		return d.items[s.at].visit(rest, f)
	case s.kind == stepEach && d.kind == jsonArray:
		for i := range d.items {
			d.items[i].visit(rest, f)
		}
		return true
	case s.kind == stepEach:
		return d.visit(rest, f)
	}
	return false
}

// at is what a path leads to: the one value, or an array of all.
func (d *document) at(path []step) (found document, ok bool) {
	all := document{kind: jsonArray}
	many := d.visit(path, func(x *document) { all.items = append(all.items, *x) })
	switch {
	case len(all.items) == 0:
		return document{}, false
	case many:
		return all, true
	}
	return all.items[0], true
}

// change calls f for every value that the path leads to, so that f may change it. Lists on the way are copied: a value may stand in
// several places.
func (d *document) change(path []step, f func(*document)) {
	if len(path) == 0 {
		f(d)
		return
	}
	s, rest := path[0], path[1:]
	switch {
	case s.kind == stepName:
		if at := d.member(s.name); at >= 0 {
			d.items = slices.Clone(d.items)
			d.items[at].change(rest, f)
		}
	case s.kind == stepIndex && d.kind == jsonArray && s.at < len(d.items):
		d.items = slices.Clone(d.items)
		d.items[s.at].change(rest, f)
	case s.kind == stepEach && d.kind == jsonArray:
		d.items = slices.Clone(d.items)
		for i := range d.items {
			d.items[i].change(rest, f)
		}
	case s.kind == stepEach:
		d.change(rest, f)
	}
}

// set puts a value where the path leads to. Members that do not exist are made; where the path does not fit nothing happens.
func (d *document) set(path []step, v document) {
	last := len(path)
	for last > 0 && path[last-1].kind == stepName {
		last--
	}
	d.change(path[:last], func(x *document) { x.setMembers(path[last:], v) })
}

// setMembers is set for a path of names.
func (d *document) setMembers(path []step, v document) {
	if len(path) == 0 {
		*d = v
		return
	}
	if d.kind != jsonObject {
		return
	}
	at := d.member(path[0].name)
	d.items = slices.Clone(d.items)
	if at < 0 {
		at = len(d.items)
		d.keys = append(d.keys[:at:at], path[0].name)
		d.items = append(d.items, document{kind: jsonObject})
	}
	d.items[at].setMembers(path[1:], v)
}

// remove takes away the members that the path leads to.
func (d *document) remove(path []step) {
	last := len(path) - 1
	if last < 0 || path[last].kind != stepName {
		return
	}
	d.change(path[:last], func(x *document) {
		for at := x.member(path[last].name); at >= 0; at = x.member(path[last].name) {
			x.keys, x.items = append(x.keys[:at:at], x.keys[at+1:]...), append(x.items[:at:at], x.items[at+1:]...)
		}
	})
}
