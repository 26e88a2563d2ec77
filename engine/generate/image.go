package generate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// An image is an executable and what is stable about it.
type image struct {
	path, base   string
	sha256, both string
	fixed        uint64     // where its code ends, if it is not mapped anywhere
	usages       []template // how the programs of the long tail are called
}

// A catalog holds the images by path and draws those of the long tail, the common ones more often.
type catalog struct {
	byPath map[string]*image
	tail   []*image
	draw   alias
	r      *rand.Rand
}

const tailImages = 2960

var (
	tailDirs = []string{"/usr/bin/", "/usr/bin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/opt/vendor/bin/", "/usr/lib/git-core/",
		"/usr/share/tools/", "/home/deploy/bin/", "/snap/core20/current/usr/bin/", "/usr/libexec/"}
	tailHeads = []string{"apt", "audit", "auth", "blk", "boot", "btrfs", "cargo", "cert", "chrome", "cloud", "conf", "cpu", "db", "debug",
		"desktop", "dev", "dns", "docker", "e2", "fs", "git", "gpu", "grub", "gtk", "helm", "http", "image", "init", "io", "ip", "json",
		"kube", "ldap", "log", "lvm", "mail", "make", "mem", "mk", "net", "node", "ntp", "pam", "perl", "pip", "pod", "ps", "py", "rpm",
		"ruby", "scan", "snmp", "sql", "tls", "udev", "usb", "vm", "xfs", "yaml", "zone"}
	tailTails = []string{"-agent", "-info", "-query", "ctl", "-sync", "-probe", "check", "dump", "-helper", "fmt", "-wrap", "list",
		"-merge", "mon", "-cli", "stat", "-update", "view", "-gen", "-verify", "parse", "sort", "-import", "-export", "split2", "d",
		"-filter", "-lookup", "graph", "-trace", "scan", "copy", "-pack", "-index", "-diff", "show", "-watch", "-clean", "tool", "conv",
		"-run", "-exec", "wait", "-link", "-mount", "ping", "-hash", "test"}
	tailUsages = []string{"%0", "%0 --version", "%0 -v", "%0 %f", "%0 -c %f", "%0 --config=%f", "%0 -n %d %f", "%0 --all --quiet",
		"%0 -q --no-color", "%0 show %w", "%0 list --format json", "%0 --id %x", "%0 --input /tmp/%w", "%0 %w --limit %d", "%0 -p %d%d%d",
		"%0 --host %i --port %d%d%d%d", "%0 run --name %w-%x --label app=%w", "%0 --since %d%d00", "%0 %f %f", "%0 --pkg %p"}
)

func newCatalog(r *rand.Rand) *catalog {
	c := &catalog{byPath: map[string]*image{}, r: r}
	for i := range tailImages {
		name := tailHeads[i%len(tailHeads)] + tailTails[(i/len(tailHeads)+i)%len(tailTails)]
		m := c.find(tailDirs[r.IntN(len(tailDirs))] + name)
		for range 2 + r.IntN(4) {
			usage := tailUsages[r.IntN(len(tailUsages))]
			m.usages = append(m.usages, compile(strings.ReplaceAll(usage, "%0", m.base)))
		}
		c.tail = append(c.tail, m)
	}
	c.draw = newZipf(len(c.tail), 1.1)
	return c
}

// find returns the image at path and makes it on first sight.
func (c *catalog) find(path string) *image {
	m := c.byPath[path]
	if m == nil {
		m = &image{path: path, base: path[strings.LastIndexByte(path, '/')+1:]}
		m.sha256 = fmt.Sprintf("SHA256=%016x%016x%016x%016x", c.r.Uint64(), c.r.Uint64(), c.r.Uint64(), c.r.Uint64())
		m.both = fmt.Sprintf("MD5=%016x%016x,%s", c.r.Uint64(), c.r.Uint64(), m.sha256)
		if c.r.IntN(12) == 0 {
			m.fixed = 0x40_0000 + c.r.Uint64N(0x40_0000)
		}
		c.byPath[path] = m
	}
	return m
}

// end is the address where the code of a new process ends, the tail of its GUID.
func (m *image) end(r *rand.Rand) uint64 {
	if m.fixed != 0 {
		return m.fixed
	}
	return 0x5500_0000_0000 + r.Uint64N(0x1000_0000_0000)
}

// An alias draws from a fixed distribution in constant time, by Walker's method.
type alias struct {
	keep  []float64
	other []int32
}

func newAlias(weights []float64) alias {
	n, sum := len(weights), 0.0
	for _, w := range weights {
		sum += w
	}
	a := alias{keep: make([]float64, n), other: make([]int32, n)}
	var small, large []int
	for i, w := range weights {
		a.keep[i], a.other[i] = w*float64(n)/sum, int32(i)
		if a.keep[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.other[s] = int32(l)
		a.keep[l] -= 1 - a.keep[s]
		if a.keep[l] < 1 {
			large, small = large[:len(large)-1], append(small, l)
		}
	}
	return a
}

func newZipf(n int, s float64) alias {
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = math.Pow(float64(i+1), -s)
	}
	return newAlias(weights)
}

func (a alias) next(r *rand.Rand) int {
	i := r.IntN(len(a.keep))
	if r.Float64() < a.keep[i] {
		return i
	}
	return int(a.other[i])
}
