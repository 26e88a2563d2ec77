package engine

import (
	"slices"
	"strings"
	"time"

	"spoor/engine/spl"
	"spoor/grammar"
)

// CommandInfo is what help says of a command of SPL.
type CommandInfo struct {
	Name    string
	Aliases []string
	Syntax  string
	Doc     string
	Notes   string // how it differs from Splunk's, if it does
	Options []Option
	Related []string // commands that are looked for together with it
	Runs    bool     // false: it cannot run here; then Doc says why, if that is known, and Notes what to write instead, if there is anything
}

// Option is an option of a command.
type Option = spl.Option

// LimitInfo is what help says of one of the limits that Options.SplunkLimits keeps.
type LimitInfo struct {
	Name string
	Most int
	Time time.Duration // 0: any
	Doc  string
	Cure string // how to raise it, besides doing without the option; may be empty
}

// Limits is these limits, by name.
func Limits() []LimitInfo {
	var out []LimitInfo
	for _, l := range spl.Limits() {
		out = append(out, LimitInfo{l.Name, l.Most, l.Time, l.Doc, l.Cure})
	}
	return out
}

// Commands is every command of SPL, by name: first what runs, with its documentation, and what does not.
func Commands() []CommandInfo {
	var out []CommandInfo
	for _, name := range grammar.Commands() {
		c := spl.Lookup(name)
		switch {
		case c == nil:
			why, instead, _ := spl.Refused(name)
			out = append(out, CommandInfo{Name: name, Doc: why, Notes: instead})
		case c.Name == name:
			out = append(out, CommandInfo{name, c.Aliases, c.Syntax, c.Doc, c.Notes, c.Options, spl.Related(name), true})
		}
	}
	slices.SortFunc(out, func(a, b CommandInfo) int { return strings.Compare(a.Name, b.Name) })
	return out
}
