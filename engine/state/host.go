package state

import (
	"bytes"
	"time"

	"go.etcd.io/bbolt"
)

// Host is what is known of a host's events over a set.
type Host struct {
	Name   string
	Last   int64 // the time of its last event
	Usual  int64 // nanoseconds from one event to the next, as a rule
	Events int64 // how many there were
}

// steady is how many events what was usual before weighs at most: so many more, and half of it is forgotten.
const steady = 10_000

// Heard is a host after more events of it, the times of which are from first to last. Those not later than its last one were counted before.
func (h Host) Heard(first, last, events int64) Host {
	if events <= 0 || h.Events > 0 && last <= h.Last {
		return h
	}
	if h.Events == 0 {
		h.Last, h.Events = last, events
		if events > 1 {
			h.Usual = (last - first) / (events - 1)
		}
		return h
	}
	if first <= h.Last { // some were counted before
		events = max(int64(float64(events)*float64(last-h.Last)/float64(last-first)), 1)
	}
	gap := float64(last-h.Last) / float64(events)
	before := float64(min(h.Events-1, steady))
	h.Usual = int64((float64(h.Usual)*before + gap*float64(events)) / (before + float64(events)))
	h.Last, h.Events = last, h.Events+events
	return h
}

// Patience is how long nothing must be heard of a host at least before it is silent, however seldom that is: between two of its events may be
// milliseconds.
const Patience = 5 * time.Minute

// Silent is for how long nothing was heard of a host at a time up to which logs were read, and whether that is longer than so many times what
// is usual.
func (h Host) Silent(at int64, times float64) (time.Duration, bool) {
	since := time.Duration(at - h.Last)
	return since, h.Usual > 0 && since >= Patience && float64(since) > times*float64(h.Usual)
}

func putHosts(tx *bbolt.Tx, set Set, list []Host) error {
	t := at(tx, hosts)
	for _, h := range list {
		value := record().text(h.Name).moment(h.Last).moment(h.Usual).count(h.Events).b
		if err := t.put(nameKey(string(set), h.Name), value); err != nil {
			return err
		}
	}
	return nil
}

func decodeHost(payload []byte) (Host, error) {
	r := read(payload)
	h := Host{Name: r.text(), Last: r.moment(), Usual: r.moment(), Events: r.count()}
	return h, r.err
}

// Hosts is the hosts of which there were events over a set, by name.
func (s *Store) Hosts(set Set) (out []Host, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		return at(tx, hosts).under(string(set), func(_, payload []byte) error {
			h, err := decodeHost(payload)
			out = append(out, h)
			return err
		})
	})
	return out, err
}

// under visits what stands under names of which the first is this one.
func (t table) under(name string, visit func(key, payload []byte) error) error {
	prefix := append(nameKey(name), 0)
	c := t.bucket.Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		payload, err := unsealed(t.sum, k, v)
		if err == nil {
			err = visit(k[len(prefix):], payload)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
