package state

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// Throttle is what is known of findings that are alike, of which the first is told and others are not for a time.
type Throttle struct {
	Rule        string
	Until       int64       // up to when others are not told
	Count       int         // how many were not
	First, Last int64       // of the events of all of them
	Told        Fingerprint // the finding that was told
}

// Throttled is a throttle under what its findings have in common: a hash of the set, the rule and the values.
type Throttled struct {
	Fingerprint Fingerprint
	Throttle    Throttle
}

func putThrottles(tx *bbolt.Tx, list []Throttled) error {
	t := at(tx, throttles)
	for _, x := range list {
		h := x.Throttle
		value := record().text(h.Rule).moment(h.Until).count(int64(h.Count)).moment(h.First).moment(h.Last).fixed(h.Told[:]).b
		if err := t.put(x.Fingerprint[:], value); err != nil {
			return err
		}
	}
	return nil
}

func decodeThrottle(payload []byte) (Throttle, error) {
	r := read(payload)
	h := Throttle{Rule: r.text(), Until: r.moment(), Count: int(r.count()), First: r.moment(), Last: r.moment()}
	r.fixed(h.Told[:])
	return h, r.err
}

// Throttles is those throttles that there are.
func (s *Store) Throttles(list []Fingerprint) (map[Fingerprint]Throttle, error) {
	out := map[Fingerprint]Throttle{}
	err := s.view(func(tx *bbolt.Tx) error {
		_, err := at(tx, throttles).find(inOrder(list), func(f Fingerprint, payload []byte) error {
			h, err := decodeThrottle(payload)
			out[f] = h
			return err
		})
		return err
	})
	return out, err
}

// forgetEach removes what a function says of a table, in one pass.
func (t table) forgetEach(old func(payload []byte) (bool, error)) error {
	var keys [][]byte
	err := t.each(func(k, payload []byte) error {
		gone, err := old(payload)
		if gone {
			keys = append(keys, bytes.Clone(k))
		}
		return err
	})
	for _, k := range keys {
		if err == nil {
			err = t.bucket.Delete(k)
		}
	}
	return err
}
