package spl

import (
	"slices"
	"strings"
	"testing"

	"spoor/grammar"
)

// TestRefused holds that only commands are refused that the language has and nothing runs, and that what is recommended instead runs.
func TestRefused(t *testing.T) {
	words := grammar.Commands()
	for name, r := range refused {
		if !slices.Contains(words, name) {
			t.Errorf("%s is no command", name)
		}
		if Lookup(name) != nil {
			t.Errorf("%s runs, and is refused", name)
		}
		if r.why == "" || strings.HasSuffix(r.why, ".") {
			t.Errorf("%s: %q is no reason", name, r.why)
		}
		first, _, _ := strings.Cut(r.instead, " ")
		if slices.Contains(words, first) && Lookup(first) == nil && first != "transaction" && first != "spath" {
			t.Errorf("%s: %s does not run either", name, first)
		}
	}
}
