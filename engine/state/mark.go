package state

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"

	"go.etcd.io/bbolt"
)

// Set is what is searched and how: a hash of absolute paths, patterns and options. Each set has marks of its own.
type Set string

// Mark is how far a rule was evaluated over a set: nanoseconds since 1970, 0 for never.
type Mark struct {
	Until int64  // up to this time of events
	Tick  int64  // the last tick of its schedule that was evaluated
	Run   uint64 // the run whose positions in the files are the rule's
	Name  string // of the rule, for people, if it is known by an ID
}

// Inner says whether a name is that of no rule, but of something else that runs keep a mark for: it begins with a zero byte.
func Inner(rule string) bool { return strings.HasPrefix(rule, "\x00") }

// mark is a mark and when it was made.
type mark struct {
	Mark
	made int64
}

// Mark is how far a rule was evaluated over a set.
func (s *Store) Mark(set Set, rule string) Mark {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.marks[set][rule].Mark
}

// Marks is how far each rule was evaluated over a set.
func (s *Store) Marks(set Set) map[string]Mark {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make(map[string]Mark, len(s.marks[set]))
	for rule, m := range s.marks[set] {
		out[rule] = m.Mark
	}
	return out
}

// Sets is all sets of which there are marks, in the order of their names.
func (s *Store) Sets() ([]Set, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.marks)), nil
}

func (s *Store) loadMarks(tx *bbolt.Tx) error {
	clear(s.marks)
	return at(tx, marks).each(func(_, payload []byte) error {
		r := read(payload)
		set, rule := Set(r.text()), r.text()
		m := mark{Mark{Until: r.moment(), Tick: r.moment(), Run: uint64(r.count())}, r.moment()}
		m.Name = r.text()
		s.setMark(set, rule, m)
		return r.err
	})
}

func (s *Store) setMark(set Set, rule string, m mark) {
	if s.marks[set] == nil {
		s.marks[set] = map[string]mark{}
	}
	s.marks[set][rule] = m
}

func putMark(t table, set Set, rule string, m mark) error {
	return t.put(nameKey(string(set), rule),
		record().text(string(set)).text(rule).moment(m.Until).moment(m.Tick).count(int64(m.Run)).moment(m.made).text(m.Name).b)
}

// longestName is the longest name that is a key as it is: keys of the database have a bound, names have none.
const longestName = 512

// nameKey is a key for names: all keys whose first name is the same stand together.
func nameKey(names ...string) []byte {
	var key []byte
	for i, name := range names {
		if len(name) > longestName {
			sum := sha256.Sum256([]byte(name))
			name = name[:longestName] + string(sum[:])
		}
		if i > 0 {
			key = append(key, 0)
		}
		key = append(key, name...)
	}
	return key
}
