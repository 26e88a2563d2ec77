package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/grammar/source"
)

// NoData says whether the run met no event that the search could be about: none of its dataset, or of its window.
func (r *Result) NoData() bool { return r.absence() != nil }

// absence explains an answer without data: what was there instead. Nil if there was data.
func (r *Result) absence() *source.Diagnostic {
	total := r.Ledger().Total
	events := total.Events()
	earliest, latest, bounded := r.program.Window()
	switch {
	case events == 0:
		what := "events"
		if d := r.program.Dataset(); d != "" {
			what = "events of the dataset " + d
		}
		return source.Warnf(source.Span{}, NoData, "the input holds no %s: %s", what, instead(&total))
	case bounded && events <= total.OutOfWindow+total.NoTime && total.PassedOver == 0:
		return source.Warnf(source.Span{}, NoData, "no event lies in the window from %s to %s: %s",
			instant(earliest), instant(latest), span(&total))
	}
	return nil
}

func instant(ns int64) string {
	switch ns {
	case column.Beginning:
		return "the beginning"
	case column.End:
		return "the end"
	}
	return column.FormatTime(ns, nil)
}

func span(c *input.Count) string {
	if c.First == 0 && c.Last == 0 {
		return "the events have no time"
	}
	return fmt.Sprintf("the data spans %s to %s", instant(int64(c.First)), instant(int64(c.Last)))
}

// instead lists what was met.
func instead(c *input.Count) string {
	var parts []string
	count := func(n int64, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	count(c.Unwanted, "events of other kinds")
	count(c.Foreign, "events of other providers")
	count(c.Other, "lines of other programs")
	for _, name := range slices.Sorted(maps.Keys(c.Unsupported)) {
		count(c.Unsupported[name], name+" records, which are not read yet")
	}
	count(c.Lost, "events whose text was lost")
	count(c.Unreadable, "unreadable records")
	count(c.Unfinished, "unfinished records")
	if len(parts) == 0 {
		return "it is empty"
	}
	return "it has " + strings.Join(parts, ", ")
}
