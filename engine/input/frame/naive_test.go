package frame

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	marks    = regexp.MustCompile(`<Event(?:[>/ \t\r]|$)|</Event>`)
	jsonLine = regexp.MustCompile(`^[ \t\r]*(\{|\[\{|data: \{)`)
	newLine  = regexp.MustCompile(`^(\d|\{|<\d|type=|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun) )`)
)

// naive cuts a log into records line by line, as the rules are told; it knows no limit.
func naive(data string) (out []string) {
	ended := strings.HasSuffix(data, "\n")
	rest := strings.Split(data, "\n")
	if ended || data == "" {
		rest = rest[:len(rest)-1]
	}
	emit := func(lines ...string) { out = append(out, strings.TrimSuffix(strings.Join(lines, "\n"), "\r")) }
	for len(rest) > 0 {
		line := rest[0]
		rest = rest[1:]
		if jsonLine.MatchString(line) {
			emit(line)
			continue
		}
		for more := true; more; {
			line, more = naiveEvent(line, &rest, emit, &out)
		}
	}
	return out
}

// naiveEvent emits the first record of a line and says whether there is another in it.
func naiveEvent(line string, rest *[]string, emit func(...string), out *[]string) (string, bool) {
	found := marks.FindAllStringIndex(line, -1)
	closes := func(i int) bool { return strings.HasPrefix(line[found[i][0]:], "</") }
	opensBehind := func(i int) bool {
		for j := i + 1; j < len(found); j++ {
			if !closes(j) {
				return true
			}
		}
		return false
	}
	split := func(at int) (string, bool) {
		*out = append(*out, line[:at])
		return strings.TrimLeft(line[at:], " \t\r"), true
	}
	first := slices.IndexFunc(found, func(m []int) bool { return !strings.HasPrefix(line[m[0]:], "</") })
	switch {
	case first < 0:
		emit(line)
	case first > 0:
		return split(found[0][1])
	case len(found) > 1 && !closes(1):
		return split(found[1][0])
	case len(found) > 1 && opensBehind(1):
		return split(found[1][1])
	case len(found) > 1:
		emit(line)
	default:
		return naiveRest(line, strings.TrimSpace(line[:found[0][0]]) != "", rest, emit, out)
	}
	return "", false
}

// naiveRest emits an event that begins in a line and goes on in the next ones.
func naiveRest(line string, prefixed bool, rest *[]string, emit func(...string), out *[]string) (string, bool) {
	event := []string{line}
	for len(*rest) > 0 {
		next := (*rest)[0]
		found := marks.FindStringIndex(next)
		if prefixed && newLine.MatchString(next) || found != nil && !strings.HasPrefix(next[found[0]:], "</") {
			break
		}
		*rest = (*rest)[1:]
		if found == nil {
			event = append(event, next)
			continue
		}
		behind := marks.FindAllString(next[found[1]:], -1)
		if !jsonLine.MatchString(next) && slices.ContainsFunc(behind, func(m string) bool { return m != "</Event>" }) {
			*out = append(*out, strings.Join(append(event, next[:found[1]]), "\n"))
			return strings.TrimLeft(next[found[1]:], " \t\r"), true
		}
		emit(append(event, next)...)
		return "", false
	}
	emit(event...)
	return "", false
}

func TestLinesAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 50_000 {
		data := random(r)
		if got, want := lines(data, 0), naive(data); !slices.Equal(got, want) {
			t.Fatalf("%q:\n got %q\nwant %q", data, got, want)
		}
	}
}
