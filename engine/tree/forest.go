package tree

import (
	"cmp"
	"slices"
	"strings"

	"spoor/engine/column"
)

// Forest is the processes of hosts.
type Forest struct {
	hosts map[string]*host
	texts map[string]string // each repeated text once
}

// host is the processes of one host. They are linked when all events are in, for these may come in any order.
type host struct {
	id, name string
	byID     map[string]*process
	rest     []*process // without an id: one for each start event
	loose    []loose
	byPID    map[int64][]*process // by start
	linked   bool
}

// process is a Process with its place among the others.
type process struct {
	id       string
	pid      int64
	parentID string
	ppid     int64
	parent   image // what its start event says of the parent
	image
	started, ended int64
	seen           int64 // its first event
	execAt         int64 // the start event that the image is from
	known          bool
	acts           []Act

	above    *process
	children []*process
}

// image is the program of a process, and who runs it.
type image struct{ name, executable, commandLine, user string }

// loose is an event of a process that has no id.
type loose struct {
	pid   int64
	at    int64
	ended bool
	image image
	act   *Act
}

// NewForest is a forest without events.
func NewForest() *Forest { return &Forest{hosts: map[string]*host{}, texts: map[string]string{}} }

// Empty says whether there are no events in it.
func (f *Forest) Empty() bool { return len(f.hosts) == 0 }

// Add takes in a batch of events. The batch is not kept.
func (f *Forest) Add(b *column.Batch) {
	cols := make(map[string]column.Vector, len(Fields))
	for _, name := range Fields {
		cols[name] = b.Col(name)
	}
	for row := range b.Rows {
		f.add(&event{cols, row, f})
	}
}

// event is one row.
type event struct {
	cols   map[string]column.Vector
	row    int
	forest *Forest
}

// text is a field's value, or "".
func (e *event) text(field string) string {
	v := e.cols[field].Value(e.row)
	if v.IsNull() {
		return ""
	}
	s := column.Format(v.Items()[0], nil)
	if known, ok := e.forest.texts[s]; ok {
		return known
	}
	s = strings.Clone(s) // the batch's texts go with it
	if len(s) <= longText {
		e.forest.texts[s] = s
	}
	return s
}

// longText is how long a text may be that is likely to come again.
const longText = 64

func (e *event) number(field string) int64 {
	if n, ok := e.cols[field].Value(e.row).Number(); ok {
		return int64(n)
	}
	return -1
}

// has says whether one of a field's values is the word.
func (e *event) has(field, word string) bool {
	return slices.ContainsFunc(e.cols[field].Value(e.row).Items(), func(v column.Value) bool { return v.Text() == word })
}

func (e *event) image() image {
	i := e.program("process.")
	i.user = e.text("user.name")
	return i
}

func (e *event) program(prefix string) image {
	return image{name: e.text(prefix + "name"), executable: e.text(prefix + "executable"), commandLine: e.text(prefix + "command_line")}
}

func (e *event) endpoint(side string) string {
	ip, port := e.text(side+".ip"), e.text(side+".port")
	if ip == "" || port == "" {
		return ip
	}
	if strings.Contains(ip, ":") {
		ip = "[" + ip + "]"
	}
	return ip + ":" + port
}

func (f *Forest) add(e *event) {
	at, ok := e.cols["@timestamp"].Value(e.row).Instant()
	if !ok {
		return
	}
	id := cmp.Or(e.text("host.id"), e.text("host.name"))
	h := f.hosts[id]
	if h == nil {
		h = &host{id: id, name: e.text("host.name"), byID: map[string]*process{}}
		f.hosts[id] = h
	}
	h.add(e, at)
}

// add files an event under its process.
func (h *host) add(e *event, at int64) {
	id, pid := e.text("process.entity_id"), e.number("process.pid")
	if id == "" && pid < 0 {
		return
	}
	ofProcess := e.has("event.category", "process")
	starts := ofProcess && e.has("event.type", "start") && !e.has("event.action", "load_module")
	ends := ofProcess && e.has("event.type", "end")
	act := e.act(at)
	var p *process
	switch {
	case id != "":
		if p = h.byID[id]; p == nil {
			p = newProcess(id, pid)
			h.byID[id] = p
		}
	case starts:
		p = newProcess("", pid)
		h.rest = append(h.rest, p)
	default:
		h.loose = append(h.loose, loose{pid, at, ends, e.image(), act})
		return
	}
	p.see(at, ends, e.image(), act)
	if starts {
		p.start(e, at)
	}
	if p.parentID == "" {
		p.parentID = e.text("process.parent.entity_id")
	}
}

func newProcess(id string, pid int64) *process {
	return &process{id: id, pid: pid, ppid: -1, started: Never, ended: Never, seen: Never, execAt: Never}
}

// act is what the event says that the process did, or nil.
func (e *event) act(at int64) *Act {
	a := &Act{At: at, Action: e.text("event.action")}
	switch {
	case e.has("event.category", "network"):
		a.Kind, a.Source = Connection, e.endpoint("source")
		a.Object = cmp.Or(e.endpoint("destination"), e.text("dns.question.name"))
	case e.has("event.category", "file"):
		a.Kind, a.Object = File, e.text("file.path")
	default:
		return nil
	}
	return a
}

// see takes in what any event tells of its process.
func (p *process) see(at int64, ends bool, i image, act *Act) {
	if p.seen == Never || at < p.seen {
		p.seen = at
	}
	if ends && at > p.ended {
		p.ended = at
	}
	if act != nil {
		p.acts = append(p.acts, *act)
	}
	if !p.known { // a start event tells it better
		p.name, p.executable = cmp.Or(p.name, i.name), cmp.Or(p.executable, i.executable)
		p.commandLine, p.user = cmp.Or(p.commandLine, i.commandLine), cmp.Or(p.user, i.user)
	}
}

// start takes in a start event. A process may have several: a fork, then each program that it becomes. The first program names it, and
// the others are acts; that a fork shows its parent's program tells nothing.
func (p *process) start(e *event, at int64) {
	if p.started == Never || at < p.started {
		p.started = at
	}
	fresh := e.image()
	forked := e.has("event.action", "fork") && !e.has("event.action", "exec")
	switch {
	case forked && p.known || at == p.execAt: // nothing new, or delivered twice
	case !p.known || p.execAt == Never:
		p.image = fresh
	case at < p.execAt:
		p.became(p.execAt, p.image)
		p.image = fresh
	default:
		p.became(at, fresh)
	}
	if !forked && (p.execAt == Never || at < p.execAt) {
		p.execAt = at
	}
	p.known = true
	p.ppid = max(p.ppid, e.number("process.parent.pid"))
	p.parentID = cmp.Or(p.parentID, e.text("process.parent.entity_id"))
	if p.parent == (image{}) {
		p.parent = e.program("process.parent.")
	}
}

func (p *process) became(at int64, i image) {
	p.acts = append(p.acts, Act{At: at, Kind: Exec, Action: "exec", Object: cmp.Or(i.commandLine, i.executable, i.name)})
}
