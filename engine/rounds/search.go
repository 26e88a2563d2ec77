package rounds

import (
	"time"

	"spoor/engine/finding"
	"spoor/engine/state"
)

// Search is what is known of the rows of a search that follows logs, in this run and in earlier ones. What it tells is known by up to where logs were
// answered; rows that may come later than their records are known by these, too.
type Search struct {
	*Live
	Again int // how many rows or sequences the run gave that an earlier one may have written
}

// writing is the mark of what was about to be written. Its Run is the run that was, or 0 when that was written, and Until the end of a period.
const writing = "\x00writing"

// answered is the mark of the last period that was answered.
const answered = "\x00answered"

// NewSearch begins to tell what a search finds. The set is that of the logs and the search.
func NewSearch(store *state.Store, o Options) *Search { return &Search{Live: NewLive(store, 1, o)} }

// Cut says whether an earlier run ended while it wrote rows, and the end of the period of which they were; that is 0 if they were of none.
func (s *Search) Cut() (until int64, cut bool) {
	m := s.store.Mark(s.options.Set, writing)
	return m.Until, m.Run != 0
}

// Write says that rows are about to be written, of a period that ends then, or of none. Everything up to where logs were passed was written.
func (s *Search) Write(until int64) error {
	return s.commit(s.change(), state.Mark{Name: writing, Until: until, Run: s.run.ID})
}

// commit notes a change, and what is being written.
func (s *Search) commit(c state.Change, now state.Mark) error {
	if c.Marks == nil {
		c.Marks = map[string]state.Mark{}
	}
	c.Marks[writing] = now
	return s.store.Commit(s.run, c)
}

// Written says that so many rows were, and with them everything up to where logs were passed.
func (s *Search) Written(rows int, now time.Time) error {
	return s.written(s.change(), rows, now)
}

func (s *Search) written(c state.Change, rows int, now time.Time) error {
	s.run.New += rows
	s.run.Ended = now.UnixNano()
	return s.commit(c, state.Mark{Name: writing})
}

// Answered is the end of the last period that was answered; zero if none was.
func (s *Search) Answered() time.Time { return moment(s.store.Mark(s.options.Set, answered).Until) }

// Answer says that a period with so many rows was answered and written.
func (s *Search) Answer(end time.Time, rows int, now time.Time) error {
	return s.written(state.Change{Marks: map[string]state.Mark{answered: {Name: answered, Until: end.UnixNano()}}}, rows, now)
}

// Rows is a row, or those of a sequence, by which they are known again.
type Rows struct {
	Fingerprint state.Fingerprint
	Records     []finding.Record // on which they rest
}

// times is the first and the last time of the records.
func (r *Rows) times() (first, last int64) {
	for i, x := range r.Records {
		if i == 0 || x.Time < first {
			first = x.Time
		}
		last = max(last, x.Time)
	}
	return first, last
}

// Fresh says which of the rows are to be given, and notes that they are about to be. Those of records from before logs were followed are not.
func (s *Search) Fresh(list []Rows) (fresh []int, told []state.Told, err error) {
	prints := make([]state.Fingerprint, len(list))
	for i, r := range list {
		prints[i] = r.Fingerprint
	}
	known, err := s.store.Sightings(prints)
	if err != nil {
		return nil, nil, err
	}
	for i, r := range list {
		before, seen := known[r.Fingerprint]
		if seen && !before.Pending || s.before(r) {
			continue
		}
		if seen {
			s.Again++
		}
		first, last := r.times()
		sighting := state.Sighting{Rule: writing, First: first, Last: last, Told: s.run.Ended, Seen: 1}
		known[r.Fingerprint] = sighting
		fresh = append(fresh, i)
		told = append(told, state.Told{Fingerprint: r.Fingerprint, Sighting: sighting})
	}
	return fresh, told, s.store.Announce(s.run, told)
}

// before says whether rows rest on records from before logs were followed.
func (s *Search) before(r Rows) bool {
	_, last := r.times()
	return s.old(last, r.Records)
}

// Told says that rows were written that were about to be, and with them everything up to where logs were passed.
func (s *Search) Told(told []state.Told, now time.Time) error {
	c := s.change()
	c.Told = told
	s.run.New += len(told)
	s.run.Ended = now.UnixNano()
	return s.store.Commit(s.run, c)
}
