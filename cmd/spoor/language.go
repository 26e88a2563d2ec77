package main

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"spoor/engine"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// language is what a command says of the language of its queries.
type language struct {
	name      string
	command   string // that runs its queries
	explain   string // that explains them
	extension string // of files that hold one
}

var (
	spl = language{name: "SPL", command: "search", explain: "explain", extension: ".spl"}
	eql = language{name: "EQL", command: "eql", explain: "explain --eql", extension: ".eql"}
)

// gist is what a table shows of the events of EQL, which may have a hundred fields.
var gist = []output.Digest{
	{Name: "@timestamp", From: []string{"@timestamp"}},
	{Name: "host", From: []string{"host.name", "host.hostname", "host.id"}},
	{Name: "action", From: []string{"event.action", "event.type"}},
	{Name: "user", From: []string{"user.name", "user.id"}},
	{Name: "pid", From: []string{"process.pid"}},
	{Name: "process", From: []string{"process.name", "process.executable"}},
	{Name: "command line", From: []string{"process.command_line", "process.executable"}},
	{Name: "parent", From: []string{"process.parent.name", "process.parent.executable"}},
	{Name: "destination", From: []string{"destination.ip"}, Port: "destination.port"},
	{Name: "file", From: []string{"file.path"}},
}

func (l *language) other() *language {
	if l == &spl {
		return &eql
	}
	return &spl
}

// doubts warns of a query that means something in its language and was yet written in another.
func (l *language) doubts(text *source.Text) source.Errors {
	if l != &spl || !likeEQL(text.Body) {
		return nil
	}
	d := source.Warnf(source.Span{}, "other-language", "this reads like EQL, and is searched for as words of SPL")
	return source.Errors{d.WithHint("%s", l.other().cure())}
}

// doubted adds to the errors of a query that it was written in another language, if it looks so.
func (l *language) doubted(text *source.Text, err error) error {
	var errs source.Errors
	foreign := l == &spl && likeEQL(text.Body) || l == &eql && likeSPL(text.Body)
	if !foreign || !errors.As(err, &errs) {
		return err
	}
	d := &source.Diagnostic{Severity: source.Note, Code: "other-language", Message: "this looks like a query of " + l.other().name}
	return append(slices.Clip(errs), d.WithHint("%s", l.other().cure()))
}

// cure says how to run a query of the language.
func (l *language) cure() string {
	return "`spoor " + l.command + "` runs " + l.name + ", and `spoor " + l.explain + "` explains it"
}

var (
	eqlEvent    = regexp.MustCompile(`(?s)^(?:"[^"]*"|\w+)\s+where\s`)
	eqlSequence = regexp.MustCompile(`(?s)^(?:sequence|sample)\s[^|]*\[`)
	eqlComment  = regexp.MustCompile(`(?s)^(?:\s+|//[^\n]*\n|/\*.*?\*/)+`)
	splStart    = regexp.MustCompile("^(?:[|`]|search\\s|\\w+\\s*=[^=])")
	splPipe     = regexp.MustCompile(`\|\s*(\w+)`)
)

// likeEQL says whether a text begins as queries of EQL do.
func likeEQL(text string) bool {
	text = eqlComment.ReplaceAllString(text, "")
	return eqlEvent.MatchString(text) && !strings.HasPrefix(text, "search") || eqlSequence.MatchString(text)
}

// likeSPL says whether a text that is no EQL looks like SPL: by its beginning, or by a command that only SPL has.
func likeSPL(text string) bool {
	text = strings.TrimSpace(text)
	if splStart.MatchString(text) {
		return true
	}
	for _, pipe := range splPipe.FindAllStringSubmatch(text, -1) {
		if pipe[1] != "head" && pipe[1] != "tail" && isCommand(pipe[1]) {
			return !likeEQL(text)
		}
	}
	return false
}

// isCommand says whether SPL has the command.
func isCommand(name string) bool {
	return slices.ContainsFunc(engine.Commands(), func(c engine.CommandInfo) bool { return goesBy(name, c.Name, c.Aliases) })
}
