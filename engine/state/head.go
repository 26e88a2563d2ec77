package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// head is one of the two pages with which a database of bbolt begins. Each transaction writes the older of them, as its last act.
type head struct {
	pageSize int
	root     uint64 // the page in which the names of the tables are
	free     uint64 // the page in which unused pages are listed
	pages    uint64 // how many pages there are
	id       uint64 // of the transaction
	unused   uint64 // how many of the pages are, once all were looked through
	cut      bool   // the other one is not whole: a transaction ended while it was written
}

const (
	magic      = 0xED0CDAED
	layout     = 2
	pageHeader = 16
	headLength = 64
	unlisted   = ^uint64(0) // instead of a page: unused pages are not listed
)

var native = binary.NativeEndian

// readHead reads the newer of the heads that are whole, and looks whether the file is as long as it says.
func readHead(r io.ReaderAt, size int64) (head, error) {
	found, err := headsIn(r, size)
	if err != nil {
		return head{}, err
	}
	if len(found) == 0 {
		return head{}, errors.New("it is no database of ours, or its beginning is damaged")
	}
	h := found[0]
	if len(found) == 2 && found[1].id > h.id {
		h = found[1]
	}
	h.cut = len(found) == 1
	if h.pages < 3 || h.pages > uint64(size)/uint64(h.pageSize) {
		return h, fmt.Errorf("it is cut off: it has %d bytes, and should have %d pages of %d", size, h.pages, h.pageSize)
	}
	return h, nil
}

// headsIn reads the heads that are whole. Where the second one is says the first; without that it is looked for.
func headsIn(r io.ReaderAt, size int64) (found []head, err error) {
	first, ok, err := headAt(r, 0)
	if err != nil {
		return nil, err
	}
	if ok {
		second, ok, err := headAt(r, int64(first.pageSize))
		if found = append(found, first); ok && second.pageSize == first.pageSize {
			found = append(found, second)
		}
		return found, err
	}
	for step := int64(1 << 10); step <= 16<<20 && step < size; step *= 2 {
		second, ok, err := headAt(r, step)
		if err != nil || ok && int64(second.pageSize) == step {
			return append(found, second), err
		}
	}
	return nil, nil
}

// headAt reads a head, if there is a whole one at a place. That the file ends before it is no error.
func headAt(r io.ReaderAt, at int64) (h head, whole bool, err error) {
	var b [pageHeader + headLength]byte
	if _, err := r.ReadAt(b[:], at); err == io.EOF {
		return h, false, nil
	} else if err != nil {
		return h, false, err
	}
	m := b[pageHeader:]
	sum := fnv.New64a()
	sum.Write(m[:headLength-8])
	if native.Uint32(m) != magic || native.Uint32(m[4:]) != layout || native.Uint64(m[headLength-8:]) != sum.Sum64() {
		return h, false, nil
	}
	h = head{
		pageSize: int(native.Uint32(m[8:])), root: native.Uint64(m[16:]), free: native.Uint64(m[32:]), pages: native.Uint64(m[40:]), id: native.Uint64(m[48:]),
	}
	return h, h.pageSize >= 1<<10 && h.pageSize <= 16<<20, nil
}
