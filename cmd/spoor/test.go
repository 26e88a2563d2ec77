package main

import (
	"context"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/ruletest"
)

// trial is the flags of the command.
type trial struct {
	pack
	memory

	dataRoot string
	negative []string
	strict   bool
	format   string
	to       string
	quiet    bool
	jobs     int
}

func newTest(s *shell) *cobra.Command {
	o := &trial{}
	cmd := &cobra.Command{
		Use:   "test RULES...",
		Short: "Test rules: what they must find in some logs, and must not in others",
		Long: `Run the tests of rules: those that security_content's rules have, and those in files beside rules, such as
restarts.test.yml beside restarts.yml ("spoor help tests" says what is in them). Rules that are tested on the same logs read
them together. A test whose logs are not there is skipped, and so is a rule without a test.

The exit code is 0 if nothing failed, 1 if a test failed, and 2 if a rule could not run or logs could not be read.`,
		Example: `  spoor test examples/rules
  spoor test security_content/detections/endpoint --data-root attack_data --include 'data_source=*linux*'
  spoor test rules/ --negative quiet_day.log --strict -o junit --to results.xml`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, paths []string) error { return o.run(cmd.Context(), s, paths) },
	}
	f := cmd.Flags()
	o.pack.flags(f)
	f.StringVar(&o.dataRoot, "data-root", "", "the `FOLDER` that has the logs of security_content's tests: a checkout of splunk/attack_data, or its datasets")
	f.StringArrayVar(&o.negative, "negative", nil, "test also that no rule finds anything in the file, folder or pattern `PATH` (repeatable)")
	f.BoolVar(&o.strict, "strict", false, "what is skipped has failed")
	f.StringVarP(&o.format, "output", "o", "text", "`FORMAT` of the report: "+listOf(ruletest.Formats()))
	f.StringVar(&o.to, "to", "", "write the report to `FILE`, which appears whole or not at all")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "report only what failed or could not run")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	o.memory.flags(f)
	choices(cmd, "output", ruletest.Formats()...)
	return cmd
}

func (o *trial) run(ctx context.Context, s *shell, paths []string) error {
	if err := o.check(); err != nil {
		return err
	}
	chosen, code, err := o.open(s, paths, o.quiet)
	if err != nil {
		return err
	}
	if err := overwritten(slices.Concat(paths, o.negative), []string{o.to}); err != nil {
		return err
	}
	options := ruletest.Options{DataRoot: o.dataRoot, Negative: o.negative, Strict: o.strict, Pack: o.pack.pack.All()}
	options.Detect = detect.Options{Compile: engine.Options{Models: datamodels.Builtin()}, Run: engine.RunOptions{Workers: o.jobs}}
	doubts, err := o.library.options(s, &options.Detect.Compile)
	if err != nil {
		return err
	}
	(&report{shell: s, quiet: o.quiet}).diagnostics(doubts)
	o.memory.apply(&options.Detect.Run)
	result := ruletest.Run(ctx, chosen, options)
	if ctx.Err() != nil {
		return interrupted
	}
	if err := o.write(s, result); err != nil {
		return err
	}
	if !o.quiet {
		s.say("%s", result.Summary())
	}
	switch {
	case result.Count(ruletest.Broken) > 0 || code != done:
		return misused
	case result.Count(ruletest.Fail) > 0:
		return unfulfilled
	}
	return nil
}

// check looks at the flags that have few values, and at the folder of logs.
func (o *trial) check() error {
	switch {
	case !slices.Contains(ruletest.Formats(), o.format):
		return usage("--output is %s, not %q", listOf(ruletest.Formats()), o.format)
	case o.jobs < 0 || o.jobs > mostWorkers:
		return usage("--jobs is a number of workers up to %d, not %d", mostWorkers, o.jobs)
	}
	if info, err := os.Stat(o.dataRoot); o.dataRoot != "" && (err != nil || !info.IsDir()) {
		return usage("--data-root: there is no folder %s", o.dataRoot).hint("git clone https://github.com/splunk/attack_data gives one, in which git lfs gets the logs")
	}
	return nil
}

func (o *trial) write(s *shell, r *ruletest.Report) error {
	if o.quiet {
		r = r.Trouble()
	}
	if o.to == "" || o.to == "-" {
		return r.Write(s.out, o.format)
	}
	return writeFile(o.to, func(w io.Writer) error { return r.Write(w, o.format) })
}
