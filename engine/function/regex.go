package function

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"

	"spoor/grammar/source"
)

// Regex is a compiled regular expression. It may be used by several workers at once. With look-around or back references, a text whose
// matching takes too long is given up, and taken for no match.
type Regex interface {
	// MatchString says whether some part of s matches.
	MatchString(s string) bool
	// Find is up to n matches, or all if n < 0. A match is pairs of byte offsets: of the whole, then of each group; -1 for a group that
	// took no part.
	Find(s string, n int) [][]int
	// Names is the names of the groups by number, "" for one without a name and for the whole match, which is number 0.
	Names() []string
	// ReplaceAll replaces all matches by the template, in which \1 is the first group and \0 the whole match;
	// false if the result is too long.
	ReplaceAll(s, template string) (string, bool)
}

// CompileRegex compiles a regular expression in PCRE's syntax. Those that run in linear time are run so; look-around and back references
// are matched by backtracking, with a time limit per text. A possessive quantifier is taken for a greedy one.
// A pattern that holds XML entities also matches as if they were decoded.
func CompileRegex(pattern string, at source.Span) (Regex, *source.Diagnostic) {
	r, err := compileRegex(pattern)
	if err != nil {
		return nil, source.Errorf(at, "bad-regex", "the regular expression does not compile: %s", err).
			WithHint("in a quoted string, write \\\\ for a backslash of the expression")
	}
	decoded := replaceEntities(pattern, regexp.QuoteMeta)
	if decoded == pattern {
		return r, nil
	}
	if second, err := compileRegex(decoded); err == nil {
		return either{r, second}, nil
	}
	return r, nil
}

// Regex compiles a regular expression for a query that runs: the first text that is given up is reported, for rows may be missing.
func (e *Env) Regex(pattern string, at source.Span) (Regex, *source.Diagnostic) {
	r, diag := CompileRegex(pattern, at)
	if diag == nil && e != nil && e.Warn != nil {
		watch(r, sync.OnceFunc(func() {
			e.Warn(source.Errorf(at, "limit", "matching was given up for a text after %d ms: rows may be missing", patience.Milliseconds()).
				WithHint("look-around and back references can take very long: write the regular expression without them"))
		}))
	}
	return r, diag
}

// constant is the expression of a constant argument, or nil if the argument is not constant.
func (e *Env) constant(arg Arg) (Regex, *source.Diagnostic) {
	if arg.Const == nil || arg.Const.IsNull() {
		return nil, nil
	}
	return e.Regex(arg.Const.String(), arg.Span)
}

// watch sees to it that f is called when a text is given up.
func watch(r Regex, f func()) {
	switch r := r.(type) {
	case *backtracking:
		r.gaveUp = f
	case either:
		watch(r.written, f)
		watch(r.decoded, f)
	}
}

func compileRegex(pattern string) (Regex, error) {
	re, err := regexp.Compile(pattern)
	if err == nil {
		return linear{re}, nil
	}
	var refused *syntax.Error
	if !errors.As(err, &refused) {
		return nil, err
	}
	switch refused.Code {
	case syntax.ErrNestingDepth, syntax.ErrLarge, syntax.ErrMissingParen, syntax.ErrUnexpectedParen, syntax.ErrMissingBracket, syntax.ErrInternalError:
		return nil, reason(refused)
	}
	translated := translate(pattern)
	if re, err := regexp.Compile(translated); err == nil {
		return linear{re}, nil
	}
	slow, err := regexp2.Compile(translated, regexp2.RE2, regexp2.OptionMaintainCaptureOrder())
	if err != nil {
		return nil, reason(refused)
	}
	slow.MatchTimeout = patience
	return &backtracking{re: slow}, nil
}

func reason(e *syntax.Error) error {
	return errors.New(e.Code.String() + ": " + short(e.Expr))
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

type linear struct{ re *regexp.Regexp }

func (l linear) MatchString(s string) bool    { return l.re.MatchString(s) }
func (l linear) Find(s string, n int) [][]int { return l.re.FindAllStringSubmatchIndex(s, n) }
func (l linear) Names() []string              { return l.re.SubexpNames() }
func (l linear) ReplaceAll(s, template string) (string, bool) {
	return replaceAll(s, template, l.Find(s, -1))
}

const (
	patience  = 250 * time.Millisecond // per text
	tolerance = 20                     // texts; then the expression is given up
)

// backtracking is an expression that the linear engine refused.
type backtracking struct {
	re       *regexp2.Regexp
	timeouts atomic.Int64
	gaveUp   func() // called for each text that was given up; may be nil
}

func (b *backtracking) giveUp() {
	b.timeouts.Add(1)
	if b.gaveUp != nil {
		b.gaveUp()
	}
}

func (b *backtracking) MatchString(s string) bool {
	if b.timeouts.Load() > tolerance {
		b.giveUp()
		return false
	}
	ok, err := b.re.MatchString(s)
	if err != nil {
		b.giveUp()
	}
	return ok && err == nil
}

func (b *backtracking) Find(s string, n int) [][]int {
	if n == 0 {
		return nil
	}
	if b.timeouts.Load() > tolerance {
		b.giveUp()
		return nil
	}
	runes, offsets := make([]rune, 0, len(s)), make([]int, 0, len(s)+1)
	for i, r := range s {
		runes, offsets = append(runes, r), append(offsets, i)
	}
	offsets = append(offsets, len(s))
	var out [][]int
	err := b.re.FindRunesMatches(runes, 0, func(m regexp2.MatchView) bool {
		at := make([]int, 0, 2*m.GroupCount())
		for g := range m.GroupCount() {
			start, length, ok := m.GroupRange(g)
			if !ok {
				at = append(at, -1, -1)
				continue
			}
			at = append(at, offsets[start], offsets[start+length])
		}
		out = append(out, at)
		return n < 0 || len(out) < n
	})
	if err != nil {
		b.giveUp()
		return nil
	}
	return out
}

func (b *backtracking) Names() []string {
	names := b.re.GetGroupNames()
	for i, n := range names {
		if strings.Trim(n, "0123456789") == "" {
			names[i] = ""
		}
	}
	return names
}

func (b *backtracking) ReplaceAll(s, template string) (string, bool) {
	return replaceAll(s, template, b.Find(s, -1))
}

// either is a pattern as written and with its entities decoded, which have the same groups.
type either struct{ written, decoded Regex }

func (e either) MatchString(s string) bool {
	return e.written.MatchString(s) || e.decoded.MatchString(s)
}
func (e either) Names() []string { return e.written.Names() }

func (e either) Find(s string, n int) [][]int {
	if found := e.written.Find(s, n); len(found) > 0 {
		return found
	}
	return e.decoded.Find(s, n)
}

func (e either) ReplaceAll(s, template string) (string, bool) {
	return replaceAll(s, template, e.Find(s, -1))
}
