package bench

import "fmt"

// Workload is a question to logs.
type Workload struct {
	Name, Doc string
	counts    string                 // the column of the answer that is summed up
	args      func(d *Data) []string // nil: that cannot be asked of these logs
}

// Workloads is what is measured, in this order.
func Workloads() []Workload {
	return []Workload{
		{"selective", "restarts of services: few events hold one of the words, eight columns make a group", "count", search(selective)},
		{"group", "processes by name, parent and user: all process events, thousands of groups", "count", search(group)},
		{"process", "all events of one process by its id", "", process},
		{"distinct", "how many different command lines each host had in each hour", "dc(Processes.process)", search(distinct)},
		{"event", "a rule of EQL on single events", "", func(d *Data) []string { return over(d, "eql", event) }},
		{"sequence", "a rule of EQL on two events, with a process table", "", sequence},
		{"pack", "all rules that spoor brings along, in one pass", "", func(d *Data) []string { return pack(d, d.Pack) }},
		fewer(1), fewer(10), fewer(100),
		{"rules", "all the rules of --rules, in one pass", "", func(d *Data) []string { return pack(d, d.Rules) }},
	}
}

const (
	selective = `| tstats count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes` +
		` where Processes.process_name IN ("systemctl","service") OR Processes.process IN ("*systemctl*","*service*")` +
		` Processes.process IN ("*restart*","*start*","*enable*","*reload*")` +
		` by Processes.parent_process_name Processes.process_name Processes.parent_process Processes.process` +
		` Processes.process_id Processes.parent_process_id Processes.dest Processes.user`
	group    = `| tstats count min(_time) max(_time) from datamodel=Endpoint.Processes by Processes.process_name Processes.parent_process_name Processes.user`
	distinct = `| tstats dc(Processes.process) from datamodel=Endpoint.Processes by _time span=1h Processes.dest`
	event    = `process where event.type == "start" and process.name : ("systemctl", "service") and process.args : ("restart", "start", "enable", "reload")`
	newest   = `(EventID=1 ProcessGuid=*) OR process.entity_id=* | head 1 | table ProcessGuid process.entity_id`
)

func search(query string) func(*Data) []string {
	return func(d *Data) []string { return over(d, "search", query) }
}

func over(d *Data, command, query string) []string {
	return append([]string{command, "-q", "-o", "ndjson", query}, d.Paths...)
}

func process(d *Data) []string {
	return over(d, "search", fmt.Sprintf("%s=%q", d.IDField, d.ID))
}

func sequence(d *Data) []string {
	return append([]string{"eql", "-q", "-o", "ndjson", "-f", d.Sequence}, d.Paths...)
}

func pack(d *Data, rules string) []string {
	out := []string{"detect", "-q", "-o", "ndjson", rules}
	for _, p := range d.Paths {
		out = append(out, "--data", p)
	}
	return out
}
