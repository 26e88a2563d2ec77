package lookup

import (
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// readConf reads the lookups of a transforms.conf. Its other stanzas are none of ours.
func readConf(t *source.Text) (found []*Definition, doubts source.Errors) {
	var d *Definition
	end := func() {
		if d != nil && d.finish() {
			found = append(found, d)
		}
		d = nil
	}
	logical := ""
	at := 0
	for line := range strings.Lines(t.Body) {
		start := at
		at += len(line)
		text := strings.TrimRight(line, "\r\n")
		if cut, ok := strings.CutSuffix(text, `\`); ok {
			logical += cut
			continue
		}
		text, logical = strings.TrimSpace(logical+text), ""
		key, value, isPair := strings.Cut(text, "=")
		switch {
		case text == "" || text[0] == '#':
		case text[0] == '[':
			end()
			d = newDefinition(strings.TrimSuffix(text[1:], "]"))
		case isPair && d != nil:
			if err := d.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
				doubts = append(doubts, source.Warnf(t.Span(start, at-1), "bad-lookup", "lookup %s: %s", d.Name, err))
			}
		}
	}
	end()
	return found, doubts
}

// readYAML reads the lookup that a YAML file defines; nil if it defines none.
func readYAML(t *source.Text) (*Definition, source.Errors) {
	var keys map[string]yaml.Node
	if err := yaml.Unmarshal([]byte(t.Body), &keys); err != nil {
		return nil, source.Errors{source.Warnf(t.Span(0, 0), "bad-lookup", "this is no definition of a lookup: %s", err)}
	}
	name := keys["name"].Value
	if name == "" {
		name = strings.TrimSuffix(path.Base(t.Name), path.Ext(t.Name))
	}
	d := newDefinition(name)
	var doubts source.Errors
	order := make([]string, 0, len(keys))
	for key := range keys {
		order = append(order, key)
	}
	slices.Sort(order)
	for _, key := range order {
		node := keys[key]
		if err := d.set(key, strings.TrimSpace(scalar(&node))); err != nil {
			doubts = append(doubts, source.Warnf(t.Span(0, 0), "bad-lookup", "lookup %s: %s", name, err))
		}
	}
	if !d.finish() {
		return nil, doubts
	}
	return d, doubts
}

// scalar is the text of a value; a list is its items with commas.
func scalar(n *yaml.Node) string {
	if n.Kind != yaml.SequenceNode {
		return n.Value
	}
	items := make([]string, len(n.Content))
	for i, c := range n.Content {
		items[i] = c.Value
	}
	return strings.Join(items, ",")
}
