package tree

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// Missing says that there is no such process.
type Missing struct{ what string }

func (m *Missing) Error() string { return "no event of a process with " + m.what }

// Ambiguous says that several hosts have the process.
type Ambiguous struct {
	what  string
	Hosts []string
}

// mostNamed is how many hosts a message names.
const mostNamed = 20

func (a *Ambiguous) Error() string {
	named, rest := a.Hosts, ""
	if n := len(named) - mostNamed; n > 0 {
		named, rest = named[:mostNamed], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%d hosts have a process with %s: %s%s", len(a.Hosts), a.what, strings.Join(named, ", "), rest)
}

// Find is the tree around a process. Its errors are Missing and Ambiguous.
func (f *Forest) Find(t Target) (*Tree, error) {
	var found []*host
	var matches [][]*process
	for _, id := range slices.Sorted(maps.Keys(f.hosts)) {
		h := f.hosts[id]
		if t.Host != "" && t.Host != h.id && t.Host != h.name {
			continue
		}
		h.link()
		if list := h.matching(&t); len(list) > 0 {
			found, matches = append(found, h), append(matches, list)
		}
	}
	switch len(found) {
	case 0:
		return nil, &Missing{t.describe()}
	case 1:
		return found[0].tree(matches[0], &t), nil
	}
	err := &Ambiguous{what: t.describe()}
	for _, h := range found {
		err.Hosts = append(err.Hosts, h.id)
	}
	return nil, err
}

// matching is the processes that the target may mean, by start.
func (h *host) matching(t *Target) []*process {
	var out []*process
	for _, list := range h.sorted() {
		for _, p := range list {
			if t.wants(p) {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *process) int { return cmp.Compare(a.begun(), b.begun()) })
	return out
}

// tree is the tree around one of the processes: the last one, or the last one that began by the time asked for.
func (h *host) tree(matching []*process, t *Target) *Tree {
	chosen := len(matching) - 1
	for t.HasAt && chosen > 0 && matching[chosen].begun() > t.At {
		chosen--
	}
	p := matching[chosen]
	center := p.begun()
	if t.HasAt {
		center = t.At
	}
	out := &Tree{Host: h.id, From: column.Beginning, To: column.End}
	if center != Never {
		out.From, out.To = minus(center, t.Around), plus(center, t.Around)
	}
	if n := len(matching); n > 1 {
		out.Notes = append(out.Notes, fmt.Sprintf("%d processes had %s; this is number %d of them by start", n, t.describe(), chosen+1))
	}
	out.ancestors(p)
	out.descend(p)
	return out
}

// minus and plus stay within all time.
func minus(a, b int64) int64 {
	if a < column.Beginning+b {
		return column.Beginning
	}
	return a - b
}

func plus(a, b int64) int64 {
	if a > column.End-b {
		return column.End
	}
	return a + b
}

// ancestors adds the chain above a process, the oldest first. Records that contradict each other may close it to a ring: it ends there.
func (t *Tree) ancestors(p *process) {
	seen := map[*process]bool{p: true}
	var chain []*process
	for a := p.above; a != nil; a = a.above {
		if seen[a] {
			t.Notes = append(t.Notes, fmt.Sprintf("the parents of pid %d lead back to pid %d: the records contradict each other", p.pid, a.pid))
			break
		}
		seen[a] = true
		chain = append(chain, a)
	}
	for _, a := range slices.Backward(chain) {
		t.add(a, "ancestor", len(t.Nodes)-1, len(t.Nodes))
	}
}

// pending is a process to be added, with the node of its parent.
type pending struct {
	*process
	parent, depth int
}

// descend adds a process and all below it that began in the time shown.
func (t *Tree) descend(target *process) {
	seen := map[*process]bool{}
	for i := range t.Nodes {
		seen[t.Nodes[i].of] = true
	}
	left := 0
	stack := []pending{{target, len(t.Nodes) - 1, len(t.Nodes)}}
	for len(stack) > 0 {
		next := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[next.process] {
			continue
		}
		seen[next.process] = true
		role := "descendant"
		if next.process == target {
			role = "target"
		}
		at := t.add(next.process, role, next.parent, next.depth)
		children := slices.Clone(next.children)
		slices.SortStableFunc(children, func(a, b *process) int { return cmp.Or(cmp.Compare(b.begun(), a.begun()), cmp.Compare(b.pid, a.pid)) })
		for _, c := range children { // the latest first: the stack turns them round
			if begun := c.begun(); begun != Never && (begun < t.From || begun > t.To) {
				left++
				continue
			}
			stack = append(stack, pending{c, at, next.depth + 1})
		}
	}
	if left > 0 {
		t.Notes = append(t.Notes, source.Count(left, "descendant")+" outside of the time shown, with all below: a longer --around shows more")
	}
}

// add adds a node with what its process did in the time shown, and gives its index.
func (t *Tree) add(p *process, role string, parent, depth int) int {
	n := Node{Depth: depth, Role: role, Parent: parent, of: p, Process: Process{
		ID: p.id, PID: p.pid, ParentID: p.parentID, ParentPID: p.ppid, Started: p.started, Ended: p.ended,
		User: p.user, Name: p.name, Executable: p.executable, CommandLine: p.commandLine, Known: p.known,
	}}
	for _, a := range p.acts {
		if a.At >= t.From && a.At <= t.To {
			n.Acts = append(n.Acts, a)
		}
	}
	t.Nodes = append(t.Nodes, n)
	return len(t.Nodes) - 1
}
