package main

import (
	"context"
	"slices"

	"github.com/spf13/pflag"

	"spoor/engine/detect"
	"spoor/engine/rules"
)

// judged is the flag that lets rules be judged by data.
type judged struct {
	data []string
	period
	memory
}

func (o *judged) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&o.data, "data", nil, "run the rules over the file, folder or pattern `PATH`, or the standard input with `-`, and say how each fares (repeatable)")
	o.period.flags(f)
	o.memory.flags(f)
}

// outcomes is what came of the rules; nil without data.
func (o *judged) outcomes(ctx context.Context, s *shell, p *pack, chosen []*rules.Rule) (map[*rules.Rule]*detect.Outcome, exit, error) {
	if err := o.period.check(); err != nil || len(o.data) == 0 {
		return nil, done, err
	}
	in, err := s.resolve(o.data)
	if err != nil {
		return nil, misused, err
	}
	r := &report{shell: s, quiet: true}
	code := r.problems(in, nil)
	options, err := o.period.options(ctx, s, in)
	if err != nil {
		return nil, misused, err
	}
	if _, err := p.options(s, &options.Compile); err != nil {
		return nil, misused, err
	}
	o.memory.apply(&options.Run)
	answer := detect.Run(ctx, chosen, options)
	if ctx.Err() != nil {
		return nil, interrupted, interrupted
	}
	out := map[*rules.Rule]*detect.Outcome{}
	for _, x := range answer.Outcomes {
		out[x.Rule] = x
	}
	list := slices.Concat(answer.Warnings, answer.Ledger.Errors())
	r.diagnostics(list)
	return out, code.or(severest(list)), nil
}
