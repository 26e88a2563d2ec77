package follow

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// storm writes lines to a log and rotates it all the time, as logrotate and others do it.
type storm struct {
	random  *rand.Rand
	path    string // of the log
	log     *os.File
	lines   int // written so far
	turns   int
	waiting []string // rotated logs that are compressed later
}

func (s *storm) open() (err error) {
	s.log, err = os.OpenFile(s.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return err
}

// write writes some lines, the last of them in two parts.
func (s *storm) write() error {
	var text strings.Builder
	for range s.random.IntN(40) {
		fmt.Fprintf(&text, "line %d of %s%s\n", s.lines, s.path, strings.Repeat(".", s.random.IntN(200)))
		s.lines++
	}
	half := s.random.IntN(text.Len() + 1)
	_, err := s.log.WriteString(text.String()[:half])
	_, again := s.log.WriteString(text.String()[half:])
	return errors.Join(err, again)
}

// rotate makes the log an older one, in one of the ways in which that is done.
func (s *storm) rotate() error {
	s.turns++
	to := s.path + "." + strconv.Itoa(s.turns)
	if s.random.IntN(3) == 0 {
		to = fmt.Sprintf("%s-20261122-%06d", s.path, s.turns)
	}
	var err error
	switch s.random.IntN(4) {
	case 0: // the writer notices at once
		err = errors.Join(os.Rename(s.path, to), s.log.Close(), s.open())
	case 1: // the writer goes on in the old one for a while
		err = os.Rename(s.path, to)
		err = errors.Join(err, s.write(), os.WriteFile(s.path, nil, 0o600), s.write(), s.log.Close(), s.open())
	case 2: // another file takes its place
		err = os.WriteFile(s.path+".tmp~", fmt.Appendf(nil, "line %d of %s\n", s.lines, s.path), 0o600)
		s.lines++
		err = errors.Join(err, os.Rename(s.path, to), os.Rename(s.path+".tmp~", s.path), s.log.Close(), s.open())
	case 3:
		err = errors.Join(duplicate(s.path, to), os.Truncate(s.path, 0))
	}
	s.waiting = append(s.waiting, to)
	if len(s.waiting) > 2 && s.random.IntN(2) == 0 {
		err = errors.Join(err, compress(s.waiting[0]))
		s.waiting = s.waiting[1:]
	}
	return err
}

func duplicate(from, to string) error {
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, 0o600)
	}
	return err
}

// compress does what gzip does.
func compress(path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.Create(path + ".gz")
	if err != nil {
		return err
	}
	w := gzip.NewWriter(out)
	_, err = io.Copy(w, in)
	return errors.Join(err, w.Close(), out.Close(), os.Chtimes(path+".gz", info.ModTime(), info.ModTime()), os.Remove(path))
}

// blow writes and rotates until it is time.
func (s *storm) blow(lasts, turn time.Duration) error {
	err := s.open()
	end := time.Now().Add(lasts)
	next := time.Now().Add(turn)
	for err == nil && time.Now().Before(end) {
		if err = s.write(); time.Now().After(next) {
			next = time.Now().Add(turn)
			err = errors.Join(err, s.rotate())
		}
		time.Sleep(2 * time.Millisecond)
	}
	return errors.Join(err, s.log.Close())
}

// TestRotationStorm rotates logs in all ways at once, every few milliseconds. SPOOR_STORM says for how many seconds each.
func TestRotationStorm(t *testing.T) {
	lasts := time.Second
	if s := os.Getenv("SPOOR_STORM"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		lasts = time.Duration(n) * time.Second
	}
	tests := []struct {
		name string
		arg  string
		logs []string
	}{
		{"a file", "a/log", []string{"a/log"}},
		{"a folder", ".", []string{"a/log", "a/b/log", "c.log"}},
		{"a pattern", "*/*.log", []string{"a/x.log", "b/y.log"}},
		{"a link to a file", "link", []string{"a/log"}},
	}
	for _, tt := range tests {
		for _, how := range []struct {
			name    string
			o       Options
			handles int
		}{
			{"told", Options{}, mostOpen},
			{"polling", Options{Polling: true}, mostOpen},
			{"slowly", Options{Rest: 130 * time.Millisecond}, mostOpen},
			{"with few handles", Options{}, 8},
		} {
			t.Run(tt.name+"/"+how.name, func(t *testing.T) {
				t.Parallel()
				f := prepare(t, nil)
				for _, l := range tt.logs {
					f.must(os.MkdirAll(filepath.Dir(f.path(l)), 0o700))
					f.write(l, "old\n")
				}
				if tt.arg == "link" {
					f.must(os.Symlink("a/log", f.path("link")))
				}
				how.o.Idle, how.o.Poll = 1, 100*time.Millisecond
				f.start(how.o, tt.arg)
				f.w.handles.most = how.handles
				f.endure(tt.logs, lasts, uint64(time.Now().UnixNano()))
			})
		}
	}
}

// endure follows logs through storms, and wants each line once.
func (f *follower) endure(logs []string, lasts time.Duration, seed uint64) {
	f.t.Helper()
	var storms []*storm
	done := make(chan error, len(logs))
	for i, l := range logs {
		s := &storm{random: rand.New(rand.NewPCG(seed, uint64(i))), path: f.path(l)}
		storms = append(storms, s)
		go func() { done <- s.blow(lasts, 50*time.Millisecond) }()
	}
	left := len(logs)
	var ended time.Time
	f.till(func() bool {
		for ; left > 0; left-- {
			select {
			case err := <-done:
				f.must(err)
				continue
			default:
			}
			break
		}
		if left > 0 {
			return false
		}
		total := 0
		for _, s := range storms {
			total += s.lines
		}
		if ended.IsZero() {
			ended = time.Now()
		}
		return len(f.lines) >= total || time.Since(ended) > 10*time.Second
	})
	f.still()
	seen := map[string][]string{}
	for i, line := range f.lines {
		line = strings.TrimRight(line, ".")
		seen[line] = append(seen[line], f.where[i])
	}
	for _, s := range storms {
		for i := range s.lines {
			line := fmt.Sprintf("line %d of %s", i, s.path)
			if files := seen[line]; len(files) != 1 {
				f.t.Errorf("seed %d: %q came out of %v", seed, line, files)
			}
			delete(seen, line)
		}
	}
	for line := range seen {
		f.t.Errorf("seed %d: %q was never written", seed, line)
	}
	if slices.Contains(f.says, "lost") {
		f.t.Errorf("seed %d: said %q", seed, f.says)
	}
}
