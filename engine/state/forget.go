package state

import (
	"bytes"
	"time"

	"go.etcd.io/bbolt"
)

// markLife is for how long a mark is kept that its rule does not renew, at least: rules may be due once a year.
const markLife = 400 * 24 * time.Hour

// forget forgets what is older than a run remembers, and says which rules' marks it forgot. Sightings go by days as a whole; what must be looked
// through is looked through once a day.
func (s *Store) forget(tx *bbolt.Tx, r Run, made map[string]mark) (old []string, err error) {
	before := r.Began - int64(r.Remember)
	if r.Remember <= 0 {
		before = -1 << 63
	} else {
		if err := forgetTold(tx, before); err != nil {
			return nil, err
		}
		if err := sweep(tx, r, before); err != nil {
			return nil, err
		}
	}
	if err := forgetRuns(tx, r, before); err != nil {
		return nil, err
	}
	old, named := s.markedRuns(r, made, min(before, r.Began-int64(markLife)))
	for _, rule := range old {
		if err := at(tx, marks).bucket.Delete(nameKey(string(r.Set), rule)); err != nil {
			return nil, err
		}
	}
	return old, forgetPositions(tx, named)
}

// forgetTold forgets the days before the one in which a time is, and what is pending of runs before it.
func forgetTold(tx *bbolt.Tx, before int64) error {
	days, unsure, known := at(tx, sightings), at(tx, pending), at(tx, runs)
	var oldDays, oldRuns [][]byte
	err := days.tables(func(name []byte, _ table) error {
		if bytes.Compare(name, dayKey(before)) < 0 {
			oldDays = append(oldDays, bytes.Clone(name))
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = unsure.tables(func(name []byte, _ table) error {
		v := known.bucket.Get(name)
		if v == nil {
			oldRuns = append(oldRuns, bytes.Clone(name))
			return nil
		}
		r, err := decodeRun(known, name, v)
		if err == nil && r.Began < before {
			oldRuns = append(oldRuns, bytes.Clone(name))
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := days.drop(oldDays); err != nil {
		return err
	}
	return unsure.drop(oldRuns)
}

// sweep looks through what is not in the order of time, on the first run of a day.
func sweep(tx *bbolt.Tx, r Run, before int64) error {
	today := uint64(uint32(dayOf(r.Began)))
	swept, err := number(at(tx, about), keySwept)
	if err != nil || swept == today {
		return err
	}
	err = at(tx, hosts).forgetEach(func(payload []byte) (bool, error) {
		h, err := decodeHost(payload)
		return h.Last < before, err
	})
	if err != nil {
		return err
	}
	err = at(tx, throttles).forgetEach(func(payload []byte) (bool, error) {
		h, err := decodeThrottle(payload)
		return h.Until < before, err
	})
	if err != nil {
		return err
	}
	return setNumber(at(tx, about), keySwept, today)
}

// markedRuns is the rules of a run's set whose marks were not renewed since a time, and the runs that the other marks name.
func (s *Store) markedRuns(r Run, made map[string]mark, before int64) (old []string, named map[uint64]bool) {
	named = map[uint64]bool{}
	for _, m := range made {
		named[m.Run] = true
	}
	for set, rules := range s.marks {
		for rule, m := range rules {
			_, renewed := made[rule]
			switch {
			case set == r.Set && renewed:
			case set == r.Set && m.made < before:
				old = append(old, rule)
			default:
				named[m.Run] = true
			}
		}
	}
	return old, named
}

// putMarks writes marks; the caller takes them to memory when they are on the disk.
func putMarks(tx *bbolt.Tx, set Set, made map[string]mark) error {
	for rule, m := range made {
		if err := putMark(at(tx, marks), set, rule, m); err != nil {
			return err
		}
	}
	return nil
}
