package source

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestReadFile(t *testing.T) {
	folder := fstest.MapFS{
		"plain":  {Data: []byte("a\nb")},
		"marked": {Data: []byte("\ufeffa")},
		"full":   {Data: []byte(strings.Repeat("x", FileLimit))},
		"over":   {Data: []byte(strings.Repeat("x", FileLimit+1))},
		"latin":  {Data: []byte("caf\xe9")},
		"binary": {Data: []byte("a\x00b")},
		"pipe":   {Mode: fs.ModeNamedPipe},
		"dir/a":  {},
	}
	for _, c := range []struct{ file, body, err string }{
		{"plain", "a\nb", ""},
		{"marked", "a", ""},
		{"full", strings.Repeat("x", FileLimit), ""},
		{"over", "", "larger than 4 MiB"},
		{"latin", "", "no UTF-8 text"},
		{"binary", "", "no UTF-8 text"},
		{"pipe", "", "not a regular file"},
		{"dir", "", "not a regular file"},
		{"none", "", "file does not exist"},
	} {
		text, err := ReadFile(folder, c.file, "as named")
		switch {
		case err != nil:
			if Reason(err) != c.err {
				t.Errorf("%s: %q, want %q", c.file, Reason(err), c.err)
			}
		case c.err != "" || text.Body != c.body || text.Name != "as named":
			t.Errorf("%s: %q named %q, want %q, error %q", c.file, text.Body, text.Name, c.body, c.err)
		}
	}
}

func TestReason(t *testing.T) {
	path := &fs.PathError{Op: "open", Path: "/a/b", Err: errors.New("is gone")}
	for _, c := range []struct {
		err  error
		want string
	}{
		{path, "is gone"},
		{errors.Join(path), "is gone"},
		{errors.New("broken"), "broken"},
	} {
		if got := Reason(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
