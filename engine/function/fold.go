package function

import (
	"unicode"
	"unicode/utf8"
)

// lower maps the bytes of ASCII's capitals to small letters and every other byte to itself.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if i >= 'A' && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// foldCase brings text into the form in which two texts that differ only in case are equal. ASCII folds to ASCII and other letters to
// other letters only, so that a search for ASCII bytes in a log finds what comparing decoded values finds: `k` is not the Kelvin sign.
// Bytes that are no UTF-8 stay as they are.
func foldCase(s string) string { return mapRunes(s, foldRune) }

// foldRune is the least of the letters other than ASCII's that differ from r in case only.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		return rune(lower[r])
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		if f >= utf8.RuneSelf {
			least = min(least, f)
		}
	}
	return least
}

// hasCase says whether another letter than ASCII's with two cases occurs in s: if not, comparing bytes is enough.
func hasCase(s string) bool {
	for _, r := range s {
		if r < utf8.RuneSelf || r == utf8.RuneError {
			continue
		}
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			if f >= utf8.RuneSelf {
				return true
			}
		}
	}
	return false
}

// mapRunes is strings.Map, but leaves bytes that are no UTF-8 alone, and returns s itself if nothing changes.
func mapRunes(s string, f func(rune) rune) string {
	var out []byte
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		to := r
		if r != utf8.RuneError || n > 1 {
			to = f(r)
		}
		if to != r && out == nil {
			out = append(make([]byte, 0, len(s)+8), s[:i]...)
		}
		switch {
		case out == nil:
		case to == r:
			out = append(out, s[i:i+n]...)
		default:
			out = utf8.AppendRune(out, to)
		}
		i += n
	}
	if out == nil {
		return s
	}
	return string(out)
}

// toLower and toUpper never turn another letter into one of ASCII's, nor the other way round.
func toLower(s string) string {
	return mapRunes(s, func(r rune) rune { return stay(r, unicode.ToLower(r)) })
}

func toUpper(s string) string {
	return mapRunes(s, func(r rune) rune { return stay(r, unicode.ToUpper(r)) })
}

func stay(from, to rune) rune {
	if (from < utf8.RuneSelf) != (to < utf8.RuneSelf) {
		return from
	}
	return to
}

// equalFold compares with a text that is already in small letters, ASCII only.
func equalFold(s, low string) bool {
	if len(s) != len(low) {
		return false
	}
	for i := range len(s) {
		if lower[s[i]] != low[i] {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
