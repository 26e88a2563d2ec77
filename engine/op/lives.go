package op

// lives is starts and ends of processes, the latest of each.
type lives struct {
	starts, ends descents
	facts        facts
}

func newLives(width int) *lives {
	return &lives{starts: newDescents(), ends: newDescents(), facts: newFacts(width)}
}

// size is how many are known.
func (s *lives) size() int { return s.starts.n + s.ends.n }

// mostLives is how many starts of one process are kept, and ends: a process id is given again and again.
const mostLives = 8

// descents is starts, or ends, by process. There is nothing in it that the collector of garbage has to follow.
type descents struct {
	latest map[digest]uint32 // where in the list, plus one
	list   []descent
	n      int // of the list, as far as they are known yet
}

// descent is a life, and where the one before it is, plus one; 0: it is the earliest.
type descent struct {
	occasion
	before uint32
}

// occasion is a life without its process.
type occasion struct {
	time, pos int64
	fact      uint32
}

func (e occasion) after(than occasion) bool {
	return e.time > than.time || e.time == than.time && e.pos > than.pos
}

func newDescents() descents { return descents{latest: map[digest]uint32{}} }

// places is where the lives of a process are in the list, from the latest to the earliest.
func (s *descents) places(who digest) (at [mostLives]uint32, n int) {
	for i := s.latest[who]; i != 0; i = s.list[i-1].before {
		at[n] = i - 1
		n++
	}
	return at, n
}

// of is the lives of a process.
func (s *descents) of(who digest) (out []life) {
	at, n := s.places(who)
	for _, i := range at[:n] {
		e := s.list[i].occasion
		out = append(out, life{process: who, time: e.time, pos: e.pos, fact: e.fact})
	}
	return out
}

// add keeps a life, and of one process no more than the latest ones.
func (s *descents) add(l life) {
	x := occasion{l.time, l.pos, l.fact}
	at, n := s.places(l.process)
	i := 0
	for i < n && s.list[at[i]].after(x) {
		i++
	}
	switch {
	case i < n && !x.after(s.list[at[i]].occasion): // known
	case n < mostLives: // those that are later move on by one
		s.list = append(s.list, descent{before: s.latest[l.process]})
		s.latest[l.process] = uint32(len(s.list))
		s.n++
		to := uint32(len(s.list) - 1)
		for _, from := range at[:i] {
			s.list[to].occasion, to = s.list[from].occasion, from
		}
		s.list[to].occasion = x
	case i < n: // those that are earlier do, and the earliest goes
		for k := n - 1; k > i; k-- {
			s.list[at[k]].occasion = s.list[at[k-1]].occasion
		}
		s.list[at[i]].occasion = x
	}
}

// drop forgets a process.
func (s *descents) drop(who digest) {
	_, n := s.places(who)
	s.n -= n
	delete(s.latest, who)
}
