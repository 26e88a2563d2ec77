package aggregate

// cells numbers pairs of a group and a key: 0, 1, ... as they come. An aggregate of a further state takes them for its groups.
type cells struct {
	ids  map[cell]uint32
	list []cell // by number
}

type cell struct {
	group uint32
	key   int64
}

func (c *cells) id(group uint32, key int64) uint32 {
	at := cell{group, key}
	if id, ok := c.ids[at]; ok {
		return id
	}
	if c.ids == nil {
		c.ids = map[cell]uint32{}
	}
	id := uint32(len(c.list))
	c.ids[at] = id
	c.list = append(c.list, at)
	return id
}

// merge numbers the cells of another table; the result is by their numbers there. Its group i becomes groups[i], unless groups is nil, and
// keys go through rekey.
func (c *cells) merge(from *cells, groups []uint32, rekey func(key int64) int64) []uint32 {
	out := make([]uint32, len(from.list))
	for i, at := range from.list {
		group := at.group
		if groups != nil {
			group = groups[group]
		}
		out[i] = c.id(group, rekey(at.key))
	}
	return out
}

// of is the numbers of the cells of the given groups, and for each of these which of the groups it belongs to.
func (c *cells) of(groups []uint32) (ids, owner []uint32) {
	place := map[uint32]uint32{}
	for i, g := range groups {
		place[g] = uint32(i)
	}
	for id, at := range c.list {
		if i, ok := place[at.group]; ok {
			ids, owner = append(ids, uint32(id)), append(owner, i)
		}
	}
	return ids, owner
}

// byGroup is the numbers of the cells of each of n groups.
func (c *cells) byGroup(n int) [][]uint32 {
	out := make([][]uint32, n)
	for id, at := range c.list {
		if int(at.group) < n {
			out[at.group] = append(out[at.group], uint32(id))
		}
	}
	return out
}

// save writes the cells of the groups, whose numbers it gives, each key as the function writes it.
func (c *cells) save(w writer, groups []uint32, key func(key int64)) (ids []uint32) {
	ids, owner := c.of(groups)
	w.uint(uint64(len(ids)))
	for i, id := range ids {
		w.uint(uint64(owner[i]))
		key(c.list[id].key)
	}
	return ids
}

// load reads what save wrote.
func (c *cells) load(r *reader, key func() int64) {
	for i := range r.items {
		g := r.uint()
		k := key()
		if g > mostGroups || r.err == nil && c.id(uint32(g), k) != i {
			r.check(errDamaged)
		}
	}
}

func (c *cells) size() int { return 48 * cap(c.list) }
