package function

import (
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

var printfFunctions = []Func{{
	Name: "printf", Family: "conversion", Syntax: "printf(<format>, <value>, ...)", MinArgs: 1, MaxArgs: -1,
	Doc: "The format with each %d and the like replaced by the next value, as in C: flags `'` (commas), `-`, `0`, `+`, blank and `#`, a width, a precision, `*` for one that is a value, " +
		"and the letters a A c d e E f F g G i o p s u x X z. Null if a value is missing or does not fit, if an unsigned one is negative, and beyond a width of 10,000.",
	Example: `printf("%-5s|%05.1f|%'d|%x", "ab", 3.14159, 1234567, 255)`, Want: "ab   |003.1|1,234,567|ff",
	Bind: printf,
}}

// printf compiles a constant format once, and says what is wrong with it.
func printf(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	var fixed []verb
	if c := args[0].Const; c != nil && !c.IsNull() {
		verbs, bad, problem := parseFormat(c.String())
		if problem != "" {
			return nil, source.Errorf(args[0].Span, "bad-format", "%s in %q %s", bad, c.String(), problem).WithHint("`spoor help printf` lists what it knows")
		}
		if n := valuesOf(verbs); n > len(args)-1 {
			return nil, source.Errorf(args[0].Span, "argument-count", "the format asks for %s, not %d", source.Count(n, "value"), len(args)-1)
		}
		fixed = verbs
	}
	return rowKernel(func(row []column.Value) column.Value {
		verbs := fixed
		if verbs == nil {
			var problem string
			if verbs, _, problem = parseFormat(row[0].String()); problem != "" || row[0].IsNull() {
				return column.Value{}
			}
		}
		return printed(verbs, row[1:])
	}), nil
}

// widest is the greatest width and precision.
const widest = 10_000

// verb is a piece of literal text and the conversion behind it.
type verb struct {
	literal                                    string
	commas, left, zero, plus, blank, alternate bool
	width, precision                           int  // starred: the next value says it; precision -1: not given
	letter                                     byte // 0: none
}

const starred = -2

// parseFormat reads a format; if it cannot, bad is the conversion it stopped at.
func parseFormat(format string) (out []verb, bad, problem string) {
	for {
		at := strings.IndexByte(format, '%')
		if at < 0 {
			return append(out, verb{literal: format}), "", ""
		}
		v := verb{literal: format[:at], precision: -1}
		rest := format[at+1:]
		if strings.HasPrefix(rest, "%") {
			v.literal += "%"
			out, format = append(out, v), rest[1:]
			continue
		}
		rest = v.flags(rest)
		v.width, rest = readCount(rest)
		if after, ok := strings.CutPrefix(rest, "."); ok {
			v.precision, rest = readCount(after)
		}
		switch {
		case rest == "":
			return nil, format[at:], "has no letter that says what to print"
		case v.width > widest || v.precision > widest:
			return nil, format[at : len(format)-len(rest)+1], "is wider than 10,000"
		case strings.IndexByte("aAcdeEfFgGiopsuxXz", rest[0]) < 0:
			return nil, format[at : len(format)-len(rest)+1], "is no conversion"
		}
		v.letter = rest[0]
		out, format = append(out, v), rest[1:]
	}
}

func (v *verb) flags(s string) string {
	for ; s != ""; s = s[1:] {
		switch s[0] {
		case '\'':
			v.commas = true
		case '-':
			v.left = true
		case '0':
			v.zero = true
		case '+':
			v.plus = true
		case ' ':
			v.blank = true
		case '#':
			v.alternate = true
		default:
			return s
		}
	}
	return s
}

// readCount reads a number, 0 if there is none, or a star. What is far too great stays so.
func readCount(s string) (int, string) {
	if rest, ok := strings.CutPrefix(s, "*"); ok {
		return starred, rest
	}
	n, i := 0, 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n = min(10*n+int(s[i]-'0'), widest+1)
	}
	return n, s[i:]
}

// valuesOf is how many values the verbs need.
func valuesOf(verbs []verb) int {
	n := 0
	for _, v := range verbs {
		for _, needs := range []bool{v.letter != 0, v.width == starred, v.precision == starred} {
			if needs {
				n++
			}
		}
	}
	return n
}

func printed(verbs []verb, row []column.Value) column.Value {
	var out []byte
	next := func() (v column.Value) {
		if len(row) > 0 {
			v, row = row[0], row[1:]
		}
		return v
	}
	for _, v := range verbs {
		out = append(out, v.literal...)
		if v.letter == 0 {
			continue
		}
		if v.width == starred && !v.setWidth(next()) || v.precision == starred && !v.setPrecision(next()) {
			return column.Value{}
		}
		piece, ok := v.format(next())
		if !ok || len(out)+len(piece) > longestText {
			return column.Value{}
		}
		out = append(out, piece...)
	}
	return column.Str(string(out))
}

// setWidth takes the width from a value; a negative one asks for blanks on the right.
func (v *verb) setWidth(x column.Value) bool {
	n, ok := x.Number()
	if !ok || n < -widest || n > widest {
		return false
	}
	if v.width = int(n); v.width < 0 {
		v.left, v.width = true, -v.width
	}
	return true
}

func (v *verb) setPrecision(x column.Value) bool {
	n, ok := x.Number()
	v.precision = int(max(min(n, widest), -1))
	return ok && n <= widest
}
