package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
)

// field is a key and its value in a line that people and programs read in the journal.
type field struct{ key, value string }

// line is fields on one line: spoor: found=3 read=12.3MB. A value with blanks or the like is quoted; an empty one is left out.
func line(fields ...field) string {
	var b strings.Builder
	b.WriteString("spoor:")
	for _, f := range fields {
		if f.value == "" {
			continue
		}
		if quoted := strconv.Quote(f.value); strings.ContainsAny(f.value, " =") || len(quoted) != len(f.value)+2 {
			f.value = quoted
		}
		b.WriteString(" " + f.key + "=" + f.value)
	}
	return b.String()
}

// ran tells in a line what a run did, if it is to say more.
func (r *report) ran(ledger *input.Ledger, begun time.Time, window string, fields ...field) {
	if !r.summed {
		return
	}
	t := &ledger.Total
	r.say("%s", line(append(fields,
		field{"read", unblanked(size(t.Bytes))}, field{"records", strconv.FormatInt(t.Records, 10)}, field{"took", fmt.Sprintf("%.2fs", r.now().Sub(begun).Seconds())},
		field{"window", window})...))
}

// unblanked is a size without blanks.
func unblanked(size string) string {
	return strings.NewReplacer(" bytes", "B", " byte", "B", " ", "").Replace(size)
}

// everything is the range of all times.
const everything = "all"

// between is a range of time without blanks.
func between(from, to int64) string {
	start, end := "", ""
	if from != column.Beginning {
		start = stamp(from)
	}
	if to != column.End {
		end = stamp(to)
	}
	if start == "" && end == "" {
		return everything
	}
	return start + ".." + end
}

func stamp(ns int64) string { return time.Unix(0, ns).UTC().Format(time.RFC3339Nano) }
