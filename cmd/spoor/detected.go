package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// detected tells how the rules fared, and gives the exit code for it.
func (r *report) detected(answer *detect.Report, p *pack) exit {
	code, able := done, 0
	for _, x := range answer.Outcomes {
		if x.Verdict == detect.Failed {
			code = code.or(unread)
		}
		if x.Program != nil {
			able++
		}
		r.outcome(x)
		if x.Program != nil {
			code = code.or(severest(x.Problems))
		}
	}
	switch {
	case r.quiet:
	case len(answer.Outcomes) == 0:
		r.say("nothing is due")
	default:
		r.say("%s", strings.TrimSuffix(summarise(answer.Ledger, r.zone, r.verbose), "\n"))
		r.say("%s: %s", p.summary(len(answer.Outcomes)), verdicts(answer))
	}
	if able == 0 && len(answer.Outcomes) > 0 {
		if r.quiet {
			r.fail("none of the rules can run: %s", verdicts(answer))
		}
		code = misused
	}
	list := append(answer.Warnings, answer.Ledger.Errors()...)
	r.diagnostics(list)
	return code.or(severest(list))
}

// outcome tells what is to be said of one rule: failures always, what cannot run unless quiet, all else when verbose.
func (r *report) outcome(x *detect.Outcome) {
	loud := !r.quiet && x.Verdict == detect.Unsupported && x.Rule.Unsupported() == ""
	switch text := x.Rule.Name + ": " + verdictOf(x); {
	case x.Verdict == detect.Failed:
		r.fail("%s", text)
	case loud || r.verbose:
		r.say("%s", text)
	}
	for _, d := range x.Problems {
		if x.Program != nil && (r.verbose || engine.Lost(d)) {
			r.say("%s", d.Error())
		}
	}
}

// verdictOf is a verdict with its reasons.
func verdictOf(x *detect.Outcome) string {
	text := string(x.Verdict)
	if x.Verdict == detect.Matched {
		text += ", " + source.Count(x.Findings, "finding")
	}
	if len(x.Reasons) > 0 {
		text += ": " + strings.Join(x.Reasons, "; ")
	}
	return text
}

// found is the number of findings.
func found(answer *detect.Report) (n int) {
	for _, x := range answer.Outcomes {
		n += x.Findings
	}
	return n
}

// verdicts is how many rules have each verdict.
func verdicts(answer *detect.Report) string {
	var parts []string
	nearly := 0
	for _, x := range answer.Outcomes {
		if x.Nearly {
			nearly++
		}
	}
	for _, v := range detect.Verdicts() {
		n := answer.Count(v)
		switch {
		case n == 0:
		case v == detect.Matched:
			parts = append(parts, fmt.Sprintf("%d %s (%s)", n, v, source.Count(found(answer), "finding")))
		case v == detect.Degraded && nearly > 0:
			parts = append(parts, fmt.Sprintf("%d %s (%d of them only because fields are approximated: see spoor help verdicts)", n, v, nearly))
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return strings.Join(parts, ", ")
}

// rulesIn is the rules that are wanted. A path without rules but with events in it was meant as data.
func (o *detection) rulesIn(ctx context.Context, s *shell, paths []string) ([]*rules.Rule, exit, error) {
	o.load(paths)
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil || len(paths) == 1 && o.data != nil || o.someIn(path) {
			continue
		}
		if l := (&rules.Library{}); len(l.Load(path)) > 0 && len(l.All()) == 0 && l.Broken == 0 && holdsEvents(ctx, path) {
			return nil, misused, usage("there is no rule in %s, but there are events", path).hint("did you mean --data %s? A pattern needs quotes: --data '/var/log/syslog*'", path)
		}
	}
	return o.open(s, paths, o.quiet)
}

// someIn says whether a rule that was loaded is known to come from a path.
func (o *detection) someIn(path string) bool {
	folder := strings.TrimRight(path, "/") + "/"
	return slices.ContainsFunc(o.pack.pack.All(), func(r *rules.Rule) bool { return r.File == path || strings.HasPrefix(r.File, folder) })
}

// holdsEvents says whether there are events at a path.
func holdsEvents(ctx context.Context, path string) bool {
	in, _ := input.Resolve([]string{path}, nil)
	return len(in) > 0 && probe{from: column.Beginning, to: column.End}.files(ctx, in).found
}

func listOf(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
