package main

import (
	"net"
	"strconv"
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

// watchdog tells systemd, for as long as it wants to know, that the process is alive.
func (s *shell) watchdog() (stop func()) {
	micros, err := strconv.ParseInt(s.env("WATCHDOG_USEC"), 10, 64)
	if err != nil || micros < 2 || s.env("NOTIFY_SOCKET") == "" {
		return func() {}
	}
	ticker, ended := time.NewTicker(time.Duration(micros)*time.Microsecond/2), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				s.notify("WATCHDOG=1")
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
