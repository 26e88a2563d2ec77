package lint

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// Baseline is problems that are known and tolerated, and how often: by their keys, which do not change when lines move.
type Baseline map[string]int

// key is the code, the rule or file, and the message.
func (p Problem) key() string {
	whose := ""
	switch file, _, _ := p.Place(); {
	case p.Rule != nil && p.Rule.ID != "":
		whose = p.Rule.ID
	case p.Rule != nil:
		whose = p.Rule.Name
	case file != "":
		whose = filepath.Base(file)
	}
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	return p.Code + "\t" + clean.Replace(whose) + "\t" + clean.Replace(p.Message)
}

// ReadBaseline reads a baseline as WriteBaseline writes it.
func ReadBaseline(r io.Reader) (Baseline, error) {
	out := Baseline{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if strings.Count(line, "\t") != 2 {
			return nil, fmt.Errorf("line %d is not a code, a rule and a message with tabs between them", n)
		}
		out[line]++
	}
	return out, lines.Err()
}

// WriteBaseline writes problems as a baseline, one a line, in order.
func WriteBaseline(w io.Writer, problems []Problem) error {
	keys := make([]string, len(problems))
	for i, p := range problems {
		keys[i] = p.key()
	}
	slices.Sort(keys)
	_, err := io.WriteString(w, "# problems that are tolerated: code, rule, message\n"+strings.Join(append(keys, ""), "\n"))
	return err
}

// Drop leaves out the problems that are in the baseline, and says how many of its own it did not find.
func (b Baseline) Drop(problems []Problem) (left []Problem, gone int) {
	known := Baseline{}
	for key, n := range b {
		known[key] = n
		gone += n
	}
	for _, p := range problems {
		if key := p.key(); known[key] > 0 {
			known[key]--
			gone--
		} else {
			left = append(left, p)
		}
	}
	return left, gone
}
