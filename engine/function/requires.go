package function

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"spoor/engine/column"
)

// alternatives is how many texts a requirement may offer.
const alternatives = 10_000

// requireEqual is what eval's `=` and `in` ask of the text. A number has too many spellings to ask for one.
func requireEqual(args []Arg) (Requirement, bool) {
	field := 0
	if len(args) == 2 && args[0].Const != nil {
		field = 1
	}
	if args[field].Const != nil {
		return Requirement{}, false
	}
	r := Requirement{Arg: field}
	for i, a := range args {
		if i == field {
			continue
		}
		if a.Const == nil || a.Const.Kind() != column.String {
			return Requirement{}, false
		}
		if _, number := a.Const.Number(); number {
			return Requirement{}, false
		}
		text := a.Const.Text()
		if !r.ask(longestASCII([]string{text})) {
			return Requirement{}, false
		}
		if decoded := decodeEntities(text); decoded != text && !r.ask(longestASCII([]string{decoded})) {
			return Requirement{}, false
		}
	}
	return r, true
}

// ask adds a text; false if it is empty, or if there are too many.
func (r *Requirement) ask(text string) bool {
	if text == "" || len(r.AnyOf) == alternatives {
		return false
	}
	r.AnyOf = append(r.AnyOf, text)
	return true
}

func requireLike(args []Arg) (r Requirement, ok bool) {
	if args[0].Const != nil || args[1].Const == nil || args[1].Const.IsNull() {
		return r, false
	}
	p, _ := compileLike(nil, args[1].Const.String(), args[1].Span)
	for i := range p {
		if !r.ask(p[i].literal()) {
			return Requirement{}, false
		}
	}
	return r, true
}

func requireMatch(args []Arg) (r Requirement, ok bool) {
	if args[0].Const != nil || args[1].Const == nil || args[1].Const.IsNull() {
		return r, false
	}
	pattern := args[1].Const.String()
	forms := []string{pattern}
	if decoded := replaceEntities(pattern, regexp.QuoteMeta); decoded != pattern {
		forms = append(forms, decoded)
	}
	for _, form := range forms {
		tree, err := syntax.Parse(form, syntax.Perl)
		if err != nil {
			return Requirement{}, false
		}
		found := needed(tree)
		if len(found) == 0 || len(r.AnyOf)+len(found) > alternatives {
			return Requirement{}, false
		}
		r.AnyOf = append(r.AnyOf, found...)
	}
	return r, true
}

// needed is texts of which every match holds at least one; nil if there are none.
func needed(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if best := longestASCII(strings.FieldsFunc(string(re.Rune), func(r rune) bool { return foldsAway(r, re.Flags) })); best != "" {
			return []string{best}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needed(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if found := needed(sub); shortest(found) > shortest(best) {
				best = found
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			found := needed(sub)
			if found == nil || len(all)+len(found) > alternatives {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	return nil
}

// foldsAway says whether a literal's letter also matches one outside of ASCII: (?i)k matches the Kelvin sign.
func foldsAway(r rune, flags syntax.Flags) bool {
	return r >= utf8.RuneSelf || flags&syntax.FoldCase != 0 && strings.ContainsRune("kKsS", r)
}

func shortest(texts []string) int {
	if len(texts) == 0 {
		return 0
	}
	least := len(texts[0])
	for _, s := range texts {
		least = min(least, len(s))
	}
	return least
}
