// Package ruletest tests detection rules: each must find in some logs what it is said to find, and nothing in others. The tests are those of
// security_content's rules, and those that stand in files beside rules. Rules that are tested on the same logs read them together.
package ruletest

import (
	"context"
	"strings"

	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// Options says where the logs are, and how rules are compiled and run. The inputs of Detect are those of the tests.
type Options struct {
	DataRoot string        // the folder of the logs of security_content's tests; empty: there is none
	Negative []string      // paths of logs in which no rule may find anything
	Strict   bool          // what cannot be tested has failed
	Pack     []*rules.Rule // all rules of which files with tests may speak, also those that are not tested now
	Detect   detect.Options
}

// Status is how a test ended.
type Status string

// The ways in which tests end.
const (
	Pass   Status = "pass"
	Fail   Status = "fail"
	Skip   Status = "skip"  // there are no logs, or no test
	Broken Status = "error" // the rule cannot run, or its logs cannot be read
)

// Test is what a rule must find.
type Test struct {
	Rule       *rules.Rule
	Name       string
	At         source.Span // where it is written
	Data       []string    // paths of logs
	Sourcetype string      // of all events; empty: as they say
	Source     string      // likewise
	Host       string      // of events that name none
	Now        string      // when the rule runs by its schedule; empty if it searches all times
	Least      int         // how many findings there must be
	Most       int         // -1: any number
	Expect     []rules.Expected
}

// Result is how a test ended.
type Result struct {
	Test
	Status   Status // empty until it is known
	Reasons  []string
	Findings int
	Verdict  detect.Verdict // empty if the rule did not run
}

// Report is how all tests ended: in the order of the rules.
type Report struct {
	Results []*Result
	Rules   int
}

// Run tests rules.
func Run(ctx context.Context, list []*rules.Rule, o Options) *Report {
	out := &Report{Results: newCollector(list, o).all(list), Rules: len(list)}
	for _, s := range sessions(out.Results) {
		s.run(ctx, o.Detect)
	}
	for _, r := range out.Results {
		if r.Status == Skip && o.Strict {
			r.Status = Fail
		}
	}
	return out
}

// Count is how many tests ended so.
func (r *Report) Count(s Status) (n int) {
	for _, x := range r.Results {
		if x.Status == s {
			n++
		}
	}
	return n
}

// end settles a test.
func (r *Result) end(s Status, reasons ...string) *Result {
	r.Status, r.Reasons = s, append(r.Reasons, reasons...)
	return r
}

// place is where the test is written: file:line.
func (r *Result) place() (file string, line int) {
	if r.At.IsZero() {
		return r.Rule.File, 0
	}
	line, _ = r.At.Position()
	return r.At.Text.Name, line
}

// plain is a message in one line, with its place and without the word error.
func plain(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return strings.Replace(line, "error: ", "", 1)
}
