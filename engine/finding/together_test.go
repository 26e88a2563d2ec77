package finding

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestInOrder makes things of numbers, of which one cannot be made, and whose stream may end early.
func TestInOrder(t *testing.T) {
	const never = -1
	tests := []struct {
		name                       string
		things, cut, broken, leave int // how many there are, and where the stream, the making and the reader end
		fault                      bool
		want                       int // how many are made
		err                        string
	}{
		{"nothing", 0, never, never, never, false, 0, ""},
		{"one", 1, never, never, never, false, 1, ""},
		{"all at once", abreast, never, never, never, false, abreast, ""},
		{"several times", 3*abreast + 7, never, never, never, false, 3*abreast + 7, ""},
		{"the stream ends", 3 * abreast, abreast + 5, never, never, false, abreast + 5, "cut"},
		{"the stream ends at once", 9, 0, never, never, false, 0, "cut"},
		{"one cannot be made", 3 * abreast, never, abreast + 9, never, false, abreast + 9, "broken"},
		{"one cannot be made before the stream ends", 3 * abreast, abreast + 20, abreast + 9, never, false, abreast + 9, "broken"},
		{"a fault of ours", 20, never, 3, never, true, 3, "internal error: fault"},
		{"the reader leaves", 3 * abreast, never, never, abreast + 3, false, abreast + 3, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			numbers := func(yield func(int, error) bool) {
				for i := range test.things {
					if i == test.cut {
						yield(0, errors.New("cut"))
						return
					}
					if !yield(i, nil) {
						return
					}
				}
			}
			var got, want []int
			var failed []string
			for n, err := range InOrder(numbers, func(i int) (int, error) {
				if i == test.broken && test.fault {
					panic("fault")
				}
				if i == test.broken {
					return 0, errors.New("broken")
				}
				return 10 * i, nil
			}) {
				if len(failed) > 0 {
					t.Fatal("there is more after an error")
				}
				if len(got) == test.leave {
					break
				}
				if err != nil {
					failed = append(failed, err.Error())
					continue
				}
				got = append(got, n)
			}
			for i := range test.want {
				want = append(want, 10*i)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d are made, want %d", len(got), len(want))
			}
			if strings.Join(failed, ", ") != test.err {
				t.Errorf("errors %q, want %q", failed, test.err)
			}
		})
	}
}

// TestTextsOfRows holds that rows are written as encoding/json writes texts.
func TestTextsOfRows(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", `""`},
		{"plain <&> text", `"plain <&> text"`},
		{`a "quote" and a \`, `"a \"quote\" and a \\"`},
		{"tab\tend\b\f\x00\x7f", "\"tab\\tend\\b\\f\\u0000\x7f\""},
		{"grüße\u2028", "\"grüße\\u2028\""},
		{"broken \xff", `"broken \ufffd"`},
	}
	for _, test := range tests {
		if got := string(appendText(nil, test.text)); got != test.want {
			t.Errorf("%q is %s, want %s", test.text, got, test.want)
		}
	}
}
