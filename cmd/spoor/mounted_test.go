//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A state on a disk that may only be read can be looked at; a run over it tells nothing, and the next one that can remember it does.
func TestReadOnlyDisk(t *testing.T) {
	folder, disk := hourOfEvils(t, 2), t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no disk of its own can be had: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	dir := filepath.Join(disk, "state")
	detect := []string{"detect", filepath.Join(folder, "rule.yml"), "--data", filepath.Join(folder, "log"), "--state", dir, "-q", "-o", "csv"}
	list := []string{"silence", "list", "--state", dir, "-o", "csv"}
	for i, c := range []struct {
		flags uintptr // how the disk is mounted
		log   string
		args  []string
		code  exit
		out   string
		told  int
		says  string
	}{
		{0, evils(2), detect, done, ",new,", 2, ""},
		{0, evils(2), []string{"silence", "add", "none", "--state", dir, "-o", "csv"}, done, "none", 1, ""},
		{syscall.MS_RDONLY, evils(3), detect, unread, ",new,", 0, "read-only file system\n  " + tellsLater},
		{syscall.MS_RDONLY, evils(3), []string{"status", "--state", dir, "-o", "csv"}, done, "set,", 1, ""},
		{syscall.MS_RDONLY, evils(3), list, done, "none", 1, ""},
		{syscall.MS_RDONLY, evils(3), []string{"silence", "remove", "1", "--state", dir}, unread, "", 0, "read-only file system"},
		{syscall.MS_RDONLY, evils(3), append(detect[:len(detect):len(detect)], "--state", dir+"2"), unread, ",new,", 0, "read-only file system"},
		{0, evils(3), detect, done, ",new,", 1, ""},
	} {
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|c.flags, "size=4m"); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "log"), []byte(c.log), 0o600); err != nil {
			t.Fatal(err)
		}
		s, out, said := silentShell(t)
		code := run(t.Context(), c.args, s)
		told := 0
		if c.out != "" {
			told = strings.Count(out.String(), c.out)
		}
		if code != c.code || told != c.told || !strings.Contains(said.String(), c.says) {
			t.Errorf("%d: exit code %d, told %d, said %q; want %d, %d, %q\n%s", i, code, told, said, c.code, c.told, c.says, out)
		}
	}
}

// A state is the same under whatever name its folder has, and so are the logs when they are named from elsewhere.
func TestStateByOtherNames(t *testing.T) {
	folder := hourOfEvils(t, 2)
	if err := os.Mkdir(filepath.Join(folder, "there"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("there", filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "elsewhere"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct{ cwd, data, dir string }{
		{folder, "log", "link"}, {folder, "log", "there"}, {filepath.Join(folder, "elsewhere"), "../log", "../link"}, {"/", filepath.Join(folder, "log"), filepath.Join(folder, "there")},
	} {
		t.Chdir(c.cwd)
		s, out, said := silentShell(t)
		want := 0
		if i == 0 {
			want = 2
		}
		code := run(t.Context(), []string{"detect", filepath.Join(folder, "rule.yml"), "--data", c.data, "--state", c.dir, "-q", "-o", "csv"}, s)
		if told := strings.Count(out.String(), ",new,"); code != done || told != want || said.Len() > 0 {
			t.Errorf("%v: exit code %d, told %d, want %d, said %s", c, code, told, want, said)
		}
	}
}
