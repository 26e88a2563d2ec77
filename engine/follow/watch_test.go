package follow

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"spoor/engine/nobody"
)

// What was not answered comes again.
func TestUnanswered(t *testing.T) {
	f := begin(t, Options{}, "log")
	f.write("log", "a\n")
	for r := range f.w.Rounds(t.Context()) {
		if len(r.Inputs) > 0 {
			break
		}
	}
	f.want("a")
}

func TestStorm(t *testing.T) {
	for _, arg := range []string{"l/log", "l"} {
		f := prepare(t, map[string]string{"l/log": ""})
		f.start(Options{}, arg)
		const turns, lines = 1000, 7
		done := make(chan error)
		go func() {
			var err error
			for i := range turns {
				var text strings.Builder
				for j := range lines {
					fmt.Fprintf(&text, "line %d of %d\n", j, i)
				}
				err = errors.Join(err, os.WriteFile(f.path("l/next"), []byte(text.String()), 0o600), os.Rename(f.path("l/log"), f.path(fmt.Sprintf("l/log.%d", i))),
					os.Rename(f.path("l/next"), f.path("l/log")))
			}
			done <- err
		}()
		f.until(turns * lines)
		f.must(<-done)
		f.still()
		seen := map[string]int{} // the next line of each
		for _, line := range f.lines {
			var j int
			var of string
			if _, err := fmt.Sscanf(line, "line %d of %s", &j, &of); err != nil || seen[of] != j {
				t.Fatalf("%s: %q comes out of order, or twice", arg, line)
			}
			seen[of]++
		}
	}
}

func TestManyFiles(t *testing.T) {
	f := prepare(t, nil)
	const files = 10_000
	for i := range files {
		f.write(fmt.Sprintf("%d.log", i), "old\n")
	}
	f.start(Options{}, "")
	var want []string
	for i := range 100 {
		name := fmt.Sprintf("%d.log", i*97)
		f.write(name, name+"\n")
		want = append(want, name)
	}
	f.until(len(want))
	f.still()
	slices.Sort(want)
	if got := slices.Sorted(slices.Values(f.lines)); !slices.Equal(got, want) {
		t.Fatalf("got %q", got)
	}
}

// Few logs are open at a time where a process may not have many, and none is lost for that.
func TestFewHandles(t *testing.T) {
	for _, existing := range []bool{false, true} {
		f := prepare(t, map[string]string{"l/0.log": ""})
		const files = 100
		for i := range files {
			f.write(fmt.Sprintf("l/%d.log", i), "old\n")
		}
		f.start(Options{Existing: existing}, "l")
		f.w.handles.most = 8
		open := func() (n int) {
			for _, l := range f.w.logs {
				if l.handle != nil {
					n++
				}
			}
			return n
		}
		want := 0
		if existing {
			want = files
		}
		for i := range files {
			f.write(fmt.Sprintf("l/%d.log", i), "a\n")
		}
		f.until(want + files)
		if n := open(); n > 8 {
			t.Errorf("%d are open", n)
		}
		for i := range files {
			f.must(os.Rename(f.path(fmt.Sprintf("l/%d.log", i)), f.path(fmt.Sprintf("l/%d.log.1", i))))
			f.write(fmt.Sprintf("l/%d.log.1", i), "b\n")
			f.write(fmt.Sprintf("l/%d.log", i), "c\n")
		}
		f.until(want + 3*files)
		f.still()
		if n := open(); n > 8 {
			t.Errorf("%d are open", n)
		}
	}
}

// limited is a Notifier that is at its limits, and tells of nothing.
type limited struct {
	err    error
	events chan string
}

func (l limited) Add(string) error      { return l.err }
func (l limited) Events() <-chan string { return l.events }
func (l limited) Close() error          { close(l.events); return nil }

func TestLimits(t *testing.T) {
	tests := []struct {
		name   string
		notify func() (Notifier, error)
	}{
		{"watches", func() (Notifier, error) { return limited{syscall.ENOSPC, make(chan string)}, nil }},
		{"instances", func() (Notifier, error) { return nil, os.NewSyscallError("inotify_init1", syscall.EMFILE) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := prepare(t, map[string]string{"a/log": "", "b/log": ""})
			f.start(Options{Notify: tt.notify}, "a", "b")
			f.write("a/log", "1\n")
			f.until(1)
			f.write("b/log", "2\n")
			f.want("1", "2")
			if !slices.Equal(f.says, []string{"polling"}) {
				t.Errorf("said %q, want it once", f.says)
			}
		})
	}
}

// A queue that overflowed leads to a look at everything.
func TestMissed(t *testing.T) {
	n := limited{nil, make(chan string)}
	f := prepare(t, map[string]string{"log": ""})
	f.start(Options{Notify: func() (Notifier, error) { return n, nil }}, "log")
	f.write("log", "a\n")
	f.w.looks = 1 // the next look at everything by the clock is far
	go func() { n.events <- "" }()
	f.want("a")
}

func TestUnreadable(t *testing.T) {
	if nobody.Runs(t) {
		return
	}
	f := begin(t, Options{}, "log")
	f.write("log", "a\n")
	f.must(os.Chmod(f.path("log"), 0))
	f.till(func() bool { return slices.Contains(f.says, "unreadable") })
	f.must(os.Chmod(f.path("log"), 0o600))
	f.want("a")
}

// Who asks for it hears that nothing comes.
func TestIdle(t *testing.T) {
	f := prepare(t, map[string]string{"log": "old\n"})
	f.start(Options{Idle: 2}, "log")
	for r := range f.w.Rounds(t.Context()) {
		if len(r.Inputs) > 0 || len(r.Problems) > 0 {
			t.Fatalf("a round of %v, %v", r.Inputs, r.Problems)
		}
		return
	}
	t.Fatal("no round came")
}

func TestNotThere(t *testing.T) {
	f := begin(t, Options{}, "log")
	f.still()
	if !slices.Equal(f.says, []string{"not-there-yet"}) {
		t.Errorf("said %q", f.says)
	}
}
