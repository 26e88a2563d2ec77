package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// troubles is what goes wrong in round after round of a service. It is said when it begins, once an hour while it lasts, and when it is over.
type troubles struct {
	now   func() time.Time
	due   []string // the rules that the round answers
	known map[string]*trouble
}

// trouble is one of them.
type trouble struct {
	text  string
	said  time.Time
	heard bool            // in this round
	waits map[string]bool // rules of the last round that had it, which were not answered since: one of them may have it still
}

// reminder is after how long it is said again.
const reminder = time.Hour

// number is a word that is a number: how many something was does not make it another trouble.
var number = regexp.MustCompile(`(^|[ (])[0-9][0-9,]*($|[ ,;:)])`)

// begin begins a round.
func (t *troubles) begin(due []string) {
	t.due = due
	if t.known == nil {
		t.known = map[string]*trouble{}
	}
}

// hear takes note of a trouble of the round, and says whether it is to be said.
func (t *troubles) hear(text string) bool {
	key := number.ReplaceAllString(text, "$1#$2")
	x := t.known[key]
	fresh := x == nil
	if fresh {
		x = &trouble{}
		t.known[key] = x
	}
	x.text, x.heard, x.waits = text, true, map[string]bool{}
	for _, name := range t.due {
		x.waits[name] = true
	}
	if since := t.now().Sub(x.said); !fresh && since >= 0 && since < reminder {
		return false
	}
	x.said = t.now()
	return true
}

// end ends a round that came to its end, and gives the troubles that are over: all rules that may have had it were answered without it, or are no more.
func (t *troubles) end(able map[string]bool) (over []string) {
	for key, x := range t.known {
		if x.heard {
			x.heard = false
			continue
		}
		maps.DeleteFunc(x.waits, func(name string, _ bool) bool { return !able[name] || slices.Contains(t.due, name) })
		if len(x.waits) == 0 {
			first, _, _ := strings.Cut(x.text, "\n")
			over = append(over, first)
			delete(t.known, key)
		}
	}
	slices.Sort(over)
	return over
}
