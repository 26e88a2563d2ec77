package function

import (
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// converters are the functions of the command convert. Those that take a time format have it as second argument.
var converters = []Func{
	converter("ctime", "seconds since 1970 as text, in the given format", `convert_ctime(0, "%F")`, "1970-01-01",
		func(env *Env, v column.Value, format string) column.Value {
			ns, ok := v.Instant()
			if !ok {
				return v
			}
			return column.Str(strftime(ns, format, env.Zone))
		}),
	converter("mktime", "text in the given format as seconds since 1970; null if it does not follow the format", `convert_mktime("1970-01-02", "%Y-%m-%d")`, "86400",
		func(env *Env, v column.Value, format string) column.Value {
			ns, ok := strptime(v.String(), format, time.Unix(0, env.Now), env.Zone)
			if !ok {
				return column.Value{}
			}
			return integral(column.Seconds(ns))
		}),
	converter("num", "a number in any of the forms that the other functions know; null if it is none", `convert_num("1,500", "")`, "1500", plain(anyNumber)),
	converter("auto", "a number in any of the forms that the other functions know; null if it is none, and then no value of the field is converted",
		`convert_auto("00:01:05", "")`, "65", plain(anyNumber)),
	converter("memk", "a size such as 3.5m as kilobytes", `convert_memk("2m", "")`, "2048", plain(memk)),
	converter("rmunit", "the number at the start, without what follows", `convert_rmunit("12.5ms", "")`, "12.5", plain(rmunit)),
	converter("rmcomma", "without commas", `convert_rmcomma("1,234,567", "")`, "1234567", func(_ *Env, v column.Value, _ string) column.Value {
		s := strings.ReplaceAll(v.String(), ",", "")
		if n, ok := column.ParseNumber(s); ok {
			return integral(n)
		}
		return column.Str(s)
	}),
	converter("dur2sec", "a duration [D+]HH:MM:SS as seconds", `convert_dur2sec("1+01:00:05", "")`, "90005", plain(dur2sec)),
	converter("mstime", "[MM:]SS.SSS as seconds", `convert_mstime("01:05.250", "")`, "65.25", plain(mstime)),
}

func converter(name, doc, example, want string, f func(env *Env, v column.Value, format string) column.Value) Func {
	return Func{
		Name: "convert_" + name, Lang: Command, Family: "commands", Syntax: "convert " + name + "(<field>)", MinArgs: 2, MaxArgs: 2,
		Doc: strings.ToUpper(doc[:1]) + doc[1:] + ".", Example: example, Want: want,
		Bind: func(env *Env, _ []Arg) (column.Kernel, *source.Diagnostic) {
			return rowKernel(func(row []column.Value) column.Value {
				if row[0].IsNull() {
					return column.Value{}
				}
				return f(env, row[0], row[1].String())
			}), nil
		},
	}
}

// plain makes a converter of a function from text to number; what is a number already stays one.
func plain(f func(string) (float64, bool)) func(*Env, column.Value, string) column.Value {
	return func(_ *Env, v column.Value, _ string) column.Value {
		if k := v.Kind(); k == column.Int || k == column.Float {
			return v
		}
		if n, ok := f(strings.TrimSpace(v.String())); ok {
			return integral(n)
		}
		return column.Value{}
	}
}

// integral is a number as an integer if it is one.
func integral(f float64) column.Value {
	if f == float64(int64(f)) && f > -1e17 && f < 1e17 {
		return column.Integer(int64(f))
	}
	return column.Real(f)
}

func anyNumber(s string) (float64, bool) {
	for _, f := range []func(string) (float64, bool){column.ParseNumber, ungrouped, dur2sec, mstime, memk, measured} {
		if n, ok := f(s); ok {
			return n, true
		}
	}
	return 0, false
}

func ungrouped(s string) (float64, bool) { return column.ParseNumber(strings.ReplaceAll(s, ",", "")) }

// memk reads a number with the unit k, m or g; without one it is kilobytes.
func memk(s string) (float64, bool) {
	factor := 1.0
	if s != "" {
		switch s[len(s)-1] | 0x20 {
		case 'k':
			s = s[:len(s)-1]
		case 'm':
			s, factor = s[:len(s)-1], 1024
		case 'g':
			s, factor = s[:len(s)-1], 1024*1024
		}
	}
	n, ok := column.ParseNumber(s)
	return n * factor, ok
}

// rmunit reads the longest number at the start.
func rmunit(s string) (float64, bool) {
	for end := len(s); end > 0; end-- {
		if c := s[end-1]; c >= '0' && c <= '9' {
			if n, ok := column.ParseNumber(s[:end]); ok {
				return n, true
			}
		}
	}
	return 0, false
}

// measured reads a number with a unit behind it. Where more digits follow, as in addresses and dates, the text is no number.
func measured(s string) (float64, bool) {
	return column.ParseNumber(s[:strings.LastIndexAny(s, "0123456789")+1])
}

func dur2sec(s string) (float64, bool) {
	days, rest, hasDays := strings.Cut(s, "+")
	if !hasDays {
		days, rest = "0", s
	}
	parts := strings.Split(rest, ":")
	if len(parts) != 3 {
		return 0, false
	}
	total := 0.0
	for i, p := range append([]string{days}, parts...) {
		n, err := strconv.ParseFloat(p, 64)
		if err != nil || n < 0 || i < 3 && n != float64(int(n)) {
			return 0, false
		}
		total = total*[]float64{0, 24, 60, 60}[i] + n
	}
	return total, true
}

func mstime(s string) (float64, bool) {
	minutes, seconds, ok := strings.Cut(s, ":")
	if !ok {
		minutes, seconds = "0", s
	}
	m, err := strconv.ParseUint(minutes, 10, 32)
	n, isNumber := column.ParseNumber(seconds)
	if err != nil || !isNumber || n < 0 {
		return 0, false
	}
	return float64(m)*60 + n, true
}
