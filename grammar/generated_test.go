package grammar

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// The generated files must be those of the grammars beside them.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	for dir, grammars := range map[string][]string{"spl": {"SPLLexer.g4", "SPLParser.g4"}, "eql": {"EQL.g4"}} {
		var want string
		for _, name := range grammars {
			body, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			want += fmt.Sprintf("%x  %s\n", sha256.Sum256(body), name)
		}
		got, err := os.ReadFile(filepath.Join(dir, "gen", "SHA256SUMS"))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s/gen was made from other grammars: run generate.sh\n%s\nare recorded, now they are\n%s", dir, got, want)
		}
	}
}
