package main

import (
	"math"
	"os"
	"runtime/debug"
	"testing"

	"spoor/engine"
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
		given int64
	}{
		{why: "nothing is known"},
		{why: "the limit that is given, which is less", files: map[string]string{"/proc/meminfo": info}, given: 4_096_000, want: 2_048_000},
		{why: "the machine's, which is less than the limit", files: map[string]string{"/proc/meminfo": info}, given: 1 << 40, want: 8000 << 10},
		{why: "only the limit is known", given: 1000, want: 500},
		{why: "the machine's", files: map[string]string{"/proc/meminfo": info}, want: 8000 << 10},
		{why: "the group's, which is less", files: map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "1024000\n"}, want: 512_000},
		{why: "that of a group above", files: map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/memory.max": "max\n", "/sys/fs/cgroup/a/memory.max": "2048000\n"}, want: 1_024_000},
		{why: "the machine's, for the group has no limit", files: map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "max\n"}, want: 8000 << 10},
		{why: "the machine's, for the groups are of the old kind", files: map[string]string{"/proc/meminfo": info, "/proc/self/cgroup": "4:memory:/a\n3:cpu:/a\n"}, want: 8000 << 10},
	} {
		if c.given == 0 {
			c.given = math.MaxInt64
		}
		got := halfOfMemory(func(name string) ([]byte, error) {
			if text, ok := c.files[name]; ok {
				return []byte(text), nil
			}
			return nil, os.ErrNotExist
		}, c.given)
		if got != c.want {
			t.Errorf("%s: %d, want %d", c.why, got, c.want)
		}
	}
}

// The collector's goal is that of the flags, unless the environment sets a lower one.
func TestMemoryLimit(t *testing.T) {
	before, environment := debug.SetMemoryLimit(-1), goLimit
	defer func() { goLimit = environment; debug.SetMemoryLimit(before) }()
	for _, c := range []struct {
		environment, want int64
	}{{math.MaxInt64, 125<<20 + spare}, {1 << 40, 125<<20 + spare}, {64 << 20, 64 << 20}} {
		goLimit = c.environment
		var o engine.RunOptions
		(&memory{limit: 100 << 20}).apply(&o)
		if got := debug.SetMemoryLimit(-1); got != c.want || o.Memory != 100<<20 {
			t.Errorf("with %d from the environment: %d, and %d for the search; want %d", c.environment, got, o.Memory, c.want)
		}
	}
}
