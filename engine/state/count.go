package state

import (
	"maps"
	"slices"

	"go.etcd.io/bbolt"
)

// Count is how many findings of a rule there were over a set, in all runs or in one.
type Count struct {
	New, Updated, Repeated, Suppressed, Silenced, Late int

	Last int64 // the time of the last event of any of them
}

// Plus is both together.
func (c Count) Plus(o Count) Count {
	return Count{
		New: c.New + o.New, Updated: c.Updated + o.Updated, Repeated: c.Repeated + o.Repeated, Suppressed: c.Suppressed + o.Suppressed,
		Silenced: c.Silenced + o.Silenced, Late: c.Late + o.Late, Last: max(c.Last, o.Last),
	}
}

func (c Count) encode(rule string) []byte {
	w := record().text(rule)
	for _, n := range []int{c.New, c.Updated, c.Repeated, c.Suppressed, c.Silenced, c.Late} {
		w.count(int64(n))
	}
	return w.moment(c.Last).b
}

func decodeCount(payload []byte) (rule string, c Count, err error) {
	r := read(payload)
	rule = r.text()
	for _, n := range []*int{&c.New, &c.Updated, &c.Repeated, &c.Suppressed, &c.Silenced, &c.Late} {
		*n = int(r.count())
	}
	c.Last = r.moment()
	return rule, c, r.err
}

func addCounts(tx *bbolt.Tx, set Set, more map[string]Count) error {
	t := at(tx, counts)
	for _, rule := range slices.Sorted(maps.Keys(more)) {
		key := nameKey(string(set), rule)
		payload, err := t.get(key)
		if err != nil {
			return err
		}
		var c Count
		if payload != nil {
			if _, c, err = decodeCount(payload); err != nil {
				return err
			}
		}
		if err := t.put(key, c.Plus(more[rule]).encode(rule)); err != nil {
			return err
		}
	}
	return nil
}

// Counts is how many findings there were over a set, by rule.
func (s *Store) Counts(set Set) (map[string]Count, error) {
	out := map[string]Count{}
	err := s.view(func(tx *bbolt.Tx) error {
		return at(tx, counts).under(string(set), func(_, payload []byte) error {
			rule, c, err := decodeCount(payload)
			out[rule] = c
			return err
		})
	})
	return out, err
}
