package bitmap

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// naiveTags is the places of tags in text, one by one.
func naiveTags(text []byte, letter byte) (places []int) {
	for i := 0; i+1 < len(text); i++ {
		if (text[i] == '<' || text[i] == '/') && text[i+1] == letter {
			places = append(places, i)
		}
	}
	return places
}

func checkTags(t *testing.T, text []byte, letter byte) {
	t.Helper()
	var tags Tags
	tags.Open(text, letter)
	var got []int
	for i := tags.Next(0); i < len(text); i = tags.Next(i + 1) {
		got = append(got, i)
	}
	want := naiveTags(text, letter)
	if !slices.Equal(got, want) {
		t.Errorf("%q before %q: %d, want %d", text, letter, got, want)
	}
	if len(text) < 2 {
		return
	}
	bits := make(Bitmap, (len(text)-1+each-1)/each)
	for name, way := range map[string]func([]byte, byte, Bitmap){"find": findTags, "words": findTagsWords} {
		for i := range bits {
			bits[i] = 0xdeadbeefdeadbeef
		}
		way(text, letter, bits)
		got = nil
		for i := bits.Next(0); i >= 0; i = bits.Next(i + 1) {
			got = append(got, i)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s of %q before %q: %d, want %d", name, text, letter, got, want)
		}
	}
}

func TestTags(t *testing.T) {
	for _, text := range []string{"", "<", "E", "<E", "/E", "</E", "<<E//E", "E<", strings.Repeat("<E", 100), strings.Repeat("/", 64) + "E", strings.Repeat("<", 200)} {
		checkTags(t, []byte(text), 'E')
	}
	for size := 2; size < 200; size++ {
		for at := range size - 1 {
			text := bytes.Repeat([]byte("a"), size)
			text[at], text[at+1] = '<', 'E'
			checkTags(t, text, 'E')
		}
	}
	for _, at := range []int{far - 2, far - 1, far, 2*far - 1} {
		checkTags(t, []byte(strings.Repeat("a", at)+"/E"+strings.Repeat("a", far)), 'E')
	}
}

func TestTagsAtAnyPlace(t *testing.T) {
	text := []byte(strings.Repeat("<Event>"+strings.Repeat("x", 50)+"</Event>", 200))
	var tags Tags
	tags.Open(text, 'E')
	for _, i := range []int{len(text), 0, far + 1, 3, 2 * far, far - 1, len(text) - 9, 1} {
		want := len(text)
		for _, at := range naiveTags(text, 'E') {
			if at >= i {
				want = at
				break
			}
		}
		if got := tags.Next(i); got != want {
			t.Errorf("behind %d: %d, want %d", i, got, want)
		}
	}
}

// FuzzTags compares vectors, words and the plain way.
func FuzzTags(f *testing.F) {
	f.Add([]byte(strings.Repeat(`</a><E b="/E">`, 11)), byte('E'))
	f.Fuzz(func(t *testing.T, text []byte, letter byte) {
		for i := range min(len(text), 65) {
			checkTags(t, text[i:], letter)
		}
	})
}

func BenchmarkTags(b *testing.B) {
	text := bytes.Repeat([]byte(`</Data><Data Name="Image">/usr/bin/curl`), 2048)[:far+1]
	to := make(Bitmap, far/each)
	for name, way := range map[string]func([]byte, byte, Bitmap){"find": findTags, "words": findTagsWords} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(far)
			for b.Loop() {
				way(text, 'E', to)
			}
		})
	}
}
