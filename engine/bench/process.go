package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// measurement is what one process took, with those that it started.
type measurement struct {
	wall, cpu time.Duration
	peak      int64
	Allocations
	note   string
	failed string // why there is no answer
}

func (m measurement) wallTime() time.Duration { return m.wall }
func (m measurement) cpuTime() time.Duration  { return m.cpu }
func (m measurement) allocatedBytes() int64   { return m.Bytes }
func (m measurement) allocatedObjects() int64 { return m.Objects }

// Allocations is what a process tells of its own memory, as JSON in the file that AllocationsFile names.
type Allocations struct{ Bytes, Objects int64 }

// AllocationsFile is the variable of the environment by which a process learns where to write its Allocations.
const AllocationsFile = "SPOOR_BENCH_ALLOCATIONS"

func (b *Bench) answerFile() string { return filepath.Join(b.Folder, "answer") }

// run runs a program, whose output is left in the file of the answer.
func (b *Bench) run(ctx context.Context, args []string) (measurement, error) {
	answer, err := os.Create(b.answerFile())
	if err != nil {
		return measurement{}, err
	}
	defer answer.Close()
	return b.runTo(ctx, args, answer)
}

// runTo runs a program, which writes to the file itself.
func (b *Bench) runTo(ctx context.Context, args []string, out *os.File) (measurement, error) {
	told := filepath.Join(b.Folder, "allocations")
	if err := os.Remove(told); err != nil && !errors.Is(err, os.ErrNotExist) {
		return measurement{}, err
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	if args[0] == b.Spoor.Name {
		cmd.Path, cmd.Err = b.Spoor.Path, nil
	}
	complaints := &beginning{left: 64 << 10}
	cmd.Stdout, cmd.Stderr = out, complaints
	cmd.Env = append(b.Environment[:len(b.Environment):len(b.Environment)], AllocationsFile+"="+told)
	begun := b.Clock()
	err := cmd.Run()
	m := measurement{wall: b.Clock().Sub(begun)}
	if ctx.Err() != nil {
		return m, ctx.Err()
	}
	if cmd.ProcessState == nil {
		m.failed = err.Error()
		return m, nil
	}
	m.cpu, m.peak = cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), peak(cmd.ProcessState)
	if text, err := os.ReadFile(told); err == nil {
		_ = json.Unmarshal(text, &m.Allocations) // what is not told is not known
	}
	m.judge(err, complaints.String())
	return m, nil
}

// judge says what an exit code means: with 3 and 4 spoor has answered, but not from all there is, and tells why.
func (m *measurement) judge(err error, complaints string) {
	if err == nil {
		return
	}
	first, _, _ := strings.Cut(strings.TrimSpace(complaints), "\n")
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && (exit.ExitCode() == 3 || exit.ExitCode() == 4):
		m.note = first
	case first != "":
		m.failed = first
	default:
		m.failed = err.Error()
	}
}

// beginning keeps the first bytes that are written.
type beginning struct {
	bytes.Buffer
	left int
}

func (b *beginning) Write(p []byte) (int, error) {
	keep := p[:min(len(p), b.left)]
	b.left -= len(keep)
	b.Buffer.Write(keep)
	return len(p), nil
}
