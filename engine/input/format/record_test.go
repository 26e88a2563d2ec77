package format

import "testing"

func TestRecord(t *testing.T) {
	w := &Wanted{Fields: []string{"a", "b"}}
	r := NewRecord(w)
	a, b := r.Slot([]byte("a")), r.Slot([]byte("b"))
	if a != 0 || b != 1 || r.Slot([]byte("c")) != -1 || r.Wanted() != w {
		t.Fatal("slots are the fields in their order, and no others")
	}
	r.Append(a, []byte("1"))
	r.Append(a, []byte("2"))
	r.Set(b, []byte("x"))
	r.Unset(b)
	if c := r.Cell(a); !c.Set || string(c.Text) != "1" || len(c.More) != 1 || string(c.More[0]) != "2" || r.Cell(b).Set {
		t.Fatalf("%+v", r.Cell(a))
	}
	r.Set(a, []byte("3"))
	if c := r.Cell(a); string(c.Text) != "3" || len(c.More) != 0 {
		t.Fatalf("%+v", c)
	}
	r.Reset(nil)
	if r.Cell(a).Set || r.Cell(b).Set {
		t.Fatal("set after a reset")
	}
}

func TestGrownBytesStay(t *testing.T) {
	r := NewRecord(&Wanted{})
	first := append(r.Grow(4)[:0], "1234"...)
	for range 100 {
		copy(r.Grow(5000), "overwritten?")
	}
	if string(first) != "1234" {
		t.Fatalf("%q", first)
	}
	r.Grow(2 * maxScratch)
	r.Reset(nil)
	if cap(r.scratch) > maxScratch {
		t.Fatalf("kept %d bytes", cap(r.scratch))
	}
}

func TestNamesAreBounded(t *testing.T) {
	w := &Wanted{All: true}
	d, r := New(w), NewRecord(w)
	name := []byte(`{"EventID":1,"Image":"x","aaaa":1}`)
	for i := range 3 * maxNames {
		for j := range 4 {
			name[len(name)-5-j] = 'a' + byte(i>>(4*j)&15)
		}
		d.Decode(name, r)
	}
	if n := len(r.Names()); n > maxNames {
		t.Errorf("%d names", n)
	}
	if len(d.top.entries) > maxLearnt {
		t.Errorf("%d entries", len(d.top.entries))
	}
	if d.Decode([]byte(x), r) != Event || string(r.Cell(r.Slot([]byte("Image"))).Text) != "/usr/bin/curl" {
		t.Error("known names must still be read")
	}
}

func TestLearnedMarkupIsBounded(t *testing.T) {
	w := &Wanted{Fields: []string{"User"}}
	d, r := New(w), NewRecord(w)
	for i := range 2 * maxPaths {
		rec := `<Event><System><EventID>1</EventID></System><EventData><Data Name="` + string(rune('a'+i%26)) + string(rune('0'+i%10)) +
			string(rune(0x4e00+i)) + `">x</Data><Data Name="User">u</Data></EventData></Event>`
		if d.Decode([]byte(rec), r) != Event || string(r.Cell(0).Text) != "u" {
			t.Fatalf("event %d: %q", i, r.Cell(0).Text)
		}
		if d.paths.paths > maxPaths {
			t.Fatalf("%d paths", d.paths.paths)
		}
	}
}

func TestFormatsAreDescribed(t *testing.T) {
	last := ""
	for _, f := range Formats() {
		if f.Name <= last || f.Doc == "" || f.Example == "" {
			t.Errorf("%+v behind %s", f, last)
		}
		last = f.Name
	}
}

// TestNamedEnvelopes holds that every envelope the tests meet is in the list.
func TestNamedEnvelopes(t *testing.T) {
	listed := map[string]bool{}
	for _, f := range Formats() {
		listed[f.Name] = true
	}
	for file, envelope := range otrfForms {
		if !listed[envelope] {
			t.Errorf("%s: %s is not listed", file, envelope)
		}
	}
}
