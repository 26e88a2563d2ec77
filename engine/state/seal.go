package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"go.etcd.io/bbolt"
)

// table is a bucket of the database with sealed values: behind each stands a sum of where it is (the names of the buckets, its key) and what it
// is, so that a value that was damaged, or is in the wrong place, is never taken for a good one.
type table struct {
	bucket *bbolt.Bucket
	sum    uint32 // of the names on the way to it
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumLength is the length of the sum behind a value.
const sumLength = 4

// below is the sum of a bucket's name behind those above.
func below(sum uint32, name []byte) uint32 {
	return crc32.Update(crc32.Update(sum, castagnoli, []byte{byte(len(name))}), castagnoli, name)
}

func sealed(sum uint32, key, payload []byte) []byte {
	out := make([]byte, 0, len(payload)+sumLength)
	return binary.LittleEndian.AppendUint32(append(out, payload...), crc32.Update(crc32.Update(sum, castagnoli, key), castagnoli, payload))
}

var errSeal = errors.New("the checksum of a value is wrong")

// unsealed is the value without its sum, which must be right.
func unsealed(sum uint32, key, value []byte) ([]byte, error) {
	n := len(value) - sumLength
	if n < 0 || binary.LittleEndian.Uint32(value[n:]) != crc32.Update(crc32.Update(sum, castagnoli, key), castagnoli, value[:n]) {
		return nil, errSeal
	}
	return value[:n], nil
}

// at is a table of the database.
func at(tx *bbolt.Tx, name string) table {
	return table{tx.Bucket([]byte(name)), below(0, []byte(name))}
}

// get is the value of a key; nil if there is none.
func (t table) get(key []byte) ([]byte, error) {
	v := t.bucket.Get(key)
	if v == nil {
		return nil, nil
	}
	return unsealed(t.sum, key, v)
}

func (t table) put(key, payload []byte) error {
	return t.bucket.Put(key, sealed(t.sum, key, payload))
}

// each visits keys and values in the order of the keys.
func (t table) each(visit func(key, payload []byte) error) error {
	return t.bucket.ForEach(func(k, v []byte) error {
		payload, err := unsealed(t.sum, k, v)
		if err != nil {
			return err
		}
		return visit(k, payload)
	})
}

// within is a table in a table, if there is one.
func (t table) within(name []byte) (table, bool) {
	b := t.bucket.Bucket(name)
	return table{b, below(t.sum, name)}, b != nil
}

// provide is a table in a table, which is made if there is none.
func (t table) provide(name []byte) (table, error) {
	b, err := t.bucket.CreateBucketIfNotExists(name)
	return table{b, below(t.sum, name)}, err
}

// tables visits the tables in a table, the last one first.
func (t table) tables(visit func(name []byte, within table) error) error {
	c := t.bucket.Cursor()
	for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
		if within, ok := t.within(k); ok {
			if err := visit(k, within); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop removes tables from a table.
func (t table) drop(names [][]byte) error {
	for _, name := range names {
		if err := t.bucket.DeleteBucket(name); err != nil {
			return err
		}
	}
	return nil
}

// number is a number in a table; 0 if there is none.
func number(t table, key string) (uint64, error) {
	v, err := t.get([]byte(key))
	if v == nil || err != nil {
		return 0, err
	}
	n, length := binary.Uvarint(v)
	if length <= 0 {
		return 0, fmt.Errorf("%s is no number", key)
	}
	return n, nil
}

func setNumber(t table, key string, n uint64) error {
	return t.put([]byte(key), binary.AppendUvarint(nil, n))
}
