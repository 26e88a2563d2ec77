package witness

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// sysmonShapes is the forms that the n-th event may have in Sysmon's log. The events that know little of their process have a second one,
// with the event that started it beside them; helped leaves out the first.
func sysmonShapes(n int, helped bool) []*shape {
	out := []*shape{sysmonShape("1", n, false)}
	for _, id := range []string{"5", "3", "11", "23"} {
		if !helped {
			out = append(out, sysmonShape(id, n, false))
		}
		out = append(out, sysmonShape(id, n, true))
	}
	return out
}

// kinds is what is the same in all events of a number.
var kinds = map[string]map[string]string{
	"1":  {"event.category": "process", "event.type": "start", "event.action": "exec", "event.outcome": "success"},
	"3":  {"event.category": "network", "event.type": "start"},
	"5":  {"event.category": "process", "event.type": "end", "event.action": "end"},
	"11": {"event.category": "file", "event.type": "creation", "event.action": "creation"},
	"23": {"event.category": "file", "event.type": "deletion", "event.action": "deletion"},
}

func sysmonShape(id string, n int, helped bool) *shape {
	s := &shape{name: id, fixed: map[string][]string{
		"host.os.type": {"linux"}, "event.kind": {"event"}, "event.module": {"sysmon_linux"}, "event.code": {id},
	}}
	for field, value := range kinds[id] {
		s.fixed[field] = []string{value}
	}
	category := kinds[id]["event.category"]
	s.fixed["event.dataset"] = []string{"endpoint.events." + category}
	s.fixed["data_stream.dataset"] = s.fixed["event.dataset"]
	s.cells = append(s.cells,
		needed(plainCell("Computer", "host-1", "host.id", "host.name", "host.hostname", "agent.id")),
		needed(identityCell("Process", n, "process.")), imageCell("Image", "process."), plainCell("User", "", "user.name"),
		plainCell("RuleName", "", "rule.name"))
	switch id {
	case "3":
		s.cells = append(s.cells, networkCells()...)
	case "11", "23":
		s.cells = append(s.cells, fileCell())
	case "1":
		s.cells = append(s.cells, plainCell("LogonId", "", "user.id"))
	}
	if id == "1" || helped {
		for _, c := range startCells(n) {
			c.start = true
			s.cells = append(s.cells, c)
		}
	}
	if helped {
		s.name += " with its start"
	}
	return s
}

// startCells is what only the event that starts a process says.
func startCells(n int) []*cell {
	return []*cell{
		lineCell("CommandLine", "process."), plainCell("CurrentDirectory", "", "process.working_directory"),
		needed(identityCell("ParentProcess", 500+n, "process.parent.")), imageCell("ParentImage", "process.parent."),
		lineCell("ParentCommandLine", "process.parent."), plainCell("ParentUser", "", "process.parent.user.name"),
	}
}

func networkCells() []*cell {
	initiated := needed(&cell{name: "Initiated", fields: []string{"event.action", "network.direction"}})
	initiated.choices = func(*guess) [][]string { return [][]string{{"true"}, {"false"}} }
	initiated.show = func(content []string, d *document) {
		d.set("event.action", map[string]string{"true": "connection_attempted", "false": "connection_accepted"}[content[0]])
		d.set("network.direction", map[string]string{"true": "egress", "false": "ingress"}[content[0]])
	}
	return []*cell{
		initiated, plainCell("Protocol", "", "network.transport"), plainCell("DestinationPortName", "", "network.protocol"),
		plainCell("SourceIp", "", "source.ip"), plainCell("SourcePort", "", "source.port"), plainCell("SourceHostname", "", "source.domain"),
		plainCell("DestinationIp", "", "destination.ip"), plainCell("DestinationPort", "", "destination.port"),
		plainCell("DestinationHostname", "", "destination.domain"),
	}
}

func needed(c *cell) *cell {
	c.needed = true
	return c
}

// present is a text as Sysmon logs it, unless it says that there is none.
func present(text string) (string, bool) {
	return text, !slices.Contains([]string{"", "-", "(null)", "<unknown process>"}, text)
}

// plainCell is a text that several fields have as it is.
func plainCell(name, first string, fields ...string) *cell {
	c := &cell{name: name, fields: fields}
	c.choices = func(g *guess) [][]string {
		var out [][]string
		if first != "" {
			out = append(out, []string{first})
		}
		for _, f := range fields {
			if len(fields) == 1 || g.about(f) != nil {
				out = append(out, g.one(f)...)
			}
		}
		return out
	}
	c.show = func(content []string, d *document) {
		text, ok := present(content[0])
		if name == "LogonId" && text == "65535" || strings.HasSuffix(name, "Ip") && (text == "0.0.0.0" || text == "::") {
			ok = false
		}
		if name == "Protocol" || name == "DestinationPortName" {
			text = strings.ToLower(text)
		}
		for _, f := range fields {
			if ok {
				d.set(f, text)
			}
		}
	}
	return c
}

// identityCell is a GUID and a process id.
func identityCell(name string, n int, prefix string) *cell {
	entity, pid := prefix+"entity_id", prefix+"pid"
	c := &cell{name: name, fields: []string{entity, pid}}
	guid := fmt.Sprintf("{C9EB4A87-B9A5-6638-7963-08351%07x}", n)
	c.choices = func(g *guess) [][]string {
		out := [][]string{{guid, fmt.Sprint(1000 + n)}}
		for _, t := range g.texts(pid) {
			out = append(out, []string{guid, t})
		}
		for _, t := range g.texts(entity) {
			if guid, pid, ok := strings.Cut(t, ":"); ok {
				out = append(out, []string{"{" + guid + "}", pid})
			}
		}
		return out
	}
	c.show = func(content []string, d *document) {
		d.set(entity, strings.ToLower(strings.Trim(content[0], "{}"))+":"+content[1])
		d.set(pid, content[1])
	}
	return c
}

// imageCell is the path of a program.
func imageCell(name, prefix string) *cell {
	executable, base := prefix+"executable", prefix+"name"
	c := &cell{name: name, fields: []string{executable, base}}
	c.choices = func(g *guess) [][]string { return g.paths(executable, base, "/usr/bin/") }
	c.show = func(content []string, d *document) {
		if text, ok := present(content[0]); ok {
			d.set(executable, text)
			d.set(base, text[strings.LastIndex(text, "/")+1:])
		}
	}
	return c
}

// paths is contents of a cell for a path and the name at its end.
func (g *guess) paths(whole, base, folder string) [][]string {
	var out []string
	var wholes, bases []string
	if g.about(whole) != nil || g.about(base) == nil {
		wholes = g.texts(whole)
	}
	if g.about(base) != nil {
		bases = g.texts(base)
	}
	for _, b := range bases {
		out = append(out, folder+b, b)
	}
	out = append(out, wholes...)
	for _, w := range wholes[:min(len(wholes), mostCombinations)] {
		for _, b := range bases[:min(len(bases), mostContents)] {
			out = append(out, w+b, w[:strings.LastIndex(w, "/")+1]+b, w+"/"+b)
		}
	}
	var contents [][]string
	for _, t := range distinct(out) {
		contents = append(contents, []string{t})
	}
	for _, f := range []string{whole, base} {
		if g.about(f) != nil {
			return g.orAbsent(f, contents)
		}
	}
	return contents
}

// fileCell is the path of a file.
func fileCell() *cell {
	c := &cell{name: "TargetFilename", fields: []string{"file.path", "file.name", "file.extension", "file.directory"}}
	c.choices = func(g *guess) [][]string {
		out := g.paths("file.path", "file.name", "/zz/")
		for _, p := range slices.Clone(out) {
			for _, e := range g.texts("file.extension") {
				if p != nil && g.about("file.extension") != nil {
					out = append(out, []string{p[0] + "." + e}, []string{strings.TrimSuffix(p[0], path.Ext(p[0])) + "." + e})
				}
			}
		}
		return out
	}
	c.show = func(content []string, d *document) {
		text, ok := present(content[0])
		if !ok {
			return
		}
		slash := strings.LastIndex(text, "/")
		name := text[slash+1:]
		d.set("file.path", text)
		d.set("file.name", name)
		if dot := strings.LastIndex(name, "."); dot > 0 && dot < len(name)-1 {
			d.set("file.extension", name[dot+1:])
		}
		if slash >= 0 {
			d.set("file.directory", text[:max(slash, 1)])
		}
	}
	return c
}
