package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"spoor/engine/bench"
)

// patience is how long a command may take to stop after the first interrupt.
const patience = 500 * time.Millisecond

// start runs a command line in the process and returns its exit code.
func start(args []string) int {
	debug.SetTraceback("none") // should a worker panic, the user has no use for its stack
	signal.Ignore(syscall.SIGPIPE)
	steer()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	finished := make(chan exit, 1)
	go func() { finished <- run(ctx, args, system()) }()
	select {
	case code := <-finished:
		tellAllocations(os.Getenv(bench.AllocationsFile))
		return int(code)
	case <-signals:
		cancel()
	}
	select { // a read of a silent pipe cannot be stopped, only left
	case <-finished:
	case <-signals:
	case <-time.After(patience):
	}
	unfinishedFiles.remove()
	return int(interrupted)
}

// unfinishedFiles is the files to remove if the process ends before they are whole.
var unfinishedFiles leftovers

type leftovers struct {
	sync.Mutex
	names map[string]bool
}

func (l *leftovers) add(name string) {
	l.Lock()
	defer l.Unlock()
	if l.names == nil {
		l.names = map[string]bool{}
	}
	l.names[name] = true
}

func (l *leftovers) drop(name string) {
	l.Lock()
	defer l.Unlock()
	delete(l.names, name)
}

func (l *leftovers) remove() {
	l.Lock()
	defer l.Unlock()
	for name := range l.names {
		_ = os.Remove(name)
	}
}
