package plan

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
)

// needles is texts of which an event holds at least one if the condition is true of it: those of the conjunct whose texts are the most
// selective. Nil if no conjunct has any.
func needles(cond Expr, fold Folder) []string {
	var best []string
	for _, c := range Conjuncts(cond) {
		if n := anyOf(c, fold); n != nil && (best == nil || worth(n) > worth(best) || worth(n) == worth(best) && len(n) < len(best)) {
			best = n
		}
	}
	return best
}

// needlesOf is the needles of events of one kind. If they tell little, the name of a field that such an event must have may tell more.
func needlesOf(kind Kind, cond Expr, fold Folder) (best []string, byName bool) {
	best = needles(cond, fold)
	if best != nil && worth(best) > 0 {
		return best, false
	}
	for _, c := range Conjuncts(cond) {
		for _, name := range Fields(c, nil) {
			if slices.Contains(kind.Own, name) && required(name, c, fold) && (best == nil || len(name)-longest/2 > worth(best)) {
				best, byName = []string{name}, true
			}
		}
	}
	return best, byName
}

// required says whether a condition cannot be true of an event without the field.
func required(name string, cond Expr, fold Folder) bool {
	without := fold.Fold(Rewrite(cond, func(f *Field) Expr {
		if f.Name == name {
			return &Const{Span: f.Span}
		}
		return nil
	}))
	c, ok := without.(*Const)
	return ok && !c.V.True()
}

// worth is greater for texts that few records hold: for long ones, and for those that are no part of what every record is made of.
func worth(needles []string) int {
	n := shortest(needles)
	for _, text := range needles {
		if strings.Contains(commonplace, strings.ToLower(text)) {
			return n - longest
		}
	}
	return n
}

const longest = 1 << 20 // more than any needle

// commonplace is names and values that many records hold, whatever they tell.
const commonplace = "event.category event.type event.action event.kind event.dataset endpoint.events.process endpoint.events.network endpoint.events.file " +
	"host.os.type host.name linux-sysmon/operational connection_attempted connection_accepted creation deletion change exec fork start end info " +
	"processguid processid image commandline currentdirectory logonguid logonid terminalsessionid integritylevel parentprocessguid parentprocessid " +
	"parentimage parentcommandline parentuser sha256 0000-000000000000 " +
	"process.parent.executable command_line working_directory entity_id session_leader group_leader entry_leader interactive args_count ubuntu root true false path sysmon"

// anyOf is texts of which an event holds at least one if e is true of it.
func anyOf(e Expr, fold Folder) []string {
	call, ok := e.(*Call)
	if !ok {
		return nil
	}
	if fold.Memory == nil || len(call.Args) <= wideFrom {
		return textsOf(call, fold)
	}
	return slices.Clone(fold.Memory.textsOf(e, func() []string { return textsOf(call, fold) }))
}

func textsOf(call *Call, fold Folder) []string {
	if isAnd(call) {
		return needles(call, fold)
	}
	if call.Func.Name == "or" && call.Func.Lang == function.SPL {
		var all []string
		for _, a := range call.Args {
			n := anyOf(a, fold)
			if n == nil {
				return nil
			}
			all = append(all, n...)
		}
		return minimal(all)
	}
	if call.Func.Name == "holds" && call.Func.Lang == function.EQL || call.Func.Name == "perhaps" { // of groups that are asked again
		return anyOf(call.Args[0], fold)
	}
	if call.Func.Requires == nil {
		return nil
	}
	r, ok := call.Func.Requires(BindArgs(call))
	if !ok {
		return nil
	}
	holds := func(v column.Value) bool { // could the predicate hold for this constant?
		args := append([]Expr(nil), call.Args...)
		args[r.Arg] = &Const{V: v}
		c, ok := fold.Fold(&Call{call.Func, args, call.Span}).(*Const)
		return !ok || c.V.True()
	}
	words, ok := carried(call.Args[r.Arg], holds, fold)
	if !ok {
		return nil
	}
	out := make([]string, len(r.AnyOf))
	for i, text := range r.AnyOf {
		if out[i] = safePiece(text, words); len(out[i]) < shortestUseful {
			return nil
		}
	}
	return minimal(out)
}

// carried says whether any text found in the expression's value is found in the raw record too. If words is true that holds only for
// runs without blanks and colons. holds tells whether a constant in place of the expression could make the predicate true on its own.
func carried(e Expr, holds func(column.Value) bool, fold Folder) (words, ok bool) {
	switch e := e.(type) {
	case *Field:
		return false, !made[e.Name]
	case *Const:
		return false, e.V.IsNull() || !holds(e.V)
	case *Call:
		args := e.Args
		switch {
		case e.Func.Lang != function.SPL && e.Func.Lang != function.EQL:
			return false, false
		case e.Func.Name == "if":
			args = e.Args[1:]
		case e.Func.Name == "case":
			args = nil
			for i := 1; i < len(e.Args); i += 2 {
				args = append(args, e.Args[i])
			}
		case e.Func.Name == "coalesce":
		case e.Func.Carry(BindArgs(e)) == function.NoCarry || len(args) == 0:
			return false, false
		default:
			if e.Func.MaxArgs >= 0 {
				args = args[:1]
			}
			holds = through(e, len(args), holds, fold)
		}
		words = e.Func.Carry(BindArgs(e)) == function.Words
		for _, a := range args {
			w, ok := carried(a, holds, fold)
			if !ok {
				return false, false
			}
			words = words || w
		}
		return words, true
	}
	return false, false
}

// through tells whether a constant in place of one of the first arguments of a call could make the predicate true.
func through(call *Call, first int, holds func(column.Value) bool, fold Folder) func(column.Value) bool {
	return func(v column.Value) bool {
		for i := range first {
			args := append([]Expr(nil), call.Args...)
			args[i] = &Const{V: v}
			c, ok := fold.Fold(&Call{call.Func, args, call.Span}).(*Const)
			if !ok || holds(c.V) {
				return true
			}
		}
		return false
	}
}

// made is the columns that the scan makes: their text need not stand in the record.
var made = map[string]bool{"_time": true, "source": true, "sourcetype": true, "_file": true, "_offset": true, "host": true, EventTime: true, Position: true}

// safePiece is the longest piece of a text without bytes that some format writes in another way (and, for words, without blanks and colons).
func safePiece(text string, words bool) string {
	best := ""
	for _, piece := range strings.FieldsFunc(text, func(r rune) bool {
		return r >= 0x80 || r < ' ' || (r == ' ' || r == ':') && words || strings.ContainsRune("\"'\\/<>&;#`[]\x7f", r)
	}) {
		if len(piece) > len(best) {
			best = piece
		}
	}
	return best
}

// shortestUseful is the length from which on a needle is likely to skip anything.
const shortestUseful = 3

// Rarity says how few records a scan that looks for the texts may hope to read: the more the better, 0 is no hope.
func Rarity(needles []string) int {
	if len(needles) == 0 {
		return 0
	}
	return max(worth(needles), 0)
}

// shortest is the length of the shortest of the texts.
func shortest(texts []string) int {
	n := 1 << 30
	for _, t := range texts {
		n = min(n, len(t))
	}
	return n
}
