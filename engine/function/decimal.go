package function

import (
	"cmp"
	"strconv"
	"strings"
)

// decimal is a plain decimal number, without exponent, by its digits: exact, whatever its size.
type decimal struct {
	negative bool
	whole    string // without leading zeros
	fraction string // without trailing zeros
}

// parseDecimal reads an optional sign, digits and an optional fraction.
func parseDecimal(s string) (d decimal, ok bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		d.negative, s = s[0] == '-', s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if whole == "" && fraction == "" || !isDigits(whole) || !isDigits(fraction) {
		return decimal{}, false
	}
	d.whole, d.fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if d.whole == "" && d.fraction == "" {
		d.negative = false
	}
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

func (d decimal) compare(e decimal) int {
	sign := 1
	if d.negative {
		sign = -1
	}
	if d.negative != e.negative {
		return sign
	}
	c := cmp.Compare(len(d.whole), len(e.whole))
	if c == 0 {
		c = cmp.Or(strings.Compare(d.whole, e.whole), strings.Compare(d.fraction, e.fraction))
	}
	return c * sign
}

// String is the number in its plainest form.
func (d decimal) String() string {
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

// integer reads a decimal integer that fits 64 bits.
func integer(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
