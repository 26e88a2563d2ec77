//go:build unix

// Package nobody is for tests of what happens to those who may not read or write something: root may do everything, and tests are run by root too.
package nobody

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// id is that of a user and a group who own nothing.
const id = 65534

// Runs runs a test again in a process of a user who owns nothing, if root runs it, and takes over how that ended. Then there is nothing left to do.
func Runs(t *testing.T) bool {
	t.Helper()
	if os.Geteuid() != 0 {
		return false
	}
	folder, err := os.MkdirTemp("", "spoor-nobody-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chown(folder, id, id); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(folder, "tests")
	if err := copyOf(program); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-test.v", "-test.run=^"+t.Name()+"$")
	cmd.Dir, cmd.Env = folder, []string{"TMPDIR=" + folder, "HOME=" + folder}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: id, Gid: id, Groups: []uint32{}}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()+" ") {
		t.Errorf("as another user: %v\n%s", err, out)
	}
	return true
}

// copyOf makes a copy of the program of the tests, whose own folder is closed to others.
func copyOf(name string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	from, err := os.Open(self)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Chmod(0o755), to.Close())
}
