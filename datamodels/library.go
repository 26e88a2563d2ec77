package datamodels

import (
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// Library is a set of models and sources that fit together: every mapping leads to a dataset and its fields.
type Library struct {
	models  map[string]func() *Model // models that are brought along are read when they are asked for
	sources map[string]*Source
	kinds   map[string]*Kind
}

var builtin = sync.OnceValue(func() *Library { return decode(compact) })

// Builtin is a new library with the models and sources that spoor brings along.
func Builtin() *Library { return builtin().clone() }

// clone shares models and sources, which never change once in a library.
func (l *Library) clone() *Library {
	c := &Library{models: maps.Clone(l.models), sources: maps.Clone(l.sources), kinds: maps.Clone(l.kinds)}
	if c.models == nil {
		c.models, c.sources, c.kinds = map[string]func() *Model{}, map[string]*Source{}, map[string]*Kind{}
	}
	return c
}

// Models are all models, by name.
func (l *Library) Models() []*Model {
	var all []*Model
	for _, m := range sorted(l.models) {
		all = append(all, m())
	}
	return all
}

// model is the model of the name, or nil.
func (l *Library) model(name string) *Model {
	if m := l.models[name]; m != nil {
		return m()
	}
	return nil
}

// Sources are all sources, by name.
func (l *Library) Sources() []*Source { return sorted(l.sources) }

// Feeds are the kinds whose events are rows of the dataset or, for a child, of its root; sources by name, kinds in their order.
func (l *Library) Feeds(d *Dataset) []*Kind {
	var kinds []*Kind
	for _, s := range l.Sources() {
		for _, k := range s.Kinds {
			if _, ok := k.Mapping(d); ok {
				kinds = append(kinds, k)
			}
		}
	}
	return kinds
}

func sorted[T any](all map[string]T) []T {
	var list []T
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[name])
	}
	return list
}

// Load adds what the files *.yml and *.yaml below fsys declare, in the order of their paths; name is the folder's name in errors.
// A dataset replaces one of the same model and name, a mapping one of the same kind and dataset; what else a file says of a
// source or a kind replaces what was said before. On errors the library stays as it was, and all of them are reported.
func (l *Library) Load(fsys fs.FS, name string) source.Errors {
	var texts []*source.Text
	var errs source.Errors
	_ = fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		full := path.Join(name, file)
		if ext := path.Ext(file); err == nil && (entry.IsDir() || ext != ".yml" && ext != ".yaml") {
			return nil
		}
		var t *source.Text
		if err == nil {
			t, err = source.ReadFile(fsys, file, full)
		}
		if err != nil {
			errs = append(errs, unreadable(full, err))
			return nil
		}
		texts = append(texts, t)
		return nil
	})
	next := &loader{Library: l.clone(), errs: errs, seen: map[string]source.Span{}}
	for _, t := range texts {
		next.read(t)
	}
	if !next.errs.Failed() {
		next.check()
	}
	if !next.errs.Failed() {
		next.fill()
		*l = *next.Library
	}
	return next.errs[:min(len(next.errs), errorLimit)]
}

// loader adds documents to a library that nobody sees before all of them fit together.
type loader struct {
	*Library
	errs source.Errors
	seen map[string]source.Span // what the documents of this call declare
}

func (l *loader) read(t *source.Text) {
	r := &reader{place: newPlace(t), budget: nodeLimit}
	for d := yaml.NewDecoder(strings.NewReader(t.Body)); ; {
		var doc yaml.Node
		err := d.Decode(&doc)
		if err == io.EOF {
			break
		}
		if err != nil {
			r.report(r.syntax(err))
			break
		}
		l.document(r, doc.Content[0])
	}
	l.errs = append(l.errs, r.errs...)
}

// syntax is the YAML parser's complaint at the line that it names.
func (r *reader) syntax(err error) *source.Diagnostic {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		number, what, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			line, message = n, what
		}
	}
	return source.Errorf(r.broken(line), "yaml-syntax", "%s", message)
}

func (l *loader) document(r *reader, doc *yaml.Node) {
	if doc.Kind == yaml.MappingNode {
		for i := 0; i < len(doc.Content); i += 2 {
			switch doc.Content[i].Value {
			case "model":
				l.addModel(r, r.model(doc))
				return
			case "source":
				l.addSource(r, r.source(doc))
				return
			}
		}
	}
	r.fail(doc, "yaml-key", "neither `model: NAME` nor `source: NAME`: a document declares one of them")
}

func unreadable(name string, err error) *source.Diagnostic {
	return source.Errorf(source.Span{}, "model-file", "cannot read data models of %s: %s", name, source.Reason(err))
}
