package bitmap

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// triple is what was added to a group.
type triple struct {
	text string
	fold bool
}

func (x triple) at(text []byte) bool {
	head, want := text[:min(len(text), 3, len(x.text))], []byte(x.text[:min(3, len(x.text))])
	if x.fold {
		head, want = bytes.Map(asciiLower, head), bytes.Map(asciiLower, want)
	}
	return bytes.Equal(head, want)
}

func asciiLower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		r += 32
	}
	return r
}

// marked is the groups of all places where one is found, in the order of places.
func marked(t *Triples, text []byte, from int) map[int]uint8 {
	out := map[int]uint8{}
	var p Piece
	for t.Next(text, from, &p) {
		for i := range each {
			if p.Places>>i&1 == 1 {
				out[p.At+i] = p.Groups[i]
			}
		}
		from = p.At + each
	}
	return out
}

// checkTriples compares a group each with the naive way: nothing more is found then.
func checkTriples(t *testing.T, of []triple, text []byte, from int) {
	t.Helper()
	var x Triples
	for group, one := range of {
		x.Add(group, one.text, one.fold)
	}
	got := marked(&x, text, from)
	for at := from; at < len(text); at++ {
		want := uint8(0)
		for group, one := range of {
			if one.at(text[at:]) {
				want |= 1 << group
			}
		}
		if got[at] != want {
			t.Fatalf("%v in %q, from %d: groups %b at %d, want %b", of, text, from, got[at], at, want)
		}
	}
	for at := range got {
		if at < from || at >= len(text) {
			t.Fatalf("%v in %q, from %d: found at %d", of, text, from, at)
		}
	}
}

func TestTriplesAtAnyPlace(t *testing.T) {
	of := []triple{{"Sy_", true}, {`\u`, false}, {"{", true}, {"GHI", false}, {"@[`", true}}
	for _, size := range []int{0, 1, 2, 3, 4, 60, 61, 62, 63, 64, 65, 66, 67, 68, 126, 128, 130, 132, 190, 194, 200} {
		for _, mark := range []string{"sY_", "SY_", `\u`, `\U`, "{", "GHI", "ghi", "@[`", "`{@", "@{`", "\u017fy_", "\u212a"} {
			for _, at := range []int{0, size / 2, max(size-len(mark), 0), max(size-len(mark)+1, 0)} {
				text := bytes.Repeat([]byte("a"), size)
				copy(text[min(at, size):], mark)
				for _, from := range []int{0, at / 2, min(at, size)} {
					checkTriples(t, of, text, from)
				}
			}
		}
	}
}

func TestTriplesOfAllBytes(t *testing.T) {
	var text []byte
	for i := range 256 {
		text = append(text, byte(i), byte(i), byte(i))
	}
	for c := 1; c < 128; c++ {
		checkTriples(t, []triple{{string([]byte{byte(c), byte(c), byte(c)}), true}, {string([]byte{byte(c), byte(c), byte(c)}), false}, {string([]byte{byte(c)}), false}}, text, 0)
	}
}

// FuzzTriples compares vectors, bytes, and, where no group is shared, the naive way.
func FuzzTriples(f *testing.F) {
	f.Add([]byte(strings.Repeat(`{"Image":"/usr/bin/systemctl","U":"\u0072"}`, 11)), "sys", `\u`, "mage", true, uint8(3))
	f.Fuzz(func(t *testing.T, text []byte, a, b, c string, fold bool, from uint8) {
		of := []triple{{a, fold}, {b, !fold}, {c, fold}}
		for _, x := range of {
			if x.text == "" || strings.ContainsRune(x.text, 0) || strings.IndexFunc(x.text, func(r rune) bool { return r >= 0x80 }) >= 0 {
				return
			}
		}
		checkTriples(t, of, text, min(int(from), len(text)))
		var shared Triples
		for _, x := range of {
			shared.Add(5, x.text, x.fold)
		}
		if size := (len(text) - 2) / each * each; size > 0 {
			var one, other [each]uint8
			at, places := nextTriples(&shared, text, size, &one)
			slow, want := nextBytes(&shared, text, size, &other)
			if at != slow || places != want || places != 0 && one != other {
				t.Errorf("%q: %x at %d, want %x at %d", text, places, at, want, slow)
			}
		}
	})
}

func BenchmarkTriples(b *testing.B) {
	text := bytes.Repeat([]byte(`,"Image":"/usr/bin/curl","User":"root"`), 2048)
	var t Triples
	for i, x := range []string{"sys", `\u`, "&#", "<!", "xyz", "srv", "GE\"", "[1,"} {
		t.Add(i, x, i == 0)
	}
	var groups [each]uint8
	for name, way := range map[string]func(*Triples, []byte, int, *[each]uint8) (int, uint64){"next": nextTriples, "bytes": nextBytes} {
		b.Run(fmt.Sprintf("%s/%d", name, len(text)), func(b *testing.B) {
			size := (len(text) - 2) / each * each
			b.SetBytes(int64(size))
			for b.Loop() {
				if _, places := way(&t, text, size, &groups); places != 0 {
					b.Fatal(slices.Max(groups[:]))
				}
			}
		})
	}
}
