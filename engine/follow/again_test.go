package follow

import (
	"os"
	"testing"
)

// A log that was answered is read again for what a sequence needs of it, perhaps long after it was emptied and written to anew.
func TestReadAgain(t *testing.T) {
	tests := []struct {
		name string
		do   func(f *follower)
		want string // "": it is not there any more
	}{
		{"as it was", func(f *follower) { f.write("log", "b 2\n") }, "a 1\n"},
		{"under another name", func(f *follower) {
			f.must(os.Rename(f.path("log"), f.path("log.1")))
			f.write("log", "b 2\n")
		}, "a 1\n"},
		{"from the copy of what was emptied", func(f *follower) {
			f.rotatedAway("log", "log.1")
			f.write("log", "b 2\n")
		}, "a 1\n"},
		{"from a copy that was renamed", func(f *follower) {
			f.rotatedAway("log", "log.1")
			f.write("log", "b 2\n")
			f.until(2)
			f.must(os.Rename(f.path("log.1"), f.path("log.2")))
			f.rotatedAway("log", "log.1")
			f.write("log", "c 3\n")
			f.until(3)
		}, "a 1\n"},
		{"not what stands there instead", func(f *follower) {
			f.must(os.Truncate(f.path("log"), 0))
			f.write("log", "b 2\n")
		}, ""},
		{"not what is about to stand there", func(f *follower) { f.must(os.Truncate(f.path("log"), 0)) }, ""},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			f := begin(t, Options{Existing: true}, "log")
			f.write("log", "a 1\n")
			r := f.held()
			in := r.Inputs[0]
			f.take(r)
			c.do(f)
			f.w.look(true)
			f.take(f.w.round())
			file, err := in.Open()
			got := ""
			if err == nil {
				got = string(readAt(file, in.Bounds.From, in.Bounds.To-in.Bounds.From))
				file.Close()
			}
			if got != c.want || (err != nil) != (c.want == "") {
				t.Errorf("read again: %q (%v), want %q", got, err, c.want)
			}
		})
	}
}
