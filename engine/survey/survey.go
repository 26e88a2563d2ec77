// Package survey says what is in logs before anybody searches them: whose events there are, of which kinds and times, and where something is amiss,
// such as gaps in the numbers of records, silence, wrong clocks, and one machine under several names.
//
// It is one pass over the inputs. Each worker has a tally; what a log can choose freely (hosts, kinds, gaps) is bounded in each, and the tallies
// add up to the same whatever the number of workers.
package survey

import (
	"context"
	"slices"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/grammar/source"
)

// Options says what is surveyed, and how.
type Options struct {
	Inputs  input.Inputs
	Workers int
	Silence time.Duration  // what is told of a host is longer than this
	Host    string         // of events that name none
	Now     int64          // for lines that tell their time without a year, in nanoseconds since 1970
	Zone    *time.Location // for lines that tell their time without a zone; nil: UTC
}

// Survey is a pass over logs, and what it found.
type Survey struct {
	options  Options
	scan     *input.Scan
	found    *tally
	warnings source.Errors
}

// New prepares a survey.
func New(o Options) *Survey {
	s := &Survey{options: o, found: newTally(o.Silence)}
	s.scan = input.New(o.Inputs, input.Config{
		Demand: input.Demand{
			All: true, Text: true, JSON: true,
			Types: map[string]column.Kind{"UtcTime": column.Time, "SystemTime": column.Time, "EventRecordID": column.Int},
		},
		Host: o.Host, Now: o.Now, Zone: o.Zone,
		Warn: func(d *source.Diagnostic) { s.warnings = append(s.warnings, d) },
	})
	return s
}

// Run reads the inputs. What cannot be read is in the ledger; the error is the context's.
func (s *Survey) Run(ctx context.Context) error {
	tallies := make([]*tally, max(1, s.options.Workers))
	consumers := make([]input.Consumer, len(tallies))
	for i := range tallies {
		tallies[i] = newTally(s.options.Silence)
		consumers[i] = tallies[i].consume
	}
	if err := s.scan.Run(ctx, consumers); err != nil {
		return err
	}
	for i, t := range tallies {
		s.found.add(t)
		tallies[i] = nil // so that no more than two are full at a time
	}
	s.found.hosts.trim()
	for _, h := range s.each() {
		if h == s.found.hosts.rest {
			h.merge()
		} else {
			h.judge()
		}
	}
	return nil
}

// Ledger accounts for what was read.
func (s *Survey) Ledger() *input.Ledger { return s.scan.Ledger() }

// Progress is how many bytes were read so far, and how many there are; 0 if nobody knows it.
func (s *Survey) Progress() (done, total int64) { return s.scan.Bytes(), max(0, s.scan.Total()) }

// Diagnostics is what the user should know of the pass besides its rows.
func (s *Survey) Diagnostics() source.Errors {
	out := slices.Clone(s.warnings)
	if s.found.hosts.rest != nil {
		out = append(out, source.Warnf(source.Span{}, "limit-hosts", "there are more than %d hosts: those that come last by name are counted together, as %s", mostHosts, others).
			WithHint("survey the folders of some hosts at a time"))
	}
	return out
}
