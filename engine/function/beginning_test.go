package function

import "testing"

func TestBeginning(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{`{"a":1,"b":2}`, 100, `{"a":1,"b":2}`},
		{`{"a":1,"b":2}`, 12, `{"a":1}`},
		{`{"a":1,"b":"x,y"}`, 14, `{"a":1}`},
		{`{"a":1,"b":"x\",y","c":3}`, 20, `{"a":1,"b":"x\",y"}`},
		{`{"a":{"b":[1,2,3]},"c":4}`, 14, `{"a":{"b":[1]}}`},
		{`{"a":{"b":[1,2,3]},"c":4}`, 18, `{"a":{"b":[1,2,3]}}`},
		{`[{"a":1},{"a":2}]`, 10, `[{"a":1},{}]`},
		{`<a><b>1</b><c>23</c></a>`, 15, `<a><b>1</b><c>`},
		{`no document at all`, 5, ``},
		{`{"a`, 2, `{}`},
	} {
		if got := Beginning(c.text, c.most); got != c.want {
			t.Errorf("the first %d bytes of %s: %s, want %s", c.most, c.text, got, c.want)
		}
	}
}
