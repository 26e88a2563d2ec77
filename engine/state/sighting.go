package state

import (
	"bytes"
	"encoding/binary"
	"slices"

	"go.etcd.io/bbolt"
)

// Fingerprint is what makes two findings the same one: a hash of the rule and of what it found, never of the time of a run.
type Fingerprint [16]byte

// Sighting is what is known of a finding that was told.
type Sighting struct {
	Rule        string
	First, Last int64  // of its events
	Told        int64  // when the run was that told it last
	Seen        int    // how many times it was told
	Digest      uint64 // of the row that was told last
	Suppressed  int    // how many more were folded into it
	Pending     bool   // it was announced, but its run did not get as far as to say that it was told
}

// Told is a finding that a run tells.
type Told struct {
	Fingerprint Fingerprint
	Sighting    Sighting
}

func (x Sighting) encode(w *writer) []byte {
	return w.moment(x.First).moment(x.Last).moment(x.Told).moment(int64(x.Digest)).count(int64(x.Seen)).count(int64(x.Suppressed)).text(x.Rule).b
}

func decodeSighting(payload []byte) (Sighting, error) {
	r := read(payload)
	x := Sighting{First: r.moment(), Last: r.moment(), Told: r.moment(), Digest: uint64(r.moment()), Seen: int(r.count()), Suppressed: int(r.count()), Rule: r.text()}
	return x, r.err
}

// Sightings is what is known of findings, of those of which anything is.
func (s *Store) Sightings(list []Fingerprint) (map[Fingerprint]Sighting, error) {
	out := map[Fingerprint]Sighting{}
	rest := inOrder(list)
	err := s.view(func(tx *bbolt.Tx) error {
		for _, name := range []string{pending, sightings} {
			err := at(tx, name).tables(func(_ []byte, t table) (err error) {
				rest, err = t.find(rest, func(f Fingerprint, payload []byte) error {
					x, err := decodeSighting(payload)
					x.Pending = name == pending
					out[f] = x
					return err
				})
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// inOrder is fingerprints in the order of their bytes, each once.
func inOrder(list []Fingerprint) []Fingerprint {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b Fingerprint) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

// near is how many keys it is quicker to pass one by one than to look for the next place.
const near = 8

// find looks up fingerprints that are in order, in one pass over the table, and leaves of the list those that are not there.
func (t table) find(list []Fingerprint, found func(Fingerprint, []byte) error) (rest []Fingerprint, err error) {
	rest = list[:0]
	c := t.bucket.Cursor()
	k, v := c.First()
	for _, f := range list {
		for step := 1; k != nil && bytes.Compare(k, f[:]) < 0; step++ {
			if step == near {
				k, v = c.Seek(f[:])
				break
			}
			k, v = c.Next()
		}
		if !bytes.Equal(k, f[:]) {
			rest = append(rest, f)
			continue
		}
		payload, err := unsealed(t.sum, k, v)
		if err == nil {
			err = found(f, payload)
		}
		if err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// told is findings in the order of their fingerprints. Of two with one fingerprint the later one counts.
func told(list []Told) []Told {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if c := bytes.Compare(list[i].Fingerprint[:], list[j].Fingerprint[:]); c != 0 {
			return c
		}
		return j - i
	})
	out := make([]Told, 0, len(list))
	for _, i := range order {
		if n := len(out); n == 0 || out[n-1].Fingerprint != list[i].Fingerprint {
			out = append(out, list[i])
		}
	}
	return out
}

func (t table) putTold(list []Told) error {
	w := record()
	for _, x := range list {
		w.b = w.b[:1]
		if err := t.put(x.Fingerprint[:], x.Sighting.encode(w)); err != nil {
			return err
		}
	}
	return nil
}

// Sightings stand in tables by the day of the run that told them: what is new goes to the last of them, what is forgotten is the first of them
// as a whole, and where one is in several the last one counts.

// dayKey is the name of a day's table.
func dayKey(ns int64) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(dayOf(ns))^1<<31)
}

// dayOf is the day of a time, UTC, since 1970.
func dayOf(ns int64) int32 {
	const day = 24 * 3600 * 1e9
	d := ns / day
	if ns%day < 0 {
		d--
	}
	return int32(d)
}

// tell writes findings that were told to the table of a day.
func tell(tx *bbolt.Tx, now int64, list []Told) error {
	if len(list) == 0 {
		return nil
	}
	days, today := at(tx, sightings), dayKey(now)
	var stale []table // of days to come: the clock went back
	err := days.tables(func(name []byte, t table) error {
		if bytes.Compare(name, today) > 0 {
			stale = append(stale, t)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range stale {
		for _, x := range list {
			if err := t.bucket.Delete(x.Fingerprint[:]); err != nil {
				return err
			}
		}
	}
	t, err := days.provide(today)
	if err != nil {
		return err
	}
	return t.putTold(list)
}

// acknowledge takes findings that were told from those that are pending.
func acknowledge(tx *bbolt.Tx, list []Told) error {
	all := at(tx, pending)
	var done [][]byte
	err := all.tables(func(name []byte, t table) error {
		fingerprints := make([]Fingerprint, len(list))
		for i, x := range list {
			fingerprints[i] = x.Fingerprint
		}
		rest, err := t.find(fingerprints, func(Fingerprint, []byte) error { return nil })
		if err != nil || len(rest) == len(list) {
			return err
		}
		if len(list)-len(rest) == t.bucket.Stats().KeyN {
			done = append(done, bytes.Clone(name))
			return nil
		}
		for _, x := range list {
			if err := t.bucket.Delete(x.Fingerprint[:]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return all.drop(done)
}
