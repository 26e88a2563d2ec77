package attack

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Coverage is what a pack of rules has to do with a technique. Rules go by what they are to be called in the layer.
type Coverage struct {
	Technique string
	Covered   []string // the rules that look for it
	Able      []string // those of them that can fire on the data
	Hits      int      // findings
}

// Layer is a layer for the ATT&CK Navigator, in its format 4.5. A technique has the colour and the score of the best that can be said of
// it: a rule covers it (1), one could have fired (2), there are findings (3).
type Layer struct {
	Name        string
	Description string
	Coverage    []Coverage
}

// grades are what a technique's score means, from 1.
var grades = []struct{ color, label string }{
	{"#d3d9de", "covered by a rule, which cannot fire on this data"},
	{"#8ec5ff", "a rule can fire on this data"},
	{"#ff6b5e", "there are findings"},
}

func (c *Coverage) score() int {
	switch {
	case c.Hits > 0:
		return 3
	case len(c.Able) > 0:
		return 2
	}
	return 1
}

// The shapes of the format. Fields stand in the order of its specification.
type (
	layerFile struct {
		Name        string           `json:"name"`
		Versions    layerVersions    `json:"versions"`
		Domain      string           `json:"domain"`
		Description string           `json:"description"`
		Techniques  []layerTechnique `json:"techniques"`
		Gradient    layerGradient    `json:"gradient"`
		Legend      []layerLegend    `json:"legendItems"`
	}
	layerVersions struct {
		Attack    string `json:"attack"`
		Navigator string `json:"navigator"`
		Layer     string `json:"layer"`
	}
	layerTechnique struct {
		ID       string          `json:"techniqueID"`
		Score    int             `json:"score,omitempty"`
		Color    string          `json:"color,omitempty"`
		Comment  string          `json:"comment,omitempty"`
		Enabled  bool            `json:"enabled"`
		Metadata []layerMetadata `json:"metadata,omitempty"`
		Subs     bool            `json:"showSubtechniques"`
	}
	layerMetadata struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	layerGradient struct {
		Colors []string `json:"colors"`
		Min    int      `json:"minValue"`
		Max    int      `json:"maxValue"`
	}
	layerLegend struct {
		Label string `json:"label"`
		Color string `json:"color"`
	}
)

// Write writes the layer. It returns the techniques that are not in it because the release does not know them.
func (l *Layer) Write(w io.Writer) (unknown []string, err error) {
	major, _, _ := strings.Cut(Release(), ".")
	file := layerFile{
		Name: l.Name, Domain: "enterprise-attack", Description: l.Description,
		Versions: layerVersions{Attack: major, Navigator: "5.1.0", Layer: "4.5"},
		Gradient: layerGradient{Min: 1, Max: len(grades)},
	}
	for _, g := range grades {
		file.Gradient.Colors = append(file.Gradient.Colors, g.color)
		file.Legend = append(file.Legend, layerLegend{Label: g.label, Color: g.color})
	}
	known, unknown := merge(l.Coverage)
	file.Techniques = cells(known)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return unknown, e.Encode(file)
}

// merge is what is said of each technique of the release; revoked ones count for those that took their place.
func merge(list []Coverage) (known map[string]*Coverage, unknown []string) {
	known = map[string]*Coverage{}
	for _, c := range list {
		t, ok := Resolve(c.Technique)
		if !ok {
			unknown = append(unknown, c.Technique)
			continue
		}
		into := known[t.ID]
		if into == nil {
			into = &Coverage{Technique: t.ID}
			known[t.ID] = into
		}
		into.Covered = union(into.Covered, c.Covered)
		into.Able = union(into.Able, c.Able)
		into.Hits += c.Hits
	}
	slices.Sort(unknown)
	return known, slices.Compact(unknown)
}

// union is the names of both, each once, in order.
func union(a, b []string) []string {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// cells is the techniques as they stand in the layer, by id. A technique opens to show those of its sub-techniques that are there.
func cells(known map[string]*Coverage) []layerTechnique {
	opened := map[string]bool{}
	ids := slices.Collect(maps.Keys(known))
	for id := range known {
		if parent := Parent(id); parent != "" {
			if known[parent] == nil && !opened[parent] {
				ids = append(ids, parent)
			}
			opened[parent] = true
		}
	}
	slices.Sort(ids)
	out := []layerTechnique{}
	for _, id := range ids {
		cell := layerTechnique{ID: id, Enabled: true, Subs: opened[id]}
		if c := known[id]; c != nil {
			cell.Score = c.score()
			cell.Color = grades[cell.Score-1].color
			cell.Comment = fmt.Sprintf("%d covering, %d able to fire, %d findings", len(c.Covered), len(c.Able), c.Hits)
			cell.Metadata = c.metadata()
		}
		out = append(out, cell)
	}
	return out
}

// metadata names the rules.
func (c *Coverage) metadata() []layerMetadata {
	var out []layerMetadata
	for _, rule := range c.Able {
		out = append(out, layerMetadata{Name: "able to fire", Value: rule})
	}
	for _, rule := range c.Covered {
		if !slices.Contains(c.Able, rule) {
			out = append(out, layerMetadata{Name: "cannot fire", Value: rule})
		}
	}
	return out
}
