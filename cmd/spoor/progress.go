package main

import (
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
	if hidden || !s.errTerminal {
		return nil
	}
	p := &progress{quit: make(chan struct{}), gone: make(chan struct{}), shared: s.outTerminal}
	go p.show(s, scan)
	return p
}

func (p *progress) show(s *shell, scan measured) {
	defer close(p.gone)
	select {
	case <-p.quit:
		return
	case <-time.After(shortScan):
	}
	_, total := scan.Progress()
	if total <= 0 {
		return
	}
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(s.err), progressbar.OptionShowBytes(true), progressbar.OptionShowTotalBytes(true),
		progressbar.OptionSetPredictTime(true), progressbar.OptionSetElapsedTime(false), progressbar.OptionSetWidth(30),
		progressbar.OptionSetDescription("scanning"))
	tick := time.NewTicker(barTick)
	defer tick.Stop()
	for {
		done, _ := scan.Progress()
		_ = bar.Set64(min(done, total))
		select {
		case <-p.quit:
			_ = bar.Clear()
			return
		case <-tick.C:
		}
	}
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
