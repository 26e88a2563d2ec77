package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"spoor/datamodels"
	"spoor/engine/why"
)

// spot is where the event that is asked about stands.
type spot struct {
	why.Place
	path      string
	temporary string // the file that holds what came from the standard input; empty if nothing did
}

// place reads --event.
func (o *inquiry) place(s *shell) (*spot, error) {
	if o.event == "" {
		return &spot{}, nil
	}
	out := &spot{path: o.event}
	name, line, ok := cutNumber(o.event, ':')
	switch {
	case ok && line > 0:
		out.path, out.Line = name, line
	case ok:
		return nil, usage("--event: lines are counted from 1, not from %d", line)
	default:
		if name, line, ok = cutNumber(o.event, '@'); ok && !exists(o.event) {
			out.path, out.Offset, out.ByOffset = name, line, true
		} else if o.event != "-" {
			return nil, usage("--event is FILE:LINE or FILE@OFFSET, not %q", o.event).hint("as findings print it: sysmon.json:17")
		}
	}
	if out.path != "-" {
		return out, nil
	}
	out.Line = max(out.Line, 1)
	if out.ByOffset {
		out.Line = 0
	}
	return out, out.spool(s)
}

// counted is the arguments without the number of --nearest, which need not stand behind an equals sign.
func (o *inquiry) counted(args []string) []string {
	for i, a := range args {
		if n, err := strconv.Atoi(a); err == nil && o.nearest > 0 && !exists(a) {
			o.nearest = n
			return slices.Delete(slices.Clone(args), i, i+1)
		}
	}
	return args
}

// cutNumber divides a text at the last such character, behind which there must be a number.
func cutNumber(text string, at byte) (before string, n int64, ok bool) {
	i := strings.LastIndexByte(text, at)
	if i < 0 {
		return "", 0, false
	}
	n, err := strconv.ParseInt(text[i+1:], 10, 64)
	return text[:i], n, err == nil && n >= 0
}

// mostSpooled is how much of the standard input is kept.
const mostSpooled = 1 << 30

// spool writes the standard input to a file: it is read more than once.
func (p *spot) spool(s *shell) error {
	in, err := s.piped()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp("", "spoor-event-")
	if err != nil {
		return err
	}
	defer f.Close()
	p.path, p.temporary = f.Name(), f.Name()
	n, err := io.Copy(f, io.LimitReader(in, mostSpooled+1))
	if err == nil && n > mostSpooled {
		err = usage("the standard input is longer than 1 GiB").hint("write it to a file, and ask about FILE:LINE")
	}
	if err != nil {
		p.remove()
	}
	return err
}

func (p *spot) remove() {
	if p.temporary != "" {
		_ = os.Remove(p.temporary)
	}
}

// paths is the file of the event; none if it is looked for.
func (p *spot) paths() []string {
	if p.path == "" {
		return nil
	}
	return []string{p.path}
}

// titles is what kinds of events are.
func titles() map[string]string {
	out := map[string]string{}
	for _, s := range datamodels.Builtin().Sources() {
		for _, k := range s.Kinds {
			out[k.Name] = k.Title
		}
	}
	return out
}

// answers answers the question.
func (o *inquiry) answers(ctx context.Context, q *why.Question, at *spot) ([]*why.Answer, error) {
	if o.nearest > 0 {
		return q.Nearest(ctx, o.nearest)
	}
	a, err := q.Ask(ctx, at.Place)
	if err != nil {
		return nil, err
	}
	return []*why.Answer{a}, nil
}

// asNoEvent says whether an error is that there is no event.
func asNoEvent(err error, to **why.NoEvent) bool { return errors.As(err, to) }
