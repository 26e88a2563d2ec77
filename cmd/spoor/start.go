package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"spoor/engine/bench"
)

// patience is how long a command may take to stop after the first interrupt; patienceOfServices, how long one that tells what it has found.
const (
	patience           = 500 * time.Millisecond
	patienceOfServices = 20 * time.Second
)

// serving says whether the command is a service, which is ended by SIGTERM as a matter of course.
var serving atomic.Bool

// start runs a command line in the process and returns its exit code.
func start(args []string) int {
	debug.SetTraceback("none") // should a worker panic, the user has no use for its stack
	signal.Ignore(failures...)
	steer()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	var signaled os.Signal
	finished := make(chan exit, 1)
	go func() { finished <- run(ctx, args, system()) }()
	select {
	case code := <-finished:
		tellAllocations(os.Getenv(bench.AllocationsFile))
		return int(code)
	case signaled = <-signals:
		cancel()
	}
	wait := patience
	if serving.Load() {
		wait = patienceOfServices
	}
	select { // a read of a silent pipe cannot be stopped, only left
	case <-finished:
	case <-signals:
	case <-time.After(wait):
	}
	unfinishedFiles.remove()
	if serving.Load() && signaled == syscall.SIGTERM {
		return int(done)
	}
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
