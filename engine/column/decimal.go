package column

import (
	"cmp"
	"strings"
)

// Decimal is a plain decimal number, without exponent, by its digits: exact, whatever its size. Equal numbers are equal in Go.
type Decimal struct {
	negative        bool   // never of zero
	whole, fraction string // without zeros in front, and behind
}

// ParseDecimal reads an optional sign, digits and an optional fraction.
func ParseDecimal(s string) (d Decimal, ok bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		d.negative, s = s[0] == '-', s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if whole == "" && fraction == "" || !isDigits(whole) || !isDigits(fraction) {
		return Decimal{}, false
	}
	d.whole, d.fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	d.negative = d.negative && d.whole+d.fraction != ""
	return d, true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Compare orders by size.
func (d Decimal) Compare(e Decimal) int {
	sign := 1
	if d.negative {
		sign = -1
	}
	if d.negative != e.negative {
		return sign
	}
	return sign * cmp.Or(cmp.Compare(len(d.whole), len(e.whole)), strings.Compare(d.whole, e.whole), strings.Compare(d.fraction, e.fraction))
}

// String is the number in its plainest form.
func (d Decimal) String() string {
	s := d.whole
	if s == "" {
		s = "0"
	}
	if d.negative {
		s = "-" + s
	}
	if d.fraction != "" {
		s += "." + d.fraction
	}
	return s
}

// compareDigits orders two values whose readings as floating point numbers are equal by what else their digits tell. Numbers that are
// not written as plain decimals, with an exponent say, come behind the others.
func compareDigits(a, b Value) int {
	if a.kind == b.kind && a.bits == b.bits && a.str == b.str {
		return 0
	}
	x, okx := ParseDecimal(strings.TrimSpace(a.String()))
	y, oky := ParseDecimal(strings.TrimSpace(b.String()))
	if !okx || !oky {
		return cmp.Compare(boolInt(!okx), boolInt(!oky))
	}
	return x.Compare(y)
}
