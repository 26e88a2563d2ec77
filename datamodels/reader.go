package datamodels

import (
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

const (
	nodeLimit  = 20_000 // nodes read from one document, aliases counted each time they are used
	depthLimit = 64     // datasets within datasets, merges within merges
	errorLimit = 100    // errors reported of one text
)

// reader reads one YAML text and collects what is wrong with it.
type reader struct {
	place
	errs   source.Errors
	budget int
	spent  bool // there are too many values or errors: the rest is not read
}

// report adds an error; after many, nothing more of the text is read.
func (r *reader) report(d *source.Diagnostic) *source.Diagnostic {
	if len(r.errs) < errorLimit {
		r.errs = append(r.errs, d)
	} else {
		r.spent = true
	}
	return d
}

func (r *reader) fail(n *yaml.Node, code, format string, args ...any) *source.Diagnostic {
	return r.report(source.Errorf(r.span(n), code, format, args...))
}

// follow is the node that n stands for. It counts towards the limit: an alias costs as much as what it repeats.
func (r *reader) follow(n *yaml.Node) (*yaml.Node, bool) {
	if r.budget--; r.budget == 0 {
		r.fail(n, "yaml-size", "more than %d values, those repeated by aliases included", nodeLimit)
		r.spent = true
	}
	if r.spent {
		return nil, false
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n, true
}

// scalar is the value of a node that must be plain text.
func (r *reader) scalar(n *yaml.Node) (value source.Span, ok bool) {
	n, ok = r.follow(n)
	if !ok {
		return source.Span{}, false
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.fail(n, "yaml-type", "a text is wanted here, not %s", describe(n))
		return source.Span{}, false
	}
	return r.span(n), true
}

func (r *reader) string(n *yaml.Node) string {
	value, _ := r.scalar(n)
	return value.String()
}

func (r *reader) boolean(n *yaml.Node) bool {
	if value, ok := r.scalar(n); ok {
		switch value.String() {
		case "true":
			return true
		case "false":
		default:
			r.fail(n, "yaml-type", "true or false is wanted here")
		}
	}
	return false
}

// strings are the values of a list of texts.
func (r *reader) strings(n *yaml.Node) []string {
	var all []string
	for _, value := range r.list(n) {
		all = append(all, value.String())
	}
	return all
}

// list is the values of a list of texts with their places; it is not nil.
func (r *reader) list(n *yaml.Node) []source.Span {
	all := []source.Span{}
	n, ok := r.follow(n)
	if !ok {
		return all
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(n, "yaml-type", "a list is wanted here, not %s", describe(n))
		return all
	}
	for _, c := range n.Content {
		if value, ok := r.scalar(c); ok {
			all = append(all, value)
		}
	}
	return all
}

// entries yields the keys and values of a mapping, those merged by `<<` last. A key that stands twice is an error.
func (r *reader) entries(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		r.walk(n, map[string]bool{}, 0, yield)
	}
}

func (r *reader) walk(n *yaml.Node, seen map[string]bool, depth int, yield func(key, value *yaml.Node) bool) bool {
	n, ok := r.follow(n)
	if !ok {
		return false
	}
	if n.Kind != yaml.MappingNode || depth > depthLimit {
		r.fail(n, "yaml-type", "a mapping is wanted here, not %s", describe(n))
		return true
	}
	var merged []*yaml.Node
	own := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if r.spent {
			return false
		}
		switch {
		case key.Tag == "!!merge":
			merged = append(merged, value)
			continue
		case key.Kind != yaml.ScalarNode:
			r.fail(key, "yaml-type", "a name is wanted here, not %s", describe(key))
			continue
		case own[key.Value]:
			r.fail(key, "yaml-duplicate", "`%s` stands here twice", key.Value)
			continue
		}
		own[key.Value] = true
		if seen[key.Value] {
			continue // what is written beats what is merged
		}
		seen[key.Value] = true
		if !yield(key, value) {
			return false
		}
	}
	for _, m := range merged {
		for _, part := range r.parts(m) {
			if !r.walk(part, seen, depth+1, yield) {
				return false
			}
		}
	}
	return true
}

// parts are the mappings that `<<` merges: one, or a list.
func (r *reader) parts(n *yaml.Node) []*yaml.Node {
	n, ok := r.follow(n)
	switch {
	case !ok:
		return nil
	case n.Kind == yaml.SequenceNode:
		return n.Content
	}
	return []*yaml.Node{n}
}

// shared holds that the pieces which others repeat are mappings or lists; what is in them is read where they are used.
func (r *reader) shared(n *yaml.Node) {
	for _, value := range r.entries(n) {
		if value.Kind == yaml.SequenceNode {
			continue
		}
		for range r.entries(value) {
		}
	}
}

// object hands each value of a mapping to the function for its key.
func (r *reader) object(n *yaml.Node, keys map[string]func(value *yaml.Node)) {
	for key, value := range r.entries(n) {
		if read, ok := keys[key.Value]; ok {
			read(value)
			continue
		}
		var known []string
		for k := range keys {
			known = append(known, k)
		}
		slices.Sort(known)
		d := r.fail(key, "yaml-key", "unknown key `%s`", key.Value)
		if d.Hint = source.Suggest(key.Value, known); d.Hint == "" {
			d.Hint = "known here: " + strings.Join(known, ", ")
		}
	}
}

func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null":
		return "nothing"
	}
	return "a text"
}
