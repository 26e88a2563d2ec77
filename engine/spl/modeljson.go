package spl

import (
	"encoding/json"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// modelText, datasetText and fieldText are how data models are shown: as JSON, under the names that Splunk has for these things.
type modelText struct {
	Name        string        `json:"modelName"`
	Description string        `json:"description,omitempty"`
	Datasets    []datasetText `json:"objects"`
}

type datasetText struct {
	Name        string      `json:"objectName"`
	Description string      `json:"comment,omitempty"`
	Parent      string      `json:"parentName"`
	Lineage     string      `json:"lineage"`
	Condition   string      `json:"constraint,omitempty"`
	Fields      []fieldText `json:"fields"`
}

type fieldText struct {
	Name       string `json:"fieldName"`
	Type       string `json:"type"`
	Owner      string `json:"owner"`
	Multivalue bool   `json:"multivalue"`
}

func describeModel(m *datamodels.Model) modelText {
	out := modelText{Name: m.Name, Description: m.Doc, Datasets: []datasetText{}}
	for _, d := range m.Datasets() {
		out.Datasets = append(out.Datasets, describeDataset(d))
	}
	return out
}

func describeDataset(d *datamodels.Dataset) datasetText {
	out := datasetText{Name: d.Name, Description: d.Doc, Parent: "BaseEvent", Lineage: d.Path(), Fields: []fieldText{}}
	if d.Parent != nil {
		out.Parent = d.Parent.Name
	}
	if !d.Where.IsZero() {
		out.Condition = d.Where.String()
	}
	for _, f := range d.AllFields() {
		out.Fields = append(out.Fields, fieldText{f.Name, f.Type, f.Dataset.Path(), f.Multivalue})
	}
	return out
}

// described is a row for each of some things, with its JSON as _raw.
func described(things ...any) plan.Node {
	values := make([]column.Value, len(things))
	for i, thing := range things {
		text, _ := json.Marshal(thing) // texts and truth values can always be written
		values[i] = column.Str(string(text))
	}
	return &plan.Rows{Names: []string{"_raw"}, Cols: []column.Vector{column.FromValues(values)}, N: len(values)}
}

// listed is what `| datamodel` shows with less than three words: all models, one of them, or a dataset of it; nil if there is none.
func (p *planner) listed(c *args, names []string) plan.Node {
	if len(names) == 2 {
		d, unknown := p.Models.Lookup(names[0] + "." + names[1])
		if unknown != nil {
			p.report(unknown.At(c.c.At()))
			return nil
		}
		return described(describeDataset(d))
	}
	var all []any
	for _, m := range p.Models.Models() {
		if len(names) == 0 || names[0] == m.Name {
			all = append(all, describeModel(m))
		}
	}
	if len(all) == 0 && len(names) == 1 {
		_, unknown := p.Models.Lookup(names[0])
		if unknown != nil {
			p.report(unknown.At(c.c.At()))
		}
		return nil
	}
	return described(all...)
}
