package column

import (
	"cmp"
	"net/netip"
	"strings"
)

// Compare orders two values as Splunk sorts by default ("auto"): numbers first and by size, then addresses by address, then
// other text by its bytes; null comes last. A string that reads as a number is one. Lists compare value by value.
func Compare(a, b Value) int {
	if a.kind == String && b.kind == String && a.str == b.str {
		return 0
	}
	if c, ok := compareWhole(a, b); ok {
		return c
	}
	ra, na, ia := rank(a)
	rb, nb, ib := rank(b)
	if ra != rb {
		return cmp.Compare(ra, rb)
	}
	switch ra {
	case numberRank:
		if c := cmp.Or(cmp.Compare(na, nb), compareDigits(a, b)); c != 0 {
			return c
		}
	case addressRank:
		if c := ia.Compare(ib); c != 0 {
			return c
		}
	case listRank:
		return compareLists(a.Items(), b.Items())
	case nullRank:
		return 0
	}
	return strings.Compare(a.String(), b.String())
}

const (
	numberRank = iota
	addressRank
	textRank
	listRank
	nullRank
)

func rank(v Value) (int, float64, netip.Addr) {
	switch v.kind {
	case Null:
		return nullRank, 0, netip.Addr{}
	case List:
		return listRank, 0, netip.Addr{}
	}
	if n, ok := v.Number(); ok {
		return numberRank, n, netip.Addr{}
	}
	if v.kind == String && looksLikeAddress(v.str) {
		if ip, err := netip.ParseAddr(v.str); err == nil {
			return addressRank, 0, ip
		}
	}
	return textRank, 0, netip.Addr{}
}

// looksLikeAddress spares ParseAddr, and its error, for nearly all text.
func looksLikeAddress(s string) bool {
	if len(s) < 2 || len(s) > 45 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F', c == '.', c == ':':
		default:
			return false
		}
	}
	return true
}

func compareLists(a, b []Value) int {
	for i := range min(len(a), len(b)) {
		if c := Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

// compareWhole compares two times or two integers to the last digit, which is more than their readings as floating point numbers can.
func compareWhole(a, b Value) (int, bool) {
	if a.kind != b.kind || a.kind != Time && a.kind != Int {
		return 0, false
	}
	return cmp.Compare(int64(a.bits), int64(b.bits)), true
}

// CompareNumbers orders by numeric reading; what is no number comes last.
func CompareNumbers(a, b Value) int {
	if c, ok := compareWhole(a, b); ok {
		return c
	}
	x, okx := a.Number()
	y, oky := b.Number()
	switch {
	case okx && oky:
		return cmp.Or(cmp.Compare(x, y), compareDigits(a, b))
	case okx:
		return -1
	case oky:
		return 1
	}
	return 0
}

// CompareText orders by the bytes of the text; null comes last.
func CompareText(a, b Value) int {
	if a.IsNull() || b.IsNull() {
		return cmp.Compare(boolInt(a.IsNull()), boolInt(b.IsNull()))
	}
	return strings.Compare(a.String(), b.String())
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Equal says whether two values are the same in kind and content, which is stricter than comparing as 0.
func Equal(a, b Value) bool {
	if a.kind != b.kind || a.bits != b.bits || a.str != b.str {
		return false
	}
	x, y := a.Items(), b.Items()
	if a.kind != List {
		return true
	}
	for i := range x {
		if len(x) != len(y) || !Equal(x[i], y[i]) {
			return false
		}
	}
	return len(x) == len(y)
}
