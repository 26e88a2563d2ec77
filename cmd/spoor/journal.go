package main

import (
	"regexp"
	"strings"
)

// The levels of the journal.
const (
	levelError   = "<3>"
	levelWarning = "<4>"
	levelInfo    = "<6>"
)

// journaled says whether a stream of the process goes straight to the journal: JOURNAL_STREAM, which children inherit, says which socket that is,
// and the link in /proc which one the stream is.
func journaled(variable, link string) bool {
	_, inode, ok := strings.Cut(variable, ":")
	return ok && inode != "" && link == "socket:["+inode+"]"
}

// severity is what messages begin with, behind the place if they have one.
var severity = regexp.MustCompile(`^(?:.*:\d+:\d+: )?(error|warning|note): `)

// leveled puts in front of each line the level that the journal takes from there. What belongs to a message has its level.
func leveled(level, text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		switch m := severity.FindStringSubmatch(l); {
		case m == nil:
		case m[1] == "error":
			level = levelError
		case m[1] == "warning":
			level = levelWarning
		default:
			level = levelInfo
		}
		lines[i] = level + l
	}
	return strings.Join(lines, "\n")
}
