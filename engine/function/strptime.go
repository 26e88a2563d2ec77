package function

import (
	"strconv"
	"strings"
	"time"
)

// strptime reads a time by a format of directives such as %Y; ok is false if the text does not follow it. What the format leaves out is
// taken from the start of the day or year, and a date without year or a time without date from now. Text after the format's end is ignored.
func strptime(text, layout string, now time.Time, zone *time.Location) (ns int64, ok bool) {
	if zone == nil {
		zone = time.UTC
	}
	p := parsed{zone: zone, text: text, month: 1, day: 1}
	if !p.read(layout) || !p.valid() {
		return 0, false
	}
	return p.result(now), true
}

// parsed is what a text has told so far.
type parsed struct {
	text                       string // the rest
	zone                       *time.Location
	year, month, day, yearDay  int
	hour, minute, second, nano int
	hasYear, hasDate           bool
	pm, hasHalf                bool
	epoch                      int64
	hasEpoch                   bool
}

func (p *parsed) read(layout string) bool {
	for layout != "" {
		switch c := layout[0]; {
		case c == '%':
			var d directive
			d, layout = nextDirective(layout)
			if !p.directive(d) {
				return false
			}
			continue
		case c == '.' && !strings.HasPrefix(p.text, ".") && fractionNext(layout[1:]):
			_, layout = nextDirective(layout[1:]) // whole seconds are written without point
			continue
		case c == ' ' || c == '\t' || c == '\n':
			p.text = strings.TrimLeft(p.text, " \t\r\n")
		case p.text == "" || p.text[0] != c:
			return false
		default:
			p.text = p.text[1:]
		}
		layout = layout[1:]
	}
	return true
}

func fractionNext(layout string) bool {
	d, _ := nextDirective(layout + "x")
	return strings.HasPrefix(layout, "%") && strings.IndexByte("fNQ", d.verb) >= 0
}

func (p *parsed) directive(d directive) bool {
	if c, ok := composed[d.verb]; ok {
		return p.read(c)
	}
	switch d.verb {
	case 'Y':
		p.hasYear, p.hasDate = true, true
		return p.number(&p.year, 4)
	case 'y':
		p.hasYear, p.hasDate = true, true
		ok := p.number(&p.year, 2)
		if p.year += 1900; p.year < 1969 {
			p.year += 100
		}
		return ok
	case 'm':
		p.hasDate = true
		return p.number(&p.month, 2)
	case 'd', 'e':
		p.hasDate = true
		return p.number(&p.day, 2)
	case 'j':
		p.hasDate = true
		return p.number(&p.yearDay, 3) && p.yearDay > 0
	case 'H', 'k':
		return p.number(&p.hour, 2)
	case 'I', 'l':
		p.hasHalf = true
		return p.number(&p.hour, 2) && p.hour >= 1 && p.hour <= 12
	case 'M':
		return p.number(&p.minute, 2)
	case 'S':
		return p.number(&p.second, 2)
	case 'f', 'N', 'Q':
		return p.fraction()
	case 's':
		return p.seconds()
	case 'n', 't':
		p.text = strings.TrimLeft(p.text, " \t\r\n")
		return true
	case '%':
		rest, ok := strings.CutPrefix(p.text, "%")
		p.text = rest
		return ok
	}
	return p.named(d)
}

// named reads the directives that are words or zones.
func (p *parsed) named(d directive) bool {
	var n int
	switch d.verb {
	case 'a', 'A':
		return p.word(&n, "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
	case 'b', 'B', 'h':
		p.hasDate = true
		return p.word(&p.month, "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
	case 'p', 'P':
		ok := p.word(&n, "AM", "PM")
		p.pm = n == 2
		return ok
	case 'z':
		if d.modify == 'E' {
			return p.minutes()
		}
		return p.offset()
	case 'Z':
		return p.zoneName()
	case 'w', 'u':
		return p.number(&n, 1)
	case 'U', 'V', 'W', 'g', 'C':
		return p.number(&n, 2) // the date says more
	case 'G':
		return p.number(&n, 4)
	}
	return false
}

// number reads up to width digits, after blanks.
func (p *parsed) number(to *int, width int) bool {
	p.text = strings.TrimLeft(p.text, " ")
	n, i := 0, 0
	for i < width && i < len(p.text) && p.text[i] >= '0' && p.text[i] <= '9' {
		n = 10*n + int(p.text[i]-'0')
		i++
	}
	p.text = p.text[i:]
	*to = n
	return i > 0
}

// fraction reads the digits behind a point, however many there are.
func (p *parsed) fraction() bool {
	i := 0
	p.nano = 0
	for ; i < len(p.text) && p.text[i] >= '0' && p.text[i] <= '9'; i++ {
		if i < 9 {
			p.nano += int(p.text[i]-'0') * pow10[8-i]
		}
	}
	p.text = p.text[i:]
	return i > 0
}

func (p *parsed) seconds() bool {
	rest := strings.TrimLeft(p.text, "0123456789")
	n, err := strconv.ParseInt(p.text[:len(p.text)-len(rest)], 10, 64)
	p.text, p.epoch, p.hasEpoch = rest, n, true
	return err == nil && n < 9e9
}

// word reads one of the names or its first three letters, in any case, and sets its number, from 1 on.
func (p *parsed) word(to *int, names ...string) bool {
	for i, name := range names {
		for _, form := range []string{name, name[:min(3, len(name))]} {
			if len(p.text) >= len(form) && equalFold(p.text[:len(form)], lowerASCII(form)) {
				*to, p.text = i+1, p.text[len(form):]
				return true
			}
		}
	}
	return false
}

// minutes reads a distance from UTC in minutes.
func (p *parsed) minutes() bool {
	rest := strings.TrimLeft(p.text, "+-")
	end := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	n, err := strconv.Atoi(p.text[:len(p.text)-len(rest)+end])
	p.text, p.zone = rest[end:], time.FixedZone("", n*60)
	return err == nil && n >= -24*60 && n <= 24*60
}

// offset reads Z, +01, +0100, +01:00, +01:00:00.
func (p *parsed) offset() bool {
	if p.text == "" {
		return false
	}
	sign := p.text[0]
	p.text = p.text[1:]
	if sign == 'Z' || sign == 'z' {
		p.zone = time.UTC
		return true
	}
	var hours, minutes, more int
	if sign != '+' && sign != '-' || strings.HasPrefix(p.text, " ") || !p.number(&hours, 2) {
		return false
	}
	p.text = strings.TrimPrefix(p.text, ":")
	if p.text != "" && p.text[0] >= '0' && p.text[0] <= '9' {
		p.number(&minutes, 2)
	}
	if rest, ok := strings.CutPrefix(p.text, ":"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		p.text = rest
		p.number(&more, 2)
	}
	seconds := hours*3600 + minutes*60 + more
	if sign == '-' {
		seconds = -seconds
	}
	p.zone = time.FixedZone("", seconds)
	return hours <= 24 && minutes < 60
}

// zoneOffsets are the names of zones that mean one thing in practice.
var zoneOffsets = map[string]int{
	"UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"CET": 1, "CEST": 2, "BST": 1, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
}

func (p *parsed) zoneName() bool {
	rest := strings.TrimLeftFunc(p.text, func(r rune) bool { return r >= 'A' && r <= 'Z' })
	name := p.text[:len(p.text)-len(rest)]
	if name == "" {
		return p.offset()
	}
	p.text = rest
	if here, _ := time.Date(p.year, time.Month(p.month), p.day, 12, 0, 0, 0, p.zone).Zone(); here == name {
		return true
	}
	hours, known := zoneOffsets[name]
	if known {
		p.zone = time.FixedZone(name, hours*3600)
	}
	return known
}

func (p *parsed) valid() bool {
	if p.hasEpoch {
		return true
	}
	days := time.Date(p.year, time.Month(p.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return (!p.hasYear || p.year >= 1678 && p.year <= 2261) && p.month >= 1 && p.month <= 12 && p.day >= 1 && (p.day <= days || !p.hasYear && p.day <= 31) &&
		p.yearDay <= 366 && p.hour < 24 && p.minute < 60 && p.second <= 60
}

func (p *parsed) result(now time.Time) int64 {
	if p.hasEpoch {
		return p.epoch*1e9 + int64(p.nano)
	}
	now = now.In(p.zone)
	if !p.hasDate {
		_, month, day := now.Date()
		p.month, p.day = int(month), day
	}
	if !p.hasYear {
		p.year = now.Year()
	}
	if p.hasHalf {
		p.hour %= 12
		if p.pm {
			p.hour += 12
		}
	}
	if p.yearDay > 0 {
		p.month, p.day = 1, p.yearDay
	}
	return time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, p.nano, p.zone).UnixNano()
}
