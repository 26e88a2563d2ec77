package state

import (
	"encoding/binary"
	"encoding/json"
	"strconv"

	"go.etcd.io/bbolt"
)

// Silence keeps findings from being told for a time. Times are nanoseconds since 1970.
type Silence struct {
	ID     string
	Rule   string // a pattern of names or an ID; empty: any rule
	Where  string // an expression of eval over a finding; empty: any finding
	Reason string
	Until  int64 // 0: for ever
	Added  int64
	By     string
	Hits   int // how many findings were silenced
}

// Silences is all silences, in the order in which they were added.
func (s *Store) Silences() (out []Silence, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		return at(tx, silences).each(func(_, payload []byte) error {
			var x Silence
			err := json.Unmarshal(payload, &x)
			out = append(out, x)
			return err
		})
	})
	return out, err
}

// AddSilence adds a silence under an ID of its own, which is never given again.
func (s *Store) AddSilence(x Silence) (Silence, error) {
	err := s.update(func(tx *bbolt.Tx) error {
		last, err := number(at(tx, about), keySilence)
		if err != nil {
			return err
		}
		x.ID, x.Hits = strconv.FormatUint(last+1, 10), 0
		if err := setNumber(at(tx, about), keySilence, last+1); err != nil {
			return err
		}
		return putSilence(tx, x)
	})
	return x, err
}

// RemoveSilence removes a silence, and says whether there was one.
func (s *Store) RemoveSilence(id string) (found bool, err error) {
	key, ok := silenceKey(id)
	if !ok {
		return false, nil
	}
	err = s.update(func(tx *bbolt.Tx) error {
		b := at(tx, silences).bucket
		found = b.Get(key) != nil
		return b.Delete(key)
	})
	return found, err
}

func silenceKey(id string) ([]byte, bool) {
	n, err := strconv.ParseUint(id, 10, 64)
	return binary.BigEndian.AppendUint64(nil, n), err == nil && n > 0
}

func putSilence(tx *bbolt.Tx, x Silence) error {
	key, _ := silenceKey(x.ID)
	text, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return at(tx, silences).put(key, text)
}

// addHits counts what was silenced. A silence may have been removed since.
func addHits(tx *bbolt.Tx, hits map[string]int) error {
	t := at(tx, silences)
	for id, n := range hits {
		key, ok := silenceKey(id)
		if !ok || t.bucket.Get(key) == nil {
			continue
		}
		payload, err := t.get(key)
		if err != nil {
			return err
		}
		var x Silence
		if err := json.Unmarshal(payload, &x); err != nil {
			return err
		}
		x.Hits += n
		if err := putSilence(tx, x); err != nil {
			return err
		}
	}
	return nil
}
