package finding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/output"
)

// mostOffsets is how many records a command asks for: shells and eyes have limits.
const mostOffsets = 100

// Commands is the commands that print the records of some findings, one for each file. What was read from the standard input cannot be
// read again. More says how many records are left out because a command would be too long.
func Commands(findings []*Finding) (lines []string, more int) {
	offsets := map[string][]int64{}
	var files []string
	for _, f := range findings {
		for _, r := range f.Evidence.Records {
			switch known, seen := offsets[r.File]; {
			case r.File == "" || r.File == "-":
			case !seen:
				files = append(files, r.File)
				offsets[r.File] = []int64{r.Offset}
			case slices.Contains(known, r.Offset):
			case len(known) == mostOffsets:
				more++
			default:
				offsets[r.File] = append(known, r.Offset)
			}
		}
	}
	for _, file := range files {
		at := offsets[file]
		slices.Sort(at)
		parts := make([]string, len(at))
		for i, offset := range at {
			parts[i] = strconv.FormatInt(offset, 10)
		}
		condition := "_offset=" + parts[0]
		if len(parts) > 1 {
			condition = "_offset IN (" + strings.Join(parts, ", ") + ")"
		}
		lines = append(lines, "spoor search -q -o raw '"+condition+"' "+quoted(path(file)))
	}
	return lines, more
}

// path is a file's name where a command expects one: never taken for a flag.
func path(file string) string {
	if strings.HasPrefix(file, "-") {
		return "./" + file
	}
	return file
}

// quoted is a word of a shell line, whatever it holds. Names are chosen by others: what a terminal would not show is written in the form
// $'...' of bash and zsh.
func quoted(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+,:@%=", r)
	}
	switch {
	case word == "":
		return "''"
	case !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }):
		return word
	case output.Escape(word) == word:
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	var b strings.Builder
	b.WriteString("$'")
	for i := range len(word) {
		switch c := word[i]; {
		case c == '\'' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + "'"
}
