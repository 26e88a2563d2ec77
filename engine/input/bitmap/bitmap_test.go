package bitmap

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// naive is what every way must give.
func naive(text []byte, what, other byte) (m Bitmap, holds bool) {
	m = make(Bitmap, (len(text)+63)/64)
	for i, c := range text {
		if c == what {
			m[i/64] |= 1 << (i % 64)
		}
	}
	return m, bytes.IndexByte(text, other) >= 0
}

// check compares the ways for a text, and says whether bits were left in memory that is used again.
func check(t *testing.T, text []byte, what, other byte) {
	t.Helper()
	want, holds := naive(text, what, other)
	for name, way := range map[string]func([]byte, byte, byte, Bitmap) bool{"find": find, "words": findWords} {
		got := make(Bitmap, len(want)+1)
		for i := range got {
			got[i] = 0xdeadbeefdeadbeef
		}
		if has := way(text, what, other, got[:len(want):len(want)]); has != holds {
			t.Errorf("%s of %d bytes: holds %v", name, len(text), has)
		}
		if !slices.Equal(got[:len(want)], want) || got[len(want)] != 0xdeadbeefdeadbeef {
			t.Errorf("%s of %q in %q: %x, want %x", name, what, text, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for _, c := range []byte{0, 1, '"', '\\', 0x7f, 0x80, 0xa2, 0xff} {
		check(t, every, c, c^0x80)
		check(t, bytes.Repeat([]byte{c}, 200), c, c+1)
		check(t, bytes.Repeat([]byte{c + 1}, 200), c, c-1)
	}
	for size := range 200 {
		for at := range size {
			text := bytes.Repeat([]byte("a"), size)
			text[at] = '"'
			check(t, text, '"', '\\')
			check(t, text, '\\', '"')
		}
	}
}

// unescaped is the places of quotes, counted as JSON has it.
func unescaped(text string) (places []int) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			places = append(places, i)
		}
	}
	return places
}

func TestQuotes(t *testing.T) {
	var q Quotes
	for _, text := range []string{
		"", `"`, `\`, `\"`, `\\"`, `{"a":"b\"c","d":"\\"}`, strings.Repeat(`\`, 63) + `"`, strings.Repeat(`\`, 64) + `"`, strings.Repeat(`\`, 65) + `"`,
		strings.Repeat(`"`, 63) + `\"`, strings.Repeat(`\"`, 64), "a" + strings.Repeat(`\"`, 64), strings.Repeat(`\\"`, 100), strings.Repeat(`a"`, 300), strings.Repeat("a", 300) + `"`,
	} {
		q.Open([]byte(text))
		if got, want := places(&q), unescaped(text); !slices.Equal(got, want) {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
		if q.Escapes != strings.Contains(text, `\`) {
			t.Errorf("%s: escapes %v", text, q.Escapes)
		}
	}
}

// A backslash at any place of a long text, so that it stands at the end of any piece.
func TestQuotesBehindPieces(t *testing.T) {
	var q Quotes
	for _, mark := range []string{`\"`, `\\"`, `\\\"`} {
		for at := range 2 * (first + each) {
			if at >= first+each {
				at += further - 2*each
			}
			text := strings.Repeat("a", at) + mark + strings.Repeat("b", 2*further-at) + `"`
			q.Open([]byte(text))
			if got, want := places(&q), unescaped(text); !slices.Equal(got, want) || !q.Escapes {
				t.Errorf("%s at %d: %d, want %d", mark, at, got, want)
			}
		}
	}
}

// places is all places of quotes.
func places(q *Quotes) (all []int) {
	for i := q.Next(0); i >= 0; i = q.Next(i + 1) {
		all = append(all, i)
	}
	return all
}

func TestNextIsWithin(t *testing.T) {
	var q Quotes
	q.Open([]byte(strings.Repeat("a", 64)))
	for _, i := range []int{0, 63, 64, 65, 1 << 40} {
		if got := q.Next(i); got != -1 {
			t.Errorf("behind %d: %d", i, got)
		}
	}
}

// FuzzFind compares vectors, words and the plain way.
func FuzzFind(f *testing.F) {
	f.Add([]byte(strings.Repeat(`{"a":"\\\"b"}`, 11)), byte('"'), byte('\\'))
	f.Fuzz(func(t *testing.T, text []byte, what, other byte) {
		for i := range min(len(text), 65) {
			check(t, text[i:], what, other)
		}
		var q Quotes
		q.Open(text)
		if got, want := places(&q), unescaped(string(text)); !slices.Equal(got, want) {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := bytes.Repeat([]byte(`,"Image":"/usr/bin/curl","User":"root"`), 2048)
	to := make(Bitmap, len(text))
	for name, way := range map[string]func([]byte, byte, byte, Bitmap) bool{"find": find, "words": findWords} {
		for _, size := range []int{125, 840, 64 << 10} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					way(text[:size], '"', '\\', to)
				}
			})
		}
	}
}

func TestEnds(t *testing.T) {
	var e Ends
	for _, text := range []string{"", "\n", "a", "a\nb", strings.Repeat("a\n", 400), strings.Repeat("a", stride-1) + "\nb", strings.Repeat("a", stride) + "\nb", strings.Repeat("a", 3*stride) + "\n"} {
		e.Open([]byte(text))
		for _, step := range []int{1, 7, 600} {
			for at := 0; at <= 2*len(text); at += step {
				i := at
				if at > len(text) { // and back
					i = 2*len(text) - at
				}
				want := len(text)
				if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
					want = i + n
				}
				if got := e.Next(i); got != want {
					t.Fatalf("%d bytes: behind %d: %d, want %d", len(text), i, got, want)
				}
			}
		}
	}
}
