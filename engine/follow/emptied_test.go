package follow

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// rotatedAway is what logrotate does with copytruncate.
func (f *follower) rotatedAway(name, to string) {
	f.t.Helper()
	f.must(duplicate(f.path(name), f.path(to)))
	f.must(os.Truncate(f.path(name), 0))
	time.Sleep(10 * time.Millisecond) // so that the times of files tell which is the older
}

// held is a round with something in it, which nobody has answered yet.
func (f *follower) held() *Round {
	f.t.Helper()
	for r := range f.w.Rounds(f.t.Context()) {
		if len(r.Inputs) > 0 {
			return r
		}
	}
	f.t.Fatal("no round came")
	return nil
}

func TestEmptied(t *testing.T) {
	long := strings.Repeat("a long line\n", mostStill/12+1) // of which rounds hold no copy
	tests := []struct {
		name string
		args []string
		do   func(f *follower)
		want []string
		says []string
	}{
		{"while a round is answered", []string{"log"}, func(f *follower) {
			f.write("log", "a\nb\n")
			r := f.held()
			f.write("log", "c\n")
			f.rotatedAway("log", "log.1")
			f.write("log", "d\n")
			f.take(r)
		}, []string{"a", "b", "c", "d"}, nil},
		{"before a round is asked for", []string{"log"}, func(f *follower) {
			f.write("log", "a\n")
			f.w.look(true)
			f.rotatedAway("log", "log.1")
			f.write("log", "b\nand more than there was\n")
		}, []string{"a", "b", "and more than there was"}, nil},
		{"several times", []string{"log"}, func(f *follower) {
			f.write("log", "a\n")
			f.rotatedAway("log", "log.3")
			f.write("log", "b\n")
			f.rotatedAway("log", "log.2")
			f.write("log", "c\n")
			f.rotatedAway("log", "log.1")
			f.write("log", "d\n")
		}, []string{"a", "b", "c", "d"}, nil},
		{"and the copy compressed at once", []string{"log"}, func(f *follower) {
			f.write("log", "a\n")
			f.until(1)
			f.write("log", "b\n")
			f.rotatedAway("log", "log.1")
			f.must(compress(f.path("log.1")))
			f.write("log", "c\n")
		}, []string{"a", "b", "c"}, nil},
		{"and the copy compressed at once, in a folder", []string{"."}, func(f *follower) {
			f.write("log", "a\n")
			f.until(1)
			f.write("log", "b\n")
			f.rotatedAway("log", "log.1")
			f.must(compress(f.path("log.1")))
			f.write("log", "c\n")
		}, []string{"a", "b", "c"}, nil},
		{"after a copy of it was begun", []string{"."}, func(f *follower) {
			f.write("log", "a\nb\nc\n")
			f.until(3)
			f.write("log.1", "old\na\nb")
			f.still()
			f.write("log.1", "\nc\n")
			f.still()
			f.must(os.Truncate(f.path("log"), 0))
			f.still()
			f.write("log", "d\n")
		}, []string{"a", "b", "c", "d"}, nil},
		{"with two copies", []string{"."}, func(f *follower) {
			f.write("log", "a\n")
			f.w.look(true)
			f.must(duplicate(f.path("log"), f.path("log.bak")))
			f.rotatedAway("log", "log.1")
			f.write("log", "b\n")
		}, []string{"a", "b"}, nil},
		{"without a copy", []string{"log"}, func(f *follower) {
			f.write("log", "a\nand the rest")
			f.until(1)
			f.must(os.WriteFile(f.path("log"), []byte("b\n"), 0o600))
			f.till(func() bool { return len(f.says) > 0 })
		}, []string{"a", "b"}, []string{"lost"}},
		{"with all that there was answered", []string{"log"}, func(f *follower) {
			f.write("log", "a\n")
			f.until(1)
			f.must(os.WriteFile(f.path("log"), []byte("b\n"), 0o600))
		}, []string{"a", "b"}, nil},
		{"deleted with a line that has no end", []string{"log"}, func(f *follower) {
			f.write("log", "a\nb")
			f.until(1)
			f.must(os.Remove(f.path("log")))
		}, []string{"a", "b"}, nil},
		{"while much of it is read", []string{"log"}, func(f *follower) {
			f.write("log", long)
			r := f.held()
			f.rotatedAway("log", "log.1")
			f.write("log", "b\n")
			r.Done() // whatever it read of it
		}, append(strings.Split(strings.TrimSuffix(long, "\n"), "\n"), "b"), []string{"read-again"}},
	}
	for _, tt := range tests {
		bothWays(t, tt.name, func(t *testing.T, polling bool) {
			f := prepare(t, map[string]string{"log": "old\n"})
			f.start(Options{Polling: polling}, tt.args...)
			tt.do(f)
			f.want(tt.want...)
			f.says = slices.DeleteFunc(f.says, func(s string) bool { return s == "not-there-yet" })
			if !slices.Equal(f.says, tt.says) {
				t.Errorf("said %q, want %q", f.says, tt.says)
			}
		})
	}
}

// What was rotated before following began is not new when it is rotated once more, or compressed.
func TestOlderParts(t *testing.T) {
	tests := []struct {
		name string
		arg  string
	}{{"a file", "log"}, {"a pattern", "*og"}, {"a link", "link"}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := prepare(t, map[string]string{"log": "old\n", "log.1": "older\n", "log.2.gz": squeezed("oldest\n")})
			f.must(os.Symlink("log", f.path("link")))
			f.start(Options{}, tt.arg)
			f.write("log", "a\n") // as with delaycompress
			f.must(os.Rename(f.path("log.2.gz"), f.path("log.3.gz")))
			f.must(compress(f.path("log.1")))
			f.must(os.Rename(f.path("log.1.gz"), f.path("log.2.gz")))
			f.must(os.Rename(f.path("log"), f.path("log.1")))
			f.write("log", "b\n")
			f.want("a", "b")
		})
	}
}
