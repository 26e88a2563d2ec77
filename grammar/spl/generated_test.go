package spl

import (
	"crypto/sha256"
	"fmt"
	"os"
	"testing"
)

// The generated files must be those of the grammars beside them.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	var want string
	for _, name := range []string{"SPLLexer.g4", "SPLParser.g4"} {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want += fmt.Sprintf("%x  %s\n", sha256.Sum256(body), name)
	}
	got, err := os.ReadFile("gen/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("gen/ was made from other grammars: run ./generate.sh\n%s\nare recorded, now they are\n%s", got, want)
	}
}
