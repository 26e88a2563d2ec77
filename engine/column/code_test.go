package column

import (
	"strconv"
	"testing"
)

// Codes may tell no values apart, but never order them otherwise than the comparison.
func TestCodesAgreeWithCompares(t *testing.T) {
	values := someValues()
	for name, order := range map[string]struct {
		compare func(a, b Value) int
		code    func(Value) uint64
	}{"auto": {Compare, Code}, "numbers": {CompareNumbers, NumberCode}} {
		for _, a := range values {
			for _, b := range values {
				if name == "numbers" && (a.IsNull() || b.IsNull()) {
					continue // they have no place among numbers
				}
				if order.code(a) < order.code(b) && order.compare(a, b) >= 0 {
					t.Errorf("%s: %v and %v are %d, but their codes ascend", name, a, b, order.compare(a, b))
				}
			}
		}
	}
	if Code(Str("9")) >= Code(Str("10")) || Code(Str("10")) >= Code(Str("9.0.0.1")) || Code(Str("9.0.0.1")) >= Code(Str("A")) || Code(Str("A")) >= Code(Str("Ab")) || Code(Str("Ab")) >= Code(Value{}) {
		t.Error("numbers, addresses, texts and null have no codes of their own")
	}
}

func TestPrefixOrdersTexts(t *testing.T) {
	ordered := []string{"", "\x01", "A", "a", "ab", "abcdefg", "abcdefgh", "b", "\xff"}
	for i, a := range ordered {
		for j, b := range ordered {
			if (Prefix(a) < Prefix(b)) != (i < j) {
				t.Errorf("%q and %q", a, b)
			}
		}
	}
	if Prefix("abcdefgh") != Prefix("abcdefghi") {
		t.Error("more than eight bytes count")
	}
}

func TestWholeNumber(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "7": 7, "-7": -7, "10": 10, "123456789012345678": 123456789012345678, "-123456789012345678": -123456789012345678} {
		if n, ok := WholeNumber(Str(text)); !ok || n != want {
			t.Errorf("%s: %d, %t", text, n, ok)
		}
	}
	for _, text := range []string{"", "-", "-0", "00", "07", "-07", "+7", "7.0", "7 ", " 7", "1e3", "1234567890123456789", "٧", "a"} {
		if n, ok := WholeNumber(Str(text)); ok {
			t.Errorf("%q is %d", text, n)
		}
	}
	for at := 1; at < 18; at++ { // any byte at any place
		for c := range 256 {
			text := []byte("123456789012345678")
			text[at] = byte(c)
			n, ok := WholeNumber(Str(string(text)))
			if want, err := strconv.ParseInt(string(text), 10, 64); ok != (err == nil) || ok && n != want {
				t.Errorf("%q is %d, %t", text, n, ok)
			}
		}
	}
	if n, ok := WholeNumber(Integer(1 << 60)); !ok || n != 1<<60 {
		t.Error(n, ok)
	}
	for _, v := range []Value{{}, Real(1), Boolean(true), Nanos(1), Multi([]Value{Str("1"), Str("2")})} {
		if _, ok := WholeNumber(v); ok {
			t.Errorf("%v is no whole number", v)
		}
	}
}
