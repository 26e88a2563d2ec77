package eql

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// endgame is the complaint about what only Endgame's older EQL has.
func endgame(at source.Span, what, hint string, args ...any) *source.Diagnostic {
	return source.Errorf(at, "endgame-only", "%s: that was Endgame's EQL", what).WithHint(hint, args...)
}

// otherLanguage recognises a query that is none of EQL from how it begins.
func otherLanguage(t *tokens) *source.Diagnostic {
	first, word := t.here(0), t.word(0)
	complain := func(language, hint string) *source.Diagnostic {
		return source.Errorf(first, "other-language", "this is %s, not EQL", language).WithHint("%s", hint)
	}
	second := t.at(1)
	switch {
	case t.at(0) == gen.EQLLexerPIPE, word != "" && second == gen.EQLLexerEQ, strings.EqualFold(word, "search") && second != gen.EQLLexerWHERE:
		return complain("SPL", "run it with `spoor search`; an EQL query begins like `process where`")
	case strings.HasPrefix(word, "`") && second != gen.EQLLexerWHERE:
		return complain("SPL", "run it with `spoor search`, which knows macros; an EQL query begins like `process where`")
	case strings.EqualFold(word, "from") && second == gen.EQLLexerNAME:
		return complain("ES|QL", "an EQL query begins like `process where`")
	case word != "" && second == gen.EQLLexerCOLON:
		return complain("KQL", "write `any where` before the condition, and put its texts in double quotes")
	}
	return nil
}

// foreign reports words that are none of EQL where they stand.
func (r *report) foreign(t *tokens, i int) {
	tok, at, word := t.seen[i], t.here(i), t.word(i)
	switch kind := t.at(i); {
	case kind == gen.EQLLexerNAME || kind == gen.EQLLexerCASELESS:
		if lower := strings.ToLower(t.Text(tok)); lower != t.Text(tok) && (ast.Reserved(strings.TrimSuffix(lower, "~")) || i == 0 && t.startsJoint(lower)) {
			r.Each(tok, source.Errorf(at, "capitals", "the words of EQL are in lower case: %s would be a name", token.Tick(t.Text(tok))).
				WithHint("write `%s`; a field of that name stands in backticks", lower))
		}
	case kind == gen.EQLLexerCOLON:
		r.method(t, i)
	}
	switch next := t.at(i + 1); {
	case (word == "child" || word == "descendant" || word == "event") && t.word(i+1) == "of":
		r.At(tok, endgame(at.To(t.here(i+1)), "lineage such as `"+word+" of`", "join the events in a sequence by process.entity_id and process.parent.entity_id"))
	case i == 0 && word == "join" && (next == gen.EQLLexerBY || next == gen.EQLLexerLBRACK || next == gen.EQLLexerWITH):
		r.At(tok, endgame(at, "`join`", "`sample by` finds events of the same keys in any order"))
	case word == "fork" && t.behindItem(i):
		r.At(tok, endgame(at, "`fork`", "leave it out"))
	case word == "as" && t.behindItem(i):
		r.At(tok, endgame(at, "an alias", "leave it out: items have no names"))
	}
}

// startsJoint says that the first word is meant to begin a sequence or a sample, or is `any`.
func (t *tokens) startsJoint(lower string) bool {
	next := t.at(1)
	return lower == "any" || (lower == "sequence" || lower == "sample") && next != gen.EQLLexerWHERE
}

// behindItem says that the i-th visible token stands behind an item, where only `by`, `with` and `until` do.
func (t *tokens) behindItem(i int) bool {
	return t.at(i-1) == gen.EQLLexerRBRACK && !t.indexes(i-3) || t.at(i+1) == gen.EQLLexerLBRACK && !t.indexes(i+1) && t.at(i-1) == gen.EQLLexerNAME
}

// method reports `field:function(...)`.
func (r *report) method(t *tokens, i int) {
	if next := t.at(i + 1); next != gen.EQLLexerNAME && next != gen.EQLLexerCASELESS || t.at(i+2) != gen.EQLLexerLPAREN {
		return
	}
	name, on := t.Text(t.seen[i+1]), "field"
	if k := t.at(i - 1); k == gen.EQLLexerNAME {
		on = t.Text(t.seen[i-1])
	}
	rest := ", ...)"
	if t.at(i+3) == gen.EQLLexerRPAREN {
		rest = ")"
	}
	r.At(t.seen[i], endgame(t.here(i).To(t.here(i+1)), "a method", "call the function: %s(%s%s", name, on, rest))
}

// endgamePipes is what to write in place of the pipes that only Endgame has, behind `spoor search '| eql "..."`.
var endgamePipes = map[string]string{
	"count":        "| stats count",
	"unique":       "| dedup field",
	"unique_count": "| stats count by field",
	"filter":       "| where condition",
	"sort":         "| sort field",
	"window":       "",
}

// pipe reports pipes with nothing behind them, and those that EQL does not have.
func (r *report) pipe(t *tokens, i int) {
	tok, at := t.seen[i], t.here(i)
	if t.at(i-1) == gen.EQLLexerPIPE && token.Adjoin(t.seen[i-1], tok) {
		r.Break(tok) // the second half of ||
		return
	}
	if t.at(i+1) == gen.EQLLexerPIPE {
		d := source.Errorf(at.To(t.here(i+1)), "empty-pipe", "nothing stands between these pipes")
		if token.Adjoin(tok, t.seen[i+1]) {
			d = source.Errorf(d.Span, "unexpected", "unexpected `||`").WithHint("alternatives are joined by `or`")
		}
		r.At(tok, d)
		return
	}
	if t.at(i+1) == antlr.TokenEOF {
		r.At(tok, source.Errorf(at, "empty-pipe", "nothing follows this pipe").WithHint("expected `head` or `tail` with a number"))
		return
	}
	name := t.word(i + 1)
	if name == "head" || name == "tail" {
		return
	}
	here, next := t.here(i+1), t.seen[i+1]
	lower := strings.ToLower(here.String())
	if instead, known := endgamePipes[lower]; known {
		hint := "EQL's pipes are `head` and `tail`"
		if instead != "" {
			hint += "; for the rest: spoor search '| eql \"...\" " + instead + "'"
		}
		r.At(next, endgame(here, "the pipe "+token.Tick(lower), "%s", hint))
		return
	}
	d := source.Errorf(here, "unknown-pipe", "unknown pipe %s", token.Tick(here.String())).
		WithHint("EQL's pipes are `head` and `tail`; for commands of SPL: spoor search '| eql \"...\" | stats ...'")
	if closest := source.Suggest(lower, []string{"head", "tail"}); closest != "" {
		d.Hint = closest
	}
	r.At(next, d)
}
