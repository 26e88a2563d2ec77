package token

import (
	"maps"
	"sort"

	"spoor/grammar/source"
)

// The limits that hold before anything is parsed, and for what is reported.
const (
	MaxLength = 4 << 20 // bytes of a text
	MaxTokens = 300_000 // words and signs
	MaxDepth  = 500     // parentheses and brackets inside each other
	MaxErrors = 20      // diagnostics of one text
	MaxChain  = 100_000 // operands of one chain of operators
)

// Report collects diagnostics and keeps one mistake from being told twice: after an error in the tokens of a part, such as a
// command, the grammar's complaints about that part are echoes.
type Report struct {
	errs    source.Errors
	parts   []int        // of each token: the part in which it stands
	broken  map[int]bool // parts that have an error
	before  map[int]bool // broken, as it was before the grammar had its say
	checked int          // diagnostics before the grammar had its say
	unknown int          // the token from which on nothing can be said: an opening bracket or quote that is never closed
}

// enough is how many diagnostics are collected before nobody looks for more; of these, the first are shown.
const enough = 5 * MaxErrors

// Divide says in which part each token stands.
func (r *Report) Divide(parts []int) {
	r.parts, r.broken, r.unknown = parts, map[int]bool{}, len(parts)
}

// Add adds a diagnostic, unless it is nil.
func (r *Report) Add(d *source.Diagnostic) {
	if d != nil && !r.Full() {
		r.errs = append(r.errs, d)
	}
}

// Only replaces all diagnostics by one.
func (r *Report) Only(d *source.Diagnostic) { r.errs = source.Errors{d} }

// Full says that nobody needs to look for more.
func (r *Report) Full() bool { return len(r.errs) >= enough }

// Failed says whether there was an error.
func (r *Report) Failed() bool { return r.errs.Failed() }

// At adds an error about a token, unless it is nil or its part has one already.
func (r *Report) At(tok Token, d *source.Diagnostic) {
	if d != nil && !r.Echo(tok) {
		r.Each(tok, d)
	}
}

// Each adds an error about a token, one of several that its part may have.
func (r *Report) Each(tok Token, d *source.Diagnostic) {
	r.Break(tok)
	r.Add(d)
}

// Break says that what is wrong with the part of the token is told.
func (r *Report) Break(tok Token) { r.broken[r.parts[tok.GetTokenIndex()]] = true }

// Echo says that an error at the token would be that of another one.
func (r *Report) Echo(tok Token) bool {
	i := tok.GetTokenIndex()
	return i < 0 || i >= min(r.unknown, len(r.parts)) || r.broken[r.parts[i]]
}

// Blind says that nothing can be said from the token on.
func (r *Report) Blind(tok Token) { r.unknown = min(r.unknown, tok.GetTokenIndex()) }

// Enough says that nothing that is still to be found at the token or behind it will be told.
func (r *Report) Enough(tok Token) bool { return r.Full() || tok.GetTokenIndex() >= r.unknown }

// Checked ends what is said before the grammar has its say.
func (r *Report) Checked() { r.checked, r.before = len(r.errs), maps.Clone(r.broken) }

// Forget drops what the grammar said.
func (r *Report) Forget() {
	r.errs = r.errs[:r.checked]
	r.broken = maps.Clone(r.before)
}

// Sorted is what there is to say, in the order of places, and no more of it than anybody reads.
func (r *Report) Sorted() source.Errors {
	sort.SliceStable(r.errs, func(i, j int) bool { return r.errs[i].Span.Start < r.errs[j].Span.Start })
	if more := len(r.errs) - MaxErrors; more > 0 {
		failed := r.errs.Failed()
		sort.SliceStable(r.errs, func(i, j int) bool { return r.errs[i].Severity > r.errs[j].Severity })
		r.errs = r.errs[:MaxErrors]
		last := source.Warnf(r.errs[0].Span, "too-many", "left out: %s", source.Count(more, "more message"))
		if more+MaxErrors >= enough {
			last.Message = "left out: many more messages"
		}
		if failed {
			last.Severity = source.Note
		}
		r.errs = append(r.errs, last)
	}
	return r.errs
}
