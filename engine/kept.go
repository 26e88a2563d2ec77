package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/op"
)

// Whereabouts knows, from earlier runs, where in inputs processes start and end.
type Whereabouts = op.Whereabouts

// kept is how the program asks for what earlier runs knew of where processes start; nil if nobody knows.
func (p *Program) kept(o RunOptions) *op.Kept {
	if o.Starts == nil {
		return nil
	}
	scan := p.scanning(o)
	scan.Unique, scan.Again = false, true
	var under strings.Builder
	fmt.Fprintf(&under, "%q %q", scan.Host, scan.Source)
	for _, family := range slices.Sorted(maps.Keys(scan.Sourcetypes)) {
		fmt.Fprintf(&under, " %q:%q", family, scan.Sourcetypes[family])
	}
	open := func(ordinal int, within input.Range, d input.Demand) (op.Scanner, error) {
		in, one := o.Inputs[ordinal], scan
		in.Index, in.Bounds, one.Demand = nil, &within, d
		return stretch{input.New(input.Inputs{in}, one)}, nil
	}
	return &op.Kept{Whereabouts: o.Starts, Under: under.String(), Open: open}
}

// stretch is a scan of a part of an input, which must be read to its end.
type stretch struct{ *input.Scan }

func (s stretch) Run(ctx context.Context, consumers []func(string, *column.Batch) (bool, error)) error {
	list := make([]input.Consumer, len(consumers))
	for i, c := range consumers {
		list[i] = c
	}
	if err := s.Scan.Run(ctx, list); err != nil {
		return err
	}
	if why := s.Ledger().Files[0].Failed; why != "" {
		return errors.New(why)
	}
	return nil
}
