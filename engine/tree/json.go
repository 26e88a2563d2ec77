package tree

import (
	"bufio"
	"io"
	"time"

	"spoor/engine/column"
	"spoor/engine/output"
)

// record is a node for programs.
type record struct {
	Node        int          `json:"node"`
	Parent      *int         `json:"parent"` // the number of the parent's node
	Depth       int          `json:"depth"`
	Role        string       `json:"role"`
	Host        string       `json:"host"`
	PID         *int64       `json:"pid"`
	ID          string       `json:"entity_id,omitempty"`
	ParentPID   *int64       `json:"parent_pid,omitempty"`
	ParentID    string       `json:"parent_entity_id,omitempty"`
	Started     string       `json:"started,omitempty"`
	Ended       string       `json:"ended,omitempty"`
	Known       bool         `json:"known"` // its start event was seen
	User        string       `json:"user,omitempty"`
	Name        string       `json:"name,omitempty"`
	Executable  string       `json:"executable,omitempty"`
	CommandLine string       `json:"command_line,omitempty"`
	Executions  []execution  `json:"executions"`
	Connections []connection `json:"connections"`
	Files       []file       `json:"files"`
}

type execution struct {
	At          string `json:"@timestamp"`
	CommandLine string `json:"command_line"`
}

type connection struct {
	At          string `json:"@timestamp"`
	Action      string `json:"action,omitempty"`
	Source      string `json:"source,omitempty"`
	Destination string `json:"destination,omitempty"`
}

type file struct {
	At     string `json:"@timestamp"`
	Action string `json:"action,omitempty"`
	Path   string `json:"path"`
}

// JSON writes an object per node and line, or all of them as an array.
func (t *Tree) JSON(w io.Writer, zone *time.Location, array bool) error {
	to := bufio.NewWriter(w)
	lead, between, end := "", "\n", "\n"
	if array {
		lead, between, end = "[\n", ",\n", "\n]\n"
	}
	_, _ = to.WriteString(lead) // the writer remembers its error
	for i := range t.Nodes {
		text, err := output.JSON(t.record(i, zone))
		if err != nil {
			return err
		}
		_, _ = to.Write(text)
		if i < len(t.Nodes)-1 {
			_, _ = to.WriteString(between)
		}
	}
	_, _ = to.WriteString(end)
	return to.Flush()
}

func (t *Tree) record(i int, zone *time.Location) *record {
	n := &t.Nodes[i]
	moment := func(ns int64) string {
		if ns == Never {
			return ""
		}
		return column.FormatTime(ns, zone)
	}
	r := &record{
		Node: i, Depth: n.Depth, Role: n.Role, Host: t.Host, ID: n.ID, ParentID: n.ParentID, Started: moment(n.Started), Ended: moment(n.Ended),
		Known: n.Known, User: n.User, Name: n.Name, Executable: n.Executable, CommandLine: n.CommandLine,
		Executions: []execution{}, Connections: []connection{}, Files: []file{},
	}
	if n.Parent >= 0 {
		r.Parent = &n.Parent
	}
	if n.PID >= 0 {
		r.PID = &n.PID
	}
	if n.ParentPID >= 0 {
		r.ParentPID = &n.ParentPID
	}
	for _, a := range n.Acts {
		switch at := moment(a.At); a.Kind {
		case Connection:
			r.Connections = append(r.Connections, connection{at, a.Action, a.Source, a.Object})
		case File:
			r.Files = append(r.Files, file{at, a.Action, a.Object})
		case Exec:
			r.Executions = append(r.Executions, execution{at, a.Object})
		}
	}
	return r
}
