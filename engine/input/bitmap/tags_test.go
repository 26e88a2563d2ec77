package bitmap

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// naiveTags is the places of line ends and tags in text, one by one.
func naiveTags(text []byte, name string) (places []int) {
	for i, c := range text {
		end := i + 1 + len(name)
		tag := (c == '<' || c == '/') && i+1 < len(text) && text[i+1] == name[0] && (end >= len(text) || text[end] <= ' ' || text[end] == '>' || text[end] == '/')
		if tag || c == '\n' {
			places = append(places, i)
		}
	}
	return places
}

func checkTags(t *testing.T, text []byte, name string) {
	t.Helper()
	var tags Tags
	tags.Open(text, name)
	var got []int
	for i := tags.Next(0); i < len(text); i = tags.Next(i + 1) {
		got = append(got, i)
	}
	want := naiveTags(text, name)
	if !slices.Equal(got, want) {
		t.Errorf("%q before %q: %d, want %d", text, name, got, want)
	}
	numbers := max(len(text)-1-len(name), 0) / each
	want = slices.DeleteFunc(want, func(at int) bool { return at >= numbers*each })
	for way, find := range map[string]func([]byte, byte, int, Bitmap){"find": findTags, "words": findTagsWords} {
		bits := slices.Repeat(Bitmap{0xdeadbeefdeadbeef}, numbers)
		find(text, name[0], len(name), bits)
		got = nil
		for i := bits.Next(0); i >= 0; i = bits.Next(i + 1) {
			got = append(got, i)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s of %q before %q: %d, want %d", way, text, name, got, want)
		}
	}
}

func TestTags(t *testing.T) {
	for _, text := range []string{"", "<", "E", "<E", "/E", "</E", "<<E//E", "E<", "\n", "<Event", "<Event>", "</Event>", "<Event\n", "<Events>", "<EventID>", "<Evens a>", "</Event", "<E\n", strings.Repeat("<Event", 100),
		strings.Repeat("/", 64) + "Event ", strings.Repeat("<", 200), strings.Repeat("\n", 200), "<Even" + strings.Repeat("t>", 50)} {
		checkTags(t, []byte(text), "Event")
	}
	for size := 7; size < 200; size++ {
		for at := range size - 6 {
			text := bytes.Repeat([]byte("a"), size)
			copy(text[at:], "<Event>")
			checkTags(t, text, "Event")
		}
	}
	for c := range 256 {
		checkTags(t, append(bytes.Repeat([]byte("<Event"+string([]byte{byte(c)})), 30), byte(c)), "Event")
	}
	for _, at := range []int{far - 7, far - 2, far - 1, far, 2*far - 1} {
		checkTags(t, []byte(strings.Repeat("a", at)+"/Event>\n"+strings.Repeat("a", far)), "Event")
	}
}

func TestTagsAtAnyPlace(t *testing.T) {
	text := []byte(strings.Repeat("<Event>"+strings.Repeat("x", 50)+"</Event>\n", 200))
	var tags Tags
	tags.Open(text, "Event")
	for _, i := range []int{len(text), 0, far + 1, 3, 2 * far, far - 1, len(text) - 9, 1} {
		want := len(text)
		for _, at := range naiveTags(text, "Event") {
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
	f.Add([]byte(strings.Repeat("</a><Ea b=\"/Ea\">\n", 11)), "Ea")
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		if name == "" || len(name) > longestName {
			return
		}
		for i := range min(len(text), 65) {
			checkTags(t, text[i:], name)
		}
	})
}

func BenchmarkTags(b *testing.B) {
	text := bytes.Repeat([]byte(`</Data><Data Name="Image">/usr/bin/curl`), 2048)[:far+each]
	to := make(Bitmap, far/each)
	for name, way := range map[string]func([]byte, byte, int, Bitmap){"find": findTags, "words": findTagsWords} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(far)
			for b.Loop() {
				way(text, 'E', 5, to)
			}
		})
	}
}
