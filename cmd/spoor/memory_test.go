package main

import (
	"os"
	"testing"
)

func TestCapacity(t *testing.T) {
	for text, want := range map[string]capacity{
		"1": 1, "none": 0, "NONE": 0, "512MB": 512_000_000, "512mb": 512_000_000, "2GiB": 2 << 30, "1.5 kib": 1536, "3M": 3_000_000, "1T": 1e12,
	} {
		var c capacity
		if err := c.Set(text); err != nil || c != want {
			t.Errorf("%q is %d, %v, want %d", text, c, err, want)
		}
	}
	for _, text := range []string{"", "MB", "0", "-1MB", "0.1", "1XB", "1MMB", "1e300", "nan", "inf", "1iB", "9999999TB"} {
		c := capacity(7)
		if err := c.Set(text); err == nil || c != 7 {
			t.Errorf("%q is %d", text, c)
		}
	}
}

func TestHalf(t *testing.T) {
	const info = "MemFree:  5 kB\nMemTotal:       16000 kB\nSwap: 1 kB\n"
	for _, c := range []struct {
		why   string
		files map[string]string
		want  capacity
	}{
		{"nothing is known", nil, 0},
		{"the machine's", map[string]string{"/proc/meminfo": info}, 8000 << 10},
		{"the group's, which is less", map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "1024000\n"}, 512_000},
		{"that of a group above", map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/memory.max": "max\n", "/sys/fs/cgroup/a/memory.max": "2048000\n"}, 1_024_000},
		{"the machine's, for the group has no limit", map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "max\n"}, 8000 << 10},
		{"the machine's, for the groups are of the old kind", map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "4:memory:/a\n3:cpu:/a\n"}, 8000 << 10},
	} {
		got := halfOfMemory(func(name string) ([]byte, error) {
			if text, ok := c.files[name]; ok {
				return []byte(text), nil
			}
			return nil, os.ErrNotExist
		})
		if got != c.want {
			t.Errorf("%s: %d, want %d", c.why, got, c.want)
		}
	}
}
