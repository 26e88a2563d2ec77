package state

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

// ofVersion makes a database one of another version.
func ofVersion(t *testing.T, dir string, n uint64, change func(*bbolt.Tx) error) {
	t.Helper()
	s := opened(t, dir)
	defer s.Close()
	if err := s.update(func(tx *bbolt.Tx) error {
		return errors.Join(setNumber(at(tx, about), keyVersion, n), change(tx))
	}); err != nil {
		t.Fatal(err)
	}
}

func TestNewerVersion(t *testing.T) {
	dir := filled(t)
	ofVersion(t, dir, version+2, func(tx *bbolt.Tx) error { // its values mean nothing to this one
		return at(tx, hosts).bucket.Put([]byte("x"), []byte("unsealed"))
	})
	path := filepath.Join(dir, fileName)
	before := must[[]byte](t)(os.ReadFile(path))
	for _, o := range []Options{{}, {Shared: true}, {ReadOnly: true}} {
		_, err := Open(dir, o)
		var v *VersionError
		if !errors.As(err, &v) || *v != (VersionError{path, version + 2, version}) || !strings.Contains(err.Error(), "newer spoor") {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if after := must[[]byte](t)(os.ReadFile(path)); !reflect.DeepEqual(before, after) {
		t.Error("the file was changed")
	}
	must[func()](t)(Lock(filepath.Join(dir, runLock)))() // it was given back
}

func TestOlderVersion(t *testing.T) {
	dir := filled(t)
	s := opened(t, dir)
	want := everything(t, s)
	s.Close()
	ofVersion(t, dir, 0, func(tx *bbolt.Tx) error { // a made-up version without throttles and with hosts of another form
		return errors.Join(tx.DeleteBucket([]byte(throttles)), at(tx, hosts).put([]byte("old"), []byte("form")))
	})
	var v *VersionError
	for _, o := range []Options{{}, {Shared: true}, {ReadOnly: true}} {
		if _, err := Open(dir, o); !errors.As(err, &v) || v.Has != 0 || !strings.Contains(err.Error(), "older spoor") {
			t.Errorf("without a migration, %+v: %v", o, err)
		}
	}
	defer clear(migrations)
	migrations[0] = func(tx *bbolt.Tx) error {
		return errors.Join(at(tx, hosts).bucket.Delete([]byte("old")), errors.New("half done"))
	}
	if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "from version 0 to 1: half done") {
		t.Errorf("a migration that fails: %v", err)
	}
	migrations[0] = func(tx *bbolt.Tx) error {
		if at(tx, hosts).bucket.Get([]byte("old")) == nil {
			return errors.New("the migration that failed has changed something")
		}
		_, err := tx.CreateBucket([]byte(throttles))
		return errors.Join(err, at(tx, hosts).bucket.Delete([]byte("old")))
	}
	if _, err := Open(dir, Options{ReadOnly: true}); !errors.As(err, &v) {
		t.Errorf("for reading: %v", err)
	}
	s = opened(t, dir)
	got := everything(t, s)
	want["throttles"] = map[Fingerprint]Throttle{}
	if !reflect.DeepEqual(got, want) {
		t.Error("the state is another after the migration")
	}
	s.Close()
	clear(migrations)
	opened(t, dir)
}
