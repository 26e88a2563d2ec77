package finding

import (
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"spoor/engine/output"
)

// Whatever a file is called, a shell gives the word back as it was, and a terminal shows it as it is.
func TestQuoted(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	words := []string{"", "plain", "a b", "it's", `\`, `\'`, "$HOME `id` $(id) !x", "\n", "\x1b[2J", "Grüße", "\u202eevil", "\xff\xfe", "*?[a]", "~", "#", `"`, "$'x'", "\x7f1", "日本\t語"}
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "ab'\"\\$`!*?~#&;|<>(){}[] \t\n\x01\x1b\xc3\xfcü"
	for range 300 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteByte(letters[random.IntN(len(letters))])
		}
		words = append(words, b.String())
	}
	script := strings.Builder{}
	for _, w := range words {
		q := quoted(w)
		if output.Escape(q) != q {
			t.Errorf("%q: %q", w, q)
		}
		script.WriteString("printf '%s\\0' " + q + "\n")
	}
	command := exec.CommandContext(t.Context(), bash, "-s")
	command.Stdin = strings.NewReader(script.String())
	said, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSuffix(string(said), "\x00"), "\x00")
	if len(got) != len(words) {
		t.Fatalf("%d words of %d", len(got), len(words))
	}
	for i, w := range words {
		if got[i] != w {
			t.Errorf("%q became %q, by %s", w, got[i], quoted(w))
		}
	}
}
