//go:build unix

package bench

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the most memory that a process that has ended had at once, in bytes.
func peak(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if most := int64(usage.Maxrss); runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return most
	}
	return int64(usage.Maxrss) << 10
}
