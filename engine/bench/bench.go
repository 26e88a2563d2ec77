// Package bench measures whole searches as processes: those of spoor, and beside them other tools that are asked the same.
//
// The programs take turns, so that a machine that is busy for a while is so for all of them, and what they answer is compared: a program that
// answers something else is not faster.
package bench

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// Bench is how workloads are measured.
type Bench struct {
	Spoor       Program
	Jobs        int      // workers of spoor; 0 is its own choice
	Folder      string   // for answers, which are looked at and overwritten
	Environment []string // of all processes
	Runs        int      // that count, after one that does not
	Clock       func() time.Time
}

// Program is an executable file and the name under which it is started.
type Program struct{ Path, Name string }

// Result is what a tool took for a workload: of each figure the median of the runs, and of the memory the most.
type Result struct {
	Data, Workload, Tool string
	Wall, CPU            time.Duration
	Peak                 int64 // bytes of memory at once; of a pipe, of that process which had most
	Allocated, Objects   int64 // by spoor, in bytes and in pieces; of other tools nobody knows
	Bytes, Records       int64 // of the data
	Rows                 int64 // of the answer
	Ratio                float64
	Note                 string // why there are no figures, or what to know of them
	Cannot, Differs      bool
}

// contender is a tool with a workload before it.
type contender struct {
	tool   string
	args   []string // the first is a program; nil: it cannot do that
	counts string   // the member of a row of its answer that is summed up
	runs   []measurement
	answer answer
	failed string
}

// Measure has spoor and the tools do a workload. An error is one of spoor's: what other tools meet is noted.
func (b *Bench) Measure(ctx context.Context, d *Data, w Workload, tools []Tool) ([]Result, error) {
	list := []*contender{{tool: "spoor", args: b.spoor(w.args(d)), counts: w.counts}}
	for _, t := range tools {
		c := &contender{tool: t.Name}
		if w.counts != "" {
			c.counts = "n"
		}
		if d.Flat != "" {
			c.args = t.asks(w.Name, d)
		}
		list = append(list, c)
	}
	for run := range b.Runs + 1 {
		for _, c := range list {
			if c.args == nil || c.failed != "" {
				continue
			}
			if err := b.turn(ctx, c, run == 0); err != nil {
				return nil, err
			}
		}
		if own := list[0]; own.failed != "" {
			return nil, fmt.Errorf("%s: spoor failed: %s", w.Name, own.failed)
		}
	}
	return results(d, w, list), nil
}

// turn runs a contender once. The first run has the logs read from the disk, and its answer is looked at.
func (b *Bench) turn(ctx context.Context, c *contender, first bool) error {
	m, err := b.run(ctx, c.args)
	if err != nil || m.failed != "" {
		c.failed = m.failed
		return err
	}
	if !first {
		c.runs = append(c.runs, m)
		return nil
	}
	c.answer, err = readAnswer(b.answerFile(), c.counts)
	if err != nil {
		c.failed = err.Error()
	}
	return nil
}

// spoor is the command line of spoor.
func (b *Bench) spoor(args []string) []string {
	if b.Jobs > 0 {
		args = append(args, fmt.Sprintf("--jobs=%d", b.Jobs))
	}
	return append([]string{b.Spoor.Name}, args...)
}

// Prepare has spoor write generated logs to a file.
func (b *Bench) Prepare(ctx context.Context, form string, events int, file string) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	m, err := b.runTo(ctx, []string{b.Spoor.Name, "generate", "--form", form, "--events", fmt.Sprint(events), "--attacks", "1"}, out)
	if err = cmp.Or(err, out.Close()); err == nil && m.failed != "" {
		err = fmt.Errorf("no logs could be made: %s", m.failed)
	}
	return err
}

func results(d *Data, w Workload, list []*contender) []Result {
	var out []Result
	for _, c := range list {
		r := Result{Data: d.Name, Workload: w.Name, Tool: c.tool, Bytes: d.Bytes, Records: d.Records, Rows: c.answer.rows}
		switch {
		case c.args == nil:
			r.Cannot, r.Note = true, "cannot"
		case c.failed != "":
			r.Cannot, r.Note = true, "failed: "+c.failed
		default:
			r.Wall, r.CPU = median(c.runs, measurement.wallTime), median(c.runs, measurement.cpuTime)
			r.Allocated, r.Objects = median(c.runs, measurement.allocatedBytes), median(c.runs, measurement.allocatedObjects)
			for _, m := range c.runs {
				r.Peak = max(r.Peak, m.peak)
			}
			if len(out) > 0 {
				r.Ratio = r.Wall.Seconds() / out[0].Wall.Seconds()
			}
			r.Note = c.runs[0].note
			if own := list[0].answer; c.answer != own {
				r.Differs, r.Note = true, fmt.Sprintf("another answer: %s, not %s", c.answer, own)
			}
		}
		out = append(out, r)
	}
	return out
}

// median is the middle one of a figure of runs; of two, their mean.
func median[T ~int64](runs []measurement, of func(measurement) T) T {
	values := make([]T, len(runs))
	for i, m := range runs {
		values[i] = of(m)
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
