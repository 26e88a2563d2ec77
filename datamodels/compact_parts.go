package datamodels

import (
	"encoding/binary"
	"slices"
	"sync"
)

func (c *codec) library(l *Library) {
	models, sources := l.Models(), l.Sources()
	c.models(l, models)
	list(c, &sources, c.source)
	if c.write {
		return
	}
	for _, s := range sources {
		l.sources[s.Name] = s
		for _, k := range s.Kinds {
			l.kinds[k.Name] = k
		}
	}
}

// models treats each model apart: it is read when somebody asks for it.
func (c *codec) models(l *Library, models []*Model) {
	n := uint64(len(models))
	c.uint(&n)
	for i := range n {
		if c.write {
			c.text(&models[i].Name)
			before := c.out
			c.out = nil
			c.model(models[i])
			c.out = append(binary.AppendUvarint(before, uint64(len(c.out))), c.out...)
			continue
		}
		m := &Model{}
		c.text(&m.Name)
		one := &codec{in: c.cut(int(c.next())), words: c.words, files: c.files}
		l.models[m.Name] = sync.OnceValue(func() *Model {
			one.model(m)
			return m
		})
	}
}

func (c *codec) model(m *Model) {
	c.text(&m.Doc)
	c.span(&m.Origin)
	list(c, &m.Roots, func(d **Dataset) { c.dataset(d, m.Name, nil) })
}

func (c *codec) dataset(at **Dataset, model string, parent *Dataset) {
	if !c.write {
		*at = &Dataset{Model: model, Parent: parent}
	}
	d := *at
	c.text(&d.Name)
	c.text(&d.Doc)
	c.span(&d.Origin)
	c.span(&d.Where)
	c.bool(&d.ECS)
	list(c, &d.Inputs, c.text)
	c.fields(d)
	list(c, &d.Children, func(child **Dataset) { c.dataset(child, model, d) })
}

// fields treats a dataset's fields, which lie side by side when they were read.
func (c *codec) fields(d *Dataset) {
	var all []Field
	for _, f := range d.Fields {
		all = append(all, *f)
	}
	list(c, &all, func(f *Field) {
		c.text(&f.Name)
		c.text(&f.Doc)
		c.span(&f.Origin)
		c.text(&f.Type)
		c.bool(&f.Multivalue)
		c.span(&f.Default)
		list(c, &f.Expected, c.text)
	})
	if c.write {
		return
	}
	d.named = make(map[string]*Field, len(all))
	if all != nil {
		d.Fields = make([]*Field, len(all))
	}
	for i := range all {
		all[i].Dataset = d
		d.Fields[i], d.named[all[i].Name] = &all[i], &all[i]
	}
}

func (c *codec) source(at **Source) {
	if !c.write {
		*at = &Source{}
	}
	s := *at
	c.text(&s.Name)
	c.text(&s.Doc)
	c.span(&s.Origin)
	c.text(&s.Sourcetype)
	c.text(&s.Source)
	c.bool(&s.Open)
	c.rawFields(&s.Fields)
	list(c, &s.Kinds, func(k **Kind) { c.kind(k, s) })
}

func (c *codec) kind(at **Kind, of *Source) {
	if !c.write {
		*at = &Kind{Source: of}
	}
	k := *at
	c.text(&k.Name)
	c.text(&k.Title)
	c.text(&k.Doc)
	c.span(&k.Origin)
	c.rawFields(&k.Fields)
	c.rawFields(&k.own)
	c.bool(&k.Open)
	keyed(c, &k.Const, c.text)
	keyed(c, &k.Mappings, func(l *[]Assign) {
		list(c, l, func(a *Assign) {
			c.text(&a.Field)
			c.span(&a.At)
			c.span(&a.Expr)
		})
	})
	keyed(c, &k.mapped, c.span)
	keyed(c, &k.asIs, c.bool)
	c.span(&k.Starts)
	c.span(&k.Ends)
	list(c, &k.Asks, c.text)
	list(c, &k.asked, c.span)
}

// rawFields treats a list that many kinds have in common: it stands in the form where it is met first.
func (c *codec) rawFields(l *[]RawField) {
	same := func(other []RawField) bool { return (other == nil) == (*l == nil) && slices.Equal(other, *l) }
	n := uint64(len(c.lists))
	if c.write {
		if at := slices.IndexFunc(c.lists, same); at >= 0 {
			n = uint64(at)
		}
	}
	if c.uint(&n); n < uint64(len(c.lists)) {
		*l = c.lists[n]
		return
	}
	list(c, l, func(f *RawField) {
		c.text(&f.Name)
		c.text(&f.Type)
		c.bool(&f.Multivalue)
	})
	c.lists = append(c.lists, *l)
}
