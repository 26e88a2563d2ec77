package function

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"spoor/engine/column"
)

// ecsFunctions are what mappings to the Elastic Common Schema are made of besides other functions.
var ecsFunctions = []Func{
	{
		Name: "present", Family: "conversion", Syntax: "present(<text>)", MinArgs: 1, MaxArgs: 1, Carries: Piece,
		Doc:     "The text, or null if it only says that there is none: empty, `-`, `(null)` or `<unknown process>`.",
		Example: `present("(null)")`, Want: "null",
		Bind: map1(texts, present),
	},
	{
		Name: "integer", Family: "conversion", Syntax: "integer(<number>)", MinArgs: 1, MaxArgs: 1, Carries: Piece,
		Doc:     "The integer that a decimal number starts with, without what follows its point; null for other texts.",
		Example: `integer("4.7")`, Want: "4",
		Bind: map1(texts, integerOf),
	},
	{
		Name: "tokens", Family: "multivalue", Syntax: "tokens(<text>)", MinArgs: 1, MaxArgs: 1, Lists: column.Whole, Carries: Words,
		Doc:     "The pieces of the text between single blanks, as a program's arguments that were joined by blanks.",
		Example: `tokens("ls -l /")`, Want: "ls -l /",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			return split(nil, []column.Value{row[0], column.Str(" ")})
		}),
	},
	{
		Name: "entityid", Family: "conversion", Syntax: "entityid(<guid>, <pid>)", MinArgs: 2, MaxArgs: 2, Carries: Words,
		Doc:     "What tells a process from all others of its host: its GUID in small letters without braces, a colon and its id. Null if the GUID is not complete.",
		Example: `entityid("{C9EB4A87-4093-637F-789D-2406AB550000}", 4005)`, Want: "c9eb4a87-4093-637f-789d-2406ab550000:4005",
		Bind: map2(texts, texts, entityID),
	},
}

func present(s string) (string, bool) {
	switch s {
	case "", "-", "(null)", "<unknown process>":
		return "", false
	}
	return s, true
}

func integerOf(s string) (int64, bool) {
	whole, fraction, _ := strings.Cut(strings.TrimSpace(s), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(fraction, "0123456789") != "" {
		return 0, false
	}
	return n, n >= 0 || whole == strconv.FormatInt(n, 10) // -05: a search for the text -5 would not find it in the record
}

// entityID needs the end of a GUID, by which Sysmon tells apart what starts within a second.
func entityID(guid, pid string) (string, bool) {
	const length = 36
	guid = strings.Trim(strings.TrimSpace(guid), "{}")
	if len(guid) != length {
		return "", false
	}
	if !plainNumber(pid) {
		n, ok := integerOf(pid)
		if !ok {
			return "", false
		}
		pid = strconv.FormatInt(n, 10)
	}
	id, dashes, tail := make([]byte, 0, length+1+len(pid)), 0, false
	for i := range length {
		c := lower[guid[i]]
		switch {
		case c == '-':
			dashes++
		case c >= utf8.RuneSelf:
			return "", false
		case dashes >= 3 && c != '0':
			tail = true
		}
		id = append(id, c)
	}
	if dashes != 4 || !tail {
		return "", false
	}
	return string(append(append(id, ':'), pid...)), true
}

// plainNumber says whether s is digits alone, without zeros before them.
func plainNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && len(s) < 19 && (s[0] != '0' || s == "0")
}
