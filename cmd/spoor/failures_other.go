//go:build !unix

package main

import (
	"os"
	"syscall"
)

// failures is signals instead of which the write itself is to fail: nobody reads on.
var failures = []os.Signal{syscall.SIGPIPE}
