package nobody_test

import (
	"os"
	"path/filepath"
	"testing"

	"spoor/engine/nobody"
)

func TestRuns(t *testing.T) {
	if nobody.Runs(t) {
		return
	}
	name := filepath.Join(t.TempDir(), "closed")
	if err := os.WriteFile(name, []byte("x"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(name); !os.IsPermission(err) {
		t.Errorf("a file that may not be read: %v", err)
	}
}
