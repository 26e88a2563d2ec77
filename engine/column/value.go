// Package column holds the data of the engine: values, typed vectors with several encodings, dictionaries and batches.
//
// There is no per-row interface: operators and functions work on whole vectors. Row access (Value) is for output, tests and the
// few functions that need it.
package column

import (
	"math"
	"strconv"
	"strings"
)

// Kind is the type of a value.
type Kind uint8

// The kinds of values. Null is the kind of a missing value. An empty string is not null.
const (
	Null Kind = iota
	String
	Int
	Float
	Bool
	Time // nanoseconds since 1970 UTC
	List // two or more values; one value is no list, and there is no empty list
)

func (k Kind) String() string {
	return [...]string{"null", "string", "int", "float", "bool", "time", "list"}[k]
}

// Value is one cell. The zero Value is null.
type Value struct {
	str   string
	bits  uint64
	items *[]Value
	kind  Kind
}

// Str makes a string.
func Str(s string) Value { return Value{kind: String, str: s} }

// Integer makes an integer.
func Integer(i int64) Value { return Value{kind: Int, bits: uint64(i)} }

// Real makes a floating point number.
func Real(f float64) Value { return Value{kind: Float, bits: math.Float64bits(f)} }

// Boolean makes a truth value.
func Boolean(b bool) Value {
	if b {
		return Value{kind: Bool, bits: 1}
	}
	return Value{kind: Bool}
}

// Nanos makes a point in time from nanoseconds since 1970 UTC.
func Nanos(ns int64) Value { return Value{kind: Time, bits: uint64(ns)} }

// Multi makes a multivalue. Nulls and nested lists are flattened away; no values make null and one value makes that value.
func Multi(items []Value) Value {
	flat := true
	for _, v := range items {
		flat = flat && v.kind != Null && v.kind != List
	}
	if !flat {
		var out []Value
		for _, v := range items {
			out = append(out, v.Items()...)
		}
		items = out
	}
	switch len(items) {
	case 0:
		return Value{}
	case 1:
		return items[0]
	}
	return Value{kind: List, items: &items}
}

// Kind is the type of the value.
func (v Value) Kind() Kind { return v.kind }

// IsNull says whether the value is missing.
func (v Value) IsNull() bool { return v.kind == Null }

// Text is the string of a String and "" of anything else; see Format for printing.
func (v Value) Text() string { return v.str }

// Int is the integer of an Int, the nanoseconds of a Time, and 1 or 0 of a Bool.
func (v Value) Int() int64 { return int64(v.bits) }

// Float is the number of a Float.
func (v Value) Float() float64 { return math.Float64frombits(v.bits) }

// True says whether the value is the Bool true.
func (v Value) True() bool { return v.kind == Bool && v.bits == 1 }

// Items is the values of a List, nothing of null, and the value itself otherwise. The caller must not change it.
func (v Value) Items() []Value {
	switch v.kind {
	case Null:
		return nil
	case List:
		return *v.items
	}
	return []Value{v}
}

// Clone is the value with its own copy of its bytes, for who keeps it longer than the batch it came from.
func (v Value) Clone() Value {
	switch v.kind {
	case String:
		v.str = strings.Clone(v.str)
	case List:
		items := make([]Value, len(*v.items))
		for i, x := range *v.items {
			items[i] = x.Clone()
		}
		v.items = &items
	}
	return v
}

// Number is the numeric reading of the value: of numbers, times (as seconds since 1970) and strings that hold a decimal number.
func (v Value) Number() (float64, bool) {
	switch v.kind {
	case Int:
		return float64(int64(v.bits)), true
	case Float:
		return v.Float(), true
	case Time:
		return Seconds(int64(v.bits)), true
	case String:
		return ParseNumber(v.str)
	}
	return 0, false
}

// Instant is the value as a point in time, in nanoseconds since 1970: of a time, or of a number of seconds. A float64 holds microseconds,
// so what is finer is rounded off.
func (v Value) Instant() (ns int64, ok bool) {
	if v.kind == Time {
		return v.Int(), true
	}
	seconds, ok := v.Number()
	if !ok || math.IsNaN(seconds) || math.Abs(seconds) > mostSeconds {
		return 0, false
	}
	whole := math.Floor(seconds)
	return int64(whole)*1e9 + int64(math.Round((seconds-whole)*1e6))*1e3, true
}

// mostSeconds is about as far from 1970 as nanoseconds in 64 bits reach.
const mostSeconds = 9.2e9

// Beginning and End bound all time, in nanoseconds since 1970.
const (
	Beginning = math.MinInt64
	End       = math.MaxInt64
)

// Seconds turns nanoseconds into seconds without losing microseconds.
func Seconds(ns int64) float64 {
	return float64(ns/1e9) + float64(ns%1e9)/1e9
}

// ParseNumber reads a decimal number with optional sign, fraction and exponent; white space around it is allowed.
// Hexadecimal, underscores, "inf" and "nan" are no numbers.
func ParseNumber(s string) (float64, bool) {
	if s == "" || s[0] > '9' {
		return 0, false // the common case by far: a path, a name
	}
	if n, ok := ParseWhole(s); ok {
		return float64(n), true
	}
	s = strings.TrimSpace(s)
	digits := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c == '.' || c == '-' || c == '+':
		case (c == 'e' || c == 'E') && digits:
		default:
			return 0, false
		}
	}
	if !digits {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && math.IsInf(f, 0) {
		return f, true // beyond float64: infinite, as Splunk reads it
	}
	return f, err == nil
}
