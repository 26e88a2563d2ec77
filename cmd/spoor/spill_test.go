package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestNothingIsLeft ends a search that has put rows away, by Ctrl-C, by SIGTERM and in a way that it cannot see coming.
func TestNothingIsLeft(t *testing.T) {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		t.Skip("open files cannot be looked at here")
	}
	var log strings.Builder
	for n := range 20_000 {
		fmt.Fprintf(&log, `{"n": %d, "user": "user%d"}`+"\n", n, n%7)
	}
	file := filepath.Join(t.TempDir(), "log.json")
	if err := os.WriteFile(file, []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"* | sort 0 -n | table n", "* | stats count by n", "* | transaction user | table user"} {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGKILL} {
			folder := t.TempDir()
			cmd, stdout, stderr := spawn(t, "search", query, file, "-", "--max-memory", "1", "--temp-dir", folder)
			away := false
			for deadline := time.Now().Add(20 * time.Second); !away && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
				away = holdsFileOf(cmd.Process.Pid, folder)
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if left, _ := os.ReadDir(folder); !away || len(left) > 0 || stdout.Len() > 0 {
				t.Errorf("%s, %s: put away %t, left %v, wrote %q, said %q", query, signal, away, left, stdout, stderr)
			}
			if code := cmd.ProcessState.ExitCode(); signal != syscall.SIGKILL && code != int(interrupted) {
				t.Errorf("%s, %s: code %d: %s", query, signal, code, stderr)
			}
		}
	}
}

// holdsFileOf says whether a process has a file open that was in a folder and has no name any more.
func holdsFileOf(pid int, folder string) bool {
	links, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	for _, l := range links {
		if to, err := os.Readlink(l); err == nil && strings.HasPrefix(to, folder+"/") && strings.HasSuffix(to, "(deleted)") {
			return true
		}
	}
	return false
}
