package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/spill"
)

// memory is the flags that say how much of it a search may use, and where it puts what is beyond.
type memory struct {
	limit   capacity
	tempDir string
}

func (m *memory) flags(f *pflag.FlagSet) {
	m.limit = halfOfMemory(os.ReadFile, goLimit)
	f.Var(&m.limit, "max-memory", "what a search may hold before it puts rows away in a file: a `SIZE` such as 512MB or 2GiB, or none (default: half of the memory)")
	f.Lookup("max-memory").DefValue = "" // the help is the same on every machine
	f.StringVar(&m.tempDir, "temp-dir", os.TempDir(), "the `FOLDER` of that file, which goes when the search ends")
	f.Lookup("temp-dir").DefValue = ""
}

// spare is what the process needs besides what a search holds: a scan's blocks and dictionaries, and pieces of what was put away.
const spare = 64 << 20

// goLimit is the memory limit that the environment sets, as GOMEMLIMIT; the largest number if it sets none.
var goLimit = debug.SetMemoryLimit(-1)

// apply gives a run its limits, and the collector of garbage a goal in accordance.
func (m *memory) apply(o *engine.RunOptions) {
	o.TempDir = m.tempDir
	if m.limit > 0 {
		o.Memory = int64(m.limit)
		debug.SetMemoryLimit(min(goLimit, int64(min(m.limit, math.MaxInt64/2))+int64(m.limit/4)+spare))
	}
}

// ofOutput is the memory for rows that wait until all columns are known: a quarter as much again.
func (m *memory) ofOutput(ctx context.Context) *spill.Space {
	if m.limit == 0 {
		return spill.New(ctx, 0, m.tempDir)
	}
	return spill.New(ctx, max(1, int64(m.limit)/4), m.tempDir)
}

// capacity is a number of bytes as users write it; 0 is none, that is no limit.
type capacity int64

// capacityUnits is what a number of bytes may be given in, whatever the case.
var capacityUnits = map[string]float64{
	"": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
	"kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
}

func (c *capacity) Set(text string) error {
	if strings.EqualFold(text, "none") {
		*c = 0
		return nil
	}
	number := strings.TrimRight(text, "bBkKmMgGtTiI ")
	unit, known := capacityUnits[strings.ToLower(strings.TrimSpace(text[len(number):]))]
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !known || !(n > 0) || n*unit < 1 || n*unit > math.MaxInt64/4 {
		return errors.New("a size is a number and a unit, such as 512MB or 2GiB, or `none`")
	}
	*c = capacity(n * unit)
	return nil
}

func (c *capacity) String() string {
	if *c == 0 {
		return "none"
	}
	return fmt.Sprint(int64(*c))
}

func (c *capacity) Type() string { return "size" }

// halfOfMemory is half of the memory that the machine has, or of what a control group or the limit given leaves the process; 0 if none is known.
func halfOfMemory(read func(name string) ([]byte, error), given int64) capacity {
	most := capacity(0)
	if given < math.MaxInt64 {
		most = capacity(given)
	}
	if info, err := read("/proc/meminfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "MemTotal:" {
				kib, _ := strconv.ParseInt(f[1], 10, 64)
				if total := capacity(kib << 10); most == 0 || total < most {
					most = total
				}
			}
		}
	}
	for _, group := range groupLimits(read) {
		if n, err := strconv.ParseInt(strings.TrimSpace(group), 10, 64); err == nil && n > 0 && (most == 0 || capacity(n) < most) {
			most = capacity(n)
		}
	}
	return most / 2
}

// groupLimits is what the control groups that the process is in say of memory, each a number or a word.
func groupLimits(read func(name string) ([]byte, error)) (out []string) {
	const root = "/sys/fs/cgroup"
	own, _ := read("/proc/self/cgroup")
	dir := strings.TrimSpace(strings.TrimPrefix(string(own), "0::"))
	if !strings.HasPrefix(dir, "/") || strings.Contains(dir, "\n") {
		dir = "/"
	}
	for ; ; dir = path.Dir(dir) {
		if limit, err := read(path.Join(root, dir, "memory.max")); err == nil {
			out = append(out, string(limit))
		}
		if dir == "/" {
			return out
		}
	}
}
