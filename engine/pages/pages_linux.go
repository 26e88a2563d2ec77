package pages

import (
	"os"
	"syscall"
	"unsafe"
)

// advise leaves out what other memory shares a page with. Where the system has no large pages all goes on as before, but slower.
func advise(memory []byte) {
	page := os.Getpagesize()
	begin := int(-uintptr(unsafe.Pointer(unsafe.SliceData(memory))) % uintptr(page))
	end := len(memory) - (len(memory)-begin)%page
	_ = syscall.Madvise(memory[begin:end], syscall.MADV_HUGEPAGE)
}
