package rounds

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"spoor/engine/detect"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// warned begins the name of the mark that says what earlier rounds of the same rules warned of.
const warned = "\x00warned "

// repeat takes from the problems the warnings that the round before had as well: they are told once, until they go away. Errors are told each time.
func (r *round) repeat() {
	names := make([]string, len(r.rules))
	for i, rule := range r.rules {
		names[i] = detect.NameOf(rule)
	}
	slices.Sort(names)
	mark := warned + digest(strings.Join(names, "\x00"))
	before, now := r.marks[mark].Name, ""
	r.out.Problems = slices.DeleteFunc(r.out.Problems, func(d *source.Diagnostic) bool {
		if d.Severity != source.Warning {
			return false
		}
		print := digest(d.Code + "\x00" + d.Message)
		now += print
		known := strings.Contains(before, print)
		if known {
			r.out.Repeated = append(r.out.Repeated, d)
		}
		return known
	})
	if now != before && !r.options.Unheard {
		r.out.change.Marks[mark] = state.Mark{Name: now}
	}
}

// digest stands for a text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return " " + hex.EncodeToString(sum[:8])
}
