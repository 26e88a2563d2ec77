package lookup

import (
	"encoding/binary"

	"spoor/engine/column"
)

// texts is texts one behind another, in blocks without pointers. A text is found by its place: the block, and where in it its length is.
// Place 0 is the empty text.
type texts struct{ blocks [][]byte }

const (
	blockBits  = 20
	mostBlocks = 1 << (32 - blockBits)
)

func newTexts() *texts { return &texts{blocks: [][]byte{{0}}} }

// add copies a text; ok is false if there is no room any more.
func (t *texts) add(s []byte) (place uint32, ok bool) {
	last := len(t.blocks) - 1
	if b := t.blocks[last]; len(b)+binary.MaxVarintLen64+len(s) > max(cap(b), firstBlock) {
		if last++; last == mostBlocks {
			return 0, false
		}
		t.blocks = append(t.blocks, make([]byte, 0, max(1<<blockBits, binary.MaxVarintLen64+len(s))))
	}
	place = uint32(last<<blockBits | len(t.blocks[last]))
	t.blocks[last] = append(binary.AppendUvarint(t.blocks[last], uint64(len(s))), s...)
	return place, true
}

// firstBlock is how large the first block may become: most tables are small.
const firstBlock = 64 << 10

// at is the text of a place.
func (t *texts) at(place uint32) string {
	b := t.blocks[place>>blockBits][place&(1<<blockBits-1):]
	n := int(b[0])
	if n < 0x80 {
		return column.TextOf(b[1 : 1+n])
	}
	long, width := binary.Uvarint(b)
	return column.TextOf(b[width : width+int(long)])
}
