package plan

import "sync"

// Memory is what was found out about a plan: it is asked the same again and again, when the plan is checked, run and judged. It is safe for
// several goroutines; a nil one remembers nothing.
type Memory struct {
	mu      sync.Mutex
	gates   map[place]gate
	needles map[Expr][]string // of wide expressions, which are the same for many kinds of events
}

// place is the last of the nodes that decide about events of a kind.
type place struct {
	node Node
	kind string
}

// NewMemory is a Memory of nothing yet.
func NewMemory() *Memory {
	return &Memory{gates: map[place]gate{}, needles: map[Expr][]string{}}
}

func (m *Memory) gate(l Lower, kind Kind) (gate, bool) {
	if m == nil || kind.Absent != nil { // what is absent differs from data to data
		return gate{}, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p, known := m.gates[placeOf(l, kind)]
	return p, known
}

func (m *Memory) keep(l Lower, kind Kind, p gate) {
	if m == nil || kind.Absent != nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gates[placeOf(l, kind)] = p
}

func placeOf(l Lower, kind Kind) place {
	p := place{l.Scan, kind.Name}
	if view := l.view(); view != nil {
		p.node = view
	}
	if filters := l.filters(); len(filters) > 0 {
		p.node = filters[len(filters)-1]
	}
	return p
}

// textsOf is the needles of a wide expression, which find looks for.
func (m *Memory) textsOf(e Expr, find func() []string) []string {
	m.mu.Lock()
	found, known := m.needles[e]
	m.mu.Unlock()
	if !known {
		found = find()
		m.mu.Lock()
		m.needles[e] = found
		m.mu.Unlock()
	}
	return found
}
