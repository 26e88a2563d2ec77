package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine/bench"
	"spoor/engine/column"
	"spoor/engine/generate"
	"spoor/engine/output"
	"spoor/examples"
)

// benchmark is the flags of the command.
type benchmark struct {
	data, forms, workloads []string
	events, runs, jobs     int
	rules, tempDir         string
	compare, quiet         bool
	writing

	differ bool // another tool gave another answer
}

func newBench(s *shell) *cobra.Command {
	o := &benchmark{}
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure how fast searches are on this machine, and other tools beside them",
		Long: `Measure whole searches, each as a process of its own: once so that the logs are in the memory of the system, then several times, of which
the median is told. The logs are made by "spoor generate" in a temporary folder that goes at the end, or are those of --data.

Workloads:
` + workloadDocs() + `
With --compare DuckDB, ripgrep piped into jq, and ClickHouse are asked the same where they are installed, in turns with spoor. They
can read flat JSON only. Their answers are compared with ours: if one has other rows, the exit code is 1.

Columns:
` + resultDocs(),
		Example: `  spoor bench
  spoor bench --events 100000 --form flat,syslog,ecs,journald -o ndjson --to figures.ndjson
  spoor bench --compare --workload selective,group,process,distinct
  spoor bench --data /var/log/sysmon.json --rules rules/`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.data, "data", nil, "search the file, folder or pattern `PATH` instead of generated logs (repeatable)")
	f.StringSliceVar(&o.forms, "form", []string{"flat"}, "`LIST` of forms of generated logs: "+strings.Join(generate.Forms(), ", "))
	f.StringSliceVar(&o.workloads, "workload", nil, "`LIST` of what is measured (default: all)")
	f.IntVarP(&o.events, "events", "n", 1_000_000, "`NUMBER` of events to generate")
	f.IntVar(&o.runs, "runs", 5, "`NUMBER` of runs that count")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of spoor's workers (default: one per core)")
	f.StringVar(&o.rules, "rules", "", "run the rules in `PATH` as well")
	f.BoolVar(&o.compare, "compare", false, "ask other tools the same")
	f.StringVar(&o.tempDir, "temp-dir", os.TempDir(), "the `FOLDER` for generated logs: a million events take about a gigabyte")
	f.Lookup("temp-dir").DefValue = ""
	o.writing.flags(cmd)
	f.BoolVarP(&o.quiet, "quiet", "q", false, "say only what is wrong")
	choices(cmd, "form", generate.Forms()...)
	choices(cmd, "workload", workloadNames()...)
	return cmd
}

func workloadNames() (out []string) {
	for _, w := range bench.Workloads() {
		out = append(out, w.Name)
	}
	return out
}

func workloadDocs() string {
	var b strings.Builder
	for _, w := range bench.Workloads() {
		fmt.Fprintf(&b, "  %-12s %s\n", w.Name, w.Doc)
	}
	return b.String()
}

func resultDocs() string {
	var b strings.Builder
	for _, c := range bench.Columns() {
		fmt.Fprintf(&b, "  %-14s %s\n", c.Name, c.Doc)
	}
	return strings.TrimRight(b.String(), "\n")
}

func (o *benchmark) check() error {
	switch {
	case o.runs < 1 || o.runs > 1000:
		return usage("--runs is a number of runs from 1 to 1000, not %d", o.runs)
	case o.events < 1:
		return usage("--events is a number of events, not %d", o.events)
	case o.jobs < 0 || o.jobs > mostWorkers:
		return usage("--jobs is a number of workers up to %d, not %d", mostWorkers, o.jobs)
	}
	for _, form := range o.forms {
		if !slices.Contains(generate.Forms(), form) {
			return usage("unknown form %q: use some of %s", form, listOf(generate.Forms()))
		}
	}
	for _, name := range o.workloads {
		if !slices.Contains(workloadNames(), name) {
			return usage("unknown workload %q: use some of %s", name, listOf(workloadNames()))
		}
	}
	return checkFormat(o.format)
}

func (o *benchmark) run(ctx context.Context, s *shell) error {
	if err := o.check(); err != nil {
		return err
	}
	if err := overwritten(append(o.data[:len(o.data):len(o.data)], o.rules), []string{o.to}); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(o.tempDir, "spoor-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := os.CopyFS(folder, examples.Brought); err != nil {
		return err
	}
	b := &bench.Bench{
		Spoor: bench.Program{Path: self, Name: os.Args[0]}, Jobs: o.jobs, Folder: folder, Environment: plain(os.Environ(), folder), Runs: o.runs, Clock: s.now,
	}
	o.say(s, "%s\nspoor %s, %s each", bench.Machine(os.ReadFile), version(), plural(int64(o.runs), "run"))
	rows := o.results(ctx, s, b, o.tools(ctx, s))
	err = o.write(s, time.UTC, func(w io.Writer, how output.Options) error {
		how.Bare = true
		_, err := output.Write(w, rows, how)
		return err
	})
	if err != nil {
		return err
	}
	if o.differ {
		return unfulfilled
	}
	return nil
}

// plain is the environment of a process without settings: figures do not depend on who asks for them.
func plain(environment []string, folder string) []string {
	out := slices.DeleteFunc(environment, func(v string) bool { return strings.HasPrefix(v, "SPOOR_") || strings.HasPrefix(v, "XDG_CONFIG_HOME=") })
	return append(out, "XDG_CONFIG_HOME="+filepath.Join(folder, "config"))
}

func (o *benchmark) say(s *shell, format string, args ...any) {
	if !o.quiet {
		s.say(format, args...)
	}
}

// tools is the tools to compare with that are installed.
func (o *benchmark) tools(ctx context.Context, s *shell) (out []bench.Tool) {
	if !o.compare {
		return nil
	}
	for _, t := range bench.Tools() {
		if missing := t.Missing(); len(missing) > 0 {
			s.say("%s: not installed: %s", t.Name, strings.Join(missing, ", "))
			continue
		}
		o.say(s, "%s: %s", t.Name, t.Version(ctx))
		out = append(out, t)
	}
	return out
}

// results is the rows as they are measured: those of one set of logs after the other.
func (o *benchmark) results(ctx context.Context, s *shell, b *bench.Bench, tools []bench.Tool) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for d, err := range o.sets(ctx, s, b) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, w := range bench.Workloads() {
				if len(o.workloads) > 0 && !slices.Contains(o.workloads, w.Name) || !d.Can(w) {
					continue
				}
				list, err := b.Measure(ctx, d, w, tools)
				if err != nil {
					yield(nil, err)
					return
				}
				o.say(s, "%s %s: %.3f s", d.Name, w.Name, list[0].Wall.Seconds())
				for _, r := range list {
					o.differ = o.differ || r.Differs
				}
				if !yield(bench.Rows(list), nil) {
					return
				}
			}
		}
	}
}

// sets is the logs, one set after the other: generated ones are there only as long as they are searched.
func (o *benchmark) sets(ctx context.Context, s *shell, b *bench.Bench) func(func(*bench.Data, error) bool) {
	return func(yield func(*bench.Data, error) bool) {
		if len(o.data) > 0 {
			d := o.set(b, filepath.Base(o.data[0]), o.data)
			yield(d, b.Look(ctx, d))
			return
		}
		for _, form := range o.forms {
			file := filepath.Join(b.Folder, "log")
			o.say(s, "generating %s as %s", plural(int64(o.events), "event"), form)
			d := o.set(b, form, []string{file})
			err := b.Prepare(ctx, form, o.events, file)
			if err == nil {
				err = b.Look(ctx, d)
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func (o *benchmark) set(b *bench.Bench, name string, paths []string) *bench.Data {
	return &bench.Data{
		Name: name, Paths: paths, Rules: o.rules, Pack: filepath.Join(b.Folder, "rules"), Sequence: filepath.Join(b.Folder, "searches", "systemd_network_connection.eql"),
	}
}

// tellAllocations writes what the process has allocated to a file, for `spoor bench`, which has started it.
func tellAllocations(file string) {
	if file == "" {
		return
	}
	heap := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}, {Name: "/gc/heap/allocs:objects"}}
	metrics.Read(heap)
	text, err := json.Marshal(bench.Allocations{Bytes: int64(heap[0].Value.Uint64()), Objects: int64(heap[1].Value.Uint64())})
	if err == nil {
		_ = os.WriteFile(file, text, 0o600) // who wanted it finds that it is not there
	}
}
