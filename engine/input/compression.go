package input

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"strings"
)

// container is a way in which bytes are wrapped, known by how they begin.
type container struct {
	name   string
	magic  string
	unwrap func(*bufio.Reader, *help) (io.ReadCloser, error)
	cure   string // what to do about one that cannot be read
}

var containers = []container{
	{name: "gzip", magic: "\x1f\x8b\x08", unwrap: unwrapGzip},
	{name: "zstd", magic: zstdMagic, unwrap: unwrapZstd},
	{name: "bzip2", magic: "BZh", unwrap: func(r *bufio.Reader, _ *help) (io.ReadCloser, error) { return io.NopCloser(bzip2.NewReader(r)), nil }},
	{name: "xz", magic: "\xfd7zXZ\x00", cure: "decompress it with xz -dc and pipe it in"},
	{name: "lz4", magic: "\x04\x22\x4d\x18", cure: "decompress it with lz4 -dc and pipe it in"},
	{name: "zip", magic: "PK\x03\x04", cure: "decompress it with unzip -p and pipe it in"},
	{name: "7z", magic: "7z\xbc\xaf\x27\x1c", cure: "decompress it with 7z x -so and pipe it in"},
	{name: "Windows event log", magic: "ElfFile\x00", cure: "convert it with evtx_dump -o jsonl"},
	{name: "UTF-16 text", magic: "\xff\xfe", cure: "convert it with iconv -f utf-16 -t utf-8"},
	{name: "UTF-16 text", magic: "\xfe\xff", cure: "convert it with iconv -f utf-16 -t utf-8"},
	{name: "UTF-16 text", magic: "{\x00\"\x00", cure: "convert it with iconv -f utf-16le -t utf-8"},
	{name: "UTF-16 text", magic: "<\x00E\x00", cure: "convert it with iconv -f utf-16le -t utf-8"},
	{name: "UTF-16 text", magic: "\x00{\x00\"", cure: "convert it with iconv -f utf-16be -t utf-8"},
	{name: "UTF-16 text", magic: "\x00<\x00E", cure: "convert it with iconv -f utf-16be -t utf-8"},
	{name: "systemd journal", magic: "LPKSHHRH", cure: "export it with journalctl --file FILE -o json --all"},
}

const zstdMagic = "\x28\xb5\x2f\xfd"

// recognise is the container that the bytes begin, or nil if they are text.
func recognise(head []byte) *container {
	if len(head) > 3 && head[0]&0xf0 == 0x50 && string(head[1:4]) == "\x2a\x4d\x18" {
		head = []byte(zstdMagic) // a frame to be skipped, as pzstd writes before each
	}
	for i, c := range containers {
		if !bytes.HasPrefix(head, []byte(c.magic)) {
			continue
		}
		if c.name == "bzip2" && (len(head) < 10 || string(head[4:10]) != "\x31\x41\x59\x26\x53\x59" && string(head[4:10]) != "\x17\x72\x45\x38\x50\x90") {
			continue // a line of text may begin with BZh as well
		}
		return &containers[i]
	}
	return nil
}

// unwrap is the text within r, decompressed if need be.
func unwrap(r io.Reader, h *help) (io.ReadCloser, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	head, err := buffered.Peek(16)
	if err != nil && !errors.Is(err, io.EOF) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(head), failure{err})), nil
	}
	c := recognise(head)
	if c == nil {
		return io.NopCloser(buffered), nil
	}
	if c.unwrap == nil {
		return nil, fmt.Errorf("is %s, which is not read: %s", c.name, c.cure)
	}
	inner, err := c.unwrap(buffered, h)
	if err != nil {
		return nil, brokenAs(c.name, err)
	}
	text := &broken{ReadCloser: inner, name: c.name}
	begin := make([]byte, 16)
	n, _ := io.ReadFull(text, begin) // what is wrong, text says once more
	if again := recognise(begin[:n]); again != nil {
		inner.Close()
		return nil, fmt.Errorf("holds %s within %s, which is not read: decompress it once", again.name, c.name)
	}
	return decompressed{io.MultiReader(bytes.NewReader(begin[:n]), text), inner}, nil
}

// decompressed is the text within a container.
type decompressed struct {
	io.Reader
	io.Closer
}

// brokenAs says what is broken. Libraries name themselves in their errors, which would be twice.
func brokenAs(name string, err error) error {
	return fmt.Errorf("broken %s: %s", name, strings.TrimPrefix(err.Error(), name+": "))
}

// failure is a reader that failed.
type failure struct{ error }

func (f failure) Read([]byte) (int, error) { return 0, f.error }

// broken names the container in the errors of what it wraps, and repeats them as long as somebody reads.
type broken struct {
	io.ReadCloser
	name string
	err  error
}

func (b *broken) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = brokenAs(b.name, err)
	}
	b.err = err
	return n, err
}
