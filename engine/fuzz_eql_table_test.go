package engine_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// What the start of a process tells of its other events.
var (
	asksOfElastic = strings.Fields("process.args process.args_count process.command_line process.interactive process.parent.args process.parent.args_count process.parent.command_line process.parent.entity_id" +
		" process.parent.executable process.parent.interactive process.parent.name process.parent.pid process.parent.working_directory process.working_directory")
	asksOfSysmon = strings.Fields("process.args process.args_count process.command_line process.entity_id process.parent.args process.parent.args_count process.parent.command_line process.parent.entity_id" +
		" process.parent.executable process.parent.name process.parent.pid process.parent.user.name process.working_directory")
)

func (d *document) starts() bool {
	return d.kind == "1" || d.kind == "ecs" && d.is("event.category", "process") &&
		(d.is("event.type", "start") || d.is("event.action", "fork") || d.is("event.action", "exec"))
}

func (d *document) ends() bool {
	return d.kind == "5" || d.kind == "ecs" && d.is("event.category", "process") && d.is("event.type", "end")
}

func (d *document) is(field, value string) bool { return slices.Contains(d.fields[field], value) }

// filled is the documents with what the starts of their processes say.
func filled(docs []document) []document {
	order := slices.Clone(docs)
	slices.SortFunc(order, func(a, b document) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.pos, b.pos)) })
	out := slices.Clone(docs)
	for i := range out {
		d := &out[i]
		asks := asksOfSysmon
		if d.kind == "ecs" {
			asks = asksOfElastic
		}
		if d.kind == "1" || d.kind == "ecs" && d.is("event.category", "process") {
			continue
		}
		start := startOf(d, order)
		if start == nil {
			continue
		}
		d.fields, d.lines = maps.Clone(d.fields), maps.Clone(d.lines)
		for _, name := range asks {
			if v := start.fields[name]; v != nil && d.fields[name] == nil {
				d.fields[name] = v
				if line, ok := start.lines[name]; ok {
					d.lines[name] = line
				}
			}
		}
	}
	return out
}

// startOf is the start of a document's process: by its entity id, the last one that is not later, or else the first; and by the process
// id, where a GUID says that Sysmon knew no better, only the last one that is not later, unless it ended a minute ago.
func startOf(d *document, order []document) *document {
	name := "process.entity_id"
	if d.fields[name] == nil {
		if name = "process.pid"; d.kind == "ecs" {
			return nil
		}
	}
	same := func(x *document) bool {
		return x.fields["host.id"] != nil && d.fields[name] != nil && x.fields[name] != nil && x.fields["host.id"][0] == d.fields["host.id"][0] && x.fields[name][0] == d.fields[name][0]
	}
	if d.fields["host.id"] == nil {
		return nil
	}
	var first, last *document
	ended := false
	for i := range order {
		x := &order[i]
		if !same(x) {
			continue
		}
		if x.starts() {
			if first == nil {
				first = x
			}
			if !x.at.After(d.at) {
				last, ended = x, false
			}
		}
		if x.ends() && last != nil && last != x && x.at.Before(d.at.Add(-time.Minute)) {
			ended = true
		}
	}
	if name == "process.pid" && ended {
		return nil
	}
	if last == nil && name == "process.entity_id" {
		return first
	}
	return last
}
