package function

import (
	"strings"

	"spoor/engine/column"
)

// PairOptions says how Pairs finds names and values. Without delimiters values stand behind =, quoted or up to a blank, a comma or a semicolon.
type PairOptions struct {
	Pairs, Values string // characters of which each separates pairs, and a name from its value
	Dirty         bool   // names are left as they stand; else what is no letter, digit, dot or colon becomes _
	Limit         int    // pairs that count; 0: all
	Length        int    // characters that count; 0: all
}

// Pairs calls put for each name with a value in a text.
func Pairs(text string, o PairOptions, put func(name string, v column.Value)) {
	if o.Length > 0 && len(text) > o.Length {
		text = text[:o.Length]
	}
	n := 0
	found := func(name, value string) bool {
		if !o.Dirty {
			name = clean(name)
		}
		if name != "" && value != "" {
			put(name, column.Str(value))
			n++
		}
		return o.Limit == 0 || n < o.Limit
	}
	if o.Pairs == "" && o.Values == "" {
		autoPairs(text, found)
		return
	}
	if o.Pairs == "" {
		o.Pairs = " \t\r\n,;"
	}
	if o.Values == "" {
		o.Values = "="
	}
	for text != "" {
		var pair string
		pair, text = cutQuoted(text, o.Pairs)
		name, value := cutQuoted(pair, o.Values)
		if !found(unquote(name), unquote(value)) {
			return
		}
	}
}

// autoPairs finds name=value wherever a name stands before an equals sign.
func autoPairs(text string, found func(name, value string) bool) {
	for at := 0; ; {
		eq := strings.IndexByte(text[at:], '=')
		if eq < 0 {
			return
		}
		name := text[at : at+eq]
		name = name[strings.LastIndexAny(name, " \t\r\n,;&|?\"'([{<>")+1:]
		rest := text[at+eq+1:]
		if name == "" {
			at += eq + 1
			continue
		}
		value, left := rest, ""
		if strings.HasPrefix(rest, `"`) {
			value, left = cutQuoted(rest, " \t\r\n,;&|")
		} else if end := strings.IndexAny(rest, " \t\r\n,;&|"); end >= 0 {
			value, left = rest[:end], rest[end:]
		}
		if !found(name, unquote(value)) {
			return
		}
		at = len(text) - len(left)
	}
}

// cutQuoted cuts a text at the first of some characters that is not inside double quotes.
func cutQuoted(text, at string) (before, behind string) {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(at, c) >= 0:
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// unquote is a text without blanks and double quotes around it.
func unquote(text string) string {
	text = strings.TrimSpace(text)
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		return strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`)
	}
	return strings.TrimSpace(strings.Trim(text, `"`))
}

// clean is a name without what Splunk does not allow in one: it begins with a letter.
func clean(name string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == ':' {
			return r
		}
		return '_'
	}, name)
	return strings.TrimLeft(name, "_0123456789.:")
}
