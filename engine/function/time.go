package function

import (
	"time"

	"spoor/engine/column"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

var timeFunctions = []Func{
	{
		Name: "now", Family: "time", Syntax: "now()", Doc: "The start of the search in whole seconds since 1970.",
		Example: `now() > 0`, Want: "True",
		Bind: func(env *Env, _ []Arg) (column.Kernel, *source.Diagnostic) {
			return constant(column.Integer(floorDiv(env.Now, 1e9)))(env, nil)
		},
	},
	{
		Name: "time", Family: "time", Syntax: "time()", Doc: "The start of the search in seconds since 1970, with fraction; unlike in Splunk the same for every row.",
		Example: `time() > 0`, Want: "True",
		Bind: func(env *Env, _ []Arg) (column.Kernel, *source.Diagnostic) {
			return constant(column.Real(column.Seconds(env.Now)))(env, nil)
		},
	},
	{
		Name: "relative_time", Family: "time", Syntax: "relative_time(<time>, <relative time>)", MinArgs: 2, MaxArgs: 2,
		Doc:     "The seconds since 1970 of a time moved and snapped by a relative time such as -1d@d.",
		Example: `relative_time(1700000000, "-1d@d")`, Want: "1699833600",
		Bind: relativeTime,
	},
	{
		Name: "strftime", Family: "time", Syntax: "strftime(<time>, <format>)", MinArgs: 2, MaxArgs: 2,
		Doc:     "The time, in seconds since 1970, as text: %Y-%m-%dT%H:%M:%S.%3N%z and the like, all that Splunk's reference lists and those of GNU date; what is none stays.",
		Example: `strftime(1700000000, "%F %T")`, Want: "2023-11-14 22:13:20",
		Bind: func(env *Env, _ []Arg) (column.Kernel, *source.Diagnostic) {
			return kernel2(instants, texts, func(ns int64, layout string) (string, bool) { return strftime(ns, layout, env.Zone), true }), nil
		},
	},
	{
		Name: "strptime", Family: "time", Syntax: "strptime(<text>, <format>)", MinArgs: 2, MaxArgs: 2,
		Doc:     "The seconds since 1970 of a time as text; null if it does not follow the format. Text after the format's end is ignored, and a fraction of a second may be missing with its point.",
		Example: `strptime("2023-11-14 22:13:20", "%Y-%m-%d %H:%M:%S")`, Want: "1700000000",
		Bind: func(env *Env, _ []Arg) (column.Kernel, *source.Diagnostic) {
			return kernel2(texts, texts, func(s, layout string) (float64, bool) {
				ns, ok := strptime(s, layout, time.Unix(0, env.Now), env.Zone)
				return column.Seconds(ns), ok
			}), nil
		},
	},
}

func relativeTime(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	if c := args[1].Const; c != nil && !c.IsNull() {
		if _, err := timerange.Relative(c.String(), time.Unix(0, env.Now), env.Zone); err != nil {
			return nil, source.Errorf(args[1].Span, "bad-time", "%s", err)
		}
	}
	return kernel2(instants, texts, func(ns int64, spec string) (float64, bool) {
		t, err := timerange.Relative(spec, time.Unix(0, ns), env.Zone)
		return column.Seconds(t.UnixNano()), err == nil
	}), nil
}

// instants reads an argument as nanoseconds since 1970.
func instants(v column.Vector) view[int64] { return convert(v, column.Value.Instant) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
