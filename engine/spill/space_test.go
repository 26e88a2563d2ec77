package spill

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

func numbers(from, rows int) *column.Batch {
	v := &column.Ints{Values: make([]int64, rows)}
	for i := range v.Values {
		v.Values[i] = int64(from + i)
	}
	return column.NewBatch(column.NewSchema("n"), []column.Vector{v}, rows)
}

func TestAccount(t *testing.T) {
	s := New(context.Background(), 1000, "")
	one, two := s.Account(), s.Account()
	for _, step := range []struct {
		of   *Account
		grow int
		want bool
		why  string
	}{
		{one, 900, true, "there is room"},
		{two, 100, true, "all is just taken"},
		{two, 100, true, "the other one has more than its share"},
		{one, 10, false, "it is over, and has more than its share"},
		{one, -910, true, "it gave all back"},
		{one, 0, true, "it has nothing to put away"},
		{two, 790, true, "there is room again"},
		{two, 20, false, "it is over, alone"},
	} {
		if got := step.of.Grow(step.grow); got != step.want {
			t.Errorf("growing by %d is %t, though %s", step.grow, got, step.why)
		}
	}
	two.Release()
	if n := s.held.Load(); n != 0 {
		t.Errorf("%d bytes are held by nobody", n)
	}
	if n := s.holders.Load(); n != 0 {
		t.Errorf("%d hold something, of whom nobody does", n)
	}
}

func TestNoLimit(t *testing.T) {
	var none *Space
	for _, a := range []*Account{none.Account(), New(context.Background(), 0, "").Account()} {
		if a != nil || !a.Grow(1<<40) || !a.Hold(5) {
			t.Error("without a limit there is one")
		}
		a.Release()
	}
}

func TestTake(t *testing.T) {
	s := New(context.Background(), 1000, "")
	one, two := s.Account(), s.Account()
	one.Grow(300)
	two.Grow(400)
	one.Take(two)
	if one.held != 700 || two.held != 0 || s.held.Load() != 700 || s.holders.Load() != 1 {
		t.Errorf("%d and %d of %d", one.held, two.held, s.held.Load())
	}
}

// TestFile looks whether the file is there as long as it must be, and not longer, and whether its pieces are used again.
func TestFile(t *testing.T) {
	dir := t.TempDir()
	s := New(context.Background(), 1, dir)
	first := s.Run()
	if s.file != nil {
		t.Error("there is a file before anything was put away")
	}
	for i := range 100 {
		first.Add(numbers(i*4000, 4000))
	}
	size := s.end
	if first.Rows() != 400_000 || size < 8*400_000 {
		t.Fatalf("%d rows in %d bytes", first.Rows(), size)
	}
	first.Free()
	second := s.Run()
	for i := range 100 {
		second.Add(numbers(-i*4000, 4000))
	}
	if s.end != size {
		t.Errorf("the file grew from %d to %d bytes, though pieces are free", size, s.end)
	}
	n := 0
	for b, err := range second.All() {
		if err != nil {
			t.Fatal(err)
		}
		sameBatch(t, b, numbers(-n*4000, 4000))
		n++
	}
	s.Close()
	if left, _ := os.ReadDir(dir); n != 100 || len(left) > 0 {
		t.Errorf("%d batches; %v was left behind", n, left)
	}
}

func TestUnusableFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "missing")
	s := New(context.Background(), 1, dir)
	r := s.Run()
	r.Add(numbers(0, 10))
	var d *source.Diagnostic
	if !errors.As(s.Err(), &d) || !strings.Contains(d.Error(), dir) || !strings.Contains(d.Error(), "--temp-dir") {
		t.Errorf("the error is %v", s.Err())
	}
	r.Add(numbers(0, 10))
	if r.Len() != 0 {
		t.Error("batches are taken for put away")
	}
}

func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip("there is no /dev/full")
	}
	s := New(context.Background(), 1, "/somewhere")
	s.file = full
	r := s.Run()
	r.Add(numbers(0, 10))
	if s.Err() == nil || !strings.Contains(s.Err().Error(), "/somewhere") || !strings.Contains(s.Err().Error(), "full") {
		t.Errorf("the error is %v", s.Err())
	}
	full.Close()
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := New(ctx, 1, t.TempDir())
	defer s.Close()
	r := s.Run()
	r.Add(numbers(0, 10))
	cancel()
	if _, err := r.Batch(0); !errors.Is(err, context.Canceled) {
		t.Errorf("reading on is %v", err)
	}
	s.Run().Add(numbers(0, 10))
	if !errors.Is(s.Err(), context.Canceled) {
		t.Errorf("writing on is %v", s.Err())
	}
}
