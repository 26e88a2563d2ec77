package state

import (
	"encoding/binary"

	"go.etcd.io/bbolt"
)

// Position is how far a file was read: up to the end of its last whole record.
type Position struct {
	Path   string
	Key    [20]byte // which file it is, whatever it is called
	Offset int64    // behind the last whole record, in decoded bytes
	Tail   [16]byte // a hash of what stands before the offset
	Newest int64    // the newest time before it; 0: none has one
	Failed string   // why it could not be read; empty if it could
	Gone   int64    // since when the file is not there, or cannot be read; 0: it is
}

func putPositions(tx *bbolt.Tx, run uint64, list []Position) error {
	all := at(tx, positions)
	if all.bucket.Bucket(runKey(run)) != nil {
		if err := all.bucket.DeleteBucket(runKey(run)); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return nil
	}
	t, err := all.provide(runKey(run))
	if err != nil {
		return err
	}
	t.bucket.FillPercent = 1 // they come in order, and nothing comes between
	for i, p := range list {
		value := record().text(p.Path).fixed(p.Key[:]).moment(p.Offset).fixed(p.Tail[:]).moment(p.Newest).text(p.Failed).moment(p.Gone).b
		if err := t.put(binary.BigEndian.AppendUint32(nil, uint32(i)), value); err != nil {
			return err
		}
	}
	return nil
}

// Positions is how far files were read as of a run, in the order in which they were given.
func (s *Store) Positions(run uint64) (out []Position, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		t, ok := at(tx, positions).within(runKey(run))
		if !ok {
			return nil
		}
		return t.each(func(_, payload []byte) error {
			r := read(payload)
			p := Position{Path: r.text()}
			r.fixed(p.Key[:])
			p.Offset = r.moment()
			r.fixed(p.Tail[:])
			p.Newest, p.Failed, p.Gone = r.moment(), r.text(), r.moment()
			out = append(out, p)
			return r.err
		})
	})
	return out, err
}

// forgetPositions forgets those of runs that no mark names.
func forgetPositions(tx *bbolt.Tx, named map[uint64]bool) error {
	all := at(tx, positions)
	var old [][]byte
	err := all.tables(func(name []byte, _ table) error {
		if len(name) != 8 || !named[binary.BigEndian.Uint64(name)] {
			old = append(old, append([]byte(nil), name...))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return all.drop(old)
}
