package engine_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/input/bitmap"
	"spoor/engine/output"
	"spoor/engine/startindex"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

var seed = flag.Uint64("seed", 0, "seed of the differential test's random points; 0 chooses one")

// point is one way of answering a query. All of them must give the same answer.
type point struct {
	rewrites  bool
	prefilter bool
	workers   int
	batchRows int
	blockSize int
	pipe      bool  // the inputs come as streams instead of files
	memory    int64 // beyond so many bytes, what is held is put away; 0: never
	census    bool  // a pack finds out what there is in the data
	moments   bool  // and when the events are that each program is handed
	outlines  bool  // records are compared with those before them
	index     bool  // where which times stand is known for every few records, and where processes start
	vectors   bool  // text is looked through by vector instructions, where there are any
}

func (p point) String() string {
	return fmt.Sprintf("rewrites=%t prefilter=%t outlines=%t index=%t vectors=%t workers=%d batch=%d block=%d pipe=%t memory=%d", p.rewrites, p.prefilter, p.outlines, p.index, p.vectors, p.workers, p.batchRows, p.blockSize, p.pipe, p.memory)
}

var (
	allOff = point{workers: 1, batchRows: 1024, blockSize: 512 << 10}
	frugal = point{rewrites: true, prefilter: true, outlines: true, vectors: true, workers: 2, batchRows: 3, blockSize: 512, memory: 1}
	allOn  = point{rewrites: true, prefilter: true, outlines: true, vectors: true, workers: 4, batchRows: 1024, blockSize: 512 << 10}
)

// options is how the point runs a program over inputs.
func (p point) options(in input.Inputs) engine.RunOptions {
	return engine.RunOptions{
		Inputs: in, Workers: p.workers, BatchRows: p.batchRows, BlockSize: p.blockSize, NoPrefilter: !p.prefilter, NoOutlines: !p.outlines, Memory: p.memory,
		Census: p.census, Moments: map[bool]time.Duration{true: time.Minute}[p.moments],
	}
}

// points is all off, all on, all put away at once, and random ones from all axes.
func points(t testing.TB, random int) []point {
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Logf("random points of -seed=%d", s)
	r := rand.New(rand.NewPCG(s, 0))
	out := []point{allOff, allOn, frugal}
	for range random {
		out = append(out, point{
			rewrites:  r.IntN(2) == 0,
			prefilter: r.IntN(2) == 0,
			outlines:  r.IntN(2) == 0,
			index:     r.IntN(8) == 0, // to look at a log takes longer than to search it
			vectors:   r.IntN(4) > 0,
			workers:   []int{1, 4}[r.IntN(2)],
			batchRows: []int{1, 2, 7, 1024}[r.IntN(4)],
			blockSize: []int{64, 512, 512 << 10}[r.IntN(3)],
			pipe:      r.IntN(4) == 0,
			memory:    []int64{0, 1, 1500, 20_000}[r.IntN(4)],
		})
	}
	return out
}

// answer is all that a user gets of a search.
type answer struct {
	rows     string // as -o ndjson prints them
	errors   string
	warnings string
	plan     string
}

// ask compiles and runs a query over the inputs at a point.
func ask(t testing.TB, text *source.Text, o engine.Options, paths []string, at point) answer {
	t.Helper()
	o.NoRewrites = !at.rewrites
	p, errs := engine.Compile(text, o)
	if errs.Failed() {
		return answer{errors: errs.Error()}
	}
	a := run(t, p, o, paths, at)
	for _, s := range p.Explain() {
		if s.Name == "plan after rewrites" || s.Name == "scan" {
			a.plan += s.Text + "\n"
		}
	}
	return a
}

// run runs a program, which was compiled as the point says, over the inputs.
func run(t testing.TB, p *engine.Program, o engine.Options, paths []string, at point) answer {
	t.Helper()
	a := answer{warnings: p.Warnings.Error()}
	defer bitmap.Vectors(bitmap.Vectors(at.vectors))
	in := open(t, paths, at.pipe)
	asked := at.options(in)
	if at.index {
		asked.Inputs, asked.Starts = indexed(t, in, o)
	}
	r := p.Run(context.Background(), asked)
	var b bytes.Buffer
	if _, err := output.Write(&b, r.Rows(), output.Options{Format: "ndjson", Zone: o.Zone}); err != nil {
		a.errors = err.Error()
	}
	if more := r.Diagnostics().Error(); more != "" {
		a.warnings += "\n" + more
	}
	a.rows = b.String()
	return a
}

func open(t testing.TB, paths []string, pipe bool) input.Inputs {
	t.Helper()
	in, errs := input.Resolve(paths, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	for i := range in {
		if !pipe {
			break
		}
		data, err := os.ReadFile(in[i].Path)
		if err != nil {
			t.Fatal(err)
		}
		in[i].Size, in[i].Stream = -1, bytes.NewReader(data)
	}
	return in
}

// indexed is the inputs with an index of blocks of few records, and one of where processes start in them.
func indexed(t testing.TB, in input.Inputs, o engine.Options) (input.Inputs, engine.Whereabouts) {
	t.Helper()
	members, err := timeindex.OpenFolder("", nil).Look(t.Context(), in, timeindex.Options{Now: o.Now, Zone: o.Zone, BlockSize: 64})
	if err != nil {
		t.Fatal(err)
	}
	in = slices.Clone(in)
	all := true
	for i, m := range members {
		whole := m.Failed == nil && m.End == in[i].Size
		if all = all && whole; whole { // else the end is left for later, or it is read with another
			in[i].Index = m
		}
	}
	if !all {
		return in, nil
	}
	return in, startindex.OpenFolder("", startindex.Options{Now: time.Now()}).Of(members)
}

// askEverywhere is the answer at all points, of which it reports any that differs.
func askEverywhere(t testing.TB, text *source.Text, o engine.Options, paths []string, random int) answer {
	t.Helper()
	var first answer
	for i, at := range points(t, random) {
		got := ask(t, text, o, paths, at)
		if i > 0 {
			diff(t, "rows with "+at.String(), got.rows, first.rows)
			diff(t, "errors with "+at.String(), got.errors, first.errors)
			diff(t, "warnings with "+at.String(), got.warnings, first.warnings)
		}
		if i == 0 {
			first = got
		}
		if at == allOn {
			first.plan = got.plan
		}
	}
	return first
}
