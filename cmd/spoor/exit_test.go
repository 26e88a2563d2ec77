package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
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

func TestSeverest(t *testing.T) {
	warning := source.Warnf(source.Span{}, engine.Limit, "nearly")
	failed := source.Errorf(source.Span{}, "unreadable", "a.log: permission denied")
	cut := source.Warnf(source.Span{}, engine.Limit+"-sort", "rows were lost")
	limit := source.Errorf(source.Span{}, engine.Limit, "rows were dropped")
	for _, c := range []struct {
		list source.Errors
		want exit
	}{{nil, done}, {source.Errors{warning}, done}, {source.Errors{failed}, unread}, {source.Errors{limit, failed}, limited}, {source.Errors{cut}, limited}} {
		if got := severest(c.list); got != c.want {
			t.Errorf("%v: %d, want %d", c.list, got, c.want)
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
