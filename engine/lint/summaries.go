package lint

import (
	"strings"

	"spoor/engine/rules"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var summariesOnly = &Check{
	Code: "summariesonly", Severity: source.Warning,
	Doc:  "A tstats of a rule for Splunk does not say whether it reads the summaries of a data model only.",
	Why:  "On Splunk it then reads all raw events that are not summarised yet, every time it runs. Write `security_content_summariesonly` behind tstats, or summariesonly=true or false to say that it is meant.",
	File: "users.yml",
	Bad:  content + "search: '| tstats count from datamodel=Endpoint.Processes by Processes.user'\n",
	Good: content + "search: '| tstats `security_content_summariesonly` count from datamodel=Endpoint.Processes by Processes.user'\n",
	rule: func(s *subject) {
		pipeline, ok := s.program.Tree.(*ast.Pipeline)
		if !ok || s.rule.Format == rules.Own {
			return
		}
		for _, c := range commandsIn(pipeline) {
			text := strings.ToLower(c.At().String())
			if c.Name == "tstats" && strings.Contains(text, "datamodel") && !strings.Contains(text, "summariesonly") {
				s.warn(c.Word, "this tstats does not say whether it reads summaries only").WithHint("write `security_content_summariesonly` behind it, or summariesonly=true or false")
			}
		}
	},
}

// commandsIn is the commands of a search, and of the searches in brackets in it.
func commandsIn(n ast.Node) (out []*ast.Command) {
	var inner []ast.Node
	switch n := n.(type) {
	case *ast.Pipeline:
		for _, c := range n.Commands {
			out = append(out, c)
			for _, a := range c.Args {
				out = append(out, commandsIn(a)...)
			}
		}
	case *ast.Subsearch:
		inner = []ast.Node{n.Pipeline}
	case *ast.Clause:
		inner = n.Args
	case *ast.Option:
		inner = []ast.Node{n.Value}
	case *ast.Binary:
		inner = []ast.Node{n.X, n.Y}
	case *ast.Unary:
		inner = []ast.Node{n.X}
	}
	for _, x := range inner {
		out = append(out, commandsIn(x)...)
	}
	return out
}
