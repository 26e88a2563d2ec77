package main

import (
	"io"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"spoor/engine/column"
)

// How long a scan runs before it gets a bar, and how often the bar moves.
const (
	shortScan = time.Second
	barTick   = 200 * time.Millisecond
)

// progress is the bar of a scan on the error stream, or nil where there is none.
type progress struct {
	stopped sync.Once
	quit    chan struct{}
	gone    chan struct{} // closed once the bar is off the screen
	shared  bool          // rows go to the same terminal
}

// measured is something whose progress in bytes can be asked for; total is 0 if nobody knows it.
type measured interface{ Progress() (done, total int64) }

func startProgress(s *shell, scan measured, hidden bool) *progress {
	return startPass(s, scan, hidden, "scanning")
}

// startPass is startProgress of one of several scans, and says which.
func startPass(s *shell, scan measured, hidden bool, which string) *progress {
	if s.reads != nil {
		s.reads(scan)
	}
	if hidden || !s.errTerminal {
		return nil
	}
	p := &progress{quit: make(chan struct{}), gone: make(chan struct{}), shared: s.outTerminal}
	go p.show(s, scan, which)
	return p
}

func (p *progress) show(s *shell, scan measured, which string) {
	defer close(p.gone)
	tick := time.NewTicker(barTick)
	defer tick.Stop()
	screen := &curtain{to: s.err, width: s.errWidth}
	var bar *progressbar.ProgressBar
	for begun := time.Now(); ; {
		select {
		case <-p.quit:
			if screen.open {
				_ = bar.Clear()
			}
			return
		case <-tick.C:
		}
		done, total := scan.Progress()
		if total <= 0 {
			continue
		}
		if bar == nil { // before it is shown, so that its rate is that of the whole scan
			bar = newBar(screen, total, s.errWidth(), which)
		}
		screen.open = screen.open || time.Since(begun) >= shortScan
		_ = bar.Set64(min(done, total))
	}
}

// textBeside is how many columns the numbers beside a bar take.
const textBeside = 56

func newBar(to io.Writer, total int64, width int, which string) *progressbar.ProgressBar {
	if width == 0 {
		width = 80
	}
	return progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(to), progressbar.OptionSetDescription(which), progressbar.OptionSetWidth(min(max(width-textBeside, 1), 30)),
		progressbar.OptionShowBytes(true), progressbar.OptionShowTotalBytes(true), progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true), progressbar.OptionSetElapsedTime(false))
}

// curtain hides what is written until it is opened, and cuts lines to the terminal: one that wraps could not be taken back.
type curtain struct {
	to    io.Writer
	open  bool
	width func() int
}

func (c *curtain) Write(b []byte) (int, error) {
	if !c.open {
		return len(b), nil
	}
	lines := strings.Split(string(b), "\r")
	if width := c.width(); width > 0 {
		for i, line := range lines {
			if runes := []rune(line); len(runes) >= width {
				lines[i] = string(runes[:width-1])
			}
		}
	}
	_, err := io.WriteString(c.to, strings.Join(lines, "\r"))
	return len(b), err
}

// around takes the bar away before the first row is written to the same terminal.
func (p *progress) around(rows column.Stream) column.Stream {
	if p == nil || !p.shared {
		return rows
	}
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range rows {
			p.stop()
			if !yield(b, err) {
				return
			}
		}
	}
}

func (p *progress) stop() {
	if p == nil {
		return
	}
	p.stopped.Do(func() { close(p.quit) })
	<-p.gone
}
