package function

import (
	"strings"
	"unicode/utf8"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// eqlTexts are EQL's functions of texts. They count characters from 0. Of what is no text their result is null.
var eqlTexts = []Func{
	between("between", `between(path, "/", "/")`, "usr", false),
	between("between~", `between~(path, "/USR", "i", true)`, "/bin/v", true),
	{
		Name: "concat", Lang: EQL, Family: "text", Syntax: "concat(<value>, ...)", MinArgs: 1, MaxArgs: -1, Lists: column.EachCombination,
		Doc: "The values as one text. Null if one is null.", Example: `concat(path, ":", port)`, Want: "/usr/bin/vi:443",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			var b strings.Builder
			for _, v := range row {
				if v.IsNull() {
					return v
				}
				b.WriteString(eqlText(v))
			}
			return column.Str(b.String())
		}),
	},
	indexOf("indexof", `indexOf(path, "/", 1)`, "4", false),
	indexOf("indexof~", `indexOf~(path, "BIN")`, "5", true),
	{
		Name: "length", Lang: EQL, Family: "text", Syntax: "length(<text>)", MinArgs: 1, MaxArgs: 1, Lists: column.EachCombination,
		Doc: "The number of characters.", Example: `length(path)`, Want: "11",
		Bind: map1(onlyTexts, simple(func(s string) int64 { return int64(utf8.RuneCountInString(s)) })),
	},
	{
		Name: "string", Lang: EQL, Family: "text", Syntax: "string(<value>)", MinArgs: 1, MaxArgs: 1, Lists: column.EachCombination,
		Doc: "The value as text.", Example: `string(port)`, Want: "443",
		Bind: map1(cells, func(v column.Value) (string, bool) { return eqlText(v), !v.IsNull() }),
	},
	{
		Name: "substring", Lang: EQL, Family: "text", Syntax: "substring(<text>, <start>[, <end>])", MinArgs: 2, MaxArgs: 3,
		Lists: column.EachCombination, Carries: Piece,
		Doc:     "The characters from start up to, not including, the end; negative numbers count from the end of the text, and beyond it there is nothing.",
		Example: `substring(path, -2)`, Want: "vi",
		Bind: rowwise(slice),
	},
}

// onlyTexts reads an argument as text; what is none is null.
func onlyTexts(v column.Vector) view[string] {
	if s, ok := v.(*column.Strings); ok {
		return view[string]{s.Values, s.Null, -1}
	}
	return convert(v, func(v column.Value) (string, bool) { return v.Text(), v.Kind() == column.String })
}

func between(name, example, want string, fold bool) Func {
	return Func{
		Name: name, Lang: EQL, Family: "text", Syntax: name + "(<text>, <left>, <right>[, <greedy>])", MinArgs: 3, MaxArgs: 4,
		Lists: column.EachCombination, Carries: Piece,
		Doc: "What stands between the first place of the left text and the next one of the right, or the last one if greedy is true; " +
			"empty if they are not found." + caseNote(fold),
		Example: example, Want: want,
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			for _, v := range row[:3] {
				if v.Kind() != column.String {
					return column.Value{}
				}
			}
			return column.Str(cutBetween(row[0].Text(), row[1].Text(), row[2].Text(), len(row) == 4 && row[3].True(), fold))
		}),
	}
}

func caseNote(fold bool) string {
	if fold {
		return " In any case of letters."
	}
	return ""
}

func cutBetween(s, left, right string, greedy, fold bool) string {
	where := s
	if fold {
		where, left, right = foldCase(s), foldCase(left), foldCase(right)
	}
	from := strings.Index(where, left)
	if from < 0 {
		return ""
	}
	from += len(left)
	n := strings.Index(where[from:], right)
	if greedy {
		n = strings.LastIndex(where[from:], right)
	}
	if n < 0 {
		return ""
	}
	return s[samePlace(s, where, from):samePlace(s, where, from+n)]
}

// samePlace is the place in s of the character at a place of its folded form, whose characters may be longer or shorter.
func samePlace(s, folded string, at int) int {
	if isASCII(s) {
		return at
	}
	return skip(s, float64(utf8.RuneCountInString(folded[:at])))
}

func indexOf(name, example, want string, fold bool) Func {
	return Func{
		Name: name, Lang: EQL, Family: "text", Syntax: name + "(<text>, <part>[, <start>])", MinArgs: 2, MaxArgs: 3, Lists: column.EachCombination,
		Doc:     "The place of the first occurrence of the part, at the start or behind it. Null if there is none." + caseNote(fold),
		Example: example, Want: want,
		Bind: func(*Env, []Arg) (column.Kernel, *source.Diagnostic) {
			return rowKernel(func(row []column.Value) column.Value {
				start, ok := 0.0, true
				if len(row) == 3 {
					start, ok = count(row[2])
				}
				if !ok || row[0].Kind() != column.String || row[1].Kind() != column.String {
					return column.Value{}
				}
				return placeOf(row[0].Text(), row[1].Text(), max(start, 0), fold)
			}), nil
		},
	}
}

func placeOf(s, part string, start float64, fold bool) column.Value {
	if fold {
		s, part = foldCase(s), foldCase(part)
	}
	if start > float64(utf8.RuneCountInString(s)) {
		return column.Value{}
	}
	from := skip(s, start)
	n := strings.Index(s[from:], part)
	if n < 0 {
		return column.Value{}
	}
	return column.Integer(int64(utf8.RuneCountInString(s[:from+n])))
}

// count is a number that counts characters.
func count(v column.Value) (float64, bool) {
	switch v.Kind() {
	case column.Int:
		return float64(v.Int()), true
	case column.Float:
		return v.Float(), v.Float() == v.Float()
	}
	return 0, false
}

func slice(_ *Env, row []column.Value) column.Value {
	start, ok := count(row[1])
	if row[0].Kind() != column.String || !ok {
		return column.Value{}
	}
	s := row[0].Text()
	length := float64(utf8.RuneCountInString(s))
	end := length
	if len(row) == 3 && !row[2].IsNull() {
		if end, ok = count(row[2]); !ok {
			return column.Value{}
		}
	}
	from, to := fromStart(start, length), fromStart(end, length)
	if from >= to {
		return column.Str("")
	}
	at := skip(s, from)
	return column.Str(s[at : at+skip(s[at:], to-from)])
}

// fromStart is a place counted from the start of a text of a length, and within it.
func fromStart(at, length float64) float64 {
	if at < 0 {
		at += length
	}
	return min(max(at, 0), length)
}
