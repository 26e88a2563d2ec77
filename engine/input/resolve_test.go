package input

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// tree makes files, folders (names that end in /) and one named pipe in a folder of the test.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o700)
		} else if strings.HasSuffix(name, ".pipe") {
			err = syscall.Mkfifo(path, 0o600)
		} else {
			if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
				err = os.WriteFile(path, []byte(name), 0o600)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestResolve(t *testing.T) {
	dir := tree(t, "b.log", "a.log", "sub/z", "sub/deep/y", "sub/.hidden", "logs/x.gz", "logs/y.gz", "logs/z.txt", "q.pipe", "empty/", "we[ird", "*")
	if err := os.Symlink(filepath.Join(dir, "sub"), filepath.Join(dir, "logs", "link")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, c := range []struct {
		args     []string
		want     []string
		problems []string
	}{
		{[]string{"b.log", "a.log"}, []string{"b.log", "a.log"}, nil},
		{[]string{"sub"}, []string{"sub/.hidden", "sub/deep/y", "sub/z"}, nil},
		{[]string{"logs/*.gz"}, []string{"logs/x.gz", "logs/y.gz"}, nil},
		{[]string{"s?b/z"}, []string{"sub/z"}, nil},
		{[]string{"we[ird", "*"}, []string{"we[ird", "*"}, nil},
		{[]string{"a.log", "./a.log", dir + "/a.log", "a.*"}, []string{"a.log"}, nil},
		{[]string{"-", "a.log", "-"}, []string{"-", "a.log"}, nil},
		{[]string{"q.pipe", os.DevNull}, []string{"q.pipe", os.DevNull}, nil},
		{[]string{"q.*", "a.*"}, []string{"a.log"}, []string{"not-a-file"}},
		{[]string{"empty"}, nil, nil},
		{[]string{"nosuch", "a.log", "*.zst", "[", "/dev/zero"}, []string{"a.log"}, []string{"no-such-file", "no-match", "bad-pattern", "not-a-file"}},
		{[]string{"logs"}, []string{"logs/x.gz", "logs/y.gz", "logs/z.txt"}, []string{"not-a-file"}},
		{[]string{"a.log/x"}, nil, []string{"unreadable"}},
	} {
		inputs, problems := Resolve(c.args, strings.NewReader(""))
		var got, codes []string
		for _, in := range inputs {
			got = append(got, in.Path)
			if (in.Size < 0) != (in.Path == "-" || in.Path == "q.pipe" || in.Path == os.DevNull) {
				t.Errorf("%s: size %d", in.Path, in.Size)
			}
		}
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		if !slices.Equal(got, c.want) || !slices.Equal(codes, c.problems) {
			t.Errorf("%q: got %q and %q, want %q and %q", c.args, got, codes, c.want, c.problems)
		}
	}
	if inputs, problems := Resolve([]string{"."}, nil); len(inputs) != 10 || len(problems) != 2 {
		t.Errorf("the folder with all: got %d inputs and %v", len(inputs), problems)
	}
}
