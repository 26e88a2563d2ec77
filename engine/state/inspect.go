package state

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// inspection looks whether a database is whole before bbolt maps it to memory: bbolt trusts its pages, and what is wrong in them would end
// the process or run in circles. It reads each page that is in use once, in bounded memory.
type inspection struct {
	r       io.ReaderAt
	head    head
	used    []uint64 // a bit for each page
	buffers [][]byte // a page for each depth: keys of those above bound those below
	value   func(path []string, sum uint32, key, value []byte) error
	path    []string
}

// depths is more than any database has: a thousand entries a page would fill any disk in eight.
const depths = 64

// inspect looks through all pages, and shows every value to a function.
func inspect(r io.ReaderAt, size int64, value func(path []string, sum uint32, key, value []byte) error) (head, error) {
	h, err := readHead(r, size)
	if err != nil {
		return h, err
	}
	in := &inspection{r: r, head: h, used: make([]uint64, h.pages/64+1), value: value}
	if err := errors.Join(in.use(0, 0), in.use(1, 0)); err != nil {
		return h, err
	}
	if err := in.walk(h.root, 0, nil, nil, 0); err != nil {
		return h, err
	}
	h.unused, err = in.unused()
	return h, err
}

// use notes that pages are in use.
func (in *inspection) use(id uint64, more uint32) error {
	for last := id + uint64(more); id <= last; id++ {
		if id >= in.head.pages {
			return fmt.Errorf("page %d is beyond its end", id)
		}
		if in.used[id/64]&(1<<(id%64)) != 0 {
			return fmt.Errorf("page %d is used twice", id)
		}
		in.used[id/64] |= 1 << (id % 64)
	}
	return nil
}

// The kinds of pages.
const (
	branchPage = 1
	leafPage   = 2
	freePage   = 16
)

// load reads a page with those that continue it, into a buffer that is used again.
func (in *inspection) load(id uint64, depth int) ([]byte, error) {
	for len(in.buffers) <= depth {
		in.buffers = append(in.buffers, make([]byte, in.head.pageSize))
	}
	if err := in.use(id, 0); err != nil {
		return nil, err
	}
	b := in.buffers[depth][:in.head.pageSize]
	at := int64(id) * int64(in.head.pageSize)
	if _, err := in.r.ReadAt(b, at); err != nil {
		return nil, err
	}
	if got := native.Uint64(b); got != id {
		return nil, fmt.Errorf("page %d calls itself %d", id, got)
	}
	more := native.Uint32(b[12:])
	if more == 0 {
		return b, nil
	}
	if err := in.use(id+1, more-1); err != nil {
		return nil, err
	}
	b = append(b, make([]byte, int(more)*in.head.pageSize)...)
	in.buffers[depth] = b
	_, err := in.r.ReadAt(b, at)
	return b, err
}

// walk looks through the pages of a table, whose keys must be in order and within bounds.
func (in *inspection) walk(id uint64, sum uint32, least, limit []byte, depth int) error {
	if depth > depths {
		return errors.New("its pages are nested too deeply")
	}
	page, err := in.load(id, depth)
	if err != nil {
		return err
	}
	err = in.entries(page, sum, least, limit, depth)
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return nil
}

// entries looks through a page: first its list of entries, then keys and values, which stand behind one another in the same order.
func (in *inspection) entries(page []byte, sum uint32, least, limit []byte, depth int) error {
	kind, count := native.Uint16(page[8:]), int(native.Uint16(page[10:]))
	if kind != branchPage && kind != leafPage || kind == branchPage && count == 0 {
		return fmt.Errorf("it is of no known kind (%d)", kind)
	}
	next := pageHeader + count*entryLength
	if next > len(page) {
		return errors.New("it has too many entries")
	}
	var last entry
	for i := range count {
		e, err := entryAt(page, kind, i, next)
		if err != nil {
			return err
		}
		next += len(e.key) + len(e.value)
		order := bytes.Compare(last.key, e.key)
		if i == 0 && bytes.Compare(least, e.key) > 0 || i > 0 && order >= 0 || limit != nil && bytes.Compare(e.key, limit) >= 0 {
			return errors.New("its keys are out of order")
		}
		if kind == branchPage && i > 0 {
			if err := in.walk(last.page, sum, last.key, e.key, depth+1); err != nil {
				return err
			}
		}
		if kind == leafPage {
			if err := in.entry(e, sum, depth); err != nil {
				return err
			}
		}
		last = e
	}
	if kind == branchPage {
		return in.walk(last.page, sum, last.key, limit, depth+1)
	}
	return nil
}

// entry is a value, or a table in the table: its first page, or all of it if it is small.
func (in *inspection) entry(e entry, sum uint32, depth int) error {
	if !e.table {
		return in.value(in.path, sum, e.key, e.value)
	}
	if len(e.value) < pageHeader {
		return errors.New("a table has no beginning")
	}
	in.path = append(in.path, string(e.key))
	defer func() { in.path = in.path[:len(in.path)-1] }()
	inside := below(sum, e.key)
	if root := native.Uint64(e.value); root != 0 {
		return in.walk(root, inside, nil, nil, depth+1)
	}
	page := e.value[pageHeader:]
	if len(page) < pageHeader || native.Uint16(page[8:]) != leafPage {
		return errors.New("a small table is damaged")
	}
	return in.entries(page, inside, nil, nil, depth+1)
}

// unused looks through the list of unused pages, none of which may be in use, and counts them.
func (in *inspection) unused() (count uint64, err error) {
	if in.head.free == unlisted {
		return 0, nil
	}
	page, err := in.load(in.head.free, 0)
	if err != nil {
		return 0, err
	}
	kind, from := native.Uint16(page[8:]), pageHeader
	count = uint64(native.Uint16(page[10:]))
	if count == 0xFFFF {
		count, from = native.Uint64(page[from:]), from+8
	}
	if kind != freePage || count > uint64(len(page)-from)/8 {
		return 0, errors.New("the list of unused pages is damaged")
	}
	for i := range int(count) {
		if err := in.use(native.Uint64(page[from+8*i:]), 0); err != nil {
			return 0, fmt.Errorf("the list of unused pages: %w", err)
		}
	}
	return count, nil
}

// entry is one entry of a page.
type entry struct {
	key, value []byte
	page       uint64 // of a branch: where its keys are
	table      bool
}

const entryLength = 16

// entryAt reads an entry whose key must stand at a place.
func entryAt(page []byte, kind uint16, i, want int) (entry, error) {
	at := pageHeader + i*entryLength
	b := page[at:]
	var e entry
	var where, keyLength, valueLength uint32
	if kind == branchPage {
		where, keyLength, e.page = native.Uint32(b), native.Uint32(b[4:]), native.Uint64(b[8:])
	} else {
		flags := native.Uint32(b)
		where, keyLength, valueLength = native.Uint32(b[4:]), native.Uint32(b[8:]), native.Uint32(b[12:])
		if e.table = flags == 1; flags > 1 {
			return e, errors.New("an entry is damaged")
		}
	}
	begin := int64(at) + int64(where)
	middle := begin + int64(keyLength)
	end := middle + int64(valueLength)
	if begin != int64(want) || keyLength == 0 || end > int64(len(page)) {
		return e, errors.New("an entry is not where it should be")
	}
	e.key, e.value = page[begin:middle], page[middle:end]
	return e, nil
}
