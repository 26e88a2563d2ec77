package follow

import (
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"spoor/engine/nobody"
)

// Files and folders that go, come back, or become something else. It is not the clock that finds out.
func TestVanished(t *testing.T) {
	tests := []struct {
		name string
		arg  string
		do   func(f *follower)
		want []string
		says []string
	}{
		{"a file becomes a pipe, and a file again", "l/log", func(f *follower) {
			f.must(os.Remove(f.path("l/log")))
			f.must(syscall.Mkfifo(f.path("l/log"), 0o600))
			f.till(func() bool { return len(f.says) > 0 })
			f.must(os.Remove(f.path("l/log")))
			f.write("l/log", "a\n")
		}, []string{"a"}, []string{"not-a-file"}},
		{"a file of a folder becomes a pipe", "l", func(f *follower) {
			f.must(os.Remove(f.path("l/log")))
			f.must(syscall.Mkfifo(f.path("l/log"), 0o600))
			f.till(func() bool { return len(f.says) > 0 })
			f.write("l/other", "a\n")
		}, []string{"a"}, []string{"not-a-file"}},
		{"a file becomes a folder", "l/log", func(f *follower) {
			f.must(os.Remove(f.path("l/log")))
			f.must(os.Mkdir(f.path("l/log"), 0o700))
			f.write("l/log/in", "a\n")
			f.until(1)
			f.write("l/log/in", "b\n")
		}, []string{"a", "b"}, nil},
		{"a folder is removed and made again", "l", func(f *follower) {
			f.must(os.RemoveAll(f.path("l")))
			f.till(func() bool { return len(f.says) > 0 })
			f.must(os.Mkdir(f.path("l"), 0o700))
			f.write("l/log", "a\n")
			f.until(1)
			f.write("l/log", "b\n")
		}, []string{"a", "b"}, []string{"not-there-yet"}},
		{"a folder is removed, and comes back with what was read", "l", func(f *follower) {
			f.write("l/log", "a\n")
			f.until(1)
			f.must(os.RemoveAll(f.path("l")))
			f.till(func() bool { return len(f.says) > 0 })
			f.must(os.Mkdir(f.path("l"), 0o700))
			f.write("l/log", "old\na\nb\n")
		}, []string{"a", "b"}, []string{"not-there-yet"}},
		{"a folder is renamed and back", "l", func(f *follower) {
			f.must(os.Rename(f.path("l"), f.path("m")))
			f.till(func() bool { return len(f.says) > 0 })
			f.must(os.Rename(f.path("m"), f.path("l")))
			f.write("l/log", "a\n")
			f.until(1)
			f.write("l/log", "b\n")
		}, []string{"a", "b"}, []string{"not-there-yet"}},
		{"another folder takes the name", "l", func(f *follower) {
			f.must(os.Mkdir(f.path("n"), 0o700))
			f.write("n/log", "a\n")
			f.must(os.Rename(f.path("l"), f.path("m")))
			f.must(os.Rename(f.path("n"), f.path("l")))
			f.until(1)
			f.write("l/log", "b\n")
		}, []string{"a", "b"}, nil},
		{"a folder within is renamed", ".", func(f *follower) {
			f.must(os.Rename(f.path("l"), f.path("m")))
			f.write("m/log", "a\n")
			f.until(1)
			f.write("m/log", "b\n")
			f.write("m/other", "c\n")
		}, []string{"a", "b", "c"}, nil},
		{"a link is moved to another file", "link", func(f *follower) {
			f.must(os.Mkdir(f.path("k"), 0o700))
			f.write("k/log", "a\n")
			f.must(os.Symlink("k/log", f.path("next")))
			f.must(os.Rename(f.path("next"), f.path("link")))
			f.until(1)
			f.write("k/log", "b\n")
		}, []string{"a", "b"}, nil},
		{"a log has several names", ".", func(f *follower) {
			f.must(os.Link(f.path("l/log"), f.path("hard")))
			f.must(os.Symlink("log", f.path("l/soft")))
			f.write("hard", "a\n")
			f.until(1)
			f.must(os.Remove(f.path("l/log")))
			f.write("hard", "b\n")
		}, []string{"a", "b"}, nil},
		{"deleted and made again", "l/log", func(f *follower) {
			for _, line := range []string{"a\n", "b\n", "c\n"} {
				f.must(os.Remove(f.path("l/log")))
				f.write("l/log", line)
			}
		}, []string{"c"}, nil},
	}
	for _, tt := range tests {
		bothWays(t, tt.name, func(t *testing.T, polling bool) {
			f := prepare(t, map[string]string{"l/log": "old\n"})
			f.must(os.Symlink("l/log", f.path("link")))
			o := Options{Polling: polling}
			if !polling {
				o.Poll = 2 * time.Second
			}
			f.start(o, tt.arg)
			tt.do(f)
			f.want(tt.want...)
			if !slices.Equal(slices.Compact(f.says), tt.says) && (!polling || tt.says != nil) {
				t.Errorf("said %q, want %q", f.says, tt.says)
			}
		})
	}
}

// A folder that may not be read for a while is read on from where it was.
func TestForbiddenFolder(t *testing.T) {
	if nobody.Runs(t) {
		return
	}
	for _, handles := range []int{mostOpen, 0} {
		f := prepare(t, map[string]string{"l/log": "old\n", "l/other": "old too\n"})
		f.start(Options{}, "l")
		f.w.handles.most = handles
		f.write("l/log", "a\n")
		f.until(1)
		f.must(os.Chmod(f.path("l"), 0))
		f.till(func() bool { return slices.Contains(f.says, "unreadable") })
		f.still()
		f.must(os.Chmod(f.path("l"), 0o700))
		f.write("l/log", "b\n")
		f.write("l/other", "c\n")
		f.until(3)
		f.still()
		if slices.Contains(f.says, "lost") {
			t.Errorf("said %q", f.says)
		}
	}
}

// What a log is called may have changed since it was found: that is nothing to be said.
func TestRenamedSinceItWasFound(t *testing.T) {
	f := prepare(t, map[string]string{"l/log": "old\n"})
	f.start(Options{}, "l")
	f.write("l/log", "a\n")
	l := f.w.logs[0]
	l.close()
	info, err := os.Stat(f.path("l/log"))
	f.must(err)
	f.must(os.Rename(f.path("l/log"), f.path("l/log.1")))
	f.write("l/log", "b\n")
	f.w.grow(l, info)
	f.want("a", "b")
	if len(f.says) > 0 {
		t.Errorf("said %q", f.says)
	}
}
