package column

import (
	"fmt"
	"testing"
)

func TestIntern(t *testing.T) {
	d := NewDictionary()
	if d.Len() != 1 || !d.Value(0).IsNull() {
		t.Fatal("code 0 is not null")
	}
	codes := map[string]uint32{}
	buf := make([]byte, 0, 32)
	for i := range 20000 {
		buf = fmt.Append(buf[:0], i%7000, "-value") // the bytes are used again
		code := d.Intern(buf)
		if old, ok := codes[string(buf)]; ok && old != code {
			t.Fatalf("%s is %d and %d", buf, old, code)
		}
		codes[string(buf)] = code
	}
	if d.Len() != 7001 || d.Bytes() < 7000*len("1-value") {
		t.Error(d.Len(), "entries of", d.Bytes(), "bytes")
	}
	for text, code := range codes {
		if d.Value(code).Text() != text {
			t.Fatalf("code %d is %q, want %q", code, d.Value(code), text)
		}
	}
	for text, code := range codes {
		if found, ok := d.Find(text); !ok || found != code {
			t.Fatalf("%q is found as %d (%t), not %d", text, found, ok, code)
		}
	}
	if code, ok := d.Find("other"); ok {
		t.Errorf("what was never interned is %d", code)
	}
	empty, long := d.Intern(nil), d.Intern(make([]byte, 100<<10))
	if v := d.Value(empty); v.IsNull() || v.Text() != "" {
		t.Error("an empty text is", v)
	}
	if d.Intern([]byte{}) != empty || d.Intern(make([]byte, 100<<10)) != long || d.Intern(make([]byte, 100<<10+1)) == long {
		t.Error("long and empty texts are not told apart")
	}
}

func TestDeriveFollowsItsParent(t *testing.T) {
	d, out := NewDictionary(), &Dictionary{}
	seen := 0
	for round := range 50 {
		for i := range round * 3 {
			d.Intern(fmt.Append(nil, round, ".", i))
		}
		d.Derive(out, func(v Vector) Vector {
			seen += v.Len()
			lengths := make([]Value, v.Len())
			for i := range lengths {
				if x := v.Value(i); !x.IsNull() {
					lengths[i] = Boolean(len(x.Text()) > 4)
				}
			}
			return FromValues(lengths)
		})
		if out.Len() != d.Len() || seen != d.Len() {
			t.Fatalf("round %d: %d results for %d entries, computed %d times", round, out.Len(), d.Len(), seen)
		}
	}
	codes := make([]uint32, d.Len())
	for i := range codes {
		codes[i] = uint32(i)
		v := out.Value(uint32(i))
		if i == 0 != v.IsNull() || i > 0 && v.True() != (len(d.Value(uint32(i)).Text()) > 4) {
			t.Fatalf("%q gives %s", d.Value(uint32(i)), v)
		}
	}
	for i, truth := range Truths(&Dict{codes, out}) {
		if truth != truthOf(out.Value(uint32(i))) {
			t.Fatalf("the truth of entry %d is %d", i, truth)
		}
	}
}
