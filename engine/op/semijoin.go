package op

import (
	"maps"
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// A sequence needs an event of each stage under one key. So where the events of one stage are rare and can be found by their text, they
// are looked for first, and then the other events only where a key is theirs.

// mostKeys is how many keys of a rare stage are looked for.
const mostKeys = 8192

// leastRarity is how long the texts must be by which the events of a stage are found.
const leastRarity = 4

// leastRarityDecoded is the same where the first reading decodes all records anyway: a second one that finds much costs more than the first one saves.
const leastRarityDecoded = 5

// rare is the stage to look for first, or -1.
func (h *hunt) rare() int {
	if h.r.Rescan == nil || h.r.AllStages || !h.r.Needles {
		return -1
	}
	least := leastRarity
	if h.r.Births != nil {
		least = leastRarityDecoded
	}
	return rarestStage(h.node, h.flow, h.r.Kinds, h.r.fold(), least)
}

// rarestStage is the stage that says most of the text of its events, if one says at least so much; else -1.
func rarestStage(n *plan.Sequence, f flow, kinds []plan.Kind, fold plan.Folder, least int) int {
	best, rarity := -1, least-1
	if len(n.Stages) < 2 || len(n.Stages[0].Keys) == 0 {
		return best
	}
	need := plan.Need{Names: map[string]bool{}}.Of(n, 0)
	for i, s := range n.Stages {
		if s.Missing {
			continue
		}
		f := f.where(f.weak(s.Cond))
		c := newChain(f.lower, f.below(need), kinds, fold)
		if n := c.rarity(); n > rarity {
			best, rarity = i, n
		}
	}
	return best
}

// rarity says how few records a scan for the chain may hope to read.
func (c chain) rarity() int {
	for _, kp := range c.kinds {
		if kp.ByName {
			return 0
		}
	}
	return plan.Rarity(c.needles())
}

// fromStage offers the events of one stage, and then those of the others that have a key in common with them. done is false if there are
// too many keys, or none by which a scan could look for others.
func (h *hunt) fromStage(s int, open opener) (done bool, err error) {
	first := h.intake(h.flow.where(h.flow.weak(h.stages[s].Cond)), func(bd *binder) *gatherer {
		return &gatherer{terms: newTerms(h.stages, bd)[s : s+1], seen: newMet(mostKeys)}
	})
	if err := h.r.failed(); err != nil {
		return false, err
	}
	g, err := h.offer(first, open)
	if err != nil {
		return false, err
	}
	keys := g.seen
	values := keys.columns(h.stages[s].Keys)
	switch {
	case keys.many() || len(keys.by) > 0 && values == nil:
		return false, nil
	case len(keys.by) == 0:
		return true, nil
	}
	f, err := h.restricted(s, values)
	if err != nil {
		return false, err
	}
	rest := h.intake(f, func(bd *binder) *gatherer {
		return &gatherer{terms: slices.Delete(newTerms(h.stages, bd), s, s+1), only: keys}
	})
	if err := h.r.failed(); err != nil {
		return false, err
	}
	_, err = h.offer(rest, h.r.Rescan)
	return true, err
}

// restricted is the flow of the events of all stages but one, of which the keys have the given values.
func (h *hunt) restricted(but int, values map[int][]column.Value) (flow, error) {
	var children []column.Value
	var err error
	apart := h.r.Kept != nil && bounded(h.flow.lower.Scan) // to look for starts by anything but their names is to read what is before the window
	if !apart {
		if children, err = h.children(but, values); err != nil {
			return flow{}, err
		}
	}
	var any []plan.Expr
	for i, s := range h.stages {
		if i == but {
			continue
		}
		conds := []plan.Expr{h.flow.weak(s.Cond)}
		for _, k := range slices.Sorted(maps.Keys(values)) {
			conds = append(conds, h.joined(s.Keys[k].Field, values[k], children))
		}
		any = append(any, plan.And(conds...))
	}
	f := h.flow.where(plan.Or(any...))
	if !apart {
		f.near = h.near(but, values, children)
	}
	return f, nil
}

// near is the entity ids of the processes of which starts will be asked for.
func (h *hunt) near(but int, values map[int][]column.Value, children []column.Value) []column.Value {
	out := children
	for i, s := range h.stages {
		for k, list := range values {
			if i != but && s.Keys[k].Field == plan.EntityID && h.flow.fills(plan.EntityID) {
				out = append(out, list...)
			}
		}
	}
	if len(out) == 0 || len(out) > mostNamed {
		return nil
	}
	return out
}

// joined is the condition that a field has one of the values, or may have once the event is filled: then it is an event of one of the
// children, or of a process that is known by its number only. Nil children are not known.
func (h *hunt) joined(field string, values, children []column.Value) plan.Expr {
	own := h.r.among(field, values)
	if !h.flow.fills(field) {
		return own
	}
	fill := []plan.Expr{plan.And(&plan.Field{Name: plan.Nameless}, missing(plan.EntityID))}
	switch {
	case field == plan.EntityID:
	case children == nil:
		fill = []plan.Expr{&plan.Field{Name: plan.Open(field)}}
	default:
		fill = append(fill, h.r.among(plan.EntityID, children))
	}
	return plan.Or(own, plan.And(&plan.Field{Name: plan.Open(field)}, missing(field), plan.Or(fill...)))
}

func missing(field string) plan.Expr {
	return plan.NewCall(function.SPL, "isnull", source.Span{}, &plan.Field{Name: field})
}

// fills says whether the process table may fill a field.
func (f flow) fills(field string) bool {
	return f.enrich != nil && slices.Contains(f.enrich.Fields, field)
}

// children is the entity ids of the processes whose start has one of the values in a field that the process table fills; nil if they are
// too many.
func (h *hunt) children(but int, values map[int][]column.Value) ([]column.Value, error) {
	var any []plan.Expr
	for i, s := range h.stages {
		for k, list := range values {
			if field := s.Keys[k].Field; i != but && h.flow.fills(field) && field != plan.EntityID {
				any = append(any, h.r.among(field, list))
			}
		}
	}
	if len(any) == 0 {
		return []column.Value{}, nil
	}
	r := h.r
	chains := []chain{r.startsWhere(h.flow.enrich, plan.Or(any...))}
	workers := make([]*worker, r.Workers)
	for i := range workers {
		workers[i] = r.newWorker(chains)
		workers[i].lines[0].sink = &named{newMet(mostKeys)}
	}
	if err := r.failed(); err != nil {
		return nil, err
	}
	if err := r.consume(r.Rescan, demand(chains), workers); err != nil {
		return nil, err
	}
	all := newMet(mostKeys)
	for _, w := range workers {
		all.merge(w.lines[0].sink.(*named).met)
	}
	if all.many() {
		return nil, nil
	}
	return append([]column.Value{}, all.columns([]plan.Key{{Field: plan.EntityID}})[0]...), nil
}

// named is the sink that notes the entity ids of starts.
type named struct{ *met }

func (n *named) Add(b *column.Batch) bool {
	k := newKeyer([]plan.Key{{Field: plan.EntityID}})
	k.load(b)
	for r := range b.Rows {
		k.each(r, func(id digest, values []column.Value) bool {
			n.add(id, values)
			return true
		})
	}
	return n.many()
}

func (n *named) Merge(Sink)            {}
func (n *named) Result() column.Stream { return nothing }

// met is the keys that events had. A nil one holds none, and lets all through.
type met struct {
	most int
	by   map[digest][]column.Value
}

func newMet(most int) *met { return &met{most: most, by: map[digest][]column.Value{}} }

func (m *met) add(id digest, values []column.Value) {
	if m == nil || m.many() {
		return
	}
	if _, known := m.by[id]; known {
		return
	}
	own := make([]column.Value, len(values))
	for i, v := range values {
		own[i] = v.Clone()
	}
	m.by[id] = own
}

func (m *met) has(id digest) bool {
	if m == nil {
		return true
	}
	_, ok := m.by[id]
	return ok
}

// many says whether there are too many.
func (m *met) many() bool { return m != nil && len(m.by) > m.most }

func (m *met) merge(from *met) {
	if m == nil {
		return
	}
	for id, values := range from.by {
		m.add(id, values)
	}
}

// columns is the values of those keys by which events can be looked for, by number of the key: where none is missing, and not the host
// if there are others, as hosts have many events.
func (m *met) columns(keys []plan.Key) map[int][]column.Value {
	out := map[int][]column.Value{}
	for i := range keys {
		var values []column.Value
		for _, key := range m.by {
			values = append(values, key[i])
		}
		slices.SortFunc(values, column.Compare)
		values = slices.CompactFunc(values, column.Equal)
		if !slices.ContainsFunc(values, column.Value.IsNull) {
			out[i] = values
		}
	}
	for i, k := range keys {
		if k.Field == plan.HostID && len(out) > 1 {
			delete(out, i)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
