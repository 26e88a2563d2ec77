// Package lint says what is wrong with detection rules before they run: what does not compile, what can never match, what a message asks for in
// vain. Each check is a file, and an entry in the table of checks.
package lint

import (
	"cmp"
	"slices"

	"spoor/engine"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// Problem is something that a check found. The code of its diagnostic is that of the check.
type Problem struct {
	*source.Diagnostic
	Rule *rules.Rule // nil if it is about none
}

// Place is the file, line and column; the file is empty if the problem has no place.
func (p Problem) Place() (file string, line, col int) {
	where, _ := p.Span.User()
	if where.IsZero() {
		if p.Rule == nil {
			return "", 0, 0
		}
		where = p.Rule.At
	}
	line, col = where.Position()
	return where.Text.Name, line, col
}

// pack is the rules under examination.
type pack struct {
	compiled []engine.Compiled
	options  engine.Options
	out      []Problem
}

// subject is a rule under examination. The program is nil if it does not compile.
type subject struct {
	*pack
	rule    *rules.Rule
	program *engine.Program
	code    string
	level   source.Severity
}

// warn reports a problem of the rule.
func (s *subject) warn(at source.Span, format string, args ...any) *source.Diagnostic {
	d := source.Warnf(at, s.code, format, args...)
	d.Severity = s.level
	s.out = append(s.out, Problem{d, s.rule})
	return d
}

// Run checks rules. Said is what was said when they were loaded. The problems are in the order of their places; those that the rules ask
// to ignore are left out.
func Run(list []*rules.Rule, said source.Errors, o engine.Options) []Problem {
	p := &pack{compiled: engine.CompileRules(list, o), options: o}
	comments := newIgnores(list)
	for _, d := range said {
		p.classify(d, nil)
	}
	for i, found := range p.out {
		p.out[i].Rule = comments.ruleOf(found.Span)
	}
	for _, c := range p.compiled {
		for _, d := range c.Errors {
			if !meant(d, c) {
				p.classify(d, c.Rule)
			}
		}
		for _, check := range checks {
			if check.rule != nil && (c.Program != nil || check.uncompiled) {
				check.rule(&subject{p, c.Rule, c.Program, check.Code, check.Severity})
			}
		}
	}
	for _, check := range checks {
		if check.pack != nil {
			check.pack(&subject{pack: p, code: check.Code, level: check.Severity})
		}
	}
	out := comments.drop(p.out)
	slices.SortStableFunc(out, func(a, b Problem) int {
		af, al, ac := a.Place()
		bf, bl, bc := b.Place()
		return cmp.Or(cmp.Compare(af, bf), cmp.Compare(al, bl), cmp.Compare(ac, bc), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(out, same)
}

// same says whether two problems are one, found twice.
func same(a, b Problem) bool {
	af, al, ac := a.Place()
	bf, bl, bc := b.Place()
	return a.Code == b.Code && a.Message == b.Message && af == bf && al == bl && ac == bc
}

// Worst is the severity of the worst problem; ok is false if there is none.
func Worst(problems []Problem) (worst source.Severity, ok bool) {
	for _, p := range problems {
		worst = max(worst, p.Severity)
	}
	return worst, len(problems) > 0
}
