package function

import (
	"slices"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

var multivalueFunctions = []Func{
	whole("mvappend", "mvappend(<value>, ...)", 1, -1, "All values of all arguments in one multivalue.", `mvappend(port, list)`, "443 cat Dog cat",
		func(_ *Env, row []column.Value) column.Value { return appended(row) }).carrying(Words),
	whole("mvcount", "mvcount(<values>)", 1, 1, "The number of values; null if there is none.", `mvcount(list)`, "3",
		func(_ *Env, row []column.Value) column.Value {
			if row[0].IsNull() {
				return row[0]
			}
			return column.Integer(int64(len(row[0].Items())))
		}),
	whole("mvdedup", "mvdedup(<values>)", 1, 1, "The values without repetitions, in the order of their first occurrence.", `mvdedup(list)`, "cat Dog",
		func(_ *Env, row []column.Value) column.Value { return dedup(row[0]) }).carrying(Words),
	{
		Name: "mvfilter", Family: "multivalue", Syntax: "mvfilter(<condition>)", MinArgs: 1, MaxArgs: 1, Lazy: true, Lists: column.Whole, Carries: Words,
		Doc:     "The values of the one field in the condition for which it is true.",
		Example: `mvfilter(match(list, "^c"))`, Want: "cat cat",
	},
	{
		Name: "mvmap", Family: "multivalue", Syntax: "mvmap(<values>, <expression>)", MinArgs: 2, MaxArgs: 2, Lazy: true, Lists: column.Whole,
		Doc:     "The values of the expression for each of the values, which are those of a field or of an expression over one: in the expression its name is the single value.",
		Example: `mvmap(list, upper(list))`, Want: "CAT DOG CAT",
	},
	{
		Name: "mvfind", Family: "multivalue", Syntax: "mvfind(<values>, <regex>)", MinArgs: 2, MaxArgs: 2, Lists: column.Whole,
		Doc:     "The index of the first value that the regular expression matches, counted from 0; null if there is none.",
		Example: `mvfind(list, "^D")`, Want: "1",
		Bind: mvfind,
	},
	whole("mvindex", "mvindex(<values>, <from>[, <to>])", 2, 3, "The value at an index, or those from one to another; 0 is the first, -1 the last.",
		`mvindex(list, -2, -1)`, "Dog cat", func(_ *Env, row []column.Value) column.Value { return index(row) }).carrying(Words),
	whole("mvjoin", "mvjoin(<values>, <delimiter>)", 2, 2, "The values as one text with the delimiter between them.", `mvjoin(list, ", ")`, "cat, Dog, cat", join).
		carryingIf(Words, func(args []Arg) bool {
			return args[1].Const != nil && strings.Trim(args[1].Const.String(), " ") == "" && args[1].Const.String() != ""
		}),
	whole("mvrange", "mvrange(<from>, <to>[, <step>])", 2, 3, "The numbers from the first up to, not including, the second; the step may be a time such as 1d. Null, with a warning, beyond 100,000 values.",
		`mvrange(1, 10, 3)`, "1 4 7", sequence).warning(),
	whole("mvreverse", "mvreverse(<values>)", 1, 1, "The values in the opposite order.", `mvreverse(mvappend(1, 2, 3))`, "3 2 1",
		func(_ *Env, row []column.Value) column.Value {
			items := slices.Clone(row[0].Items())
			slices.Reverse(items)
			return column.Multi(items)
		}).carrying(Words),
	whole("mvsort", "mvsort(<values>)", 1, 1, "The values in the order of their bytes.", `mvsort(list)`, "Dog cat cat",
		func(_ *Env, row []column.Value) column.Value {
			items := slices.Clone(row[0].Items())
			slices.SortStableFunc(items, func(a, b column.Value) int { return strings.Compare(a.String(), b.String()) })
			return column.Multi(items)
		}).carrying(Words),
	whole("mvzip", "mvzip(<values>, <values>[, <delimiter>])", 2, 3, "The first values of both joined by the delimiter, which is a comma if not given; then the second ones, and so on.",
		`mvzip(list, mvappend(1, 2), "=")`, "cat=1 Dog=2", zip),
	whole("split", "split(<text>, <delimiter>)", 2, 2, "The pieces of the text between the delimiters; with an empty one, its characters.", `split("a,b", ",")`, "a b", split).
		carrying(Words),
	whole("commands", "commands(<search>)", 1, 1, "The command words of a search, one for each of its stages; those inside brackets are left out.",
		`commands("search foo | stats count | sort count")`, "search stats sort",
		func(_ *Env, row []column.Value) column.Value { return commandsOf(row[0].String()) }),
}

func whole(name, syntax string, least, most int, doc, example, want string, f func(*Env, []column.Value) column.Value) Func {
	return Func{
		Name: name, Family: "multivalue", Syntax: syntax, MinArgs: least, MaxArgs: most, Lists: column.Whole, Doc: doc, Example: example, Want: want,
		Bind: rowwise(f),
	}
}

func (f Func) warning() Func {
	f.Warns = true
	return f
}

func (f Func) carrying(c Carry) Func {
	f.Carries = c
	return f
}

func (f Func) carryingIf(c Carry, given func([]Arg) bool) Func {
	f.Carries, f.CarryIf = c, given
	return f
}

func appended(row []column.Value) column.Value {
	n := 0
	for _, v := range row {
		n += len(v.Items())
	}
	if n > mostValues {
		return column.Value{}
	}
	return column.Multi(slices.Clone(row))
}

func dedup(v column.Value) column.Value {
	seen := map[string]bool{}
	var out []column.Value
	for _, x := range v.Items() {
		if s := x.String(); !seen[s] {
			seen[s] = true
			out = append(out, x)
		}
	}
	return column.Multi(out)
}

func mvfind(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	fixed, err := env.constant(args[1])
	if err != nil {
		return nil, err
	}
	return func(rows int, args []column.Vector) column.Vector {
		ps := texts(args[1])
		return build(rows, func(i int) (int64, bool) {
			re := fixed
			p, ok := ps.at(i)
			if re == nil && ok {
				re, _ = env.Regex(p, source.Span{})
			}
			if re == nil {
				return 0, false
			}
			at := slices.IndexFunc(args[0].Value(i).Items(), func(v column.Value) bool { return re.MatchString(v.String()) })
			return int64(at), at >= 0
		})
	}, nil
}

func index(row []column.Value) column.Value {
	items := row[0].Items()
	from, ok := position(row[1], len(items))
	to := from
	if len(row) == 3 && ok {
		to, ok = position(row[2], len(items))
	}
	if !ok || from < 0 && len(row) == 2 || from >= len(items) || to < from || to < 0 {
		return column.Value{}
	}
	return column.Multi(items[max(from, 0):min(to+1, len(items))])
}

// position is an index counted from the start; it may lie outside.
func position(v column.Value, n int) (int, bool) {
	x, ok := v.Number()
	at := int(min(max(x, -1e9), 1e9))
	if at < 0 {
		at += n
	}
	return at, ok
}

func join(_ *Env, row []column.Value) column.Value {
	if row[0].IsNull() || row[1].IsNull() {
		return column.Value{}
	}
	parts, delimiter := itemTexts(row[0]), row[1].String()
	n := len(delimiter) * (len(parts) - 1)
	for _, p := range parts {
		n += len(p)
	}
	if n > longestText {
		return column.Value{}
	}
	return column.Str(strings.Join(parts, delimiter))
}

func itemTexts(v column.Value) []string {
	out := make([]string, 0, 4)
	for _, x := range v.Items() {
		out = append(out, x.String())
	}
	return out
}

// longestRange is how many values mvrange makes at most; beyond, it is null.
const longestRange = 100_000

func sequence(env *Env, row []column.Value) column.Value {
	from, ok1 := row[0].Number()
	to, ok2 := row[1].Number()
	if !ok1 || !ok2 {
		return column.Value{}
	}
	next := func(x float64) float64 { return x + 1 }
	if len(row) == 3 {
		if step, ok := row[2].Number(); ok {
			next = func(x float64) float64 { return x + step }
		} else {
			next = func(x float64) float64 { return later(env, x, row[2].String()) }
		}
	}
	up := next(from) > from
	if next(from) == from {
		return column.Value{}
	}
	var out []column.Value
	for x := from; up && x < to || !up && x > to; x = next(x) {
		if len(out) == longestRange {
			if env.Warn != nil {
				env.Warn(source.Warnf(source.Span{}, "long-range", "mvrange makes no more than %d values: where there would be more it is null", longestRange))
			}
			return column.Value{}
		}
		if next(x) == x {
			return column.Value{}
		}
		out = append(out, column.Real(x))
	}
	return column.Multi(out)
}

// later adds a time such as 1d to seconds since 1970; what is no such time adds nothing.
func later(env *Env, seconds float64, step string) float64 {
	ns, ok := column.Real(seconds).Instant()
	t, err := timerange.Relative("+"+strings.TrimPrefix(step, "+"), time.Unix(0, ns), env.Zone)
	if !ok || err != nil {
		return seconds
	}
	return column.Seconds(t.UnixNano())
}

func zip(_ *Env, row []column.Value) column.Value {
	delimiter := ","
	if len(row) == 3 {
		delimiter = row[2].String()
	}
	a, b := itemTexts(row[0]), itemTexts(row[1])
	out, size := make([]column.Value, min(len(a), len(b))), 0
	for i := range out {
		out[i] = column.Str(a[i] + delimiter + b[i])
		if size += len(out[i].Text()); size > longestText {
			return column.Value{}
		}
	}
	return column.Multi(out)
}

func split(_ *Env, row []column.Value) column.Value {
	if row[0].IsNull() || row[1].IsNull() {
		return column.Value{}
	}
	var out []column.Value
	separator := row[1].String()
	for _, s := range itemTexts(row[0]) {
		out = slices.Grow(out, min(strings.Count(s, separator), mostValues)+1)
		for piece := range strings.SplitSeq(s, separator) {
			if out = append(out, column.Str(piece)); len(out) > mostValues {
				return column.Value{}
			}
		}
	}
	return column.Multi(out)
}
