package spl

import (
	"regexp"
	"slices"
)

var titleWord = regexp.MustCompile(`\$[A-Za-z_]*\$`)

// titleForm is the option format, the form of the names that columns get; empty without it.
func (a *args) titleForm() string {
	v := a.option("format")
	if v == nil {
		return ""
	}
	text, _ := literal(v)
	words := titleWord.FindAllString(text, -1)
	for _, w := range words {
		if !slices.Contains([]string{"$AGG$", "$VAL$", "$agg$", "$val$"}, w) {
			a.p.errorf(v.At(), "bad-format", "format of %s knows no %s", a.c.Name, w).WithHint("write $AGG$ for the aggregate and $VAL$ for the value: format=\"$VAL$ ($AGG$)\"")
			return text
		}
	}
	if len(words) == 0 && text != "" {
		a.p.errorf(v.At(), "bad-format", "format of %s names neither $AGG$ nor $VAL$: all columns would have one name", a.c.Name).WithHint("for example format=\"$VAL$ ($AGG$)\"")
	}
	return text
}
