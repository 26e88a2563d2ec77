package datamodels

import (
	"fmt"
	"slices"
	"strings"

	"spoor/grammar/source"
)

// Unknown says that a name is none of the library's, and which might be meant.
type Unknown struct {
	Code    string // unknown-model, unmapped-model, unknown-dataset, which-dataset or unknown-field
	Message string
	Hint    string
}

// At is the error for the place where the name was written.
func (u *Unknown) At(span source.Span) *source.Diagnostic {
	return &source.Diagnostic{Severity: source.Error, Code: u.Code, Span: span, Message: u.Message, Hint: u.Hint}
}

// unfed are models of Splunk's other apps that detections search, which are not declared here.
var unfed = []string{"Identity_Management", "Incident_Management", "Threat_Intelligence", "UEBA"}

// Lookup finds the dataset that `datamodel=name` asks for: a model's name, if it has one root dataset, or that name and a
// dataset's, with or without the datasets above it (Authentication.Failed_Authentication, Network_Traffic.All_Traffic.Traffic_By_Action).
// A path without its model, as `nodename` has it, is understood too if it names more than one dataset.
func (l *Library) Lookup(name string) (*Dataset, *Unknown) {
	first, rest, dotted := strings.Cut(name, ".")
	m := l.model(first)
	switch {
	case m == nil && dotted:
		for _, m := range l.Models() {
			if d := m.find(name); d != nil {
				return d, nil
			}
		}
		return nil, l.unknownModel(first, rest)
	case m == nil:
		return nil, l.unknownModel(first, rest)
	case dotted:
		return l.Node(m, rest)
	case len(m.Roots) == 1:
		return m.Roots[0], nil
	}
	return nil, &Unknown{
		Code: "which-dataset", Message: fmt.Sprintf("data model `%s` has %d datasets", m.Name, len(m.Roots)),
		Hint: "say which: " + strings.Join(paths(m.Roots), ", "),
	}
}

// Node finds the dataset of a model that `nodename=path` asks for; the datasets above it may be left out.
func (l *Library) Node(m *Model, path string) (*Dataset, *Unknown) {
	if d := m.find(path); d != nil {
		return d, nil
	}
	var names []string
	all := m.Datasets()
	for _, d := range all {
		names = append(names, d.Path(), d.Name)
	}
	u := &Unknown{Code: "unknown-dataset", Message: fmt.Sprintf("data model `%s` has no dataset `%s`", m.Name, path)}
	if best := source.Closest(path, names); best != "" {
		u.Hint = fmt.Sprintf("did you mean `%s`?", m.find(best))
	} else {
		u.Hint = "its datasets: " + strings.Join(paths(all), ", ")
	}
	return nil, u
}

func (m *Model) find(path string) *Dataset {
	all := m.Datasets()
	for _, d := range all {
		if d.Path() == path {
			return d
		}
	}
	for _, d := range all {
		if d.Name == path {
			return d
		}
	}
	return nil
}

func paths(datasets []*Dataset) []string {
	var all []string
	for _, d := range datasets {
		all = append(all, d.String())
	}
	return all
}

func (l *Library) unknownModel(name, rest string) *Unknown {
	if slices.Contains(unfed, name) {
		return &Unknown{
			Code: "unmapped-model", Message: fmt.Sprintf("data model `%s` has no datasets here: no source here feeds it", name),
			Hint: "it can be added, with a mapping, as YAML",
		}
	}
	u := &Unknown{Code: "unknown-model", Message: fmt.Sprintf("unknown data model `%s`", name)}
	var names []string
	var dataset *Dataset // of the name; what stands at the top of its model is more likely meant
	for _, m := range l.Models() {
		names = append(names, m.Name)
		if d := m.find(name); d != nil && (dataset == nil || dataset.Parent != nil && d.Parent == nil) {
			dataset = d
		}
	}
	if dataset != nil {
		u.Hint = fmt.Sprintf("did you mean `%s`?", dataset)
		return u
	}
	best := source.Closest(name, append(slices.Clone(names), unfed...))
	switch {
	case best == "":
		u.Hint = "known: " + strings.Join(names, ", ")
	case l.models[best] != nil && rest != "":
		u.Hint = fmt.Sprintf("did you mean `%s.%s`?", best, rest)
	default:
		u.Hint = fmt.Sprintf("did you mean `%s`?", best)
	}
	return u
}

// Resolve finds the field that a search of the dataset names: its name after the dataset's, the path's, or an ancestor's
// (Processes.process_name, All_Traffic.Traffic_By_Action.src, All_Traffic.src).
func (d *Dataset) Resolve(name string) (*Field, *Unknown) {
	last := name
	if !d.ECS {
		last = name[strings.LastIndexByte(name, '.')+1:]
	}
	for of := d; of != nil; of = of.Parent {
		for _, prefix := range []string{of.Name, of.Path()} {
			rest, ok := strings.CutPrefix(name, prefix+".")
			if !ok {
				continue
			}
			if f := d.Field(rest); f != nil {
				return f, nil
			}
			if d.ECS {
				last = rest
			}
		}
	}
	u := &Unknown{Code: "unknown-field", Message: fmt.Sprintf("dataset `%s` has no field `%s`", d, name)}
	last = source.Closest(last, fieldNames(d))
	if last == "" {
		return nil, u
	}
	u.Hint = fmt.Sprintf("did you mean `%s`?", d.Field(last))
	return nil, u
}

func fieldNames(d *Dataset) []string {
	var names []string
	for _, f := range d.AllFields() {
		names = append(names, f.Name)
	}
	return names
}
