package frame

import "bytes"

// ByteOrderMark is what some tools put before UTF-8 text.
var ByteOrderMark = []byte("\xef\xbb\xbf")

// IsDocument says by the first bytes of a stream whether it is JSON that is not laid out as one object per line.
func IsDocument(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, ByteOrderMark), " \t\r\n")
	if len(head) == 0 {
		return false
	}
	switch head[0] {
	case '[':
		rest := bytes.TrimLeft(head[1:], " \t\r\n")
		return len(rest) > 0 && (rest[0] == '{' || rest[0] == ']')
	case '{':
		return spreads(head)
	}
	return false
}

// spreads says whether the object at the beginning of head goes on in a second line, is followed by another in its line, or is a search
// result whose hits are the events.
func spreads(head []byte) bool {
	var done, hits bool
	d := NewDocuments(func(int64, int64) { done = true })
	for i := range head {
		quoted := d.quoted
		d.Feed(head[i : i+1])
		hits = hits || d.Hits()
		if done || hits {
			rest := bytes.TrimLeft(head[i+1:], " \t\r") // old Mac line ends are one long line
			return hits || len(rest) > 0 && rest[0] == '{'
		}
		if head[i] == '\n' {
			return !quoted && goesOn(d.prev, bytes.TrimLeft(head[i:], " \t\r\n"), d.kinds&1 == 1)
		}
	}
	return false
}

// goesOn says whether JSON may go on with rest behind the byte prev within an object or an array.
func goesOn(prev byte, rest []byte, object bool) bool {
	if len(rest) == 0 {
		return prev == '{' || prev == '['
	}
	c := rest[0]
	switch {
	case prev == ':', prev == '[', prev == ',' && !object:
		return true
	case prev == '{', prev == ',':
		return c == '"' || c == '}'
	case object:
		return c == ',' || c == '}' || c == ':'
	}
	return c == ',' || c == ']'
}
