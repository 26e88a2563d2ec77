package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// pack is the flags that say which rules are meant, and what their queries may use besides what they bring along.
type pack struct {
	library
	included, excluded []string
	enabled            bool
	problems           source.Errors // of loading them
}

func (p *pack) flags(f *pflag.FlagSet) {
	p.library.flags(f)
	p.tableFlags(f)
	f.StringArrayVar(&p.included, "include", nil, "only rules that satisfy `KEY=PATTERN`, such as severity>=high, or the pattern of a name (repeatable; see spoor help rules)")
	f.StringArrayVar(&p.excluded, "exclude", nil, "no rules that satisfy `KEY=PATTERN`, or the pattern of a name (repeatable)")
	f.BoolVar(&p.enabled, "enabled-only", false, "only rules that are enabled (default: whatever they say)")
}

// load reads the rules in paths, once.
func (p *pack) load(paths []string) source.Errors {
	if p.pack == nil {
		p.pack = &rules.Library{}
		p.problems = p.pack.Load(paths...)
	}
	return p.problems
}

// open loads the rules in paths and gives those that are wanted, by name. What is wrong with some of them is said, and makes the exit code.
func (p *pack) open(s *shell, paths []string, quiet bool) ([]*rules.Rule, exit, error) {
	wanted, err := p.selection()
	if err != nil {
		return nil, done, err
	}
	problems, code := p.load(paths), done
	switch {
	case len(p.pack.All()) == 0:
		return nil, misused, nothingIn(paths, problems)
	default:
		if quiet {
			problems = slices.DeleteFunc(slices.Clone(problems), harmlessIn)
		}
		if len(problems) > 0 {
			s.say("%s", problems.Error())
		}
	}
	if p.pack.Broken > 0 {
		code = unread
	}
	chosen := wanted.Of(p.pack.All())
	if len(chosen) == 0 {
		return nil, misused, usage("none of the %s is wanted", source.Count(len(p.pack.All()), "rule")).hint("see --include, --exclude and --enabled-only")
	}
	return chosen, code, nil
}

// harmlessIn says whether what is wrong in files of rules changes no answer, or only which of two rules of a name gives it.
func harmlessIn(d *source.Diagnostic) bool {
	return d.Severity != source.Error && slices.Contains([]string{"unknown-key", "duplicate-key", "rule-value", "test-value", "duplicate-rule"}, d.Code)
}

// nothingIn is the error that there is no rule in some paths.
func nothingIn(paths []string, problems source.Errors) error {
	for _, d := range problems {
		d.Severity = source.Error
	}
	if len(problems) > 0 {
		return problems
	}
	return usage("there is no rule in %s", strings.Join(paths, ", "))
}

func (p *pack) selection() (*rules.Selection, error) {
	out := &rules.Selection{Enabled: p.enabled}
	for _, criterion := range p.included {
		if wrong := out.Include(criterion); wrong != nil {
			return nil, usage("--include: %s", wrong.Message).hint("%s", wrong.Hint)
		}
	}
	for _, criterion := range p.excluded {
		if wrong := out.Exclude(criterion); wrong != nil {
			return nil, usage("--exclude: %s", wrong.Message).hint("%s", wrong.Hint)
		}
	}
	return out, nil
}

// summary is how many rules there are and what else was there: 12 rules of 14; 2 broken; skipped: stories 3.
func (p *pack) summary(chosen int) string {
	out := source.Count(chosen, "rule")
	if all := len(p.pack.All()); all != chosen {
		out += fmt.Sprintf(" of %d", all)
	}
	if p.pack.Broken > 0 {
		out += fmt.Sprintf("; %d broken", p.pack.Broken)
	}
	var skipped []string
	for _, what := range slices.Sorted(maps.Keys(p.pack.Skipped)) {
		skipped = append(skipped, fmt.Sprintf("%s %d", what, p.pack.Skipped[what]))
	}
	if skipped != nil {
		out += "; skipped: " + strings.Join(skipped, ", ")
	}
	return out
}

// divide tells the paths among arguments from names of rules.
func divide(args []string) (paths, names []string) {
	for _, a := range args {
		if _, err := os.Stat(a); err == nil {
			paths = append(paths, a)
		} else {
			names = append(names, a)
		}
	}
	return paths, names
}
