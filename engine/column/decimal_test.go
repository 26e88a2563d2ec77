package column

import "testing"

func TestParseDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"5": "5", "005": "5", "+5": "5", "-5": "-5", "5.0": "5", "5.": "5", ".50": "0.5", "-0": "0", "-0.0": "0", "0": "0",
		"123456789012345678901234567890.5": "123456789012345678901234567890.5",
		"":                                 "", ".": "", "-": "", "--5": "", "1e3": "", "0x10": "", " 5": "", "1.2.3": "", "5-": "", "٥": "",
	} {
		d, ok := ParseDecimal(in)
		if ok != (want != "") || ok && d.String() != want {
			t.Errorf("%q is %s (%t), want %s", in, d, ok, want)
		}
		if again, _ := ParseDecimal(want); ok && again != d {
			t.Errorf("%q and %q differ", in, want)
		}
	}
}

func TestCompareDecimals(t *testing.T) {
	ascending := []string{"-100", "-99.5", "-99.05", "-1", "-0.5", "0", "0.05", "0.5", "1", "9007199254740992", "9007199254740993", "9007199254740993.1"}
	for i, a := range ascending {
		for j, b := range ascending {
			x, _ := ParseDecimal(a)
			y, _ := ParseDecimal(b)
			if got := x.Compare(y); got != min(max(i-j, -1), 1) {
				t.Errorf("%s and %s compare as %d", a, b, got)
			}
		}
	}
}
