package plan

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestSpares(t *testing.T) {
	x, y, z := field("x"), field("y"), field("z")
	joined := spl("mvjoin", y, str(" "))
	for _, c := range []struct {
		about string
		exprs []Expr
		need  []string
		want  string
	}{
		{"behind another", []Expr{spl("coalesce", x, joined)}, nil, "y:x"},
		{"behind several", []Expr{spl("coalesce", x, z, joined)}, nil, "y:x,z z:x"},
		{"further inside", []Expr{spl("coalesce", z, spl("lower", spl("coalesce", x, joined)))}, nil, "x:z y:z,x"},
		{"behind what may be null", []Expr{spl("coalesce", spl("nullif", x, str("")), joined)}, nil, "y:x?"},
		{"behind what two make", []Expr{spl("coalesce", spl("+", x, z), joined)}, nil, ""},
		{"behind what differs", []Expr{spl("coalesce", spl("lower", x), joined), spl("coalesce", spl("upper", x), joined)}, nil, ""},
		{"behind chance", []Expr{spl("coalesce", spl("random"), joined)}, nil, ""},
		{"behind itself", []Expr{spl("coalesce", joined, y)}, nil, ""},
		{"before another", []Expr{spl("coalesce", joined, x)}, nil, "x:y?"},
		{"also on its own", []Expr{spl("coalesce", x, joined), spl("lower", y)}, nil, ""},
		{"first on its own", []Expr{spl("lower", y), spl("coalesce", x, joined)}, nil, ""},
		{"both ways round", []Expr{spl("coalesce", x, y), spl("coalesce", y, x)}, nil, ""},
		{"behind different ones", []Expr{spl("coalesce", x, y), spl("coalesce", x, z, y)}, nil, "y:x z:x"},
		{"behind none in common", []Expr{spl("coalesce", x, y), spl("coalesce", z, y)}, nil, ""},
		{"read above", []Expr{spl("coalesce", x, joined)}, []string{"y"}, ""},
		{"the other is read above, where it may be another", []Expr{spl("coalesce", x, joined)}, []string{"x"}, ""},
		{"of another function", []Expr{spl("if", x, x, joined)}, nil, ""},
		{"by elements", []Expr{spl("mvmap", z, x, spl("coalesce", x, y))}, nil, ""},
		{"time", []Expr{spl("coalesce", field("_time"), y)}, nil, ""},
	} {
		kp := KindPlan{rest: needOnly(c.need...)}
		for _, e := range c.exprs {
			kp.Steps = append(kp.Steps, &Extend{Assigns: []Assign{{"made", e}}}, &Filter{Cond: e})
		}
		var got []string
		spares := kp.Spares()
		for _, name := range slices.Sorted(maps.Keys(spares)) {
			var by []string
			for _, s := range spares[name] {
				if s.Enough != nil {
					s.By += "?"
				}
				by = append(by, s.By)
			}
			got = append(got, name+":"+strings.Join(by, ","))
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
	word := KindPlan{rest: needOnly(), env: fold.Env, Steps: []Node{&Filter{Cond: spl("coalesce", spl("nullif", x, str("")), y)}}}
	for text, want := range map[string]bool{"sh": true, "": false, "-": true} {
		if got := word.Spares()["y"][0].Enough(text); got != want {
			t.Errorf("%q is enough: %v", text, got)
		}
	}
	kp := KindPlan{Steps: []Node{&Extend{Assigns: []Assign{{"x", str("a")}, {"made", spl("coalesce", x, y)}}}}, rest: needOnly()}
	if got := kp.Spares(); len(got) != 0 {
		t.Errorf("a field that is set before: %v", got)
	}
	kp.All = true
	if got := kp.Spares(); got != nil {
		t.Errorf("where all is read: %v", got)
	}
}
