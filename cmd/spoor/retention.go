package main

import (
	"cmp"
	"context"
	"strings"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/follow"
	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// retention is what a search that goes on knows of its earlier runs, so that nothing is written twice and nothing is missed.
type retention struct {
	*resumption
	of     *live
	search *rounds.Search
	rule   *rules.Rule // the search, as what rules find is known again
}

// rememberRows is for how long rows are known that may be found again.
const rememberRows = 30 * 24 * time.Hour

// retain opens the state.
func (l *live) retain() (*retention, error) {
	p := l.prepared
	store, err := l.opened(p.state)
	if err != nil {
		return nil, err
	}
	o := rounds.Options{
		Detect: detect.Options{Compile: engine.Options{Now: l.now(), Zone: l.zone}}, Remember: rememberRows,
		Set: setOf(p.paths, p.host, p.language.command, p.program.Text.Body), What: strings.Join(p.paths, " "),
	}
	m := &retention{of: l, search: rounds.NewSearch(store, o), rule: &rules.Rule{Name: p.program.Text.Body}}
	m.resumption = newResumption(l.reading, store, m.search.Live, p.paths, l.jobs)
	return m, nil
}

// begin finds out where to begin.
func (m *retention) begin(ctx context.Context, paths []string, session *engine.Session) error {
	m.paths = paths
	if _, cut := m.search.Cut(); cut {
		m.heed(source.Errors{source.Warnf(source.Span{}, "again", "the last run ended while it wrote rows: those that it was about to write are given again")})
	}
	back, known := session.Lookback()
	return m.resume(ctx, m.of.prepared.state, back, known)
}

// answered is the end of the last period that is not to be answered any more: what was missed longer ago than --catch-up is left out, and said. It is
// zero if none was answered.
func (m *retention) answered(clock *schedule.Schedule, now time.Time) time.Time {
	at := m.search.Answered()
	if at.IsZero() {
		return at
	}
	if until, cut := m.search.Cut(); cut && until > at.UnixNano() {
		m.heed(source.Errors{source.Warnf(source.Span{}, "again", "the last run ended while it wrote rows: those of the period until %s are given again", column.FormatTime(until, m.zone))})
	}
	back := m.of.prepared.catchUp
	if oldest := lastTick(clock, now.Add(-back)); back > 0 && at.Before(oldest) {
		m.heed(source.Errors{source.Warnf(source.Span{}, "gap", "no period is answered %s: they were missed longer ago than --catch-up", m.span(at.UnixNano(), oldest.UnixNano())).
			WithHint("--catch-up says how far back a run goes; 0 is any time")})
		at = oldest
	}
	return at
}

// close notes how far the logs were answered, and gives the state back.
func (m *retention) close() {
	if err := m.resumption.close(); err != nil {
		m.fail("%s", err)
	}
}

// round answers a round, and gives the rows that were not given before.
func (m *retention) round(ctx context.Context, round *follow.Round, give func(*column.Batch) bool) error {
	round.Inputs = m.clip(round.Inputs)
	answer := m.asTheyCome
	if m.waits {
		answer = m.once
	}
	if wanted, err := answer(ctx, round, give); err != nil || !wanted {
		return err
	}
	return m.proceed(ctx)
}

// asTheyCome gives the rows of a search that finds what there is to find in a record once it is read: what was written is known by the place.
func (m *retention) asTheyCome(ctx context.Context, round *follow.Round, give func(*column.Batch) bool) (wanted bool, err error) {
	rows, wanted := 0, true
	var failed error
	err = m.of.round(ctx, round, func(b *column.Batch) bool {
		if rows == 0 && b.Rows > 0 {
			failed = m.search.Write(0)
		}
		rows += b.Rows
		wanted = wanted && failed == nil && give(b)
		return wanted
	})
	if err = cmp.Or(failed, err); err != nil || !wanted {
		return wanted, err
	}
	m.advance(round.Inputs)
	if rows == 0 {
		return true, nil
	}
	if !give(whole()) {
		return false, nil
	}
	return true, m.search.Written(rows, m.now())
}

// once gives the rows of a search that may find something long after a record was read, or again: what was written is known by the records.
func (m *retention) once(ctx context.Context, round *follow.Round, give func(*column.Batch) bool) (wanted bool, err error) {
	found := &foundRows{}
	err = m.of.round(ctx, round, func(b *column.Batch) bool {
		found.add(b.Keep())
		return true
	})
	if err != nil {
		return true, err
	}
	m.advance(round.Inputs)
	list, err := found.known(ctx, m.of.session, m.rule, m.of.options(nil), m.zone)
	if err != nil {
		return true, err
	}
	again := m.search.Again
	fresh, told, err := m.search.Fresh(list)
	if err != nil || len(fresh) == 0 {
		return true, err
	}
	if n := m.search.Again - again; n > 0 {
		m.heed(source.Errors{source.Warnf(source.Span{}, "again", "%s given again, which the last run may have written", source.Count(n, "row or sequence"))})
	}
	for _, b := range found.of(fresh) {
		if !give(b) {
			return false, nil
		}
	}
	if !give(whole()) {
		return false, nil
	}
	return true, m.search.Told(told, m.now())
}
