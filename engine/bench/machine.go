package bench

import (
	"fmt"
	"runtime"
	"strings"
)

// Machine is a line on the machine: its processor, and how busy it has been of late, as far as the system tells.
func Machine(read func(name string) ([]byte, error)) string {
	model, load := runtime.GOARCH, "unknown"
	if info, err := read("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	if text, err := read("/proc/loadavg"); err == nil {
		if f := strings.Fields(string(text)); len(f) > 2 {
			load = strings.Join(f[:3], " ")
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s, %s, load average %s", model, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), load)
}
