package finding

import (
	"regexp"
	"strings"

	"spoor/engine/column"
	"spoor/engine/rules"
)

// Entities is whom a finding concerns.
type Entities struct {
	Hosts     []string
	Users     []string
	Processes []Process
}

// Process is a process by what is known of it.
type Process struct {
	Host string // if the finding concerns just one
	ID   string // its ProcessGuid, or entity id; may be empty
	Name string // its program, or its command line; may be empty
}

// fields is the columns in which results name entities. Of a list the first that has a value counts.
type fields struct{ hosts, users, ids, names []string }

var (
	ecsFields = fields{
		hosts: []string{"host.name", "host.hostname", "host.id"},
		users: []string{"user.name", "user.id"},
		ids:   []string{"process.entity_id"},
		names: []string{"process.executable", "process.name", "process.command_line"},
	}
	cimFields = fields{
		hosts: []string{"dest", "dvc", "Computer", "ComputerName", "host"},
		users: []string{"user", "User", "src_user"},
		ids:   []string{"process_guid", "ProcessGuid"},
		names: []string{"process_path", "process_name", "process", "Image", "CommandLine"},
	}
)

// entitiesOf is the entities of a result: those that the rule itself names as risk and threat objects, or else what columns of well-known
// names hold, or else what the records say.
func entitiesOf(rule *rules.Rule, rows []Row, evidence Evidence) Entities {
	known := cimFields
	if rule.Language == rules.EQL {
		known = ecsFields
	}
	var e Entities
	for _, o := range rule.Risk.Objects {
		found, _ := values(rows, o.Field)
		switch o.Type {
		case "system":
			e.Hosts = added(e.Hosts, found)
		case "user":
			e.Users = added(e.Users, found)
		}
	}
	if len(e.Hosts) == 0 {
		e.Hosts = first(rows, known.hosts)
	}
	if len(e.Hosts) == 0 {
		for _, r := range evidence.Records {
			e.Hosts = added(e.Hosts, []string{r.Host})
		}
	}
	if len(e.Users) == 0 {
		e.Users = first(rows, known.users)
	}
	e.Processes = processesOf(rule, rows, known, evidence)
	if len(e.Hosts) == 1 {
		for i := range e.Processes {
			e.Processes[i].Host = e.Hosts[0]
		}
	}
	return e
}

// processesOf is the processes of a result. Of an event id and name belong together; a row of statistics has lists of both, which do not,
// unless there is just one process.
func processesOf(rule *rules.Rule, rows []Row, known fields, evidence Evidence) []Process {
	var out distinct[Process]
	for _, row := range rows {
		one := []Row{row}
		ids, names := first(one, known.ids), first(one, known.names)
		if len(names) == 0 {
			for _, o := range rule.Risk.Threats {
				if found, _ := values(one, o.Field); o.Type == "process" {
					names = added(names, found)
				}
			}
		}
		if guids := evidence.processes(); len(ids) == 0 && len(names) == 1 && len(guids) == 1 {
			ids = guids
		}
		switch {
		case len(ids) == 1 && len(names) <= 1:
			out.add(Process{ID: ids[0], Name: strings.Join(names, "")})
		case len(ids) > 0:
			for _, id := range ids {
				out.add(Process{ID: id})
			}
		default:
			for _, name := range names {
				out.add(Process{Name: name})
			}
		}
	}
	return out.list
}

// processes is the ids of the processes of all contributing records; none unless all records are at hand.
func (e Evidence) processes() []string {
	var out []string
	if e.Total > int64(len(e.Records)) {
		return nil
	}
	for _, r := range e.Records {
		out = added(out, []string{r.ProcessGUID})
	}
	return out
}

// first is the values of the first of some columns that has any. A column may stand under the name of its data set, as in Processes.dest.
func first(rows []Row, names []string) []string {
	for _, name := range names {
		if out := added(nil, columns(rows, name)); len(out) > 0 {
			return out
		}
	}
	return nil
}

// columns is the values of the columns of a name, with or without a data set's name in front.
func columns(rows []Row, name string) []string {
	if found, known := values(rows, name); known || strings.Contains(name, ".") {
		return found
	}
	var out []string
	for _, row := range rows {
		for i, full := range row.Names {
			set, field, ok := strings.Cut(full, ".")
			if ok && field == name && set != "" && set[0] >= 'A' && set[0] <= 'Z' {
				for _, item := range row.Values[i].Items() {
					out = append(out, item.String())
				}
			}
		}
	}
	return out
}

// added is the list with further entities, each once. Models fill gaps with unknown, and Sysmon with a hyphen: these name nobody.
func added(list, more []string) []string {
	all := distinct[string]{list: list}
	for _, text := range more {
		if text != "" && text != "-" && !strings.EqualFold(text, "unknown") {
			all.add(text)
		}
	}
	return all.list
}

var guid = regexp.MustCompile(`^\{?([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})\}?(:\d+)?$`)

// Key is the same for a process under Sysmon's ProcessGuid and under the entity id that ECS makes of it.
func (p Process) Key() string {
	if m := guid.FindStringSubmatch(p.ID); m != nil {
		return strings.ToLower(m[1])
	}
	return p.ID
}

// String is the process as people read it.
func (p Process) String() string {
	switch {
	case p.Name == "":
		return p.ID
	case p.ID == "":
		return p.Name
	}
	return p.Name + " (" + p.ID + ")"
}

// Shared is what all events of a sequence have in common, as the shell of Kibana's alerts has it: equal values, and of lists those that
// are in all of them.
func Shared(rows []Row) Row {
	if len(rows) == 0 {
		return Row{}
	}
	out := Row{}
	for i, name := range rows[0].Names {
		common := rows[0].Values[i].Items()
		for _, row := range rows[1:] {
			other, _ := row.Get(name)
			common = inBoth(common, other.Items())
		}
		if v := column.Multi(common); !v.IsNull() {
			out.Names = append(out.Names, name)
			out.Values = append(out.Values, v)
		}
	}
	return out
}

func inBoth(a, b []column.Value) []column.Value {
	type cell struct {
		kind column.Kind
		text string
	}
	other := make(map[cell]bool, len(b))
	for _, v := range b {
		other[cell{v.Kind(), v.String()}] = true
	}
	var out []column.Value
	for _, v := range a {
		if other[cell{v.Kind(), v.String()}] {
			out = append(out, v)
		}
	}
	return out
}
