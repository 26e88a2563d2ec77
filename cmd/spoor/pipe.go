package main

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// writerPatience is how long a run that has a state waits for somebody to write to a pipe: one that waited for ever would keep all later ones from it.
var writerPatience = 10 * time.Second

// openPipe opens a pipe that somebody writes to. Without a writer that takes until there is one: then it is written to, for a moment and nothing.
func openPipe(path string) (*os.File, error) {
	type opening struct {
		pipe *os.File
		err  error
	}
	opened := make(chan opening, 1)
	go func() {
		pipe, err := os.Open(path)
		opened <- opening{pipe, err}
	}()
	select {
	case o := <-opened:
		return o.pipe, o.err
	case <-time.After(writerPatience):
	}
	if to, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
		if o := <-opened; o.err == nil {
			_ = o.pipe.Close()
		}
		_ = to.Close()
	}
	return nil, errors.New("nobody writes to this pipe")
}
