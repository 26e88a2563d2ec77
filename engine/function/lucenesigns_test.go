package function

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"testing"

	"spoor/grammar/source"
)

func TestSignsOf(t *testing.T) {
	for pattern, want := range map[string]string{
		`.*[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}:[0-9]+.*`: `..:`,
		`(a\.b){2,3}-?(=|~)/+`:                          `../`,
		`a|b:`:                                          ``,
		`[.:]x 1`:                                       ``,
		`(:{3}){2}_(?:,)*`:                              `::::::_`,
		`((:{100}){10})`:                                strings.Repeat(":", mostSigns),
	} {
		tree, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, x := range signsOf(tree) {
			got += strings.Repeat(x.sign, x.least)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
}

// TestSignsMatchTheSame makes up expressions and texts: what is counted first does not change what matches.
func TestSignsMatchTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	pieces := []string{`\.`, ":", "a", "B", "[0-9]", "[.:]", "(a:|b)", `(\.a){2}`, "-{1,2}", "/+", ":?", ".*", "=*", "~", "<1-20>", "."}
	matched := 0
	for range 4000 {
		var pattern, text strings.Builder
		for range 1 + r.IntN(5) {
			pattern.WriteString(pieces[r.IntN(len(pieces))])
		}
		for range r.IntN(9) {
			text.WriteByte(".:aB1-/=~b"[r.IntN(10)])
		}
		test, diag := compileLucene(pattern.String(), r.IntN(2) == 0, r.IntN(2) == 0, source.Span{})
		if diag != nil {
			continue
		}
		want := test.expr.MatchString(text.String())
		if got := test.match(text.String()); got != want {
			t.Errorf("%s matches %q: %t, want %t", pattern.String(), text.String(), got, want)
		}
		if want {
			matched++
		}
	}
	if matched < 100 {
		t.Error("matched only", matched)
	}
}
