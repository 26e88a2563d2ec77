package input

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"spoor/engine/column"
)

var positions = Demand{Fields: []string{"EventRecordID", column.Position}}

func TestFileThatShrinks(t *testing.T) {
	for _, rotated := range []bool{false, true} {
		in := text(t, strings.Repeat("id=1\n", 10_000))
		s := New(in, plainConfig(Config{Demand: positions, BlockSize: 1000, BatchRows: 1}))
		rows := 0
		err := s.Run(t.Context(), []Consumer{func(string, *column.Batch) (bool, error) {
			if rows++; rows == 1 {
				shrink(t, in[0].Path, rotated)
			}
			return false, nil
		}})
		failed := s.Ledger().Files[0].Failed
		if err != nil || rows < 100 || rotated != (rows == 10_000) || rotated != (failed == "") {
			t.Errorf("rotated %v: %d rows, failed %q, error %v", rotated, rows, failed, err)
		}
	}
}

// shrink cuts a file off; rotated, it puts a whole one under its name as well.
func shrink(t *testing.T, path string, rotated bool) {
	if rotated {
		old := path + ".1"
		content, err := os.ReadFile(path)
		if err == nil {
			err = os.Rename(path, old)
		}
		if err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
		if err != nil {
			t.Error(err)
		}
		path = old
	}
	if err := os.Truncate(path, 3000); err != nil {
		t.Error(err)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := tree(t, "good", "vanishes", "folder/")
	if err := os.WriteFile(filepath.Join(dir, "good"), []byte("id=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, problems := Resolve([]string{filepath.Join(dir, "vanishes"), filepath.Join(dir, "good")}, nil)
	if problems != nil {
		t.Fatal(problems)
	}
	in = append(in, Input{Path: filepath.Join(dir, "folder"), Size: 10})
	if err := os.Remove(filepath.Join(dir, "vanishes")); err != nil {
		t.Fatal(err)
	}
	s := New(in, plainConfig(Config{Demand: positions}))
	rows := rowsOf(t, s, 2, "EventRecordID")
	errs := s.Ledger().Errors()
	if len(rows) != 1 || len(errs) != 2 || !strings.HasSuffix(errs[0].Message, "vanishes: no such file or directory") || !strings.Contains(errs[1].Message, "is a directory") {
		t.Errorf("%d rows, errors %v", len(rows), errs)
	}
}

func TestNamedPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		if err := os.WriteFile(path, []byte("id=1\nid=2\n"), 0o600); err != nil {
			t.Error(err)
		}
	}()
	in, _ := Resolve([]string{path}, nil)
	s := New(in, plainConfig(Config{Demand: positions}))
	if rows := rowsOf(t, s, 2, "EventRecordID"); len(rows) != 2 || s.Total() != -1 {
		t.Errorf("got %q, total %d", rows, s.Total())
	}
}

// failing is a pipe that breaks.
type failing struct{ from io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if err == io.EOF {
		err = fmt.Errorf("input/output error")
	}
	return n, err
}

func TestPipeThatBreaks(t *testing.T) {
	s := New(Inputs{{Path: "-", Size: -1, Stream: failing{strings.NewReader("id=1\nid=2\nha")}}}, plainConfig(Config{Demand: positions}))
	rows := rowsOf(t, s, 2, "EventRecordID")
	f := s.Ledger().Files[0]
	if len(rows) != 2 || f.Failed != "input/output error" || f.Unfinished != 1 {
		t.Errorf("got %q and %+v", rows, f)
	}
}

// endless is n bytes without a line end.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	n := min(len(p), e.n)
	clear(p[:n])
	if e.n -= n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func TestBinaryWithoutLineEndsInBoundedMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s := New(Inputs{{Path: "-", Size: -1, Stream: io.MultiReader(&endless{n: 300 << 20}, strings.NewReader("\nid=1\n"))}}, plainConfig(Config{Demand: positions}))
	rows := rowsOf(t, s, 1, "EventRecordID")
	runtime.ReadMemStats(&after)
	f := s.Ledger().Files[0]
	if len(rows) != 1 || f.Unreadable != 1 || f.Bytes != 300<<20+6 {
		t.Errorf("got %q and %+v", rows, f)
	}
	if grown := after.Sys - before.Sys; grown > 512<<20 {
		t.Errorf("took %d MiB", grown>>20)
	}
}

func TestBigRecords(t *testing.T) {
	big := "id=1 " + strings.Repeat("z", 20<<20)
	in := text(t, big+"\n<Event>\n"+big+"\n</Event>\n"+"id=2\n")
	for _, workers := range []int{1, 3} {
		s := New(in, plainConfig(Config{Demand: Demand{Fields: []string{"EventRecordID", "_raw", column.Position}}}))
		if rows := rowsOf(t, s, workers, "EventRecordID"); !slices.Equal(rows, []string{"sysmon/1|1", "sysmon/1|1", "sysmon/2|2"}) {
			t.Errorf("%d workers: got %q", workers, rows)
		}
	}
}

func TestCancelWhileReading(t *testing.T) {
	in := text(t, strings.Repeat("id=1\n", 100_000))
	for _, size := range []int{64, 0} {
		ctx, cancel := context.WithCancel(t.Context())
		s := New(in, plainConfig(Config{Demand: positions, BlockSize: size, BatchRows: 10}))
		take := func(string, *column.Batch) (bool, error) { cancel(); return false, nil }
		if err := s.Run(ctx, []Consumer{take, take, take}); err != context.Canceled {
			t.Errorf("got error %v", err)
		}
	}
}
