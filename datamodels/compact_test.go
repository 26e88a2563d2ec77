package datamodels

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"spoor/grammar/source"
)

const folder = "datamodels" // the files' folder, in errors

var update = flag.Bool("update", false, "write the compact form anew")

// loaded is the library as the YAML files declare it.
func loaded(t testing.TB) *Library {
	t.Helper()
	l := &Library{}
	if errs := l.Load(os.DirFS("."), folder); len(errs) > 0 {
		t.Fatal(errs)
	}
	return l
}

var spanType = reflect.TypeFor[source.Span]()

// picture writes a value down, pointers once, places with what stands there.
func picture(b *strings.Builder, v reflect.Value, seen map[uintptr]int) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		if n, ok := seen[v.Pointer()]; ok {
			fmt.Fprintf(b, "#%d", n)
			return
		}
		seen[v.Pointer()] = len(seen)
		picture(b, v.Elem(), seen)
	case reflect.Struct:
		if v.Type() == spanType {
			s := source.Span{Text: (*source.Text)(v.Field(0).UnsafePointer()), Start: int32(v.Field(1).Int()), End: int32(v.Field(2).Int())}
			at, _ := s.Origin()
			line, column := at.Position()
			name := ""
			if at.Text != nil {
				name = at.Text.Name
			}
			fmt.Fprintf(b, "%q at %s:%d:%d", s.String(), name, line, column)
			return
		}
		b.WriteString("{")
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "adds" { // of use while files are read
				continue
			}
			fmt.Fprintf(b, "%s ", v.Type().Field(i).Name)
			picture(b, v.Field(i), seen)
			b.WriteString("\n")
		}
		b.WriteString("}")
	case reflect.Slice:
		fmt.Fprintf(b, "%t[", v.IsNil())
		for i := range v.Len() {
			picture(b, v.Index(i), seen)
			b.WriteString("\n")
		}
		b.WriteString("]")
	case reflect.Map:
		fmt.Fprintf(b, "%t{", v.IsNil())
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
		for _, k := range keys {
			fmt.Fprintf(b, "%s: ", k)
			picture(b, v.MapIndex(k), seen)
			b.WriteString("\n")
		}
		b.WriteString("}")
	default:
		fmt.Fprintf(b, "%v", v)
	}
}

// TestCompactSaysTheSame holds that the compact form is that of the YAML files. With -update it is written anew.
func TestCompactSaysTheSame(t *testing.T) {
	l := loaded(t)
	form := encode(l)
	if *update {
		if err := os.WriteFile("compact.bin", []byte(form), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if form != compact {
		t.Fatal("the YAML files have changed: go test ./datamodels -run Compact -update")
	}
	again := decode(form)
	var want, got strings.Builder
	for of, to := range map[*Library]*strings.Builder{l: &want, again: &got} {
		seen := map[uintptr]int{}
		for _, part := range []any{of.Models(), of.Sources(), of.kinds} {
			picture(to, reflect.ValueOf(part), seen)
		}
	}
	if w, g := strings.Split(want.String(), "\n"), strings.Split(got.String(), "\n"); !slices.Equal(w, g) {
		for i := range min(len(w), len(g)) {
			if w[i] != g[i] {
				t.Fatalf("line %d of %d:\n got %s\nwant %s", i, len(w), g[i], w[i])
			}
		}
		t.Fatalf("%d lines, want %d", len(g), len(w))
	}
}

func BenchmarkBuiltin(b *testing.B) {
	b.Run("yaml", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loaded(b)
		}
	})
	b.Run("compact", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			decode(compact)
		}
	})
}
