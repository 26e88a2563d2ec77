package column

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// String is the value as the languages' functions see it when they want text: numbers plain, a time as seconds since 1970,
// truth values as True and False, the values of a list joined by a blank, null as "".
func (v Value) String() string {
	switch v.kind {
	case String:
		return v.str
	case Int:
		return strconv.FormatInt(int64(v.bits), 10)
	case Float:
		return FormatFloat(v.Float())
	case Bool:
		if v.bits == 1 {
			return "True"
		}
		return "False"
	case Time:
		return formatSeconds(int64(v.bits))
	case List:
		parts := make([]string, len(*v.items))
		for i, x := range *v.items {
			parts[i] = x.String()
		}
		return strings.Join(parts, " ")
	}
	return ""
}

// Format is the value as output shows it: like String, but a time in RFC 3339 in the zone, and one value of a list per line.
func Format(v Value, zone *time.Location) string {
	switch v.kind {
	case Time:
		return FormatTime(int64(v.bits), zone)
	case List:
		parts := make([]string, len(*v.items))
		for i, x := range *v.items {
			parts[i] = Format(x, zone)
		}
		return strings.Join(parts, "\n")
	}
	return v.String()
}

// FormatFloat prints a number: integers plain, others in the fewest digits that read back the same; nan, inf and -inf.
func FormatFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	case f == math.Trunc(f) && math.Abs(f) < 1e17:
		return strconv.FormatInt(int64(f), 10)
	case math.Abs(f) >= 1e17 || math.Abs(f) < 1e-7:
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// FormatTime prints nanoseconds since 1970 as RFC 3339 with three, six or nine digits of a second, as many as it needs.
func FormatTime(ns int64, zone *time.Location) string { return string(AppendTime(nil, ns, zone)) }

// AppendTime is FormatTime behind other text.
func AppendTime(dst []byte, ns int64, zone *time.Location) []byte {
	layout := "2006-01-02T15:04:05.000Z07:00"
	switch {
	case ns%1e3 != 0:
		layout = "2006-01-02T15:04:05.000000000Z07:00"
	case ns%1e6 != 0:
		layout = "2006-01-02T15:04:05.000000Z07:00"
	}
	if zone == nil {
		zone = time.UTC
	}
	return time.Unix(0, ns).In(zone).AppendFormat(dst, layout)
}

// formatSeconds prints nanoseconds as decimal seconds, with as many decimals as needed.
func formatSeconds(ns int64) string {
	sign, n := "", uint64(ns)
	if ns < 0 {
		sign, n = "-", -n
	}
	s := sign + strconv.FormatUint(n/1e9, 10)
	if rest := n % 1e9; rest != 0 {
		frac := strconv.FormatUint(1e9+rest, 10)[1:]
		s += "." + strings.TrimRight(frac, "0")
	}
	return s
}
