package source

import (
	"slices"
	"strings"
	"testing"
)

// at is the span of the first occurrence of part in t.
func at(t *testing.T, text *Text, part string) Span {
	t.Helper()
	i := strings.Index(text.Body, part)
	if i < 0 {
		t.Fatalf("%q is not in %q", part, text.Body)
	}
	return text.Span(i, i+len(part))
}

func TestPosition(t *testing.T) {
	text := New("query", "ab\näöx\r\n\nend")
	for _, c := range []struct {
		at, line, col int
		lineText      string
	}{
		{0, 1, 1, "ab"}, {2, 1, 3, "ab"}, {3, 2, 1, "äöx"}, {7, 2, 3, "äöx"}, {10, 3, 1, ""}, {11, 4, 1, "end"}, {14, 4, 4, "end"},
	} {
		s := text.Span(c.at, c.at)
		line, col := s.Position()
		got, offset := s.Line()
		if line != c.line || col != c.col || got != c.lineText {
			t.Errorf("at %d: %d:%d %q, want %d:%d %q", c.at, line, col, got, c.line, c.col, c.lineText)
		}
		if _, of := text.Span(c.at-offset, 0).Line(); of != 0 {
			t.Errorf("at %d: offset %d does not lead back to the line's start", c.at, offset)
		}
	}
	if line, col := NewAt("f", "a\nb", 7).Span(2, 3).Position(); line != 8 || col != 1 {
		t.Errorf("a text from line 7: %d:%d, want 8:1", line, col)
	}
	if line, col := (Span{}).Position(); line != 0 || col != 0 {
		t.Errorf("the zero span has position %d:%d", line, col)
	}
}

func TestSpanIsCutToText(t *testing.T) {
	text := New("query", "abc")
	for _, c := range []struct {
		from, to int
		want     string
	}{{-5, 2, "ab"}, {1, 99, "bc"}, {2, 1, ""}, {7, 9, ""}} {
		if got := text.Span(c.from, c.to).String(); got != c.want {
			t.Errorf("Span(%d, %d) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
	if got := text.Span(1, 3).Sub(1, 9).String(); got != "c" {
		t.Errorf("Sub beyond the text = %q, want c", got)
	}
	if got := text.Span(0, 1).To(text.Span(2, 3)).String(); got != "abc" {
		t.Errorf("To = %q", got)
	}
}

// nested builds what `outer(arg)` expands to when outer calls inner with its own argument: "left OUTER arg INNER right", and its parts.
func nested() (user, outer, inner, result *Text) {
	user = New("query", "left `outer(arg)` right")
	outer = New("macros.conf", "OUTER $a$ `inner($a$)`")
	inner = New("more.conf", "$b$ INNER")
	arg := user.Span(12, 15)

	var b Builder
	b.Copy(outer.Span(0, 6))
	b.Copy(arg)
	b.Copy(outer.Span(9, 17))
	b.Copy(arg)
	b.Copy(outer.Span(20, 22))
	first := b.Expansion(Call{"outer", user.Span(5, 17)}) // OUTER arg `inner(arg)`

	b = Builder{}
	b.Copy(first.Span(17, 20))
	b.Copy(inner.Span(3, 9))
	second := b.Expansion(Call{"inner", first.Span(10, 22)}) // arg INNER

	b = Builder{}
	b.Copy(user.Span(0, 5))
	b.Copy(first.Span(0, 10))
	b.Copy(second.All())
	b.Copy(user.Span(17, 23))
	return user, outer, inner, b.Text("query")
}

func TestOriginThroughMacros(t *testing.T) {
	user, outer, inner, result := nested()
	if want := "left OUTER arg arg INNER right"; result.Body != want {
		t.Fatalf("built %q, want %q", result.Body, want)
	}
	call := user.Span(5, 17)
	for _, c := range []struct {
		name     string
		span     Span
		where    Span
		user     Span
		macros   []string
		calledAt []Span
	}{
		{"user's own", at(t, result, "left"), user.Span(0, 4), user.Span(0, 4), nil, nil},
		{"behind the call", at(t, result, "right"), user.Span(18, 23), user.Span(18, 23), nil, nil},
		{"one macro", at(t, result, "OUTER"), outer.Span(0, 5), call, []string{"outer"}, []Span{call}},
		{"macro in a macro", at(t, result, "INNER"), inner.Span(4, 9), call, []string{"inner", "outer"}, []Span{outer.Span(10, 22), call}},
		{"argument", result.Span(11, 14), user.Span(12, 15), user.Span(12, 15), []string{"outer"}, []Span{call}},
		{"argument handed on", result.Span(15, 18), user.Span(12, 15), user.Span(12, 15), []string{"inner", "outer"}, nil},
		{"from the user into a macro", result.Span(0, 10), user.Span(0, 5), user.Span(0, 17), nil, nil},
		{"from a macro to the user", result.Span(5, 30), outer.Span(0, 10), user.Span(5, 23), []string{"outer"}, []Span{call}},
		{"all", result.All(), user.All(), user.All(), nil, nil},
		{"the end", result.Span(30, 30), user.Span(23, 23), user.Span(23, 23), nil, nil},
		{"before a macro", result.Span(5, 5), outer.Span(0, 0), call, []string{"outer"}, nil},
	} {
		where, via := c.span.Origin()
		if where != c.where {
			t.Errorf("%s: origin %q of %s, want %q of %s", c.name, where, where.Text.Name, c.where, c.where.Text.Name)
		}
		for i, want := range c.calledAt {
			if i >= len(via) || via[i].At != want {
				t.Errorf("%s: calls %v, want number %d at %q", c.name, via, i, want)
			}
		}
		place, macros := c.span.User()
		if place != c.user || !slices.Equal(macros, c.macros) {
			t.Errorf("%s: user sees %q %q, want %q %q", c.name, place, macros, c.user, c.macros)
		}
		if len(via) != len(macros) {
			t.Errorf("%s: %d calls but %d macros", c.name, len(via), len(macros))
		}
	}
}

func TestComputedTextHasOnePlace(t *testing.T) {
	user := New("query", "a `m` b")
	definition := New("macros.conf", `"x" . "y"`)
	var b Builder
	b.Insert("xy", definition.All())
	expansion := b.Expansion(Call{"m", user.Span(2, 5)})
	b = Builder{}
	b.Copy(user.Span(0, 2))
	b.Copy(expansion.All())
	result := b.Text("query")
	for i := 2; i < 4; i++ {
		where, _ := result.Span(i, i+1).Origin()
		if where != definition.All() {
			t.Errorf("byte %d comes from %q, want the whole definition", i, where)
		}
		if place, macros := result.Span(i, i+1).User(); place.String() != "`m`" || !slices.Equal(macros, []string{"m"}) {
			t.Errorf("byte %d: user sees %q %q", i, place, macros)
		}
	}
}

func TestEmptyTexts(t *testing.T) {
	var b Builder
	b.Copy(New("query", "").All())
	empty := b.Text("query")
	if place, macros := empty.All().User(); place.Text == nil || macros != nil {
		t.Errorf("an empty text: %v %v", place, macros)
	}
	if place, via := (Span{}).Origin(); !place.IsZero() || via != nil {
		t.Errorf("the zero span: %v %v", place, via)
	}
	if place, macros := (Span{}).User(); !place.IsZero() || macros != nil {
		t.Errorf("the zero span: %v %v", place, macros)
	}
}
