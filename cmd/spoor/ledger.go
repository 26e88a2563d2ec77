package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/output"
)

// summarise is the ledger for people: what was read and what became of it, without the classes that are empty.
func summarise(l *input.Ledger, zone *time.Location, verbose bool) string {
	var b strings.Builder
	t := &l.Total
	fmt.Fprintf(&b, "read %s", plural(int64(len(l.Files)), "file"))
	if l.Scans > 1 {
		fmt.Fprintf(&b, " in %d scans, whose counts are added up", l.Scans)
	}
	fmt.Fprintf(&b, ", %s, %s", size(t.Bytes), plural(t.Records, "record"))
	if t.First != 0 {
		fmt.Fprintf(&b, ", events from %s to %s", column.FormatTime(int64(t.First), zone), column.FormatTime(int64(t.Last), zone))
	}
	b.WriteByte('\n')
	listClasses(&b, t)
	places := 0
	for i := range l.Files {
		f := &l.Files[i]
		path := output.Escape(f.Path)
		for _, p := range f.Places {
			if places++; places <= mostLines || verbose {
				fmt.Fprintf(&b, "    %s: %s\n", where(path, p), p.Note)
			}
		}
		if verbose {
			fmt.Fprintf(&b, "  %s: %s, %s, %s, %s passed over%s\n", path, size(f.Bytes), plural(f.Records, "record"), plural(f.Events(), "event"),
				digits(f.PassedOver), named("; formats ", f.Formats))
		}
	}
	if places > mostLines && !verbose {
		fmt.Fprintf(&b, "    and %s more; -v shows them all\n", plural(int64(places-mostLines), "place"))
	}
	return b.String()
}

// mostLines is how many messages of a kind are shown unless the user wants them all.
const mostLines = 20

// listClasses writes a line for each class of records that is not empty.
func listClasses(b *strings.Builder, t *input.Count) {
	line := func(n int64, noun, rest string) {
		if noun != "" && n != 1 {
			noun += "s"
		}
		if n > 0 {
			fmt.Fprintf(b, "  %14s  %s%s\n", digits(n), noun, rest)
		}
	}
	line(t.PassedOver, "", "passed over: without any of the words that the query needs")
	line(t.Events(), "event", named(": ", t.Kinds))
	line(t.OutOfWindow, "", "of the events outside of the time searched")
	line(t.NoTime, "", "of the events without a time")
	line(t.Salvaged, "", "of the events salvaged: truncated or damaged")
	line(t.Duplicates, "", "of the events delivered before (--unique drops them)")
	line(t.Unwanted, "event", " of kinds that the query does not read")
	line(t.Other, "line", " of other programs")
	line(t.Banner, "line", " that Sysmon wrote about itself")
	line(t.Foreign, "event", " of other providers")
	for _, name := range slices.Sorted(maps.Keys(t.Unsupported)) {
		line(t.Unsupported[name], "record", " of "+name+", which searches of raw events read, and no other")
	}
	lost := " lost on the way here"
	if t.LostHint != "" {
		lost += ": " + t.LostHint
	}
	line(t.Lost, "record", lost)
	line(t.Unfinished, "last line", " not written to the end")
	line(t.Unreadable, "unreadable record", "")
}

// where is a record's file and line, or its offset if nobody counted lines.
func where(path string, p input.Place) string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d", path, p.Line)
	}
	return fmt.Sprintf("%s at byte %d", path, p.Offset)
}

// named is counts with their names, the largest first.
func named(lead string, counts map[string]int64) string {
	if len(counts) == 0 {
		return ""
	}
	parts := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	for i, name := range parts {
		parts[i] = fmt.Sprintf("%s (%s)", name, digits(counts[name]))
	}
	return lead + strings.Join(parts, ", ")
}

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return digits(n) + " " + noun + "s"
}

// digits is a number with its thousands apart.
func digits(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// size is a number of bytes in the unit that suits it.
func size(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	f := float64(n)
	for f >= 1000 && len(units) > 1 {
		f, units = f/1000, units[1:]
	}
	if units[0] == "bytes" {
		return plural(n, "byte")
	}
	return fmt.Sprintf("%.1f %s", f, units[0])
}
