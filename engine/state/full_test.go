//go:build linux

package state

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func fullTold(id uint64, n int) (out []Told) {
	for i := range n {
		out = append(out, Told{print(id, "-", i), Sighting{Rule: strings.Repeat("rule", 10), Seen: 1}})
	}
	return out
}

func init() { children["full"] = runOutOfRoom }

// runOutOfRoom is a process whose files cannot grow: it announces more than there is room for, and says what came of it.
func runOutOfRoom(dir string) {
	signal.Ignore(syscall.SIGXFSZ)
	s, err := Open(dir, Options{Now: noon})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	info, err := os.Stat(filepath.Join(dir, fileName))
	if err == nil {
		size := uint64(info.Size()) + 1<<16
		err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: size})
	}
	fmt.Println("limit:", err)
	fmt.Println("announce:", s.Announce(killedRun(2), fullTold(2, 20_000)))
	fmt.Println("commit:", s.Commit(killedRun(2), Change{Told: fullTold(2, 20_000)}))
	known, err := s.Sightings([]Fingerprint{print(1, "-", 5), print(2, "-", 5)})
	fmt.Println("known:", len(known), err)
	fmt.Println("next:", s.NextRun())
	fmt.Println("small:", s.Announce(killedRun(2), fullTold(2, 3)))
}

func TestFull(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	if err := errors.Join(s.Announce(killedRun(1), fullTold(1, 100)), s.Commit(killedRun(1), Change{Told: fullTold(1, 100)})); err != nil {
		t.Fatal(err)
	}
	s.Close()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=full "+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	room := "there is no room for the state in " + dir + ": "
	for _, want := range []string{"limit: <nil>\n", "announce: " + room, "commit: " + room, "known: 1 <nil>\n", "next: 2\n", "small: <nil>\n"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	s = opened(t, dir)
	got := must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{print(1, "-", 5), print(2, "-", 2), print(2, "-", 5)}))
	if len(got) != 2 || !got[print(2, "-", 2)].Pending || got[print(1, "-", 5)].Pending {
		t.Errorf("known is %v", got)
	}
	if err := s.Commit(killedRun(2), Change{Told: fullTold(2, 20_000)}); err != nil {
		t.Errorf("with room again: %v", err)
	}
	s.Close()
	checked(t, dir)
}

// A state that the disk does not give is not damaged: it stays where it is. What stands for it is a file of the system that is never read.
func TestUnreadableDisk(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("/proc/self/mem", filepath.Join(dir, fileName)); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{Now: noon}, {Now: noon, Shared: true}, {ReadOnly: true}} {
		_, err := Open(dir, o)
		var unkept *Unkept
		if !errors.As(err, &unkept) || !errors.Is(err, syscall.EIO) || !strings.Contains(err.Error(), "the state in "+dir+" cannot be read or written: ") {
			t.Errorf("%+v: the error is %v", o, err)
		}
	}
	if left := must[[]string](t)(filepath.Glob(filepath.Join(dir, fileName+"*"))); len(left) != 1 {
		t.Errorf("there is %q", left)
	}
}

// The same where the disk itself is full: files grow there without room, and what is written to them fails.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("no disk of its own can be had: %v", err)
	}
	defer syscall.Unmount(dir, 0)
	s := opened(t, dir)
	defer s.Close()
	if err := errors.Join(s.Announce(killedRun(1), fullTold(1, 100)), s.Commit(killedRun(1), Change{Told: fullTold(1, 100)})); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Announce(killedRun(2), fullTold(2, 20_000)); err == nil || !strings.Contains(err.Error(), "there is no room for the state in") {
			t.Errorf("the error is %v", err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 1<<20), 0o600); err == nil {
		t.Error("the disk is not full")
	}
	got := must[map[Fingerprint]Sighting](t)(s.Sightings([]Fingerprint{print(1, "-", 5), print(2, "-", 5)}))
	if len(got) != 1 {
		t.Errorf("known is %v", got)
	}
	if reading, err := Open(dir, Options{ReadOnly: true}); err != nil || len(must[[]Run](t)(reading.Runs("", 0))) != 1 {
		t.Errorf("for reading: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "filler")); err != nil {
		t.Fatal(err)
	}
	if err := s.Announce(killedRun(2), fullTold(2, 10)); err != nil {
		t.Errorf("with room again: %v", err)
	}
	checked(t, dir)
}
