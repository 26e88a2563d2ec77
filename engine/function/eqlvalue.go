package function

import (
	"cmp"
	"math"
	"net/netip"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// eqlEngine is what the engine makes conditions and events of; no query can call these.
var eqlEngine = []Func{
	{
		Name: "holds", Lang: EQL, Family: engineFamily, Syntax: "holds(<condition>)", MinArgs: 1, MaxArgs: 1, Lists: column.Any,
		Doc:     "True if the condition is true, and false if it is false or null. Of a multivalue: if any value is true.",
		Example: `holds(missing == 1)`, Want: "False",
		Bind: always(func(rows int, args []column.Vector) column.Vector {
			x := truths(args[0])
			return build(rows, func(i int) (bool, bool) {
				v, ok := x.at(i)
				return v && ok, true
			})
		}),
	},
	{
		Name: "exists", Lang: EQL, Family: engineFamily, Syntax: "exists(<field>)", MinArgs: 1, MaxArgs: 1, Lists: column.Any,
		Doc: "True if the field has a value.", Example: `exists(missing)`, Want: "False",
		Bind: always(nullness(false)),
	},
	{
		Name: "date", Lang: EQL, Family: engineFamily, Syntax: "date(<text>)", MinArgs: 1, MaxArgs: 1, Lists: column.EachCombination,
		Doc:     "The point in time that a text in ISO 8601 names; without a zone it is UTC, and what is left out is as early as can be. Null for other texts.",
		Example: `date("2024-05-01T12:00:00.5Z")`, Want: "1714564800.5",
		Bind: map1(cells, func(v column.Value) (column.Instant, bool) {
			ns, ok := instant(v)
			return column.Instant(ns), ok
		}),
	},
	{
		Name: "ip", Lang: EQL, Family: engineFamily, Syntax: "ip(<text>)", MinArgs: 1, MaxArgs: 1, Lists: column.EachCombination,
		Doc:     "An address in its shortest form, without zone; one of IPv4 that is wrapped in IPv6 as what it is. Null for other texts.",
		Example: `ip("::FFFF:10.1.2.3")`, Want: "10.1.2.3",
		Bind: map1(texts, canonicalAddress),
	},
}

func canonicalAddress(s string) (string, bool) {
	if len(s) > 60 || !strings.ContainsAny(s, ".:") {
		return "", false
	}
	a, err := netip.ParseAddr(s)
	if err != nil {
		return "", false
	}
	return a.Unmap().WithZone("").String(), true
}

// bindComparison compares values as eqlOrder does, and the common kinds without looking at each value's kind.
func bindComparison(holds func(int) bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		dates := make([]column.Vector, 2) // of texts that are dates
		for i, a := range args {
			if a.Const != nil && a.Const.Kind() == column.String {
				if ns, ok := parseISO(a.Const.Text()); ok {
					dates[i] = &column.Const{V: column.Nanos(ns), N: 1}
				}
			}
		}
		return func(rows int, args []column.Vector) column.Vector {
			with := [2]column.Vector{args[0], args[1]}
			for i, d := range dates {
				if _, times := args[1-i].(*column.Times); times && d != nil {
					with[i] = d
				}
			}
			return eqlCompare(rows, with[:], holds)
		}, nil
	}
}

func eqlCompare(rows int, args []column.Vector, holds func(int) bool) column.Vector {
	switch {
	case all(args, isText):
		return kernel2(texts, texts, func(a, b string) (bool, bool) { return holds(strings.Compare(a, b)), true })(rows, args)
	case all(args, isInts):
		return kernel2(ints, ints, func(a, b int64) (bool, bool) { return holds(cmp.Compare(a, b)), true })(rows, args)
	}
	return kernel2(cells, cells, func(a, b column.Value) (bool, bool) {
		c, ok := eqlOrder(a, b)
		return ok && holds(c), !a.IsNull() && !b.IsNull()
	})(rows, args)
}

func all(vs []column.Vector, is func(column.Vector) bool) bool {
	for _, v := range vs {
		if !is(v) {
			return false
		}
	}
	return true
}

func isText(v column.Vector) bool {
	c, ok := v.(*column.Const)
	return isStrings(v) || ok && c.V.Kind() == column.String
}

// eqlOrder compares two values; ok is false if they cannot be compared.
func eqlOrder(a, b column.Value) (c int, ok bool) {
	x, y := a.Kind(), b.Kind()
	switch {
	case x == column.String && y == column.String:
		return strings.Compare(a.Text(), b.Text()), true
	case x == column.Int && y == column.Int, x == column.Bool && y == column.Bool:
		return cmp.Compare(a.Int(), b.Int()), true
	case x == column.Float && y == column.Float:
		return cmp.Compare(a.Float(), b.Float()), !math.IsNaN(a.Float()) && !math.IsNaN(b.Float())
	case x == column.Int && y == column.Float:
		return compareIntFloat(a.Int(), b.Float())
	case x == column.Float && y == column.Int:
		c, ok = compareIntFloat(b.Int(), a.Float())
		return -c, ok
	case x == column.Time || y == column.Time:
		s, oks := instant(a)
		t, okt := instant(b)
		return cmp.Compare(s, t), oks && okt
	}
	return 0, false
}

// compareIntFloat compares exactly, also where a float64 cannot hold the integer.
func compareIntFloat(i int64, f float64) (int, bool) {
	switch {
	case math.IsNaN(f):
		return 0, false
	case f >= 1<<63:
		return -1, true
	case f < -1<<63:
		return 1, true
	}
	whole := math.Trunc(f)
	return cmp.Or(cmp.Compare(i, int64(whole)), cmp.Compare(whole, f)), true
}

// instant is a point in time, or a text that names one.
func instant(v column.Value) (ns int64, ok bool) {
	switch v.Kind() {
	case column.Time:
		return v.Int(), true
	case column.String:
		return parseISO(v.Text())
	}
	return 0, false
}

// eqlText is a value as EQL prints it.
func eqlText(v column.Value) string {
	switch v.Kind() {
	case column.Bool:
		return strings.ToLower(v.String())
	case column.Time:
		return column.FormatTime(v.Int(), time.UTC)
	}
	return v.String()
}

// members is the values of an `in`.
type members struct {
	texts  textSet
	dates  []int64 // of the texts that are dates
	others []column.Value
	null   bool // one is null: what is not found may be that
}

func newMembers(values []column.Value, fold bool) members {
	m := members{texts: textSet{fold: fold}}
	for _, v := range values {
		switch v.Kind() {
		case column.Null:
			m.null = true
		case column.String:
			m.texts.add(v.Text())
			if ns, ok := parseISO(v.Text()); ok {
				m.dates = append(m.dates, ns)
			}
		default:
			m.others = append(m.others, v)
		}
	}
	return m
}

func (m *members) has(v column.Value) bool {
	if v.Kind() == column.String && m.texts.has(v.Text()) {
		return true
	}
	for _, o := range m.others {
		if c, ok := eqlOrder(v, o); ok && c == 0 {
			return true
		}
	}
	if v.Kind() == column.Time {
		for _, ns := range m.dates {
			if ns == v.Int() {
				return true
			}
		}
	}
	return false
}

func bindIn(fold bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		values, err := eqlConstants(args[1:])
		if err != nil {
			return nil, err
		}
		m := newMembers(values, fold)
		return func(rows int, args []column.Vector) column.Vector {
			xs := cells(args[0])
			return build(rows, func(i int) (bool, bool) {
				x, _ := xs.at(i)
				found := !x.IsNull() && m.has(x)
				return found, found || !x.IsNull() && !m.null
			})
		}, nil
	}
}
