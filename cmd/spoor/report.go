package main

import (
	"strings"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// report tells on the error stream how a search goes. When quiet it tells only what makes the answer wrong or partial.
type report struct {
	*shell
	quiet, verbose bool // not both
	summed         bool // tells in a line at the end what the run did
	zone           *time.Location
}

func newReport(s *shell, quiet, verbose bool, zone *time.Location) *report {
	return &report{shell: s, quiet: quiet, verbose: verbose && !quiet, summed: verbose, zone: zone}
}

// diagnostics tells errors, and unless quiet warnings; notes, and more than anybody reads, only when verbose.
func (r *report) diagnostics(list source.Errors) {
	told := 0
	for _, d := range list {
		if d.Severity != source.Error && !engine.Lost(d) && (r.quiet || d.Severity != source.Warning && !r.verbose) {
			continue
		}
		if told++; told <= mostLines || r.verbose {
			r.say("%s", d.Error())
		}
	}
	if told > mostLines && !r.verbose {
		r.say("and %s more; -v shows them all", plural(int64(told-mostLines), "message"))
	}
}

// problems tells which inputs were not found.
func (r *report) problems(in inputs, paths []string) exit {
	r.diagnostics(in.problems)
	if !in.problems.Failed() {
		return done
	}
	for _, p := range paths {
		if looksLikeQuery(p) {
			r.say("  %q looks like part of a query: put the whole query in single quotes", p)
		}
	}
	return unread
}

// window tells which time is searched.
func (r *report) window(p *engine.Program) {
	from, to, bounded := p.Window()
	if r.quiet || !p.Reads() {
		return
	}
	if !bounded {
		r.say("searching all times; times are in %s", r.zone)
		return
	}
	r.say("searching %s; times are in %s", r.span(from, to), r.zone)
}

// span is a range of time in words.
func (r *report) span(from, to int64) string {
	start, end := "the beginning", "the end"
	if from != column.Beginning {
		start = column.FormatTime(from, r.zone)
	}
	if to != column.End {
		end = column.FormatTime(to, r.zone)
	}
	return "from " + start + " to " + end
}

// result tells what was found and what was not read, and gives the exit code for it. reads says whether the search reads events at all.
func (r *report) result(result *engine.Result, summary output.Summary, reads bool) exit {
	ledger := result.Ledger()
	if !r.quiet {
		if summary.Rows == 0 {
			r.say("no results")
		}
		if len(ledger.Files) > 0 || reads {
			r.say("%s", strings.TrimSuffix(summarise(ledger, r.zone, r.verbose), "\n"))
		}
	}
	list := append(result.Diagnostics(), ledger.Errors()...)
	r.diagnostics(list)
	return severest(list)
}

// severest is the exit code for what went wrong during a run.
func severest(list source.Errors) exit {
	code := done
	for _, d := range list {
		switch {
		case engine.Lost(d):
			code = code.or(limited)
		case d.Severity != source.Error:
		default:
			code = code.or(unread)
		}
	}
	return code
}
