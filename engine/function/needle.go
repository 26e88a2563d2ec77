package function

import "strings"

// needle finds a text in small letters within others of any case, ASCII only.
type needle struct {
	text string
	rare int     // index of the byte that is least likely in a log
	next []int32 // how far each prefix repeats itself, for the fallback of Knuth, Morris and Pratt
}

func newNeedle(text string) needle {
	n := needle{text: text, next: make([]int32, len(text)+1)}
	for i := range len(text) {
		if rarity(text[i]) > rarity(text[n.rare]) {
			n.rare = i
		}
	}
	n.next[0] = -1
	k := int32(-1)
	for i := range len(text) {
		for k >= 0 && text[k] != text[i] {
			k = n.next[k]
		}
		k++
		n.next[i+1] = k
	}
	return n
}

// rarity is greater for bytes that are met less often in paths and command lines. A byte that is no letter is found twice as fast.
func rarity(c byte) int {
	if i := strings.IndexByte("e/starionl -cdupmbh.gf0_v1kywx2=3845679jzq", c); i >= 0 {
		return i
	}
	return 100
}

// index is the first place of the needle in s, or -1. Candidates are found by their rarest byte; when too many of them fail, the
// search goes on byte by byte, so that no text takes more than linear time.
func (n *needle) index(s string) int {
	last := len(s) - len(n.text)
	work := 64 + 4*len(s)
	c := n.text[n.rare]
	for i := 0; i <= last; i++ {
		step := n.nextByte(s[i+n.rare:last+n.rare+1], c)
		if step < 0 {
			return -1
		}
		i += step
		same := 0
		for same < len(n.text) && lower[s[i+same]] == n.text[same] {
			same++
		}
		if same == len(n.text) {
			return i
		}
		if work -= 16 + same; work < 0 {
			if at := n.scan(s[i:]); at >= 0 {
				return i + at
			}
			return -1
		}
	}
	return -1
}

// nextByte looks in growing windows, so that looking for one case does not read far beyond a hit of the other.
func (n *needle) nextByte(s string, c byte) int {
	if c < 'a' || c > 'z' {
		return strings.IndexByte(s, c)
	}
	for from, size := 0, 64; from < len(s); from, size = from+size, 2*size {
		window := s[from:min(from+size, len(s))]
		at := strings.IndexByte(window, c)
		if at >= 0 {
			window = window[:at]
		}
		if up := strings.IndexByte(window, c-('a'-'A')); up >= 0 {
			at = up
		}
		if at >= 0 {
			return from + at
		}
	}
	return -1
}

func (n *needle) scan(s string) int {
	k := int32(0)
	for i := range len(s) {
		c := lower[s[i]]
		for k >= 0 && n.text[k] != c {
			k = n.next[k]
		}
		k++
		if int(k) == len(n.text) {
			return i + 1 - len(n.text)
		}
	}
	return -1
}
