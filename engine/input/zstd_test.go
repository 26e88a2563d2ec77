package input

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
)

// words is text that can be compressed, but not to nothing.
func words(n int, seed uint64) []byte {
	dice := rand.New(rand.NewPCG(seed, 1))
	var out []byte
	for len(out) < n {
		out = fmt.Appendf(out, "event %d of %x\n", dice.IntN(1000), dice.Uint32())
	}
	return out[:n]
}

// framed is a frame of zstd. In pieces it does not say how long its text is.
func framed(t testing.TB, text []byte, pieces bool, options ...zstd.EOption) []byte {
	t.Helper()
	var b bytes.Buffer
	e, err := zstd.NewWriter(&b, options...)
	if err != nil {
		t.Fatal(err)
	}
	if !pieces {
		return e.EncodeAll(text, nil)
	}
	for piece := range slices.Chunk(text, 1+len(text)/3) {
		if _, err := e.Write(piece); err != nil {
			t.Fatal(err)
		}
		if err := e.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func skipped(content string) []byte {
	return append([]byte{0x5a, 0x2a, 0x4d, 0x18, byte(len(content)), 0, 0, 0}, content...)
}

// helps is what decoders may be helped by.
func helps() map[string]*help {
	return map[string]*help{"alone": newHelp(1, 1), "one file": newHelp(3, 1), "one of several": newHelp(2, 9), "no buffer left": {buffers: make(chan []byte, 1), stages: 1}}
}

// decompress reads in steps of various sizes.
func decompress(unwrap func(*bufio.Reader, *help) (io.ReadCloser, error), archive []byte, h *help) ([]byte, error) {
	r, err := unwrap(bufio.NewReaderSize(bytes.NewReader(archive), 64), h)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []byte
	for size := 1; ; size = size%70_000 + 777 {
		p := make([]byte, size)
		n, err := r.Read(p)
		if out = append(out, p[:n]...); err == io.EOF {
			return out, nil
		} else if err != nil {
			return out, err
		}
	}
}

func TestZstdFrames(t *testing.T) {
	short, other, long := words(300_000, 1), words(5000, 2), words(zstdWhole+zstdWhole/8, 3)
	tiny := []byte("a\n")
	for name, c := range map[string]struct {
		archive [][]byte
		want    [][]byte
	}{
		"one":                       {[][]byte{framed(t, short, false)}, [][]byte{short}},
		"one in pieces":             {[][]byte{framed(t, short, true)}, [][]byte{short}},
		"without a sum":             {[][]byte{framed(t, short, false, zstd.WithEncoderCRC(false)), framed(t, other, true, zstd.WithEncoderCRC(false))}, [][]byte{short, other}},
		"a single segment":          {[][]byte{framed(t, other, false, zstd.WithSingleSegment(true)), framed(t, tiny, false)}, [][]byte{other, tiny}},
		"empty ones":                {[][]byte{framed(t, nil, false, zstd.WithZeroFrames(true)), framed(t, tiny, true), framed(t, nil, false, zstd.WithZeroFrames(true))}, [][]byte{tiny}},
		"repeated bytes":            {[][]byte{framed(t, bytes.Repeat([]byte("x"), 1<<20), true), framed(t, tiny, true)}, [][]byte{bytes.Repeat([]byte("x"), 1<<20), tiny}},
		"skipped in front":          {[][]byte{skipped("123"), framed(t, short, true)}, [][]byte{short}},
		"skipped everywhere":        {[][]byte{skipped(""), framed(t, other, false), skipped("1"), skipped("22"), framed(t, short, true), skipped("end")}, [][]byte{other, short}},
		"skipped only":              {[][]byte{skipped("123")}, nil},
		"a long one":                {[][]byte{framed(t, long, false)}, [][]byte{long}},
		"long in pieces in between": {[][]byte{framed(t, other, false), framed(t, long, true), framed(t, short, true), framed(t, other, true)}, [][]byte{other, long, short, other}},
		"many":                      {slices.Repeat([][]byte{framed(t, other, false), framed(t, short, true)}, 20), slices.Repeat([][]byte{other, short}, 20)},
	} {
		for by, h := range helps() {
			got, err := decompress(unwrapZstd, bytes.Join(c.archive, nil), h)
			if err != nil || !bytes.Equal(got, bytes.Join(c.want, nil)) {
				t.Errorf("%s, %s: %d bytes, want %d, %v", name, by, len(got), len(bytes.Join(c.want, nil)), err)
			}
			if h != nil && by != "no buffer left" && len(h.buffers) != cap(h.buffers) {
				t.Errorf("%s, %s: %d buffers were not given back", name, by, cap(h.buffers)-len(h.buffers))
			}
		}
	}
}

// A reader may tell of the end with the last bytes, or after them.
func TestZstdEnds(t *testing.T) {
	f := &series{ended: true, parts: []*part{
		newPart(iotest.DataErrReader(strings.NewReader("one "))), newPart(strings.NewReader("two ")), newPart(iotest.DataErrReader(strings.NewReader("three"))),
	}}
	if got, err := io.ReadAll(f); string(got) != "one two three" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// as says that an archive is read as the library reads it that knows no parts, up to where it is damaged.
func as(t *testing.T, what string, archive []byte) {
	t.Helper()
	d, err := zstd.NewReader(bytes.NewReader(archive), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	want, wrong := io.ReadAll(d)
	for by, h := range helps() {
		got, err := decompress(unwrapZstd, archive, h)
		if !bytes.Equal(got, want) || (err == nil) != (wrong == nil) {
			t.Errorf("%s, %s: %d bytes, %v; want %d, %v", what, by, len(got), err, len(want), wrong)
		}
	}
}

func TestZstdDamage(t *testing.T) {
	archive := bytes.Join([][]byte{skipped("12"), framed(t, words(150, 1), true), framed(t, words(200, 2), false), skipped(""), framed(t, words(50, 3), true)}, nil)
	for i := range archive {
		as(t, fmt.Sprintf("cut off at %d", i), archive[:i])
		changed := slices.Clone(archive)
		changed[i] ^= 1 << (i % 8)
		as(t, fmt.Sprintf("byte %d changed", i), changed)
	}
	as(t, "text behind", append(slices.Clone(archive), "and then some text"...))
}

func FuzzZstdFrames(f *testing.F) {
	f.Add(bytes.Join([][]byte{framed(f, words(300, 1), true), skipped("12"), framed(f, words(300, 2), false)}, nil))
	f.Add([]byte("\x28\xb5\x2f\xfd\x00\x00"))
	f.Fuzz(func(t *testing.T, archive []byte) { as(t, "mutated", archive) })
}

func BenchmarkZstdFrames(b *testing.B) {
	text := words(8<<20, 1)
	for name, archive := range map[string][]byte{"many": bytes.Repeat(framed(b, text, true), 8), "one": framed(b, bytes.Repeat(text, 8), true)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(8 * int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				r, err := unwrapZstd(bufio.NewReaderSize(bytes.NewReader(archive), 64<<10), newHelp(2, 1))
				if err != nil {
					b.Fatal(err)
				}
				if n, err := io.Copy(io.Discard, r); n != 8*int64(len(text)) || err != nil {
					b.Fatal(n, err)
				}
				r.Close()
			}
		})
	}
}
