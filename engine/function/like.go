package function

import (
	"strings"
	"unicode/utf8"

	"spoor/grammar/source"
)

// likes is a pattern of SQL's LIKE in its forms: as written and, if it holds XML entities, decoded.
type likes [][]string // a form is its pieces between the percent signs

func compileLike(_ *Env, text string, _ source.Span) (likes, *source.Diagnostic) {
	pieces := strings.Split(text, "%")
	decoded := make([]string, len(pieces))
	for i, s := range pieces {
		decoded[i] = decodeEntities(s)
	}
	if strings.Join(decoded, "%") == text {
		return likes{pieces}, nil
	}
	return likes{pieces, decoded}, nil
}

func (l likes) match(s string) bool {
	for _, pieces := range l {
		if likeForm(s, pieces) {
			return true
		}
	}
	return false
}

func likeForm(s string, pieces []string) bool {
	n, ok := likePrefix(s, pieces[0])
	if !ok || len(pieces) == 1 {
		return ok && n == len(s)
	}
	s = s[n:]
	last := pieces[len(pieces)-1]
	for _, piece := range pieces[1 : len(pieces)-1] {
		at, n := likeIndex(s, piece)
		if at < 0 {
			return false
		}
		s = s[at+n:]
	}
	return likeSuffix(s, last)
}

// likePrefix says how many bytes at the start of s a piece without percent signs takes.
func likePrefix(s, piece string) (n int, ok bool) {
	for i := range len(piece) {
		if n >= len(s) {
			return 0, false
		}
		switch {
		case piece[i] == '_':
			_, size := utf8.DecodeRuneInString(s[n:])
			n += size
		case piece[i] == s[n]:
			n++
		default:
			return 0, false
		}
	}
	return n, true
}

func likeIndex(s, piece string) (at, n int) {
	literal, _, wild := strings.Cut(piece, "_")
	if !wild {
		return strings.Index(s, piece), len(piece)
	}
	for at = 0; at <= len(s); {
		step := strings.Index(s[at:], literal)
		if step < 0 {
			return -1, 0
		}
		at += step
		if n, ok := likePrefix(s[at:], piece); ok {
			return at, n
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += max(size, 1)
	}
	return -1, 0
}

func likeSuffix(s, piece string) bool {
	if !strings.Contains(piece, "_") {
		return strings.HasSuffix(s, piece)
	}
	at := len(s)
	for i := len(piece) - 1; i >= 0; i-- {
		switch {
		case at == 0:
			return false
		case piece[i] == '_':
			_, size := utf8.DecodeLastRuneInString(s[:at])
			at -= size
		case piece[i] == s[at-1]:
			at--
		default:
			return false
		}
	}
	return true
}
