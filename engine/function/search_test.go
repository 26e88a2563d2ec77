package function

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
)

var searchExpr = regexp.MustCompile(`^(\w+)\s*(!=|<=|>=|=|<|>| IN )\s*(.*)$`)

// checkSearch evaluates one comparison of a search expression.
func checkSearch(t *testing.T, expr string, fields map[string]column.Value, want string) {
	t.Helper()
	m := searchExpr.FindStringSubmatch(expr)
	if m == nil {
		t.Fatalf("cannot read %s", expr)
	}
	checkNode(t, Search, expr, fields, want, func(*evaluator) node {
		if m[2] == "=" && m[3] == "*" {
			return node{call: "exists", args: []node{{field: m[1]}}}
		}
		n := node{call: strings.ToLower(strings.TrimSpace(m[2])), args: []node{{field: m[1]}}}
		literals := []string{m[3]}
		if n.call == "in" {
			literals = strings.Split(strings.Trim(m[3], "()"), ", ")
			if strings.HasSuffix(m[3], "))") {
				literals[len(literals)-1] += ")"
			}
		}
		for _, l := range literals {
			if text, ok := strings.CutPrefix(l, "CASE("); ok {
				n.call = "case" + strings.TrimPrefix(n.call, "case")
				l = strings.TrimSuffix(text, ")")
			}
			v := column.Str(strings.Trim(l, `"`))
			n.args = append(n.args, node{value: &v})
		}
		return n
	})
}

var searchData = fields("s", "systemctl restart x", "n", "5", "z", "005.0", "i", 443, "neg", -5, "list", []string{"a", "10.1.2.3"}, "empty", "", "ip", "10.200.0.1", "v6", "2001:db8::1",
	"kelvin", "\u212aelvin", "utf", "ÉCOLE/Straße", "gt", "echo 3 > /proc", "raw", "echo 3 &gt; /proc", "bad", "a\xffB", "exp", "1e3", "star", "a*b", "bool", true, "f", 2.5)

// searchCases is comparisons and what they give.
var searchCases = []struct{ expr, want string }{
	{`s=*restart*`, "True"}, {`s=*RESTART*`, "True"}, {`s=restart`, "False"}, {`s=systemctl*x`, "True"}, {`s=*systemctl*`, "True"}, {`s=*x`, "True"}, {`s=x*`, "False"},
	{`s=systemctl*systemctl*`, "False"}, {`s=*ctl*art*`, "True"}, {`s=*art*ctl*`, "False"}, {`s=**`, "True"}, {`empty=**`, "True"}, {`empty=*`, "True"}, {`missing=*`, "False"},
	{`missing=**`, "False"}, {`missing!=a`, "False"}, {`s!=a`, "True"}, {`s!=*x`, "False"}, {`missing=a`, "False"}, {`empty!=a`, "True"},
	{`n=5.0`, "True"}, {`n=05`, "True"}, {`z=5`, "True"}, {`z=+5`, "True"}, {`neg=-5.0`, "True"}, {`neg=5`, "False"}, {`i=443`, "True"}, {`i=443.0`, "True"}, {`i=44*`, "True"}, {`i=44`, "False"},
	{`i=443x`, "False"}, {`exp=1000`, "False"}, {`exp=1E3`, "True"}, {`n!=5.0`, "False"}, {`i!=443`, "False"}, {`i!=80`, "True"}, {`f=2.50`, "True"}, {`f=2.5*`, "True"},
	{`i IN (80, 443)`, "True"}, {`i IN (80, 4*3)`, "True"}, {`i IN (80, 81)`, "False"}, {`s IN (a, *RELOAD*, *Restart*)`, "True"}, {`missing IN (*, a)`, "False"},
	{`ip=10.0.0.0/8`, "True"}, {`ip=11.0.0.0/8`, "False"}, {`list=10.0.0.0/8`, "True"}, {`v6=2001:db8::/32`, "True"}, {`s=10.0.0.0/8`, "False"}, {`ip!=10.0.0.0/8`, "False"},
	{`list=A`, "True"}, {`list!=a`, "True"}, {`list=b`, "False"}, {`list IN (b, a)`, "True"},
	{`kelvin=kelvin`, "False"}, {`kelvin=` + "\u212a" + `ELVIN`, "True"}, {`utf=école*`, "True"}, {`utf=*STRASSE`, "False"}, {`utf=*straße`, "True"}, {`utf=*/*`, "True"},
	{`gt="echo 3 &gt; *"`, "True"}, {`raw="echo 3 &gt; *"`, "True"}, {`gt="*echo 3 > *"`, "True"}, {`raw="*echo 3 > *"`, "False"}, {`gt!="echo 3 &gt; *"`, "False"},
	{`bad=A` + "\xff" + `b`, "True"}, {`bad=*b`, "True"}, {`star=a*b`, "True"}, {`bool=true`, "True"},
	{`s=CASE(*RESTART*)`, "False"}, {`s=CASE(*restart*)`, "True"}, {`n=CASE(5.0)`, "False"}, {`s!=CASE(*RESTART*)`, "True"}, {`i=CASE(443)`, "True"}, {`i=CASE(0443)`, "False"},
	{`i IN (CASE(80), CASE(443))`, "True"}, {`utf=CASE(école*)`, "False"},
	{`i>100`, "True"}, {`n<10`, "True"}, {`n>=5`, "True"}, {`i<=443`, "True"}, {`s>a`, "True"}, {`s>A`, "True"}, {`s>9`, "True"}, {`missing>1`, "False"}, {`missing<1`, "False"}, {`list>9`, "True"}, {`list<a`, "True"},
	{`empty<a`, "True"}, {`i<"4x"`, "True"},
}

func TestSearch(t *testing.T) {
	for _, c := range searchCases {
		checkSearch(t, c.expr, searchData, c.want)
	}
}

// TestSearchAmongMany holds that a literal means the same among many others that match nothing.
func TestSearchAmongMany(t *testing.T) {
	for _, c := range searchCases {
		m := searchExpr.FindStringSubmatch(c.expr)
		if m[2] != "=" || m[3] == "*" || strings.HasPrefix(m[3], "CASE") {
			continue
		}
		var list []string
		for i := range 12 {
			list = append(list, fmt.Sprintf("nosuch%d", i), fmt.Sprintf("*no such %d*", i), fmt.Sprintf("%d", 990+i), fmt.Sprintf("192.168.%d.0/24", i))
		}
		at := len(c.expr) % len(list)
		checkSearch(t, m[1]+" IN ("+strings.Join(slices.Insert(list, at, strings.Trim(m[3], `"`)), ", ")+")", searchData, c.want)
	}
}

func TestRequires(t *testing.T) {
	cases := []struct {
		lang  Lang
		name  string
		args  []string // of the second on
		anyOf string   // joined by |; empty: no requirement
	}{
		{Search, "=", []string{"*systemctl *x*"}, "systemctl "},
		{Search, "=", []string{"*"}, ""},
		{Search, "=", []string{"443"}, "443"},
		{Search, "=", []string{"0"}, "0"},
		{Search, "=", []string{"0443"}, ""},
		{Search, "=", []string{"-5"}, ""},
		{Search, "=", []string{"5.0"}, ""},
		{Search, "=", []string{""}, ""},
		{Search, "=", []string{"10.0.0.0/8"}, ""},
		{Search, "=", []string{"10.1.2.3"}, "10.1.2.3"},
		{Search, "=", []string{"*école*"}, "cole"},
		{Search, "=", []string{"*3 &gt; *"}, "3 &gt; |3 > "},
		{Search, "=", []string{"*&gt;*"}, "&gt;|>"},
		{Search, "in", []string{"*restart*", "*reload*"}, "restart|reload"},
		{Search, "in", []string{"*restart*", "*"}, ""},
		{Search, "case=", []string{"*Ab*"}, "Ab"},
		{Search, "case=", []string{"05"}, "05"},
		{Search, "!=", []string{"a"}, ""},
		{Search, "<", []string{"a"}, ""},
		{SPL, "=", []string{"/bin/sh"}, "/bin/sh"},
		{SPL, "==", []string{"a&amp;b"}, "a&amp;b|a&b"},
		{SPL, "=", []string{"5"}, ""},
		{SPL, "in", []string{"ab", "cd"}, "ab|cd"},
		{SPL, "in", []string{"ab", "7"}, ""},
		{SPL, "like", []string{"%abc_defg%"}, "defg"},
		{SPL, "like", []string{"%_%"}, ""},
		{SPL, "match", []string{"(?i)(curl|wget).*http://"}, "HTTP://"},
		{SPL, "match", []string{"(?i)curl|wget"}, "curl|wget"},
		{SPL, "match", []string{"(?i)disk"}, "di"},
		{SPL, "match", []string{"disk"}, "disk"},
		{SPL, "match", []string{"(abc)?x*"}, ""},
		{SPL, "match", []string{"(?:abc){2,}"}, "abc"},
		{SPL, "match", []string{"(?!x)abc"}, ""},
		{SPL, "match", []string{"foo&lt;"}, "foo&lt;|foo<"},
	}
	for _, c := range cases {
		args := []Arg{{}}
		for _, s := range c.args {
			v := column.Str(s)
			args = append(args, Arg{Const: &v})
		}
		var got Requirement
		ok := false
		if f := Lookup(c.lang, c.name); f.Requires != nil {
			got, ok = f.Requires(args)
		}
		if ok != (c.anyOf != "") || ok && (got.Arg != 0 || !strings.EqualFold(strings.Join(got.AnyOf, "|"), c.anyOf)) {
			t.Errorf("%s %q: %v, %v; want %q", c.name, c.args, got, ok, c.anyOf)
		}
	}
}

// TestRequiresHolds checks the promise: where the predicate is true, the text holds one of the literals in some ASCII case.
func TestRequiresHolds(t *testing.T) {
	values := []string{"5", "5.0", "005", "50", "0", "0.0", ".0", "1e1", "10", "kelvin", "\u212aelvin", "disk", "di\u017f\u212a", "École", "éCOLE", "a>b", "a&gt;b", "10.1.1.1", "a*b", "restart", "RESTART", ""}
	patterns := append([]string{"*k*", "éc*", "*>*", "10.0.0.0/8", "re*art", "(?i)disk", "(?i)École", "%est%", "a_b", "[kK]elvin", "k|\u212a"}, values...)
	for _, lang := range []Lang{SPL, Search} {
		for _, f := range All(lang) {
			if f.Requires == nil {
				continue
			}
			for _, p := range patterns {
				c := column.Str(p)
				args := []Arg{{}, {Const: &c}}
				r, ok := f.Requires(args)
				k, err := f.Bind(testEnv, args)
				if !ok || err != nil {
					continue
				}
				got := k(len(values), []column.Vector{&column.Strings{Values: values}, &column.Const{V: c, N: len(values)}})
				for i, v := range values {
					holds := slices.ContainsFunc(r.AnyOf, func(s string) bool { return strings.Contains(lowerASCII(v), lowerASCII(s)) })
					if got.Value(i).True() && !holds {
						t.Errorf("%s %q is true of %q, which holds none of %q", f.Name, p, v, r.AnyOf)
					}
				}
			}
		}
	}
}

func TestCarries(t *testing.T) {
	blank, dash := column.Str(" "), column.Str("-")
	if Lookup(SPL, "mvjoin").Carry([]Arg{{}, {Const: &blank}}) != Words || Lookup(SPL, "mvjoin").Carry([]Arg{{}, {Const: &dash}}) != NoCarry {
		t.Error("mvjoin carries words if and only if it joins by a blank")
	}
	// What a function carries is in the text of its arguments.
	texts := []string{"/usr/bin/Curl -s", " a b ", "K\u212aé", "", "x/y/", "ſtraße"}
	for _, f := range All(SPL) {
		if f.Lazy || f.Carries == NoCarry {
			continue
		}
		for _, s := range texts {
			args := make([]Arg, f.MinArgs)
			vectors := make([]column.Vector, f.MinArgs)
			for i := range args {
				c := column.Str(s)
				if i > 0 {
					c = column.Str("1")
				}
				args[i].Const, vectors[i] = &c, &column.Const{V: c, N: 1}
			}
			k, err := f.Bind(testEnv, args)
			if err != nil {
				t.Fatal(err)
			}
			got := k(1, vectors).Value(0).String()
			for _, word := range strings.Fields(got) {
				ascii := longestASCII([]string{word})
				if !strings.Contains(lowerASCII(s+" 1"), lowerASCII(ascii)) {
					t.Errorf("%s(%q) = %q: %q is no piece of it", f.Name, s, got, word)
				}
			}
		}
	}
}
