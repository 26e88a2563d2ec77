package datamodels

func (c *codec) library(l *Library) {
	models, sources := l.Models(), l.Sources()
	list(c, &models, c.model)
	list(c, &sources, c.source)
	if c.write {
		return
	}
	for _, m := range models {
		l.models[m.Name] = m
	}
	for _, s := range sources {
		l.sources[s.Name] = s
		for _, k := range s.Kinds {
			l.kinds[k.Name] = k
		}
	}
}

func (c *codec) model(at **Model) {
	if !c.write {
		*at = &Model{}
	}
	m := *at
	c.text(&m.Name)
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
	list(c, &s.Fields, c.rawField)
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
	list(c, &k.Fields, c.rawField)
	list(c, &k.own, c.rawField)
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

func (c *codec) rawField(f *RawField) {
	c.text(&f.Name)
	c.text(&f.Type)
	c.bool(&f.Multivalue)
}
