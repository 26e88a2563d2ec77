package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// filter is the condition of a filter of Kibana's, which is a query of Elasticsearch's with what Kibana knows of it; empty if it is turned off.
func (w eqlWriter) filter(text string) (string, error) {
	var f struct {
		Meta  struct{ Disabled, Negate bool }
		Query map[string]any
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return "", errors.New("which is no filter of Kibana's")
	}
	if f.Meta.Disabled {
		return "", nil
	}
	if f.Query == nil { // as Kibana wrote it once
		var bare map[string]any
		if err := json.Unmarshal([]byte(text), &bare); err != nil {
			return "", err
		}
		delete(bare, "meta")
		delete(bare, "$state")
		f.Query = bare
	}
	out, err := w.query(f.Query)
	if err == nil && f.Meta.Negate {
		out = "not " + out
	}
	return out, err
}

// query is the condition of a query of Elasticsearch's that has no score.
func (w eqlWriter) query(q map[string]any) (string, error) {
	if len(q) != 1 {
		return "", errors.New("whose query is none of a single kind")
	}
	kind := slices.Collect(maps.Keys(q))[0]
	body, _ := q[kind].(map[string]any)
	switch kind {
	case "match_all":
		return "true", nil
	case "bool":
		return w.boolean(body)
	case "exists":
		if name, ok := body["field"].(string); ok {
			return w.exists(name), nil
		}
	case "match", "match_phrase", "term", "terms", "wildcard", "prefix", "range":
		if len(body) == 1 {
			name := slices.Collect(maps.Keys(body))[0]
			return w.about(kind, name, body[name])
		}
	}
	return "", fmt.Errorf("whose query is of the kind %s", kind)
}

// about is the condition of a query about one field.
func (w eqlWriter) about(kind, name string, body any) (string, error) {
	values, ok := scalars(body)
	if !ok {
		return "", fmt.Errorf("whose query %s of %s has no plain value", kind, name)
	}
	switch kind {
	case "range":
		return w.bounds(name, body)
	case "wildcard":
		return w.like(name, values), nil
	case "prefix":
		if strings.ContainsAny(values[0], "*?") {
			return "", fmt.Errorf("whose prefix of %s has * or ? in it", name)
		}
		return w.like(name, []string{values[0] + "*"}), nil
	}
	return w.equal(name, values), nil
}

// scalars is the values in the body of a query about a field: itself, or what it has under query or value.
func scalars(body any) (out []string, ok bool) {
	switch b := body.(type) {
	case []any:
		for _, v := range b {
			one, ok := scalars(v)
			if !ok {
				return nil, false
			}
			out = append(out, one...)
		}
		return out, len(out) > 0
	case map[string]any:
		for _, key := range []string{"query", "value", "gte", "gt", "lte", "lt"} {
			if v, has := b[key]; has {
				return scalars(v)
			}
		}
		return nil, false
	case nil:
		return nil, false
	}
	return []string{fmt.Sprint(body)}, true
}

// bounds is the condition of a range of numbers.
func (w eqlWriter) bounds(name string, body any) (string, error) {
	limits, _ := body.(map[string]any)
	field, _ := w.field(name)
	var parts []string
	for _, l := range []struct{ key, operator string }{{"gte", ">="}, {"gt", ">"}, {"lte", "<="}, {"lt", "<"}} {
		switch v := limits[l.key].(type) {
		case nil:
		case float64:
			parts = append(parts, fmt.Sprintf("(%s %s %v)", field, l.operator, v))
		default:
			return "", fmt.Errorf("whose range of %s is none of numbers", name)
		}
	}
	if parts == nil {
		return "", fmt.Errorf("whose range of %s has no bounds", name)
	}
	return joined(parts, "and"), nil
}

// boolean is the condition of several queries.
func (w eqlWriter) boolean(body map[string]any) (string, error) {
	var parts []string
	least, said := body["minimum_should_match"]
	if n := fmt.Sprint(least); said && n != "1" {
		return "", fmt.Errorf("of whose queries %s shall hold", n)
	}
	for _, key := range []string{"must", "filter", "should", "must_not"} {
		list, err := w.queries(body[key])
		switch {
		case err != nil:
			return "", err
		case len(list) == 0:
		case key == "must_not":
			parts = append(parts, "not "+joined(list, "or"))
		case key != "should":
			parts = append(parts, joined(list, "and"))
		case said || parts == nil: // else they only matter to the score
			parts = append(parts, joined(list, "or"))
		}
	}
	if parts == nil {
		return "true", nil
	}
	return joined(parts, "and"), nil
}

// queries is the conditions of a list of queries, or of a single one.
func (w eqlWriter) queries(list any) (out []string, err error) {
	all, ok := list.([]any)
	if !ok && list != nil {
		all = []any{list}
	}
	for _, one := range all {
		q, _ := one.(map[string]any)
		text, err := w.query(q)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}
