package lint

import (
	"regexp"
	"slices"
	"strings"

	"spoor/engine"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// elsewhere is macros and lookups of Splunk Enterprise Security, which the rules of others use.
var elsewhere = []string{
	"get_asset", "get_identity4events", "get_notable_index", "notable",
	"asset_lookup_by_str", "asset_lookup_by_cidr", "identity_lookup_expanded", "interesting_ports_lookup", "interesting_processes_lookup",
	"interesting_services_lookup", "prohibited_processes_lookup",
}

var name = regexp.MustCompile(`\w+`)

// broughtElsewhere says whether a message is about one of these.
func broughtElsewhere(message string) bool {
	return slices.ContainsFunc(name.FindAllString(message, -1), func(word string) bool { return slices.Contains(elsewhere, word) })
}

// meant says whether what the compiler warns of is no doubt in the light of the whole rule: a field is missing because something else is wrong,
// or may be missing by intention, or a name with a dot joins two fields that there are.
func meant(d *source.Diagnostic, c engine.Compiled) bool {
	switch d.Code {
	case "unknown-field":
		return c.Errors.Failed() || c.Program != nil && optional(c.Program.Lowered, d.Span)
	case "joined-fields":
		return c.Program != nil && joins(c.Program, strings.Split(d.Span.String(), "."))
	}
	return false
}

// optional says whether a field stands where null is expected.
func optional(root plan.Node, at source.Span) (found bool) {
	calls(root, func(call *plan.Call) {
		if !slices.Contains([]string{"coalesce", "isnull", "isnotnull", "mvappend", "nullif"}, call.Func.Name) {
			return
		}
		for _, arg := range call.Args {
			f, is := arg.(*plan.Field)
			found = found || is && f.Span == at
		}
	})
	return found
}

// joins says whether the parts of a name are all fields: columns of the result, or names that stand by themselves elsewhere.
func joins(p *engine.Program, parts []string) bool {
	columns, _ := plan.Columns(p.Lowered)
	return !slices.ContainsFunc(parts, func(part string) bool {
		return !slices.Contains(columns, part) && !alone(p.Expanded.Body, part)
	})
}

// alone says whether a name stands in a query by itself, without dots around it.
func alone(query, field string) bool {
	return regexp.MustCompile(`(^|[^\w.])` + regexp.QuoteMeta(field) + `($|[^\w.])`).MatchString(query)
}
