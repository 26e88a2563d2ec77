package main

import (
	"net"
	"strconv"
	"sync"
	"time"
)

// notify tells systemd how the service is, if systemd wants to know.
func (s *shell) notify(state string) {
	name := s.env("NOTIFY_SOCKET")
	if name == "" {
		return
	}
	to, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		return
	}
	defer to.Close()
	_, _ = to.Write([]byte(state))
}

// vitals is the signs of life of a service: that it comes by, and that logs are being read.
type vitals struct {
	now func() time.Time

	mu      sync.Mutex
	last    time.Time
	reading measured
	done    int64
}

// beat is a sign of life.
func (l *vitals) beat() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last, l.reading = l.now(), nil
}

// reads is the sign of life that logs begin to be read. Further signs are that more of them was.
func (l *vitals) reads(what measured) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last, l.reading, l.done = l.now(), what, 0
}

// within says whether there was a sign of life in the last so much time.
func (l *vitals) within(d time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.reading != nil {
		if done, _ := l.reading.Progress(); done != l.done {
			l.last, l.done = l.now(), done
		}
	}
	return l.now().Sub(l.last) < d
}

// watchdog tells systemd, for as long as it wants to know, that the process is alive.
func (s *shell) watchdog() (stop func()) {
	return s.watched(func(time.Duration) bool { return true })
}

// watched tells systemd, if it wants to know, that there was a sign of life in a time; within says so.
func (s *shell) watched(within func(time.Duration) bool) (stop func()) {
	micros, err := strconv.ParseInt(s.env("WATCHDOG_USEC"), 10, 64)
	if err != nil || micros < 2 || s.env("NOTIFY_SOCKET") == "" {
		return func() {}
	}
	limit := time.Duration(micros) * time.Microsecond
	ticker, ended := time.NewTicker(limit/2), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				if within(max(limit, leastLimit)) {
					s.notify("WATCHDOG=1")
				}
			case <-ended:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(ended)
	}
}

// leastLimit is twice as long as a service that waits may give no sign of life.
const leastLimit = 2 * time.Minute
