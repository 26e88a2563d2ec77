// Package tree finds the process tree around an event: the ancestors of a process, its descendants, and what each of them connected to and
// wrote. It reads the events of EQL, of which it keeps no more than that needs, in any order.
package tree

import (
	"fmt"
	"strings"
)

// Fields is the fields of events that are read.
var Fields = []string{
	"@timestamp", "host.id", "host.name", "event.category", "event.action", "event.type", "user.name",
	"process.entity_id", "process.pid", "process.name", "process.executable", "process.command_line",
	"process.parent.entity_id", "process.parent.pid", "process.parent.name", "process.parent.executable", "process.parent.command_line",
	"source.ip", "source.port", "destination.ip", "destination.port", "network.transport", "network.direction", "dns.question.name", "file.path",
}

// Target is the process that is asked for.
type Target struct {
	Host   string // id or name of the host; empty: the only one that has the process
	ID     string // entity id, or Sysmon's GUID, with braces or without; empty: PID says which
	PID    int64
	At     int64 // a moment in the life of the process, if HasAt
	HasAt  bool
	Around int64 // how long before and after it children, connections and files are shown, in nanoseconds
}

// Sought is an EQL query for the events that name the process, on whichever host.
func (t *Target) Sought() string {
	if t.ID == "" {
		return fmt.Sprintf("any where process.pid == %d or process.parent.pid == %[1]d", t.PID)
	}
	exact, id := quoted(t.ID), bare(t.ID)
	like := fmt.Sprintf("(%s, %s)", quoted(id), quoted(id+":*"))
	return fmt.Sprintf("any where process.entity_id == %s or process.parent.entity_id == %[1]s or process.entity_id : %s or process.parent.entity_id : %[2]s", exact, like)
}

// Settle takes the host of the events that were sought. Its errors are Missing and Ambiguous.
func (t *Target) Settle(hosts []string) error {
	switch len(hosts) {
	case 0:
		return &Missing{t.describe()}
	case 1:
		t.Host = hosts[0]
		return nil
	}
	return &Ambiguous{t.describe(), hosts}
}

// Events is an EQL query for all events of the host.
func (t *Target) Events() string {
	if t.Host == "" {
		return "any where true"
	}
	host := quoted(t.Host)
	return "any where host.id == " + host + " or host.name == " + host
}

// quoted is a string of EQL in which nothing but plain characters stands for itself.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune(" .:_/+=@*-", r)) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u{%04x}`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// bare is an id without the braces that GUIDs may stand in.
func bare(id string) string { return strings.Trim(strings.TrimSpace(id), "{}") }

// wants says whether a process is the one that is asked for. Sysmon's GUID is the part of an entity id before the colon, in lower case.
func (t *Target) wants(p *process) bool {
	if t.ID == "" {
		return p.pid == t.PID
	}
	id := bare(t.ID)
	guid, _, _ := strings.Cut(p.id, ":")
	return p.id == t.ID || p.id == id || strings.EqualFold(p.id, id) && strings.Contains(id, "-") || guid == strings.ToLower(id)
}

// describe is the target in words.
func (t *Target) describe() string {
	text := fmt.Sprintf("pid %d", t.PID)
	if t.ID != "" {
		text = "id " + t.ID
	}
	if t.Host != "" {
		text += " on host " + t.Host
	}
	return text
}

// Tree is processes, parents before their children.
type Tree struct {
	Host  string
	From  int64 // the time of what is shown besides ancestors, both inclusive
	To    int64
	Nodes []Node
	Notes []string // what was chosen and what was left out
}

// Node is a process in its place.
type Node struct {
	Depth  int
	Role   string // ancestor, target or descendant
	Parent int    // index of the parent's node, -1 for the first
	Process
	of *process
}

// Process is what is known of a process. Times are nanoseconds since 1970, or Never.
type Process struct {
	ID, ParentID   string
	PID, ParentPID int64 // -1 if not known
	Started, Ended int64
	User           string
	Name           string
	Executable     string
	CommandLine    string
	Known          bool // its start event was seen
	Acts           []Act
}

// Never is a time that is not known.
const Never = -1 << 63

// Act is something that a process did.
type Act struct {
	At   int64
	Kind Kind
	// Action is the event's own word for it.
	Action string
	// Object is what it was done to: an address with its port, a file, a command line.
	Object string
	Source string // of a connection: the own address with its port
}

// Kind is the kind of an act.
type Kind uint8

// The kinds: a connection, a change of a file, another program in the same process.
const (
	Connection Kind = iota
	File
	Exec
)
