package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"

	"spoor/engine/state"
	"spoor/grammar/source"
)

// exit is an exit code.
type exit int

const (
	done        exit = 0
	unfulfilled exit = 1
	misused     exit = 2
	unread      exit = 3
	limited     exit = 4
	interrupted exit = 130
)

// exits is the codes and what they mean, in the order of the help.
var exits = []struct {
	code exit
	doc  string
}{
	{done, "The query was answered. Finding nothing is an answer."},
	{unfulfilled, "The condition that was asked for failed: --exit-status, and nothing was found; --fail-on, and something was; a test of a rule."},
	{misused, "The command line, the query, a macro or a setting is wrong, or there was no input."},
	{unread, "A file, a pipe or a part of one could not be read, a rule broke, or --require-data found no data: the rest was answered. Or what was found, or what runs remember, could not be kept: the disk is full or fails."},
	{limited, "Rows or values were lost to a limit, which is said: --max-rows, --splunk-limits and others."},
	{interrupted, "Interrupted."},
}

// precedence decides between codes when several apply, the strongest first.
var precedence = []exit{interrupted, misused, limited, unread, unfulfilled, done}

// or is the stronger of two codes.
func (e exit) or(other exit) exit {
	if slices.Index(precedence, other) < slices.Index(precedence, e) {
		return other
	}
	return e
}

// err is the code as an error, and nil if all was done.
func (e exit) err() error {
	if e == done {
		return nil
	}
	return e
}

// Error makes a code an error that says nothing more: all was said.
func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// misuse is an error of the command line.
type misuse struct{ message, cure string }

func usage(format string, args ...any) *misuse { return &misuse{message: fmt.Sprintf(format, args...)} }

func (m *misuse) hint(format string, args ...any) *misuse {
	m.cure = fmt.Sprintf(format, args...)
	return m
}

func (m *misuse) Error() string {
	if m.cure == "" {
		return m.message
	}
	return m.message + "\n  " + m.cure
}

// conclude turns what a command returned into an exit code, and says what was not said yet.
func (s *shell) conclude(ctx context.Context, err error) exit {
	var code exit
	var errs source.Errors
	var one *source.Diagnostic
	switch {
	case ctx.Err() != nil:
		return interrupted
	case err == nil || errors.Is(err, syscall.EPIPE): // nobody reads on, as after `| head`
		return done
	case errors.As(err, &code):
		return code
	case errors.As(err, &errs):
		s.say("%s", errs.Error())
		return misused
	case errors.As(err, &one):
		s.say("%s", one.Error())
		return misused
	}
	s.fail("spoor: %s", strings.TrimRight(err.Error(), "\n"))
	if lost(err) {
		return unread
	}
	return misused
}

// forgotten is an error by which a run cannot remember what it did.
type forgotten struct {
	error
	then string // what becomes of the findings
}

func (f *forgotten) Error() string { return f.error.Error() + "\n  " + f.then }

func (f *forgotten) Unwrap() error { return f.error }

// lost says whether an error is nobody's misuse: something could not be kept.
func lost(err error) bool {
	var run *forgotten
	var disk *state.Unkept
	return errors.As(err, &run) || errors.As(err, &disk) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) || errors.Is(err, syscall.EIO)
}
