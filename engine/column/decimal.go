package column

import (
	"cmp"
	"strings"
)

// compareDigits orders two values whose readings as floating point numbers are equal by what else their digits tell. Numbers that are
// not written as plain decimals, with an exponent say, come behind the others.
func compareDigits(a, b Value) int {
	if a.kind == b.kind && a.bits == b.bits && a.str == b.str {
		return 0
	}
	x, okx := parseDigits(a.String())
	y, oky := parseDigits(b.String())
	if !okx || !oky {
		return cmp.Compare(boolInt(!okx), boolInt(!oky))
	}
	if x.negative != y.negative {
		return cmp.Compare(boolInt(y.negative), boolInt(x.negative))
	}
	c := cmp.Or(cmp.Compare(len(x.whole), len(y.whole)), strings.Compare(x.whole, y.whole), strings.Compare(x.fraction, y.fraction))
	if x.negative {
		return -c
	}
	return c
}

// digits is a decimal number without zeros in front and behind; zero is not negative.
type digits struct {
	negative        bool
	whole, fraction string
}

func parseDigits(s string) (d digits, ok bool) {
	s = strings.TrimSpace(s)
	if s != "" && (s[0] == '-' || s[0] == '+') {
		d.negative, s = s[0] == '-', s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	for _, part := range [...]string{whole, fraction} {
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				return digits{}, false
			}
		}
	}
	d.whole, d.fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	d.negative = d.negative && d.whole+d.fraction != ""
	return d, true
}
