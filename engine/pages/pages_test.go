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
