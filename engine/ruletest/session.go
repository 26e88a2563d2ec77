package ruletest

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"time"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/rules"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// session is tests that one reading of the logs serves.
type session struct {
	data                          []string
	sourcetype, source, host, now string
	tests                         []*Result
}

// sessions puts tests together that are not settled.
func sessions(list []*Result) (out []*session) {
	known := map[string]*session{}
	for _, r := range list {
		if r.Status != "" {
			continue
		}
		key := strings.Join(append([]string{r.Sourcetype, r.Source, r.Host, r.Now}, r.Data...), "\x00")
		if known[key] == nil {
			known[key] = &session{data: r.Data, sourcetype: r.Sourcetype, source: r.Source, host: r.Host, now: r.Now}
			out = append(out, known[key])
		}
		known[key].tests = append(known[key].tests, r)
	}
	return out
}

// run settles the tests.
func (s *session) run(ctx context.Context, o detect.Options) {
	in, errs := input.Resolve(s.data, nil)
	if errs.Failed() {
		s.broken(errs)
		return
	}
	if !in.Files() {
		s.broken(source.Errors{source.Errorf(source.Span{}, "no-file", "what is read must be files: a pipe can be read only once")})
		return
	}
	if problem := s.settle(ctx, in, &o); problem != nil {
		s.broken(source.Errors{problem})
		return
	}
	report := detect.Run(ctx, s.rules(), o)
	if errs := slices.Concat(report.Ledger.Errors(), report.Warnings); errs.Failed() {
		s.broken(errs)
		return
	}
	found := map[*rules.Rule][]*finding.Finding{}
	for f, err := range report.Findings() {
		if err != nil {
			s.broken(source.Errors{source.Errorf(source.Span{}, "unreadable", "%s", err)})
			return
		}
		found[f.Rule] = append(found[f.Rule], f)
	}
	for _, x := range report.Outcomes {
		for _, r := range s.tests {
			if r.Rule == x.Rule {
				r.judge(x, found[x.Rule])
			}
		}
	}
}

// settle says in the options what is read, and when that is.
func (s *session) settle(ctx context.Context, in input.Inputs, o *detect.Options) *source.Diagnostic {
	o.Run.Inputs, o.Run.Host, o.Run.Source = in, s.host, s.source
	o.Run.Sourcetypes, o.Compile.Sourcetypes = nil, nil
	if s.sourcetype != "" {
		o.Run.Sourcetypes = map[string]string{"": s.sourcetype}
		o.Compile.Sourcetypes = o.Run.Sourcetypes
	}
	ns, ok, err := input.Newest(ctx, in, runtime.GOMAXPROCS(0))
	if err != nil {
		return source.Errorf(source.Span{}, "unreadable", "%s", err)
	}
	if o.Compile.Now = time.Unix(0, 0).UTC(); ok {
		o.Compile.Now = time.Unix(0, ns).UTC() // the answer must not depend on when the test runs
	}
	if o.Scheduled = s.now != ""; o.Scheduled {
		zone := o.Compile.Zone
		if zone == nil {
			zone = time.UTC
		}
		if o.Compile.Now, err = timerange.Parse(s.now, o.Compile.Now, zone); err != nil {
			return source.Errorf(source.Span{}, "bad-time", "now: %s", err)
		}
	}
	return nil
}

// rules is the rules of the tests, each once.
func (s *session) rules() (out []*rules.Rule) {
	for _, r := range s.tests {
		if !slices.Contains(out, r.Rule) {
			out = append(out, r.Rule)
		}
	}
	return out
}

func (s *session) broken(errs source.Errors) {
	for _, r := range s.tests {
		for _, d := range errs {
			if d.Severity == source.Error {
				r.end(Broken, plain(d))
			}
		}
	}
}

// judge compares what a rule found with what it must find.
func (r *Result) judge(x *detect.Outcome, found []*finding.Finding) {
	r.Verdict, r.Findings = x.Verdict, len(found)
	if x.Verdict == detect.Unsupported || x.Verdict == detect.Failed {
		r.end(Broken, x.Reasons...)
		return
	}
	for _, d := range x.Problems {
		if engine.Lost(d) {
			r.Reasons = append(r.Reasons, plain(d))
		}
	}
	r.counted(x, found)
	for _, why := range missed(r.Expect, found) {
		r.end(Fail, why)
	}
	if r.Status == "" {
		r.Status = Pass
	}
}
