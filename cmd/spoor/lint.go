package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/lint"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// linting is the flags of the command.
type linting struct {
	pack
	format        string
	failOn        string
	notes         bool
	baseline      string
	writeBaseline bool
}

var lintSeverities = []string{"note", "warning", "error"}

func newLint(s *shell) *cobra.Command {
	o := &linting{}
	cmd := &cobra.Command{
		Use:   "lint RULES...",
		Short: "Find what is wrong with rules before they run",
		Long: `Check rules: whether they compile, whether the fields, macros, lookups and techniques that they name exist, whether a message can be
filled, a pattern can match, a sequence fits into the time that is searched, and more. Each problem has a code; "spoor help checks"
lists them, and "spoor help checks CODE" explains one.

A comment # spoor:ignore CODE REASON in a rule's file leaves out what that check finds there: before all rules of the file for all of
them, below a rule's beginning for that one. --baseline names a file of problems that are tolerated, and --write-baseline writes it.`,
		Example: `  spoor lint rules/
  spoor lint rules/ --fail-on warning -o github
  spoor lint rules/ --baseline lint.tsv --write-baseline`,
		Args: arguments(1, -1),
		RunE: func(_ *cobra.Command, paths []string) error { return o.run(s, paths) },
	}
	f := cmd.Flags()
	f.StringVarP(&o.format, "output", "o", "text", "`FORMAT`: "+listOf(lintFormats()))
	f.StringVar(&o.failOn, "fail-on", "error", "exit 1 if there is a problem of this `SEVERITY` or a worse one: "+listOf(lintSeverities))
	f.BoolVar(&o.notes, "notes", false, "write notes too: what is right, and of no use here")
	f.StringVar(&o.baseline, "baseline", "", "leave out the problems in `FILE`")
	f.BoolVar(&o.writeBaseline, "write-baseline", false, "write all problems to the file of --baseline")
	o.pack.flags(f)
	choices(cmd, "output", lintFormats()...)
	choices(cmd, "fail-on", lintSeverities...)
	return cmd
}

func lintFormats() (out []string) {
	for _, f := range lint.Formats() {
		out = append(out, f.Name)
	}
	return out
}

func (o *linting) run(s *shell, paths []string) error {
	switch {
	case !slices.Contains(lintFormats(), o.format):
		return usage("-o is %s, not %q", listOf(lintFormats()), o.format)
	case !slices.Contains(lintSeverities, o.failOn):
		return usage("--fail-on is %s, not %q", listOf(lintSeverities), o.failOn)
	case o.writeBaseline && o.baseline == "":
		return usage("--write-baseline does not say where to").hint("name the file: --baseline lint.tsv --write-baseline")
	}
	problems, count, err := o.problems(s, paths)
	if err != nil {
		return err
	}
	if o.writeBaseline {
		if err := overwritten(paths, []string{o.baseline}); err != nil {
			return err
		}
		s.say("%s to %s", source.Count(len(problems), "problem"), o.baseline)
		return writeFile(o.baseline, func(w io.Writer) error { return lint.WriteBaseline(w, problems) })
	}
	tolerated := len(problems)
	if problems, err = o.tolerate(s, problems); err != nil {
		return err
	}
	tolerated -= len(problems)
	hidden := 0
	if !o.notes && o.failOn != "note" {
		all := len(problems)
		problems = slices.DeleteFunc(problems, func(p lint.Problem) bool { return p.Severity == source.Note })
		hidden = all - len(problems)
	}
	if err := lint.Write(s.out, o.format, version(), problems); err != nil {
		return err
	}
	s.say("%s", linted(count, problems, hidden, tolerated))
	if worst, any := lint.Worst(problems); any && int(worst) >= slices.Index(lintSeverities, o.failOn) {
		return unfulfilled
	}
	return nil
}

// problems is all that is wrong with the rules in paths, and how many rules there are.
func (o *linting) problems(s *shell, paths []string) ([]lint.Problem, int, error) {
	wanted, err := o.selection()
	if err != nil {
		return nil, 0, err
	}
	o.pack.pack = &rules.Library{}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return nil, 0, usage("cannot read the rules of %s: %s", path, source.Reason(err))
		}
	}
	said := o.pack.pack.Load(paths...)
	all := o.pack.pack.All()
	if len(all) == 0 && o.pack.pack.Broken == 0 {
		return nil, 0, nothingIn(paths, said)
	}
	chosen := wanted.Of(all)
	if len(chosen) == 0 && len(all) > 0 {
		return nil, 0, usage("none of the %s is wanted", source.Count(len(all), "rule")).hint("see --include, --exclude and --enabled-only")
	}
	options := engine.Options{Models: datamodels.Builtin(), Now: s.now()}
	doubts, err := o.options(s, &options)
	if err != nil {
		return nil, 0, err
	}
	return lint.Run(chosen, append(said, doubts...), options), len(chosen), nil
}

// tolerate leaves out what is in the baseline.
func (o *linting) tolerate(s *shell, problems []lint.Problem) ([]lint.Problem, error) {
	if o.baseline == "" {
		return problems, nil
	}
	file, err := os.Open(o.baseline)
	if err != nil {
		return nil, usage("cannot read the baseline %s: %s", o.baseline, source.Reason(err)).hint("--write-baseline writes it")
	}
	defer file.Close()
	known, err := lint.ReadBaseline(file)
	if err != nil {
		return nil, usage("%s is no baseline: %s", o.baseline, err).hint("--write-baseline writes one")
	}
	left, gone := known.Drop(problems)
	if gone > 0 {
		s.say("%s of the baseline %s not found any more: --write-baseline leaves them out", source.Count(gone, "problem"), isOrAre(gone))
	}
	return left, nil
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// linted is how many rules were checked, and what was found: 12 rules: 1 error, 3 warnings; 5 notes (--notes).
func linted(count int, problems []lint.Problem, hidden, tolerated int) string {
	var found []string
	for i, severity := range slices.Backward(lintSeverities) {
		n := 0
		for _, p := range problems {
			if int(p.Severity) == i {
				n++
			}
		}
		if n > 0 {
			found = append(found, source.Count(n, severity))
		}
	}
	text := "nothing is wrong"
	if found != nil {
		text = strings.Join(found, ", ")
	}
	if hidden > 0 {
		text += "; --notes shows " + source.Count(hidden, "note")
	}
	if tolerated > 0 {
		text += "; " + source.Count(tolerated, "problem") + " in the baseline"
	}
	return source.Count(count, "rule") + ": " + text
}
