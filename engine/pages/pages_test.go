package pages

import "testing"

func TestLarge(t *testing.T) {
	for _, c := range []struct{ length, capacity int }{{0, 0}, {3, 3}, {0, least / 8}, {5, least}, {least, least + 1}, {least / 8, least/8 + 511}} {
		made := make([]uint64, c.length, c.capacity)
		for i := range made {
			made[i] = uint64(i)
		}
		large := Large(made)
		if len(large) != c.length || cap(large) != cap(made) {
			t.Fatalf("%d of %d became %d of %d", c.length, c.capacity, len(large), cap(large))
		}
		for i, x := range large[:cap(large)] {
			if want := uint64(i); i < c.length && x != want || i >= c.length && x != 0 {
				t.Fatalf("%v: item %d is %d", c, i, x)
			}
		}
		if c.length > 0 && &large[0] != &made[0] {
			t.Errorf("%v: it was copied", c)
		}
	}
}

func TestTouch(t *testing.T) {
	type triple [3]int64
	for _, length := range []int{1, 100, cached} {
		s := make([]triple, length)
		s[length-1] = triple{7, 8, 9}
		Touch(s, []uint32{0, uint32(length - 1), uint32(length / 2)})
		if s[length-1] != (triple{7, 8, 9}) {
			t.Errorf("of %d something changed", length)
		}
	}
	words := make([]int64, 3*cached)
	words[3*7], words[3*7+2] = 5, 6<<56
	if TouchRecords(words, 3, []uint32{7}) != 11 {
		t.Error("it reads the first byte and the last of each record")
	}
	if Touch(make([]byte, cached), []uint32{5}) != 0 || Touch(append(make([]byte, cached), 3), []uint32{cached}) != 6 {
		t.Error("it reads the first byte and the last of each place")
	}
}
