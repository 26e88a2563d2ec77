package state

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"time"

	"go.etcd.io/bbolt"
)

// Run is one run: what it did, for people. Times are nanoseconds since 1970.
type Run struct {
	ID           uint64
	Set          Set
	What         string `json:",omitempty"` // what was searched, in words
	Began, Ended int64  // Ended is 0 if it was announced and never committed

	Rules, New, Updated, Repeated, Suppressed, Silenced, Late int

	Gaps     []Gap         `json:",omitempty"`
	Read     int64         // bytes
	Remember time.Duration // for how long sightings are kept; 0: for ever
	Problems []string      `json:",omitempty"`
}

// Gap is a stretch of time over which a rule was not evaluated.
type Gap struct {
	Rule     string
	From, To int64
	Why      string
}

// Change is what a run brings.
type Change struct {
	Marks     map[string]Mark // by rule; rules that are not named keep theirs
	Positions []Position
	Told      []Told
	Hosts     []Host
	Throttles []Throttled
	Counts    map[string]Count // by rule: what is added
	Hits      map[string]int   // by the ID of a silence: what is added
}

// NextRun is an ID that no run had.
func (s *Store) NextRun() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last + 1
}

// Announce says what a run is about to tell. What is announced and not committed is pending: nobody knows whether it was told.
func (s *Store) Announce(r Run, list []Told) error {
	list = told(list)
	return s.as(r, func(tx *bbolt.Tx) error {
		if len(list) == 0 {
			return nil
		}
		t, err := at(tx, pending).provide(runKey(r.ID))
		if err != nil {
			return err
		}
		t.bucket.FillPercent = 1 // they come in order
		return t.putTold(list)
	})
}

// Commit says that a run told what it had to, and how far it got. It may be called again with the same ID: positions and the record of the run
// are replaced then. What is older than the run remembers is forgotten.
func (s *Store) Commit(r Run, c Change) error {
	list := told(c.Told)
	made := map[string]mark{}
	for rule, m := range c.Marks {
		made[rule] = mark{m, r.Began}
	}
	var old []string
	err := s.as(r, func(tx *bbolt.Tx) (err error) {
		steps := []func() error{
			func() error { return acknowledge(tx, list) },
			func() error { return tell(tx, r.Began, list) },
			func() error { return putPositions(tx, r.ID, c.Positions) },
			func() error { return putHosts(tx, r.Set, c.Hosts) },
			func() error { return putThrottles(tx, c.Throttles) },
			func() error { return addCounts(tx, r.Set, c.Counts) },
			func() error { return addHits(tx, c.Hits) },
			func() error { return putMarks(tx, r.Set, made) },
			func() error { old, err = s.forget(tx, r, made); return err },
		}
		for _, step := range steps {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for rule, m := range made {
		s.setMark(r.Set, rule, m)
	}
	for _, rule := range old {
		delete(s.marks[r.Set], rule)
	}
	return nil
}

// as changes the database as a run, whose record is written with it.
func (s *Store) as(r Run, change func(*bbolt.Tx) error) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	err = s.run(func(tx *bbolt.Tx) error {
		if err := at(tx, runs).put(runKey(r.ID), text); err != nil {
			return err
		}
		if r.ID > s.last {
			if err := setNumber(at(tx, about), keyRun, r.ID); err != nil {
				return err
			}
		}
		return change(tx)
	})
	if err == nil {
		s.mu.Lock()
		s.last = max(s.last, r.ID)
		s.mu.Unlock()
	}
	return err
}

// Runs is the last n runs over a set, the last one first; n is 0 for all, and the set empty for any.
func (s *Store) Runs(set Set, n int) (out []Run, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		t := at(tx, runs)
		c := t.bucket.Cursor()
		for k, v := c.Last(); k != nil && (n <= 0 || len(out) < n); k, v = c.Prev() {
			r, err := decodeRun(t, k, v)
			if err != nil {
				return err
			}
			if set == "" || r.Set == set {
				out = append(out, r)
			}
		}
		return nil
	})
	return out, err
}

func decodeRun(t table, key, value []byte) (r Run, err error) {
	payload, err := unsealed(t.sum, key, value)
	if err == nil {
		err = json.Unmarshal(payload, &r)
	}
	return r, err
}

func runKey(id uint64) []byte { return binary.BigEndian.AppendUint64(nil, id) }

// mostRuns is how many runs are kept at most: a year of hours, a week of minutes.
const mostRuns = 10_000

// forgetRuns forgets the first runs, as far as they began before a time or are too many. It looks at no others.
func forgetRuns(tx *bbolt.Tx, now Run, before int64) error {
	t := at(tx, runs)
	c := t.bucket.Cursor()
	for k, v := c.First(); k != nil && !bytes.Equal(k, runKey(now.ID)); k, v = c.First() {
		r, err := decodeRun(t, k, v)
		if err != nil {
			return err
		}
		if r.Began >= before && r.ID+mostRuns > now.ID {
			return nil
		}
		if err := t.bucket.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
