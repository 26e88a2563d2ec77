//go:build unix

package follow

import (
	"os"
	"strconv"
	"syscall"
)

// identity is what a file is by, whatever it is called.
type identity struct{ device, inode uint64 }

func identityOf(info os.FileInfo) identity {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return identity{uint64(s.Dev), s.Ino}
	}
	return identity{}
}

// unlinked says that a file has no name any more.
func unlinked(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && s.Nlink == 0
}

// atOnce opens whatever stands under a name without waiting for a writer.
const atOnce = syscall.O_NONBLOCK

// lockFile locks a file until it is closed, or its process ends. The error says that another has it.
func lockFile(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

// openFiles is how many files the process may have open.
func openFiles() int {
	var r syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &r) != nil {
		return 256
	}
	return int(min(uint64(r.Cur), 1<<20))
}

// openNamed opens a named pipe so that it does not end when a writer goes, and another may come.
func openNamed(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|syscall.O_NONBLOCK, 0)
}

// again is an open file under a handle of its own.
func again(f *os.File) (*os.File, error) {
	if out, err := os.Open("/proc/self/fd/" + strconv.Itoa(int(f.Fd()))); err == nil {
		return out, nil
	}
	fd, err := syscall.Dup(int(f.Fd())) // where it stands is then where the other stands
	if err != nil {
		return nil, err
	}
	syscall.CloseOnExec(fd)
	out := os.NewFile(uintptr(fd), f.Name())
	if _, err := out.Seek(0, 0); err != nil {
		out.Close()
		return nil, err
	}
	return out, nil
}
