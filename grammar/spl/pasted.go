package spl

import (
	"regexp"
	"strconv"
	"strings"

	"spoor/grammar/source"
)

var (
	numbered   = regexp.MustCompile(`^\s*(\d{1,3})[ \t]*(?:\|.*|)$`)
	generating = regexp.MustCompile(`^\s*(?:\d{1,3})?\|\s*(?i:tstats|mstats|inputlookup|makeresults|from|datamodel|metadata|multisearch|union|rest)\b`)
)

// pastedLineNumbers recognises the numbers that a web page shows beside a search: `1` alone on a line, then `2| tstats ...`.
// Two of them in a row are needed, or one before a command that can only stand first.
func pastedLineNumbers(t *source.Text) *source.Diagnostic {
	if n := strings.TrimLeft(t.Body, " \t\r\n"); n == "" || n[0] < '0' || n[0] > '9' {
		return nil
	}
	at, previous, alone := 0, -1, false
	var first source.Span
	for line := range strings.Lines(t.Body) {
		start := at
		at += len(line)
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		m := numbered.FindStringSubmatchIndex(line)
		if m == nil {
			if !alone {
				return nil
			}
			if generating.MatchString(line) {
				return lineNumbers(first)
			}
			continue // the line that a number stands above
		}
		here := t.Span(start+m[2], start+m[3])
		number, _ := strconv.Atoi(line[m[2]:m[3]])
		if first.IsZero() {
			first = here
		}
		if previous >= 0 && number == previous+1 || generating.MatchString(line) {
			return lineNumbers(first)
		}
		if previous >= 0 {
			return nil
		}
		previous, alone = number, strings.TrimSpace(line[m[3]:]) == ""
	}
	return nil
}

func lineNumbers(first source.Span) *source.Diagnostic {
	return source.Errorf(first, "pasted-line-numbers", "the line numbers of a web page were pasted along with the search").
		WithHint("delete the numbers at the start of the lines, such as `1` or `2|` (keep the pipe)")
}
