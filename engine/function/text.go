package function

import (
	"strings"
	"unicode/utf8"

	"spoor/engine/column"
	"spoor/grammar/source"
)

const blanks = " \t"

var textFunctions = []Func{
	length,
	alias(length, "length", "length(<text>)", `length(path)`),
	{
		Name: "lower", Family: "text", Syntax: "lower(<text>)", MinArgs: 1, MaxArgs: 1, Carries: Piece,
		Doc: "The text in small letters.", Example: `lower("CURL")`, Want: "curl",
		Bind: map1(texts, simple(toLower)),
	},
	{
		Name: "upper", Family: "text", Syntax: "upper(<text>)", MinArgs: 1, MaxArgs: 1, Carries: Piece,
		Doc: "The text in capitals.", Example: `upper("curl")`, Want: "CURL",
		Bind: map1(texts, simple(toUpper)),
	},
	trimmer("trim", "both ends", `trim("  a b ")`, "a b", strings.Trim),
	trimmer("ltrim", "the start", `ltrim("xxabx", "x")`, "abx", strings.TrimLeft),
	trimmer("rtrim", "the end", `rtrim("xxabx", "x")`, "xxab", strings.TrimRight),
	{
		Name: "substr", Family: "text", Syntax: "substr(<text>, <start>[, <length>])", MinArgs: 2, MaxArgs: 3, Carries: Piece,
		Doc:     "Part of the text, from character start on: 1 is the first, -1 the last.",
		Example: `substr(path, -2)`, Want: "vi",
		Bind: rowwise(substring),
	},
	{
		Name: "replace", Family: "text", Syntax: "replace(<text>, <regex>, <replacement>)", MinArgs: 3, MaxArgs: 3,
		Doc:     `The text with all matches of the regular expression replaced; \1 in the replacement is the first group.`,
		Example: `replace(path, "^/(\w+)/", "\1:")`, Want: "usr:bin/vi",
		Bind: replace,
	},
	{
		Name: "urldecode", Family: "text", Syntax: "urldecode(<text>)", MinArgs: 1, MaxArgs: 1,
		Doc:     "The text with `%2F` and the like decoded. What is no such sequence stays.",
		Example: `urldecode("a%20b%2")`, Want: "a b%2",
		Bind: map1(texts, simple(urldecode)),
	},
	{
		Name: "basename", Family: "text", Syntax: "basename(<path>)", MinArgs: 1, MaxArgs: 1, Carries: Piece,
		Doc:     "What follows the last `/`; the path itself if nothing does.",
		Example: `basename(path)`, Want: "vi",
		Bind: map1(texts, simple(basename)),
	},
	{
		Name: "firsttoken", Family: "text", Syntax: "firsttoken(<text>)", MinArgs: 1, MaxArgs: 1, Carries: Piece,
		Doc:     "The text up to its first blank, after leading blanks; null if there is none.",
		Example: `firsttoken("ls -l /")`, Want: "ls",
		Bind: map1(texts, firstToken),
	},
}

var length = Func{
	Name: "len", Family: "text", Syntax: "len(<text>)", MinArgs: 1, MaxArgs: 1,
	Doc: "The number of characters.", Example: `len(path)`, Want: "11",
	Bind: map1(texts, simple(func(s string) int64 { return int64(utf8.RuneCountInString(s)) })),
}

func trimmer(name, where, example, want string, cut func(s, set string) string) Func {
	return Func{
		Name: name, Family: "text", Syntax: name + "(<text>[, <characters>])", MinArgs: 1, MaxArgs: 2, Carries: Piece,
		Doc:     "The text without blanks and tabs, or the given characters, at " + where + ".",
		Example: example, Want: want,
		Bind: func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
			if len(args) == 2 {
				return kernel2(texts, texts, func(s, set string) (string, bool) { return cut(s, set), true }), nil
			}
			return map1(texts, simple(func(s string) string { return cut(s, blanks) }))(nil, nil)
		},
	}
}

func substring(_ *Env, row []column.Value) column.Value {
	start, ok := row[1].Number()
	if row[0].IsNull() || !ok {
		return column.Value{}
	}
	s := row[0].String()
	switch {
	case start > 0:
		s = s[skip(s, start-1):]
	case start < 0:
		s = s[skip(s, float64(utf8.RuneCountInString(s))+start):]
	}
	if len(row) == 3 {
		length, ok := row[2].Number()
		if !ok {
			return column.Value{}
		}
		s = s[:skip(s, length)]
	}
	return column.Str(s)
}

// skip is the length in bytes of the first n characters.
func skip(s string, n float64) int {
	at := 0
	for ; n >= 1 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// replace allows regular expressions and replacements that differ from row to row.
func replace(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	fixed, err := env.constant(args[1])
	if err != nil {
		return nil, err
	}
	return func(rows int, args []column.Vector) column.Vector {
		xs, ps, ws := texts(args[0]), texts(args[1]), texts(args[2])
		re, last := fixed, ""
		return build(rows, func(i int) (string, bool) {
			s, oks := xs.at(i)
			p, okp := ps.at(i)
			with, okw := ws.at(i)
			if !oks || !okp || !okw {
				return "", false
			}
			if fixed == nil && (re == nil || p != last) {
				if re, _ = env.Regex(p, source.Span{}); re == nil {
					return "", false
				}
				last = p
			}
			return re.ReplaceAll(s, with)
		})
	}, nil
}

func urldecode(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			out = append(out, ' ')
		case s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return string(out)
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || lower[c] >= 'a' && lower[c] <= 'f' }

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return lower[c] - 'a' + 10
}

func basename(s string) string {
	if at := strings.LastIndexByte(s, '/'); at >= 0 && at+1 < len(s) {
		return s[at+1:]
	}
	return s
}

func firstToken(s string) (string, bool) {
	s = strings.TrimLeft(s, " \t\r\n")
	if at := strings.IndexAny(s, " \t\r\n"); at >= 0 {
		s = s[:at]
	}
	return s, s != ""
}
