//go:build unix

package main

import (
	"os"
	"syscall"
)

// failures is signals instead of which the write itself is to fail: nobody reads on, a file is larger than the user may have any.
var failures = []os.Signal{syscall.SIGPIPE, syscall.SIGXFSZ}
