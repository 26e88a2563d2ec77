package input

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// gzipped is a member of gzip with something in its header.
func gzipped(t testing.TB, text []byte, extra string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Extra = []byte(extra)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sized is a member that says how long it is, as bgzip writes it: one less than its bytes, in a field BC of two bytes, behind other fields.
func sized(t testing.TB, text []byte, before string) []byte {
	t.Helper()
	m := gzipped(t, text, before+"BC\x02\x00\x00\x00")
	binary.LittleEndian.PutUint16(m[12+len(before)+4:], uint16(len(m)-1))
	return m
}

// inMembers cuts text into such members, and ends it with an empty one.
func inMembers(t testing.TB, text []byte, size int) []byte {
	t.Helper()
	var out []byte
	for piece := range slices.Chunk(text, size) {
		out = append(out, sized(t, piece, "")...)
	}
	return append(out, sized(t, nil, "")...)
}

func TestGzipMembers(t *testing.T) {
	short, long := words(5000, 1), words(3*gzipBatch, 2)
	zeros := make([]byte, 4<<20) // few bytes, but more than bgzip would put into a member
	for name, c := range map[string]struct {
		archive [][]byte
		want    [][]byte
	}{
		"one":                     {[][]byte{sized(t, short, "")}, [][]byte{short}},
		"many":                    {[][]byte{inMembers(t, long, 65280)}, [][]byte{long}},
		"small ones":              {[][]byte{inMembers(t, long[:100_000], 50)}, [][]byte{long[:100_000]}},
		"empty ones":              {slices.Repeat([][]byte{sized(t, nil, "")}, 3), nil},
		"another field before":    {[][]byte{sized(t, short, "XY\x03\x00abc"), sized(t, short, "BC\x01\x00a")}, [][]byte{short, short}},
		"other fields only":       {[][]byte{gzipped(t, short, "XY\x03\x00abc"), sized(t, short, "")}, [][]byte{short, short}},
		"a field cut off":         {[][]byte{gzipped(t, short, "BC\x02\x00a"), sized(t, short, "")}, [][]byte{short, short}},
		"others behind":           {[][]byte{inMembers(t, long, 65280), gzipped(t, short, ""), sized(t, short, "")}, [][]byte{long, short, short}},
		"others in front":         {[][]byte{gzipped(t, short, ""), inMembers(t, long, 65280)}, [][]byte{short, long}},
		"longer than it promises": {[][]byte{inMembers(t, short, 999), sized(t, zeros, ""), inMembers(t, short, 999)}, [][]byte{short, zeros, short}},
		"two archives":            {[][]byte{inMembers(t, long, 65280), inMembers(t, long, 10_000)}, [][]byte{long, long}},
	} {
		for by, h := range helps() {
			got, err := decompress(unwrapGzip, bytes.Join(c.archive, nil), h)
			if err != nil || !bytes.Equal(got, bytes.Join(c.want, nil)) {
				t.Errorf("%s, %s: %d bytes, want %d, %v", name, by, len(got), len(bytes.Join(c.want, nil)), err)
			}
			if h != nil && by != "no buffer left" && len(h.buffers) != cap(h.buffers) {
				t.Errorf("%s, %s: %d buffers were not given back", name, by, cap(h.buffers)-len(h.buffers))
			}
		}
	}
}

// asGzip says that an archive is read as the library reads it that knows no sizes, up to where it is damaged.
func asGzip(t *testing.T, what string, archive []byte) {
	t.Helper()
	var want []byte
	r, wrong := gzip.NewReader(bytes.NewReader(archive))
	if wrong == nil {
		want, wrong = io.ReadAll(r)
	}
	for by, h := range helps() {
		got, err := decompress(unwrapGzip, archive, h)
		if len(archive) > 0 && (!bytes.Equal(got, want) || (err == nil) != (wrong == nil)) {
			t.Errorf("%s, %s: %d bytes, %v; want %d, %v", what, by, len(got), err, len(want), wrong)
		}
	}
}

func TestGzipDamage(t *testing.T) {
	archive := bytes.Join([][]byte{inMembers(t, words(150, 1), 60), gzipped(t, words(50, 2), ""), sized(t, words(50, 3), "")}, nil)
	for i := range archive {
		asGzip(t, fmt.Sprintf("cut off at %d", i), archive[:i])
		changed := slices.Clone(archive)
		changed[i] ^= 1 << (i % 8)
		asGzip(t, fmt.Sprintf("byte %d changed", i), changed)
	}
	asGzip(t, "text behind", append(slices.Clone(archive), "and then some text"...))
}

// A later part is damaged in its beginning while those before it are read.
func TestGzipDamageBehind(t *testing.T) {
	archive := inMembers(t, words(5*gzipBatch, 1), 65280)
	for _, at := range []int{len(archive) / 3, len(archive) / 2, len(archive) - 30} {
		changed := slices.Clone(archive)
		changed[at] ^= 0x55
		asGzip(t, fmt.Sprintf("byte %d changed", at), changed)
	}
}

func FuzzGzipMembers(f *testing.F) {
	f.Add(inMembers(f, words(300, 1), 100))
	f.Add(append(sized(f, words(30, 1), "XY\x01\x00a"), gzipped(f, words(30, 2), "")...))
	f.Fuzz(func(t *testing.T, archive []byte) { asGzip(t, "mutated", archive) })
}

func BenchmarkGzipMembers(b *testing.B) {
	text := words(32<<20, 1)
	for name, archive := range map[string][]byte{"sized": inMembers(b, text, 65280), "one": gzipped(b, text, "")} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				r, err := unwrapGzip(bufio.NewReaderSize(bytes.NewReader(archive), 64<<10), newHelp(2, 1))
				if err != nil {
					b.Fatal(err)
				}
				if n, err := io.Copy(io.Discard, r); n != int64(len(text)) || err != nil {
					b.Fatal(n, err)
				}
				r.Close()
			}
		})
	}
}
