package follow

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// numbered is so many lines of a name.
func numbered(name string, n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "%s %d\n", name, i)
	}
	return text.String()
}

// One log with much to read leaves room in a round for the others, and what is old is read before what is new of the same log.
func TestShares(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]int // lines
		first map[string]int // lines of the first round
	}{
		{"one is long", map[string]int{"a": 1000, "b": 10, "c": 10}, map[string]int{"a": 80, "b": 10, "c": 10}},
		{"two are long", map[string]int{"a": 1000, "b": 1000, "c": 10}, map[string]int{"a": 45, "b": 45, "c": 10}},
		{"all fit", map[string]int{"a": 10, "b": 20, "c": 30}, map[string]int{"a": 10, "b": 20, "c": 30}},
		{"of one log", map[string]int{"log": 1000, "log.1": 150, "other": 20}, map[string]int{"log.1": 80, "other": 20}},
		{"compressed", map[string]int{"a.gz": 1000, "b": 50}, map[string]int{"b": 50}},
		{"compressed only", map[string]int{"a.gz": 1000, "b.gz": 200}, map[string]int{"b.gz": 200}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := prepare(t, nil)
			all := 0
			for name, lines := range tt.files {
				text := numbered("x", lines)
				if strings.HasSuffix(name, ".gz") {
					text = squeezed(text)
				}
				f.write(name, text)
				if strings.HasSuffix(name, ".1") {
					f.must(os.Chtimes(f.path(name), time.Time{}, time.Now().Add(-time.Hour)))
				}
				all += lines
			}
			f.start(Options{Existing: true, Most: 550}, "") // a hundred lines of the first, or somewhat less
			f.take(f.held())
			for name, want := range tt.first {
				got := len(slices.DeleteFunc(slices.Clone(f.where), func(w string) bool { return !strings.HasPrefix(w, name+"{") }))
				if got < want*9/10 || got > want*12/10 {
					t.Errorf("%d lines of %s, want about %d", got, name, want)
				}
				for i, w := range f.where {
					if strings.HasPrefix(w, name+"{") {
						f.where[i] = ""
					}
				}
			}
			if rest := slices.DeleteFunc(slices.Clone(f.where), func(w string) bool { return w == "" }); len(rest) > 0 {
				t.Errorf("and of %v", slices.Compact(rest))
			}
			f.until(all)
			f.still()
		})
	}
}
