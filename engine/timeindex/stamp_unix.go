//go:build unix

package timeindex

import (
	"os"
	"syscall"
)

func stampOf(info os.FileInfo) stamp {
	s := stamp{size: info.Size(), modified: info.ModTime().UnixNano()}
	if of, ok := info.Sys().(*syscall.Stat_t); ok {
		s.device, s.inode = uint64(of.Dev), uint64(of.Ino)
	}
	return s
}
