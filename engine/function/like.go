package function

import (
	"slices"
	"strings"

	"spoor/grammar/source"
)

// likes is a pattern of SQL's LIKE in its forms: as written and, if it holds XML entities, decoded.
type likes []glob

func compileLike(_ *Env, text string, _ source.Span) (likes, *source.Diagnostic) {
	pieces := strings.Split(text, "%")
	out := likes{newGlob(cut(pieces, "_"), false)}
	if decoded := decodeAll(pieces); !slices.Equal(pieces, decoded) {
		out = append(out, newGlob(cut(decoded, "_"), false))
	}
	return out, nil
}

// cut makes pieces of texts in which a sign stands for any one character.
func cut(texts []string, one string) [][]string {
	out := make([][]string, len(texts))
	for i, s := range texts {
		out[i] = strings.Split(s, one)
	}
	return out
}

func (l likes) match(s string) bool {
	for i := range l {
		if l[i].match(s) {
			return true
		}
	}
	return false
}
