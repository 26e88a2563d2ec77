package frame

import "spoor/engine/input/bitmap"

// Marks finds lines that are one record each without cutting them as Lines does.
type Marks struct {
	data []byte
	tags bitmap.Tags // where lines end, and where an event may begin or end
}

// Open begins with other text.
func (m *Marks) Open(data []byte) {
	m.data = data
	m.tags.Open(data, opening[1:])
}

// Line says where the line ends that begins at a place, and whether it is alone, that is, one record: if no event is open where it begins, Lines would
// give it as it is, and no event would be open behind it.
func (m *Marks) Line(start int) (stop int, alone bool) {
	begun, ended, again := false, false, false
	stop = m.tags.Next(start)
	for ; stop < len(m.data) && m.data[stop] != '\n'; stop = m.tags.Next(stop + 1) {
		switch {
		case isOpening(m.data[stop:]):
			again = again || begun || ended
			begun = true
		case stop > start && m.data[stop-1] == '<' && isClosing(m.data[stop-1:]):
			ended = true
		}
	}
	return stop, !again && (ended || !begun) || json(m.data[start:stop])
}
