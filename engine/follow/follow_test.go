package follow

import (
	"os"
	"testing"
)

func TestFollow(t *testing.T) {
	tests := []struct {
		name   string
		before map[string]string
		args   []string
		o      Options
		do     func(f *follower)
		want   []string
	}{
		{"only what comes", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) { f.write("log", "a\nb\n") }, []string{"a", "b"}},
		{"what is there too", map[string]string{"log": "old\n"}, []string{"log"}, Options{Existing: true}, func(f *follower) { f.write("log", "a\n") }, []string{"old", "a"}},
		{"what is there too, older parts that fit a pattern among it", map[string]string{"log": "", "log.1": "old\n"}, []string{"log*"}, Options{Existing: true}, func(f *follower) {
			f.until(1)
			f.write("log", "a\n")
		}, []string{"old", "a"}},
		{"a line waits for its end", map[string]string{"log": "old\nhal"}, []string{"log"}, Options{}, func(f *follower) {
			f.still()
			f.write("log", "f\nmo")
			f.until(1)
			f.still()
			f.write("log", "re\n")
		}, []string{"half", "more"}},
		{"not there yet", nil, []string{"sub/log"}, Options{}, func(f *follower) {
			f.must(os.Mkdir(f.path("sub"), 0o700))
			f.write("sub/log", "a\n")
		}, []string{"a"}},
		{"a folder and those in it", map[string]string{"logs/x": "old\n"}, []string{"logs"}, Options{}, func(f *follower) {
			f.write("logs/x", "a\n")
			f.until(1)
			f.must(os.MkdirAll(f.path("logs/deep/deeper"), 0o700))
			f.write("logs/deep/deeper/y", "b\n")
			f.until(2)
			f.write("logs/deep/deeper/y", "c\n")
		}, []string{"a", "b", "c"}},
		{"a pattern", map[string]string{"h1/app.log": "old\n"}, []string{"h*/app.log"}, Options{}, func(f *follower) {
			f.write("h1/app.log", "a\n")
			f.until(1)
			f.must(os.Mkdir(f.path("h2"), 0o700))
			f.write("h2/app.log", "b\n")
			f.write("h2/other.log", "no\n")
		}, []string{"a", "b"}},
		{"renamed, by name", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "a\n")
			f.must(os.Rename(f.path("log"), f.path("log.1")))
			f.write("log.1", "b\n")
			f.write("log", "c\n")
			f.until(3)
			f.write("log.1", "late\n")
			f.until(4)
			f.write("log", "d\n")
		}, []string{"a", "b", "c", "late", "d"}},
		{"renamed, in a folder", map[string]string{"l/log": "old\n"}, []string{"l"}, Options{}, func(f *follower) {
			f.write("l/log", "a\n")
			f.must(os.Rename(f.path("l/log"), f.path("l/log-20261121")))
			f.write("l/log", "c\n")
		}, []string{"a", "c"}},
		{"older parts are not new", map[string]string{"log": "old\n", "log.1": "older\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.must(os.Rename(f.path("log.1"), f.path("log.2")))
			f.must(os.Rename(f.path("log"), f.path("log.1")))
			f.write("log", "a\n")
		}, []string{"a"}},
		{"compressed afterwards", map[string]string{"l/log": "old\n"}, []string{"l"}, Options{}, func(f *follower) {
			f.write("l/log", "a\n")
			f.until(1)
			f.must(os.Rename(f.path("l/log"), f.path("l/log.1")))
			f.still()
			f.write("l/log.1.gz", squeezed("old\na\n"))
			f.must(os.Remove(f.path("l/log.1")))
			f.write("l/log", "b\n")
		}, []string{"a", "b"}},
		{"an archive that is new", nil, []string{"l"}, Options{}, func(f *follower) {
			f.must(os.Mkdir(f.path("l"), 0o700))
			f.still()
			f.write("l/one.gz", squeezed("a\nb\n"))
		}, []string{"a", "b"}},
		{"copied and emptied", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "a\n")
			f.until(1)
			f.write("log", "b\n")
			f.write("log.1", "old\na\nb\n")
			f.must(os.Truncate(f.path("log"), 0))
			f.write("log", "c\n")
		}, []string{"a", "b", "c"}},
		{"copied and emptied, in a folder", map[string]string{"l/log": "old\n"}, []string{"l"}, Options{}, func(f *follower) {
			f.write("l/log", "a\n")
			f.until(1)
			f.write("l/log.1", "old\na\n")
			f.still()
			f.must(os.Truncate(f.path("l/log"), 0))
			f.write("l/log", "c\n")
		}, []string{"a", "c"}},
		{"emptied, and at once longer than it was", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "a\n")
			f.until(1)
			f.must(os.WriteFile(f.path("log"), []byte("a longer line\nand more\n"), 0o600))
		}, []string{"a", "a longer line", "and more"}},
		{"replaced by a shorter one", map[string]string{"log": "old\nold\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("new", "a\n")
			f.must(os.Rename(f.path("new"), f.path("log")))
		}, []string{"a"}},
		{"replaced by a folder, and back", map[string]string{"log": "old\n"}, []string{"log"}, Options{}, func(f *follower) {
			f.must(os.Remove(f.path("log")))
			f.must(os.Mkdir(f.path("log"), 0o700))
			f.write("log/in", "a\n")
			f.until(1)
			f.must(os.RemoveAll(f.path("log")))
			f.still()
			f.write("log", "b\n")
		}, []string{"a", "b"}},
		{"an event of several lines", map[string]string{"log": ""}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", "<Event>\n<Data>\n")
			f.still()
			f.write("log", "</Data></Event>\n")
		}, []string{"<Event>", "<Data>", "</Data></Event>"}},
		{"a JSON document", map[string]string{"log": "[\n{\"a\":1}"}, []string{"log"}, Options{}, func(f *follower) {
			f.write("log", ",\n{\"a\":")
			f.until(1)
			f.still()
			f.write("log", "2}")
		}, []string{",", `{"a":2}`}},
		{"rounds are bounded", map[string]string{"log": "1\n2\n3\n4\n5\n"}, []string{"log"}, Options{Existing: true, Most: 4}, func(*follower) {}, []string{"1", "2", "3", "4", "5"}},
	}
	for _, tt := range tests {
		bothWays(t, tt.name, func(t *testing.T, polling bool) {
			f := prepare(t, tt.before)
			o := tt.o
			o.Polling = polling
			f.start(o, tt.args...)
			tt.do(f)
			f.want(tt.want...)
		})
	}
}
