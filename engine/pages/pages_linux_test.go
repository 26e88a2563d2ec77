package pages

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// The middle of a long slice is marked, as the system tells.
func TestMarked(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil {
		t.Skip("the system has no large pages")
	}
	s := Large(make([]byte, 4*least))
	at := uintptr(unsafe.Pointer(&s[len(s)/2]))
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer maps.Close()
	within := false
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			within = from <= at && at < to
		}
		if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && within {
			if !slices.Contains(strings.Fields(flags), "hg") {
				t.Errorf("the flags are %s", flags)
			}
			return
		}
	}
	t.Error("the system does not tell of the slice")
}
