package state

import (
	"encoding/binary"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// version is that of the database as it is written now.
const version = 1

// The tables.
const (
	about     = "about"
	counts    = "counts"
	hosts     = "hosts"
	marks     = "marks"
	pending   = "pending"
	positions = "positions"
	runs      = "runs"
	sightings = "sightings"
	silences  = "silences"
	throttles = "throttles"
)

var tables = []string{about, counts, hosts, marks, pending, positions, runs, sightings, silences, throttles}

// What stands in the table about, which is the first of all.
const (
	keyRun     = "run"     // the last run
	keySilence = "silence" // the last silence
	keySwept   = "swept"   // the day on which hosts and throttles were last looked through
	keyVersion = "version"
)

// migrations bring a database from the version that they stand under to the next one, in one transaction. What they leave must be as if this
// version had written it, but for the version itself.
var migrations = map[int]func(*bbolt.Tx) error{}

// VersionError is a database of a version that this program cannot use.
type VersionError struct {
	Path      string
	Has, Want int
}

func (e *VersionError) Error() string {
	if e.Has > e.Want {
		return fmt.Sprintf("%s was written by a newer spoor (version %d, this one knows %d): use that one, or another state folder", e.Path, e.Has, e.Want)
	}
	return fmt.Sprintf("%s was written by an older spoor (version %d, this one writes %d): the next run brings it up to date", e.Path, e.Has, e.Want)
}

func versionOf(payload []byte) (int, error) {
	n, length := binary.Uvarint(payload)
	if length <= 0 || n > 1<<30 {
		return 0, errors.New("its version is no number")
	}
	return int(n), nil
}

// migrate brings a database to this version, whole or not at all.
func (s *Store) migrate(has int) error {
	for from := has; from != version; from++ {
		if migrations[from] == nil {
			return &VersionError{s.path(), has, version}
		}
	}
	return s.failed(s.open(true, func(db *bbolt.DB) error {
		return db.Update(func(tx *bbolt.Tx) error {
			for from := has; from < version; from++ {
				if err := migrations[from](tx); err != nil {
					return fmt.Errorf("bringing %s from version %d to %d: %w", s.path(), from, from+1, err)
				}
			}
			return setNumber(at(tx, about), keyVersion, version)
		})
	}))
}
