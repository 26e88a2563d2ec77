package frame

import "spoor/engine/input/bitmap"

// Marks finds lines that are one record each without cutting them as Lines does.
type Marks struct {
	data []byte
	tags bitmap.Tags // that may begin or end an event
}

// Open begins with other text.
func (m *Marks) Open(data []byte) {
	m.data = data
	m.tags.Open(data, 'E')
}

// Alone says whether a line, which ends at stop, is one record: if no event is open where it begins, Lines would give it as it is, and no event would
// be open behind it.
func (m *Marks) Alone(start, stop int) bool {
	if json(m.data[start:stop]) {
		return true
	}
	begun, ended := false, false
	for at := m.tags.Next(start); at < stop; at = m.tags.Next(at + 1) {
		switch {
		case isOpening(m.data[at:]):
			if begun || ended {
				return false
			}
			begun = true
		case at > start && m.data[at-1] == '<' && isClosing(m.data[at-1:]):
			ended = true
		}
	}
	return ended || !begun
}
