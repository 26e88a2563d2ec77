package state

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// If the newer head was not written whole, the one before it counts, which is said.
func TestCutOff(t *testing.T) {
	dir := filled(t)
	path := filepath.Join(dir, fileName)
	s := opened(t, dir)
	before := everything(t, s)
	if err := s.Commit(Run{ID: 99}, Change{Marks: map[string]Mark{"rule 1": {Until: 4711}}}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	b := must[[]byte](t)(os.ReadFile(path))
	newer := must[head](t)(readHead(bytes.NewReader(b), int64(len(b)))).id % 2
	b[int(newer)*os.Getpagesize()+pageHeader+60] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, said, err := openedSaying(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(said) != 1 || said[0].Code != "state-cut" {
		t.Errorf("said: %v", said)
	}
	if got := everything(t, s); !reflect.DeepEqual(got, before) {
		t.Error("the state is not the one before")
	}
	if err := s.Commit(Run{ID: 99}, Change{}); err != nil {
		t.Error(err)
	}
	s.Close()
	opened(t, dir).Close() // which says nothing
	checked(t, dir)
}

// Whatever bits are flipped: either that is said, or all is as it was.
func TestFlippedBits(t *testing.T) {
	dir := filled(t)
	path := filepath.Join(dir, fileName)
	whole := must[[]byte](t)(os.ReadFile(path))
	s := opened(t, dir)
	want := everything(t, s)
	s.Close()
	pages := int(must[head](t)(readHead(bytes.NewReader(whole), int64(len(whole)))).pages)
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 200 {
		b := bytes.Clone(whole)
		at := random.IntN(pages) * os.Getpagesize()
		if at += random.IntN(os.Getpagesize()); random.IntN(3) == 0 { // often where pages are described
			at = at/os.Getpagesize()*os.Getpagesize() + random.IntN(64)
		}
		b[at] ^= 1 << random.IntN(8)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, said, err := openedSaying(t, dir)
		if err != nil {
			t.Fatalf("a bit flipped at %d: %v", at, err)
		}
		if len(said) > 0 {
			found++
		} else if got := everything(t, s); !reflect.DeepEqual(got, want) {
			t.Errorf("a bit flipped at %d changed the state, and nothing was said", at)
		}
		s.Close()
		for _, aside := range must[[]string](t)(filepath.Glob(path + ".damaged-*")) {
			os.Remove(aside)
		}
	}
	if found < 20 || found == 200 {
		t.Errorf("%d of 200 flipped bits were found", found)
	}
}

// Pages in the place of others: that is said, unless the page has the right number too. Then it may be what stood there earlier, which nobody can
// tell; but whatever is read is whole.
func TestMixedPages(t *testing.T) {
	dir := filled(t)
	path := filepath.Join(dir, fileName)
	whole := must[[]byte](t)(os.ReadFile(path))
	s := opened(t, dir)
	want := everything(t, s)
	s.Close()
	size := os.Getpagesize()
	pages := int(must[head](t)(readHead(bytes.NewReader(whole), int64(len(whole)))).pages)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 60 {
		b := bytes.Clone(whole)
		from, to := (2+random.IntN(pages-2))*size, (2+random.IntN(pages-2))*size
		copy(b[to:to+size], whole[from:from+size])
		numbered := i%2 == 0
		if numbered {
			native.PutUint64(b[to:], uint64(to/size))
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, said, err := openedSaying(t, dir)
		if err != nil {
			t.Fatalf("page %d instead of %d: %v", from/size, to/size, err)
		}
		if got := everything(t, s); len(said) == 0 && !numbered && !reflect.DeepEqual(got, want) {
			t.Errorf("page %d instead of %d changed the state, and nothing was said", from/size, to/size)
		}
		s.Close()
		for _, aside := range must[[]string](t)(filepath.Glob(path + ".damaged-*")) {
			os.Remove(aside)
		}
	}
}
