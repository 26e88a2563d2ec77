package main

import (
	"fmt"
	"slices"
	"strconv"

	"spoor/engine/rounds"
	"spoor/grammar/source"
)

// tell says how the run went.
func (r *remembered) tell(round *rounds.Round, worst int) exit {
	code := r.code.or(r.report.detected(round.Report, &r.pack))
	r.warn(round)
	if slices.ContainsFunc(round.Problems, func(d *source.Diagnostic) bool { return d.Code == "no-schedule" && d.Severity == source.Error }) {
		code = misused // no rule can ever be due
	}
	run, window := round.Run, ""
	if round.To != 0 {
		window = between(round.From, round.To)
	}
	if !r.quiet {
		text := fmt.Sprintf("since the last run: %d new, %d grown, %d told before, %d late", run.New, run.Updated, run.Repeated, run.Late)
		if run.Suppressed+run.Silenced > 0 {
			text += fmt.Sprintf("; %d suppressed, %d silenced", run.Suppressed, run.Silenced)
		}
		if window != "" && window != everything {
			text += "; searched " + r.report.span(round.From, round.To)
		}
		r.shell.say("%s", text)
	}
	if r.report.verbose {
		for _, w := range round.Withheld {
			r.shell.say("%s", w)
		}
	}
	number := func(name string, n int) field { return field{name, strconv.Itoa(n)} }
	r.report.ran(round.Report.Ledger, r.begun, window, field{"run", strconv.FormatUint(run.ID, 10)}, number("rules", run.Rules), number("new", run.New),
		number("updated", run.Updated), number("repeated", run.Repeated), number("suppressed", run.Suppressed), number("silenced", run.Silenced), number("late", run.Late), number("gaps", len(run.Gaps)),
		number("warnings", len(round.Repeated)+warnings(round.Problems)))
	return code.or(severest(round.Problems)).or(r.asked(worst))
}

// warn tells what was not evaluated, or went wrong. A time over which a rule was not evaluated is lost, and said also when quiet.
func (r *remembered) warn(round *rounds.Round) {
	r.report.diagnostics(round.Problems)
	if r.report.verbose {
		r.report.diagnostics(round.Repeated)
	}
	if r.report.quiet {
		gaps := slices.DeleteFunc(slices.Clone(round.Problems), func(d *source.Diagnostic) bool { return d.Code != "gap" })
		(&report{shell: r.shell}).diagnostics(gaps)
	}
}

func warnings(list source.Errors) (n int) {
	for _, d := range list {
		if d.Severity == source.Warning {
			n++
		}
	}
	return n
}
