package main

import (
	"bytes"
	"context"
	"slices"
	"time"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// attempts is how often a period is searched if files change meanwhile.
const attempts = 3

// attempt is a period that was searched: its rows as they are to be written, and what is to be told of it.
type attempt struct {
	text    bytes.Buffer
	rows    int64
	ledger  *input.Ledger
	notes   source.Errors
	first   most
	changed bool  // a file was not read as it was when it was looked at
	err     error // rows are missing
}

// period answers the time from one moment to before another. It is not answered if rows cannot be had now: the error is that nothing can be written.
func (t *tiling) period(ctx context.Context, from, to time.Time) (answered bool, err error) {
	program, _, err := t.prepared.compile(anchor{now: to, earliest: exact(from), latest: exact(to)})
	if err != nil {
		t.failed(err)
		return false, nil
	}
	var a *attempt
	var problems source.Errors
	for n := 0; n < attempts && (a == nil || a.err != nil || a.changed); n++ {
		members, found, err := t.look(ctx)
		if err != nil {
			return false, nil // interrupted
		}
		problems = found
		a = t.attempt(ctx, program, members, false)
		if a.rows > 0 && a.eventless() && a.ledger.Total.PassedOver > 0 {
			a = t.attempt(ctx, program, members, true)
		}
	}
	switch {
	case ctx.Err() != nil:
		return false, nil
	case a.err != nil:
		t.failed(a.err)
		return false, nil
	}
	t.news(slices.Concat(problems, a.notes, a.ledger.Errors()))
	t.account(a.ledger)
	if a.eventless() {
		a.rows = 0
	}
	t.found += a.rows
	if a.rows > 0 && a.first.more {
		t.shown = ""
		t.code = t.code.or(a.first.tell(t.shell))
	}
	return true, t.write(from, to, a)
}

// write writes what was found in a period.
func (t *tiling) write(from, to time.Time, a *attempt) error {
	draw := func() error { return t.draw(t.span(from.UnixNano(), to.UnixNano()), a.rows, a.text.String()) }
	if t.retained == nil {
		return draw()
	}
	search := t.retained.search
	if a.rows > 0 {
		if err := search.Write(to.UnixNano()); err != nil {
			return err
		}
	}
	if err := draw(); err != nil {
		return err
	}
	return search.Answer(to, int(a.rows), t.now())
}

// attempt searches the files for the time of a program.
func (t *tiling) attempt(ctx context.Context, program *engine.Program, members []*timeindex.Member, everything bool) *attempt {
	a := &attempt{first: most{rows: t.maxRows}}
	var in input.Inputs
	for _, m := range members {
		in = append(in, m.Input)
	}
	o := t.options(in)
	o.NoPrefilter, o.Unique = o.NoPrefilter || everything, t.unique
	result := program.Run(ctx, o)
	p := *t.prepared
	p.program, p.follow = program, false
	page := *t.shell
	page.out, page.width = &a.text, t.widthNow()
	var summary output.Summary
	summary, a.err = t.written(&page, a.first.of(result.Rows()), &p, nil)
	a.rows, a.ledger, a.notes = summary.Rows, result.Ledger(), result.Diagnostics()
	a.changed = changed(members, a.ledger)
	return a
}

// changed says whether files could not be read that could be looked at.
func changed(members []*timeindex.Member, ledger *input.Ledger) bool {
	return slices.ContainsFunc(ledger.Files, func(f input.File) bool {
		return f.Failed != "" && slices.ContainsFunc(members, func(m *timeindex.Member) bool { return m.Input.Path == f.Path && m.Failed == nil })
	})
}

// eventless says that there was no event of that time, among those that the search reads.
func (a *attempt) eventless() bool {
	of := &a.ledger.Total
	return of.Events()-of.OutOfWindow-of.NoTime <= 0
}

// failed tells why a period is not answered yet.
func (t *tiling) failed(err error) {
	t.news(source.Errors{source.Errorf(source.Span{}, "period", "%s", source.Reason(err)).WithHint("what was not answered is tried again")})
}

// exact is a moment as --earliest takes it.
func exact(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }
