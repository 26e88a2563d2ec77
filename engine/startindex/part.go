package startindex

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"github.com/zeebo/xxh3"

	"spoor/engine/timeindex"
)

// magic begins each file; its last byte is the version.
const magic = "spoor starts\x01"

// entry is an event that starts or ends a process: part of what tells which process, and where the event stands.
type entry struct{ process, offset int64 }

// width is how many bits of a process are kept: what two have in common costs nothing but a look at the other one.
const width = 48

// narrow is what is kept of what tells which process it is.
func narrow(process uint64) int64 { return int64(process >> (64 - width)) }

func (e entry) compare(to entry) int {
	return cmp.Or(cmp.Compare(e.process, to.process), cmp.Compare(e.offset, to.offset))
}

// Entries are written in pages, each behind its hash, so that few need be read.
const (
	entrySize = 12
	pageSize  = 4096
	perPage   = (pageSize - 8) / entrySize
)

// part is the entries of a part of a log, sorted. It does not change.
type part struct {
	head
	text   io.ReaderAt
	fences []int64 // the first process of each page; nil: not read yet
}

// head says what entries these are.
type head struct {
	Build, Definition [16]byte // who wrote it, and of which processes it tells
	From, To          int64    // in the log
	Before, Tail      timeindex.Tail
	Key               timeindex.Key // of the log up to its end
	Entries           int64
}

var headSize = len(magic) + binary.Size(head{}) + 8

func (h *head) pages() int64 { return (h.Entries + perPage - 1) / perPage }

func (h *head) encode() []byte {
	out, _ := binary.Append([]byte(magic), binary.BigEndian, h) // it has a size
	return binary.BigEndian.AppendUint64(out, xxh3.Hash(out))
}

// Why a text is no part.
var (
	errDamaged = errors.New("its parts do not fit each other")
	errVersion = errors.New("it is of another version")
)

// open reads what entries there are in a text of a size.
func open(text io.ReaderAt, size int64) (*part, error) {
	data := make([]byte, headSize)
	if _, err := text.ReadAt(data, 0); errors.Is(err, io.EOF) {
		return nil, errDamaged
	} else if err != nil {
		return nil, err
	}
	p := &part{text: text}
	if last := len(magic) - 1; string(data[:last]) == magic[:last] && data[last] != magic[last] {
		return nil, errVersion
	}
	if string(data[:len(magic)]) != magic || !sealed(data) {
		return nil, errDamaged
	}
	if _, err := binary.Decode(data[len(magic):], binary.BigEndian, &p.head); err != nil {
		return nil, errDamaged
	}
	if n := p.pages(); p.Entries < 0 || size != int64(headSize)+n*pageSize+8*n+8 {
		return nil, errDamaged
	}
	return p, nil
}

// sealed says whether the last eight bytes are a hash of the rest.
func sealed(data []byte) bool {
	n := len(data) - 8
	return xxh3.Hash(data[:n]) == binary.BigEndian.Uint64(data[n:])
}

// page reads the entries of a page.
func (p *part) page(n int64) ([]byte, error) {
	data := make([]byte, pageSize)
	if _, err := p.text.ReadAt(data, int64(headSize)+n*pageSize); err != nil {
		return nil, err
	}
	if !sealed(data) {
		return nil, errDamaged
	}
	return data[:min(perPage, p.Entries-n*perPage)*entrySize], nil
}

func entryAt(page []byte, i int) entry {
	at := page[i*entrySize : (i+1)*entrySize]
	return entry{number(at), number(at[6:])}
}

// number is the first six bytes.
func number(b []byte) int64 {
	return int64(binary.BigEndian.Uint32(b))<<16 | int64(binary.BigEndian.Uint16(b[4:]))
}

func appendNumber(out []byte, x int64) []byte {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint32(out, uint32(x>>16)), uint16(x))
}

// fence reads the first process of each page.
func (p *part) fence() error {
	if p.fences != nil {
		return nil
	}
	n := p.pages()
	data := make([]byte, 8*n+8)
	if _, err := p.text.ReadAt(data, int64(headSize)+n*pageSize); err != nil {
		return err
	}
	if !sealed(data) {
		return errDamaged
	}
	p.fences = make([]int64, n)
	for i := range p.fences {
		p.fences[i] = int64(binary.BigEndian.Uint64(data[8*i:]))
	}
	return nil
}

// find adds where events of the processes stand, which are sorted.
func (p *part) find(processes []int64, offsets []int64) ([]int64, error) {
	if err := p.fence(); err != nil {
		return nil, err
	}
	var page []byte
	held := int64(-1)
	for _, who := range processes {
		first, _ := slices.BinarySearch(p.fences, who)
		for n := max(int64(first)-1, 0); n < p.pages() && p.fences[n] <= who; n++ {
			if n != held {
				var err error
				if page, err = p.page(n); err != nil {
					return nil, err
				}
				held = n
			}
			offsets = found(page, who, offsets)
		}
	}
	return offsets, nil
}

// found adds the offsets of a process that are in a page.
func found(page []byte, who int64, offsets []int64) []int64 {
	n := len(page) / entrySize
	from, to := 0, n
	for from < to {
		if mid := (from + to) / 2; entryAt(page, mid).process < who {
			from = mid + 1
		} else {
			to = mid
		}
	}
	for ; from < n && entryAt(page, from).process == who; from++ {
		offsets = append(offsets, entryAt(page, from).offset)
	}
	return offsets
}

// write writes entries, which come sorted and as many as the head says.
func write(to io.Writer, h head, entries func(yield func(entry) bool)) error {
	out := bufio.NewWriterSize(to, 64<<10)
	out.Write(h.encode())
	page, fences := make([]byte, 0, pageSize), make([]byte, 0, 8*h.pages()+8)
	flush := func() {
		page = append(page, make([]byte, pageSize-8-len(page))...)
		page = binary.BigEndian.AppendUint64(page, xxh3.Hash(page))
		out.Write(page)
		page = page[:0]
	}
	n := int64(0)
	for e := range entries {
		if len(page) == 0 {
			fences = binary.BigEndian.AppendUint64(fences, uint64(e.process))
		}
		page = appendNumber(appendNumber(page, e.process), e.offset)
		if n++; n%perPage == 0 {
			flush()
		}
	}
	if len(page) > 0 {
		flush()
	}
	out.Write(binary.BigEndian.AppendUint64(fences, xxh3.Hash(fences)))
	if n != h.Entries {
		return errDamaged
	}
	return out.Flush()
}

// inMemory is a part that is not kept.
func inMemory(h head, entries func(yield func(entry) bool)) (*part, error) {
	var b bytes.Buffer
	if err := write(&b, h, entries); err != nil {
		return nil, err
	}
	return open(bytes.NewReader(b.Bytes()), int64(b.Len()))
}

// all gives the entries of several parts in their order. What cannot be read ends it.
func all(parts []*part, failed *error) func(yield func(entry) bool) {
	return func(yield func(entry) bool) {
		var heads []*cursor
		for _, p := range parts {
			c := &cursor{part: p}
			if c.next(failed) {
				heads = append(heads, c)
			}
		}
		for len(heads) > 0 {
			least := 0
			for i := range heads {
				if heads[i].at.compare(heads[least].at) < 0 {
					least = i
				}
			}
			c := heads[least]
			if !yield(c.at) {
				return
			}
			if !c.next(failed) {
				heads = slices.Delete(heads, least, least+1)
			}
		}
	}
}

// cursor goes through the entries of a part.
type cursor struct {
	part *part
	page []byte
	n    int64 // of the entry behind at
	at   entry
}

func (c *cursor) next(failed *error) bool {
	if c.n == c.part.Entries {
		return false
	}
	if c.n%perPage == 0 {
		var err error
		if c.page, err = c.part.page(c.n / perPage); err != nil {
			*failed = err
			return false
		}
	}
	c.at = entryAt(c.page, int(c.n%perPage))
	c.n++
	return true
}
