package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
)

func TestExitPrecedence(t *testing.T) {
	order := []exit{130, 2, 4, 3, 1, 0}
	for i, strong := range order {
		for _, weak := range order[i:] {
			if strong.or(weak) != strong || weak.or(strong) != strong {
				t.Errorf("%d or %d is not %d", strong, weak, strong)
			}
		}
	}
}

func TestConclude(t *testing.T) {
	for _, c := range []struct {
		err  error
		want exit
		says string
	}{
		{nil, done, ""},
		{unread, unread, ""},
		{fmt.Errorf("write: %w", syscall.EPIPE), done, ""},
		{usage("no such thing").hint("do another"), misused, "spoor: no such thing\n  do another\n"},
		{errors.New("broken\n"), misused, "spoor: broken\n"},
	} {
		var said strings.Builder
		s := &shell{out: io.Discard, err: &said}
		if code := s.conclude(context.Background(), c.err); code != c.want || said.String() != c.says {
			t.Errorf("%v: code %d, said %q", c.err, code, said.String())
		}
	}
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("out of order") }

func TestPanicIsOneMessage(t *testing.T) {
	var said strings.Builder
	s := &shell{out: panicking{}, err: &said, env: func(string) string { return "" }, config: t.TempDir()}
	if code := run(context.Background(), []string{"version"}, s); code != misused {
		t.Errorf("code %d", code)
	}
	if got := said.String(); !strings.HasPrefix(got, "spoor: internal error: out of order\n") || strings.Contains(got, "goroutine") {
		t.Errorf("said %q", got)
	}
}
