package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFileNamesForgeNoLines(t *testing.T) {
	folder := t.TempDir()
	for name, target := range map[string]string{"a\nerror: forged": "", "b\nerror: forged": "nowhere"} {
		path := filepath.Join(folder, name)
		err := os.WriteFile(path, []byte("{\"EventID\":\n"+event), 0o644)
		if target != "" {
			_ = os.Remove(path)
			err = os.Symlink(target, path)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s := newScreen(t, "")
	code := s.run("search", "-v", "EventID=1 | table _file", folder)
	if said := s.stderr.String(); code != unread || strings.Contains(said, "\nerror: forged") || !strings.Contains(said, `\nerror: forged: no such file`) {
		t.Errorf("code %d, said %q", code, said)
	}
}

func TestManyFailuresAreCounted(t *testing.T) {
	args := []string{"search", "EventID=1"}
	folder := t.TempDir()
	for i := range mostLines + 5 {
		args = append(args, filepath.Join(folder, fmt.Sprint(i)))
	}
	for _, verbose := range []bool{false, true} {
		s := newScreen(t, "")
		if verbose {
			args = append(args, "-v")
		}
		code := s.run(args...)
		said := s.stderr.String()
		told := strings.Count(said, "no such file or folder")
		if code != unread || verbose != (told == mostLines+5) || !verbose && (told != mostLines || !strings.Contains(said, "and 5 messages more; -v shows them all")) {
			t.Errorf("verbose %v: code %d, told %d: %q", verbose, code, told, said)
		}
	}
}
