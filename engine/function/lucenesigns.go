package function

import (
	"regexp/syntax"
	"strings"
)

// signs is how many of a sign a text must hold for an expression to match: an address with a port has three points and a colon, and most texts, in
// which an expression would be tried at each digit, do not.
type signs struct {
	sign  string
	least int
}

// mostSigns bounds what is counted: more tells no more.
const mostSigns = 100

// signsOf is the signs of ASCII, those that are neither letters nor digits nor blanks, without which the expression does not match.
func signsOf(tree *syntax.Regexp) (out []signs) {
	var least [0x80]int
	countSigns(tree, 1, &least)
	for c, n := range least {
		if n > 0 {
			out = append(out, signs{string(rune(c)), min(n, mostSigns)})
		}
	}
	return out
}

func countSigns(tree *syntax.Regexp, times int, to *[0x80]int) {
	switch tree.Op {
	case syntax.OpLiteral:
		for _, r := range tree.Rune {
			if strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", r) {
				to[r] += times
			}
		}
	case syntax.OpRepeat:
		times = min(times*tree.Min, mostSigns)
		fallthrough
	case syntax.OpConcat, syntax.OpCapture, syntax.OpPlus:
		for _, sub := range tree.Sub {
			countSigns(sub, times, to)
		}
	}
}
