package detect

import (
	"context"

	"spoor/engine"
	"spoor/engine/finding"
	"spoor/engine/input"
)

// Held counts what is held for later rounds.
func (l *Live) Held() (out engine.Held) {
	if l.session != nil {
		out = l.session.Held()
	}
	return out
}

// Records reads the records that stand at some offsets of inputs, by the inputs' places among them: what is known of each, and its identity. They are
// given by packed position. Of inputs that can be read only once it knows nothing.
func Records(ctx context.Context, in input.Inputs, offsets map[int][]int64, o Options) (map[int64]finding.Record, error) {
	o.Run.Inputs, o.Keyed = in, true
	r := &Report{options: o, records: map[int64]finding.Record{}}
	if !in.Files() || len(offsets) == 0 {
		return r.records, nil
	}
	err := r.read(ctx, offsets)
	return r.records, err
}
