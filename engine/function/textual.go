package function

import (
	"strings"

	"spoor/engine/column"
)

// textual is the functions whose result is determined by the texts of the first so many of their arguments, -1 of all of them, whatever else
// the values are: 5 and "5" are one to them.
var textual = map[Lang]map[string]int{
	SPL: {
		"isnull": -1, "isnotnull": -1, "len": -1, "length": -1, "lower": -1, "upper": -1, "trim": -1, "ltrim": -1, "rtrim": -1, "replace": -1, "urldecode": -1,
		"basename": -1, "firsttoken": -1, "like": -1, "match": -1, "cidrmatch": -1, "substr": 1, "split": -1, "md5": -1, "sha1": -1, "sha256": -1, "sha512": -1,
	},
	Search:  {"=": -1, "!=": -1, "in": -1, "case=": -1, "case!=": -1, "casein": -1, "exists": -1},
	Command: {"cell": -1, "among": -1, "shannon": -1, "perhaps": -1},
}

// ByText says whether the result of a call with these constant arguments depends on no more than the text of the i-th one.
func (f *Func) ByText(args []Arg, i int) bool {
	if f.Lang == SPL && (f.Name == "=" || f.Name == "==" || f.Name == "!=" || f.Name == "in") {
		return wordsBut(args, i)
	}
	n, ok := textual[f.Lang][f.Name]
	return ok && (n < 0 || i < n)
}

// wordsBut says whether all other arguments are constant texts with which everything compares as text: no numbers, and not the name of a truth value.
func wordsBut(args []Arg, i int) bool {
	for j, a := range args {
		if j == i {
			continue
		}
		if a.Const == nil || a.Const.Kind() != column.String {
			return false
		}
		text := a.Const.Text()
		if _, number := a.Const.Number(); number || strings.EqualFold(text, "true") || strings.EqualFold(text, "false") {
			return false
		}
	}
	return true
}
