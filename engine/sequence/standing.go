package sequence

import (
	"encoding/binary"
	"math"
	"slices"
	"sort"
)

// Standing finds sequences in events that come round after round. What was fed is kept for as long as a late event may yet belong to it: then a new
// machine is fed what stands around the late one, and what was not found before is emitted.
type Standing[T any] struct {
	config  Config
	machine *Machine[T]
	past    []Offer[T] // fed, in order, all since a time
	ahead   []Offer[T] // whose time has not come, in order
	since   int64      // the past is whole from here on
	last    Offer[T]   // that was fed
	fed     bool
	told    map[string]int64 // what was emitted, and when it ended
	grown   int              // how many of these there may be before the old ones are looked for

	// Most is how many offers are held; 0: any number. Beyond, the oldest go.
	Most int
	// Gone is told of each offer that is held no more; nil: nobody asks.
	Gone func(Offer[T])
	// Late is how many offers came too late for what was kept, and Lost how many that something may have waited for went for want of room.
	Late, Lost int
}

// NewStanding is a standing search that has seen nothing.
func NewStanding[T any](c Config) *Standing[T] {
	return &Standing[T]{config: c, machine: New[T](c), since: math.MinInt64, told: map[string]int64{}, grown: minSweep}
}

// Held is how many offers are held, and how many sequences are remembered.
func (s *Standing[T]) Held() (offers, told int) { return len(s.past) + len(s.ahead), len(s.told) }

// Earliest is the held offer that is least by a measure; ok is false if none is held.
func (s *Standing[T]) Earliest(by func(Offer[T]) int64) (least int64, ok bool) {
	for _, list := range [][]Offer[T]{s.past, s.ahead} {
		for _, o := range list {
			if v := by(o); !ok || v < least {
				least, ok = v, true
			}
		}
	}
	return least, ok
}

// reach is how far from an event others may stand that decide about its sequences; 0: any distance.
func (s *Standing[T]) reach() int64 {
	if len(s.config.Stages) > 0 && s.config.Stages[0].Missing {
		return 2 * s.config.MaxSpan
	}
	return s.config.MaxSpan
}

// Round takes further offers in any order, feeds those up to a time, and emits what is complete by then: an unwanted event of that time, or an
// earlier one, is taken not to come any more.
func (s *Standing[T]) Round(fresh []Offer[T], low int64, emit func(Match[T])) {
	slices.SortFunc(fresh, s.compare)
	var late []Offer[T]
	if s.fed {
		n := sort.Search(len(fresh), func(i int) bool { return s.compare(fresh[i], s.last) >= 0 })
		late, fresh = fresh[:n], fresh[n:]
	}
	s.ahead = s.merged(s.ahead, fresh)
	emit = s.once(emit)
	s.again(late, emit)
	if s.Most > 0 && len(s.ahead) > s.Most {
		low = max(low, s.ahead[len(s.ahead)-s.Most].Time)
	}
	if s.fed {
		low = max(low, s.last.Time)
	}
	s.feed(low, emit)
	s.machine.Advance(low, emit)
	s.outlive()
}

func (s *Standing[T]) compare(a, b Offer[T]) int { return s.machine.Compare(a, b) }

// merged is two lists in order as one.
func (s *Standing[T]) merged(list, more []Offer[T]) []Offer[T] {
	if len(more) == 0 {
		return list
	}
	if len(list) == 0 || s.compare(list[len(list)-1], more[0]) <= 0 {
		return append(list, more...)
	}
	out := make([]Offer[T], 0, len(list)+len(more))
	for len(list) > 0 && len(more) > 0 {
		from := &list
		if s.compare(more[0], list[0]) < 0 {
			from = &more
		}
		out, *from = append(out, (*from)[0]), (*from)[1:]
	}
	return append(append(out, list...), more...)
}

// once lets each sequence pass a single time.
func (s *Standing[T]) once(emit func(Match[T])) func(Match[T]) {
	var buf []byte
	return func(m Match[T]) {
		buf = binary.LittleEndian.AppendUint64(buf[:0], m.Key[0])
		buf = binary.LittleEndian.AppendUint64(buf, m.Key[1])
		end := int64(math.MinInt64)
		for _, e := range m.Events {
			buf = binary.LittleEndian.AppendUint64(buf, uint64(e.Time))
			buf = binary.LittleEndian.AppendUint64(buf, uint64(e.Pos))
			if !s.config.Stages[e.Stage].Missing {
				end = e.Time
			}
		}
		if _, known := s.told[string(buf)]; !known {
			s.told[string(buf)] = end
			emit(m)
		}
	}
}

// again feeds a new machine what stands around offers behind which others were fed.
func (s *Standing[T]) again(late []Offer[T], emit func(Match[T])) {
	kept := late[:0]
	for _, o := range late {
		if o.Time >= s.since {
			kept = append(kept, o)
		} else if s.Gone != nil {
			s.Gone(o)
		}
	}
	s.Late += len(late) - len(kept)
	if len(kept) == 0 {
		return
	}
	first := kept[0].Time
	s.past = s.merged(s.past, kept)
	s.machine = New[T](s.config)
	s.machine.Feed(s.past[s.from(before(first, s.reach())):], emit)
}

// before is a time so much earlier; before any, if it may be as early as it likes.
func before(time, by int64) int64 {
	if by <= 0 || time < math.MinInt64+by {
		return math.MinInt64
	}
	return time - by
}

// from is the first of the past that is not earlier than a time.
func (s *Standing[T]) from(time int64) int {
	return sort.Search(len(s.past), func(i int) bool { return s.past[i].Time >= time })
}

// feed gives the machine what is ahead, up to a time.
func (s *Standing[T]) feed(low int64, emit func(Match[T])) {
	n := sort.Search(len(s.ahead), func(i int) bool { return s.ahead[i].Time > low })
	if n == 0 {
		return
	}
	now := s.ahead[:n]
	s.machine.Feed(now, emit)
	s.last, s.fed = now[n-1], true
	s.past = append(s.past, now...)
	clear(now)
	s.ahead = s.ahead[n:]
}

// outlive forgets what no event can need that comes no later than a sequence may be long.
func (s *Standing[T]) outlive() {
	if s.fed && s.config.MaxSpan > 0 {
		if n := s.from(before(s.last.Time, s.reach()+s.config.MaxSpan)); 4*n >= len(s.past) {
			s.drop(n)
		}
	}
	if s.Most > 0 && len(s.past) > s.Most {
		s.cut(len(s.past) - s.Most/2)
	}
	if len(s.told) < s.grown || s.since == math.MinInt64 {
		return
	}
	for id, end := range s.told {
		if end < s.since-1 {
			delete(s.told, id)
		}
	}
	s.grown = max(minSweep, 2*len(s.told))
}

// Halve forgets the older half of the past; done is false if there is none.
func (s *Standing[T]) Halve() (done bool) {
	n := (len(s.past) + 1) / 2
	s.cut(n)
	return n > 0
}

// cut forgets the first n of the past, whether something waits for them or not.
func (s *Standing[T]) cut(n int) {
	if n == 0 {
		return
	}
	needed := s.from(before(s.last.Time, s.reach()))
	s.drop(n)
	if n > needed {
		s.Lost += n - needed
		s.machine = New[T](s.config)
		s.machine.Feed(s.past, func(Match[T]) {})
	}
}

// drop forgets the first n of the past: they are copied out of the way of the collector, so not a few at a time.
func (s *Standing[T]) drop(n int) {
	if n == 0 {
		return
	}
	if s.Gone != nil {
		for _, o := range s.past[:n] {
			s.Gone(o)
		}
	}
	s.since = s.past[n-1].Time + 1
	s.past = append([]Offer[T](nil), s.past[n:]...)
}
