package function

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// strftime prints nanoseconds since 1970 by a format of directives such as %Y; what is no directive stays as it is.
func strftime(ns int64, layout string, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	t := time.Unix(0, ns).In(zone)
	var b strings.Builder
	for layout != "" {
		at := strings.IndexByte(layout, '%')
		if at < 0 {
			break
		}
		b.WriteString(layout[:at])
		var d directive
		d, layout = nextDirective(layout[at:])
		d.print(&b, t)
	}
	b.WriteString(layout)
	return b.String()
}

// directive is `%`, up to three modifiers, of which the first counts, and a letter.
type directive struct {
	text   string
	modify byte // 0, a digit, ':', '-', '_' or 'E'
	verb   byte
}

func nextDirective(s string) (directive, string) {
	n := 1
	for n < len(s) && n < 4 && (s[n] == ':' || s[n] >= '1' && s[n] <= '9' || s[n] == '-' || s[n] == '_') {
		n++
	}
	if strings.HasPrefix(s, "%Ez") {
		n = 2
	}
	if n == len(s) {
		return directive{text: s}, ""
	}
	d := directive{text: s[:n+1], verb: s[n]}
	if n > 1 {
		d.modify = s[1]
	}
	return d, s[n+1:]
}

// composed are the directives that stand for several.
var composed = map[byte]string{
	'T': "%H:%M:%S", 'F': "%Y-%m-%d", 'D': "%m/%d/%y", 'R': "%H:%M", 'r': "%I:%M:%S %p", 'x': "%m/%d/%Y", 'X': "%H:%M:%S",
	'c': "%a %b %e %H:%M:%S %Y", '+': "%a %b %e %H:%M:%S %Z %Y",
}

func (d directive) print(b *strings.Builder, t time.Time) {
	if c, ok := composed[d.verb]; ok {
		b.WriteString(strftime(t.UnixNano(), c, t.Location()))
		return
	}
	if n, width, ok := d.number(t); ok {
		format := "%0*d"
		switch {
		case d.modify == '-':
			width = 0
		case d.modify == '_', d.verb == 'e', d.verb == 'k', d.verb == 'l':
			format = "%*d"
		}
		fmt.Fprintf(b, format, width, n)
		return
	}
	switch d.verb {
	case 'a', 'A', 'b', 'B', 'h', 'p', 'Z':
		b.WriteString(t.Format(map[byte]string{'a': "Mon", 'A': "Monday", 'b': "Jan", 'B': "January", 'h': "Jan", 'p': "PM", 'Z': "MST"}[d.verb]))
	case 'P':
		b.WriteString(t.Format("pm"))
	case 'z':
		d.offset(b, t)
	case 'f', 'N', 'Q':
		fmt.Fprintf(b, "%0*d", d.precision(), t.Nanosecond()/pow10[9-d.precision()])
	case 's':
		b.WriteString(strconv.FormatInt(t.Unix(), 10))
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case '%':
		b.WriteByte('%')
	default:
		b.WriteString(d.text)
	}
}

// offset prints the distance from UTC: +hhmm, or with colons %:z +hh:mm, %::z +hh:mm:ss and %:::z +hh, or as minutes %Ez.
func (d directive) offset(b *strings.Builder, t time.Time) {
	if d.modify == 'E' {
		_, seconds := t.Zone()
		fmt.Fprintf(b, "%+d", seconds/60)
		return
	}
	b.WriteString(t.Format([]string{"-0700", "-07:00", "-07:00:00", "-07"}[min(strings.Count(d.text, ":"), 3)]))
}

var pow10 = [...]int{1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

// precision is the digits of a fraction: six for %f, nine for %N, three for %Q, or as the directive says.
func (d directive) precision() int {
	if d.modify >= '1' && d.modify <= '9' {
		return int(d.modify - '0')
	}
	return map[byte]int{'f': 6, 'N': 9, 'Q': 3}[d.verb]
}

// number is the value and the width of a directive that prints a number.
func (d directive) number(t time.Time) (n, width int, ok bool) {
	switch d.verb {
	case 'Y':
		return t.Year(), 4, true
	case 'C':
		return t.Year() / 100, 2, true
	case 'y':
		return t.Year() % 100, 2, true
	case 'm':
		return int(t.Month()), 2, true
	case 'd', 'e':
		return t.Day(), 2, true
	case 'H', 'k':
		return t.Hour(), 2, true
	case 'I', 'l':
		return (t.Hour()+11)%12 + 1, 2, true
	case 'M':
		return t.Minute(), 2, true
	case 'S':
		return t.Second(), 2, true
	case 'j':
		return t.YearDay(), 3, true
	case 'w':
		return int(t.Weekday()), 1, true
	case 'u':
		return (int(t.Weekday())+6)%7 + 1, 1, true
	case 'U':
		return (t.YearDay() + 6 - int(t.Weekday())) / 7, 2, true
	case 'W':
		return (t.YearDay() + 6 - (int(t.Weekday())+6)%7) / 7, 2, true
	case 'V':
		_, week := t.ISOWeek()
		return week, 2, true
	case 'G':
		year, _ := t.ISOWeek()
		return year, 4, true
	case 'g':
		year, _ := t.ISOWeek()
		return year % 100, 2, true
	}
	return 0, 0, false
}
