package spl

import (
	"slices"
	"strings"

	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// Option is an option of a command, written name=value. A command accepts those of its table and no others.
type Option struct {
	Name    string // in lower case; one that begins with < stands for any name
	Value   string // what stands behind the sign, such as <count>
	Default string // the value that leaving it out amounts to, as it would be written; empty if there is none
	Doc     string // what it does, one sentence or more
	// Idle marks an option that only concerns Splunk's servers or pages: it is accepted, and changes nothing.
	Idle bool
}

// idle is options that are accepted and change nothing.
func idle(names ...string) []Option {
	out := make([]Option, len(names))
	for i, n := range names {
		out[i] = Option{Name: n, Idle: true}
	}
	return out
}

// option is the command's option of a name, or nil.
func (c *Command) option(name string) *Option {
	for i, o := range c.Options {
		if o.Name == name || strings.HasPrefix(o.Name, "<") {
			return &c.Options[i]
		}
	}
	return nil
}

// accepted is the arguments without the options that change nothing and those that the command does not have, which are reported.
func (a *args) accepted(list []ast.Node) []ast.Node {
	cmd := Lookup(a.c.Name)
	return slices.DeleteFunc(list, func(n ast.Node) bool {
		o, ok := n.(*ast.Option)
		if !ok {
			return false
		}
		known := cmd.option(o.Name)
		if known == nil {
			a.unknown(cmd, o)
			return true
		}
		return known.Idle
	})
}

func (a *args) unknown(cmd *Command, o *ast.Option) {
	var names []string
	for _, known := range cmd.Options {
		if !strings.HasPrefix(known.Name, "<") {
			names = append(names, known.Name)
		}
	}
	syntax := "syntax: " + cmd.Syntax
	if len(names) > 0 {
		syntax = "`spoor help " + cmd.Name + "` lists its options"
	}
	hint := orList(source.Suggest(o.Name, names), syntax)
	a.p.errorf(o.At(), "unknown-option", "%s has no option %s", a.c.Name, o.Name).WithHint("%s", hint)
}
