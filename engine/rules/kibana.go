package rules

// kibana is the rules of an export: a value for each rule, each exception and each list of them, and one for what was exported.
func (d *document) kibana(values []*value) []*Rule {
	var out []*Rule
	wanted := map[*Rule][]string{} // the lists of a rule
	items := map[string][]Exception{}
	said := -1
	for _, v := range values {
		f := d.reader(v, "")
		switch {
		case f.has("rule_id") && f.has("type"):
			r := d.elastic(f)
			r.Format = Kibana
			r.Created, r.Updated = f.text("created_at"), f.text("updated_at")
			for _, i := range f.tables("related_integrations") {
				r.Integrations = append(r.Integrations, i.text("package"))
			}
			for _, field := range f.tables("required_fields") {
				r.Required = append(r.Required, field.text("name"))
			}
			for _, l := range f.tables("exceptions_list") {
				wanted[r] = append(wanted[r], l.text("list_id"))
			}
			out = append(out, r)
		case f.has("item_id"):
			e := exception(f)
			items[e.List] = append(items[e.List], e)
		case f.has("exported_rules_count"):
			said = f.integer("exported_rules_count")
		}
	}
	if said >= 0 && said != len(out) {
		d.problem(d.file.Span(0, 0), "rule-count", "the export says that it has %d rules, and has %d", said, len(out)).WithHint("it may have been cut off")
	}
	for _, r := range out {
		for _, l := range wanted[r] {
			if items[l] == nil {
				d.problem(r.At, "no-exceptions", "the exceptions %s of %q are not in the export", short(l), r.Name).WithHint("export the rule together with its exceptions")
			}
			r.Exceptions = append(r.Exceptions, items[l]...)
		}
	}
	return out
}

func exception(f *reader) Exception {
	return Exception{List: f.text("list_id"), ID: f.text("item_id"), Name: f.text("name"), Expires: f.text("expire_time"), Entries: entries(f.tables("entries"), 0)}
}

// entries reads the conditions of an exception, of which a nested one has some of its own.
func entries(list []*reader, depth int) []Entry {
	var out []Entry
	for _, f := range list {
		e := Entry{Field: f.text("field"), Type: f.text("type"), Excluded: f.text("operator") == "excluded"}
		switch {
		case e.Type == "list":
			e.Values = []string{f.table("list").text("id")}
		case e.Type == "nested" && depth == 0:
			e.Entries = entries(f.tables("entries"), depth+1)
		default:
			e.Values = f.texts("value")
		}
		out = append(out, e)
	}
	return out
}
