package timeindex_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"spoor/engine/input"
	"spoor/engine/nobody"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// lines is events from one number to before another, ten seconds apart.
func lines(from, to int) string {
	var b strings.Builder
	for id := from; id < to; id++ {
		b.WriteString(line(id, 10*id))
	}
	return b.String()
}

// TestFaults changes a file between looks.
func TestFaults(t *testing.T) {
	text := lines(0, 50)
	write := func(content string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	instead := func(make func(path string) error) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := make(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, path string)
		failed string
		ids    [2]int // that are found then
		seen   bool   // it is the same log
	}{
		{"nothing", func(*testing.T, string) {}, "", [2]int{0, 50}, true},
		{"appended", write(lines(0, 60)), "", [2]int{0, 60}, true},
		{"a line without its end", write(text + strings.TrimSuffix(line(50, 500), "\n")), "", [2]int{0, 50}, true},
		{"shorter", write(lines(0, 20)), "", [2]int{0, 20}, false},
		{"shorter, and other events", write(lines(70, 80)), "", [2]int{70, 80}, false},
		{"longer, and other events", write(lines(70, 180)), "", [2]int{70, 180}, false},
		{"the end is another", write(lines(0, 40) + lines(100, 120)), "", [2]int{0, 0}, false},
		{"empty", write(""), "", [2]int{0, 0}, false},
		{"a folder", instead(func(path string) error { return os.Mkdir(path, 0o700) }), "is a folder now", [2]int{0, 0}, false},
		{"a pipe", instead(func(path string) error { return syscall.Mkfifo(path, 0o600) }), "is no file any more", [2]int{0, 0}, false},
		{"gone", instead(func(string) error { return nil }), "no such file or directory", [2]int{0, 0}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log")
			write(text)(t, path)
			in := input.Inputs{{Path: path, Size: int64(len(text))}}
			f, o := openFolder(t, t.TempDir()), timeindex.Options{Now: time.Now(), BlockSize: 300}
			before, err := f.Look(t.Context(), in, o)
			if err != nil || before[0].Failed != nil {
				t.Fatal(err, before[0].Failed)
			}
			old := time.Now().Add(-time.Minute)
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
			c.change(t, path)
			after, err := f.Look(t.Context(), in, o)
			if err != nil {
				t.Fatal(err)
			}
			if got := after[0].Failed; got == nil && c.failed != "" || got != nil && got.Error() != c.failed {
				t.Errorf("failed: %v, want %q", got, c.failed)
			}
			if _, seen := after[0].Seen(before[0].Key, before[0].End, before[0].Tail); seen != c.seen {
				t.Errorf("seen: %t, want %t", seen, c.seen)
			}
			ids, _ := found(t, after, begin.UnixNano(), begin.Add(time.Hour).UnixNano())
			if c.name == "the end is another" {
				if len(ids) != 60 || ids[110] != 1 {
					t.Errorf("%d events: %v", len(ids), ids)
				}
				return
			}
			for id := range 200 {
				if want := id >= c.ids[0] && id < c.ids[1]; ids[id] != map[bool]int{true: 1}[want] {
					t.Errorf("event %d is found %d times", id, ids[id])
				}
			}
		})
	}
}

// TestRewrittenInPlace looks anew at a file whose middle is another, of the same size.
func TestRewrittenInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	text := lines(0, 400)
	f, now := openFolder(t, t.TempDir()), time.Now()
	for _, c := range []struct {
		text    string
		written time.Time
		events  int
	}{{text, now.Add(-time.Minute), 0}, {strings.Replace(text, line(200, 2000), line(200, 2000+24*3600), 1), now, 1}} {
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, c.written, c.written); err != nil {
			t.Fatal(err)
		}
		members := look(t, f, path, timeindex.Options{Now: now})
		if ids, _ := found(t, members, begin.Add(24*time.Hour).UnixNano(), begin.Add(48*time.Hour).UnixNano()); len(ids) != c.events {
			t.Errorf("%d events of the next day, want %d", len(ids), c.events)
		}
	}
}

// TestPermissions takes the right to read a file away and gives it back.
func TestPermissions(t *testing.T) {
	if nobody.Runs(t) {
		return
	}
	path := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(path, []byte(lines(0, 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	f := openFolder(t, "")
	in := input.Inputs{{Path: path, Size: 1}}
	for _, mode := range []os.FileMode{0o600, 0, 0o600} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		members, err := f.Look(t.Context(), in, timeindex.Options{Now: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if failed := members[0].Failed; (failed != nil) != (mode == 0) {
			t.Errorf("with mode %o: %v", mode, failed)
		}
	}
}

// TestUnfinishedLine leaves the last line for later as long as the file may grow.
func TestUnfinishedLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	text := lines(0, 3) + strings.TrimSuffix(line(3, 30), "\n")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f := openFolder(t, "")
	for _, c := range []struct {
		age    time.Duration
		append string
		events int
	}{{0, "", 3}, {30 * time.Minute, "", 3}, {2 * time.Hour, "", 4}, {0, "\n" + lines(4, 5), 5}} {
		if err := os.WriteFile(path, []byte(text+c.append), 0o600); err != nil {
			t.Fatal(err)
		}
		members := look(t, f, path, timeindex.Options{Now: time.Now().Add(c.age)})
		if ids, _ := found(t, members, begin.UnixNano(), begin.Add(time.Hour).UnixNano()); len(ids) != c.events {
			t.Errorf("after %s with %q: %v", c.age, c.append, ids)
		}
	}
}

// TestDamagedIndex sets an index aside that is not whole, and makes it again.
func TestDamagedIndex(t *testing.T) {
	logs, dir := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(logs, "log"), []byte(lines(0, 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	look(t, openFolder(t, dir), logs, timeindex.Options{})
	name := filepath.Join(dir, "times.index")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) + 20 {
		bent := bytes.Clone(whole)
		if n < len(whole) {
			bent[n] ^= 1 << (n % 8)
		} else {
			bent = bent[:(n-len(whole))*len(whole)/20]
		}
		if err := os.WriteFile(name, bent, 0o600); err != nil {
			t.Fatal(err)
		}
		said := 0
		f := timeindex.OpenFolder(dir, func(d *source.Diagnostic) {
			if said++; d.Code != "index-damaged" {
				t.Error(d)
			}
		})
		if version := n == len("spoor times "); said != 1 && !version {
			t.Fatalf("with byte %d bent it is said %d times", n, said)
		}
		if n%50 != 0 {
			continue
		}
		if aside, err := os.ReadFile(name + ".damaged"); err != nil || !bytes.Equal(aside, bent) {
			t.Errorf("it was not set aside: %v", err)
		}
		if ids, _ := found(t, look(t, f, logs, timeindex.Options{}), begin.UnixNano(), begin.Add(time.Hour).UnixNano()); len(ids) != 100 {
			t.Errorf("%d events", len(ids))
		}
	}
}

// TestStampsWithoutAYear holds that what such a stamp means is asked again when a year has gone by, and in another zone.
func TestStampsWithoutAYear(t *testing.T) {
	logs := t.TempDir()
	var text strings.Builder
	for n := range 60 {
		text.WriteString(time.Date(2025, 3, 3, 6, n, 0, 0, time.UTC).Format(time.Stamp) + " web1 sshd[812]: Accepted password\n")
	}
	if err := os.WriteFile(filepath.Join(logs, "log"), []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	f := openFolder(t, t.TempDir())
	east := time.FixedZone("", 3600)
	for _, c := range []struct {
		now  time.Time
		zone *time.Location
		hour time.Time
		any  bool
		all  bool
	}{
		{time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC), time.UTC, time.Date(2025, 3, 3, 6, 0, 0, 0, time.UTC), true, false},
		{time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC), time.UTC, time.Date(2025, 3, 3, 5, 0, 0, 0, time.UTC), false, false},
		{time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC), east, time.Date(2025, 3, 3, 5, 0, 0, 0, time.UTC), true, false},
		{time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), time.UTC, time.Date(2026, 3, 3, 6, 0, 0, 0, time.UTC), true, true},
	} {
		members := look(t, f, logs, timeindex.Options{Now: c.now, Zone: c.zone})
		m := members[0]
		ranges := m.Ranges(c.hour.UnixNano(), c.hour.Add(10*time.Minute).UnixNano())
		n := int64(0)
		for _, r := range ranges {
			n += r.To - r.From
		}
		if c.all != (n == m.End) || c.any != (n > 0) {
			t.Errorf("%s in %s: %v of %d bytes", c.now, c.zone, ranges, m.End)
		}
	}
}
