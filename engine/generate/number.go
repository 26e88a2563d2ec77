package generate

import "time"

const hexDigits = "0123456789abcdef"

// appendPad appends v in decimal with leading zeros up to width.
func appendPad(dst []byte, v int64, width int) []byte {
	start := len(dst)
	for range width {
		dst = append(dst, '0')
	}
	for i := len(dst) - 1; i >= start; i-- {
		dst[i] = byte('0' + v%10)
		v /= 10
	}
	return dst
}

func appendHex(dst []byte, v uint64, digits int) []byte {
	for i := digits - 1; i >= 0; i-- {
		dst = append(dst, hexDigits[v>>(4*i)&15])
	}
	return dst
}

// civil turns days since 1970 into a date; time.Time's own way costs more than the rest of a record's stamps.
func civil(days int64) (year, month, day int64) {
	z := days + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, doy - (153*mp+2)/5 + 1
}

// appendStamp appends seconds since 1970 as date, separator and clock.
func appendStamp(dst []byte, seconds int64, between byte) []byte {
	y, m, d := civil(seconds / 86400)
	dst = append(appendPad(dst, y, 4), '-')
	dst = append(appendPad(dst, m, 2), '-')
	dst = append(appendPad(dst, d, 2), between)
	return appendClock(dst, seconds%86400)
}

func appendClock(dst []byte, second int64) []byte {
	dst = append(appendPad(dst, second/3600, 2), ':')
	dst = append(appendPad(dst, second/60%60, 2), ':')
	return appendPad(dst, second%60, 2)
}

func appendUtcTime(dst []byte, milli int64) []byte {
	dst = append(appendStamp(dst, milli/1000, ' '), '.')
	return appendPad(dst, milli%1000, 3)
}

func appendSystemTime(dst []byte, micro int64) []byte {
	dst = append(appendStamp(dst, micro/1e6, 'T'), '.')
	return append(appendPad(dst, micro%1e6, 6), "000Z"...)
}

// appendBSD appends the stamp of RFC 3164, which has neither year nor zone.
func appendBSD(dst []byte, micro int64) []byte {
	_, m, d := civil(micro / 1e6 / 86400)
	dst = append(dst, time.Month(m).String()[:3]...)
	dst = append(dst, ' ')
	if d < 10 {
		dst = append(dst, ' ', byte('0'+d), ' ')
	} else {
		dst = append(appendPad(dst, d, 2), ' ')
	}
	return appendClock(dst, micro/1e6%86400)
}
