package function

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"spoor/engine/column"
)

// format is a value as the verb says; ok is false if the value is not of the kind that it prints.
func (v *verb) format(x column.Value) (text string, ok bool) {
	if x.IsNull() {
		return "", false
	}
	switch v.letter {
	case 's', 'z':
		s := x.String()
		if v.precision >= 0 {
			s = s[:skip(s, float64(v.precision))]
		}
		return v.pad("", s, false), true
	case 'c':
		s, ok := character(x)
		return v.pad("", s, false), ok
	}
	n, ok := x.Number()
	if !ok {
		return "", false
	}
	switch v.letter {
	case 'd', 'i', 'u', 'o', 'x', 'X', 'p':
		return v.integer(x, n)
	}
	return v.real(n), true
}

// character is the character of a code, or the first one of a text.
func character(x column.Value) (string, bool) {
	if n, ok := x.Number(); ok {
		if n < 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		return string(rune(n)), true
	}
	s := x.String()
	return s[:skip(s, 1)], true
}

func (v *verb) integer(x column.Value, n float64) (string, bool) {
	negative, size, ok := wholeNumber(x, n)
	signed := v.letter == 'd' || v.letter == 'i'
	if !ok || negative && !signed {
		return "", false
	}
	base := v.base()
	digits := strconv.FormatUint(size, base)
	if v.precision == 0 && size == 0 {
		digits = ""
	}
	if missing := v.precision - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	prefix := ""
	switch {
	case base == 10:
		if v.commas {
			digits = threes(digits)
		}
		if signed {
			prefix = v.sign(negative)
		}
	case v.alternate && base == 8 && !strings.HasPrefix(digits, "0"):
		digits = "0" + digits
	case v.alternate && base == 16 && size != 0:
		prefix = "0x"
	}
	text := v.pad(prefix, digits, v.precision < 0)
	if v.letter == 'X' || v.letter == 'p' {
		text = strings.ToUpper(text)
	}
	return text, true
}

func (v *verb) base() int {
	switch v.letter {
	case 'o':
		return 8
	case 'x', 'X', 'p':
		return 16
	}
	return 10
}

// wholeNumber is a number without its fraction, by sign and size; false if it has more than 64 bits.
func wholeNumber(x column.Value, n float64) (negative bool, size uint64, ok bool) {
	whole, err := strconv.ParseInt(strings.TrimSpace(x.String()), 10, 64) // a float64 may not hold all its digits
	if err != nil {
		if !(n > -(1<<63) && n < 1<<63) {
			return false, 0, false
		}
		whole = int64(n)
	}
	if whole < 0 {
		return true, -uint64(whole), true
	}
	return false, uint64(whole), true
}

func (v *verb) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case v.plus:
		return "+"
	case v.blank:
		return " "
	}
	return ""
}

func (v *verb) real(n float64) string {
	sign := v.sign(math.Signbit(n) && !math.IsNaN(n))
	n = math.Abs(n)
	small := v.letter | 0x20
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return v.pad(sign, column.FormatFloat(n), false)
	}
	precision := v.precision
	if precision < 0 && small != 'a' {
		precision = 6
	}
	var digits string
	switch {
	case small == 'a':
		digits = hexFloat(n, precision)
	case small == 'g' && v.alternate:
		digits = fmt.Sprintf("%#.*g", max(precision, 1), n)
	case small == 'g':
		digits = strconv.FormatFloat(n, 'g', max(precision, 1), 64)
	default:
		digits = strconv.FormatFloat(n, small, precision, 64)
	}
	if v.alternate && !strings.Contains(digits, ".") {
		at := strings.IndexAny(digits+"e", "ep")
		digits = digits[:at] + "." + digits[at:]
	}
	if v.commas && !strings.ContainsAny(digits, "ep") {
		whole, fraction, point := strings.Cut(digits, ".")
		if digits = threes(whole); point {
			digits += "." + fraction
		}
	}
	if small == 'a' {
		sign, digits = sign+"0x", strings.TrimPrefix(digits, "0x")
	}
	text := v.pad(sign, digits, true)
	if v.letter != small {
		text = strings.ToUpper(text)
	}
	return text
}

// hexFloat is a number in hexadecimal digits with an exponent of 2, which has no zero in front.
func hexFloat(n float64, precision int) string {
	s := strconv.FormatFloat(n, 'x', precision, 64)
	if at := strings.LastIndexByte(s, 'p'); at+3 < len(s) && s[at+2] == '0' {
		s = s[:at+2] + s[at+3:]
	}
	return s
}

// threes puts commas between groups of three digits.
func threes(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// pad fills up to the width: with zeros between prefix and body if the verb asks for it and they make sense, else with blanks.
func (v *verb) pad(prefix, body string, zeros bool) string {
	missing := v.width - utf8.RuneCountInString(prefix) - utf8.RuneCountInString(body)
	switch {
	case missing <= 0:
		return prefix + body
	case v.left:
		return prefix + body + strings.Repeat(" ", missing)
	case v.zero && zeros:
		return prefix + strings.Repeat("0", missing) + body
	}
	return strings.Repeat(" ", missing) + prefix + body
}
