package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// Command is one command of SPL.
type Command struct {
	Name    string
	Aliases []string
	Syntax  string
	Doc     string // one paragraph
	Notes   string // how it differs from Splunk's, if it does
	Options []Option
	// generates marks a command that makes rows out of nothing or of the logs: it comes first.
	generates bool
	anywhere  bool // one that generates, and may stand behind others too
	// lower makes the plan of the command over the rows of in, which is nil for the first command. It reports errors to the planner.
	lower func(p *planner, c *ast.Command, in plan.Node) plan.Node
}

// commands is every command that runs, by name. It is set in init because commands look themselves up in it, for their syntax.
var commands []Command

func init() {
	commands = []Command{
		accum, addcoltotals, addinfo, addtotals, appendCommand, appendcols, appendpipe, autoregress, bin, chart, concurrency, contingency, convert, datamodel, dedup, delta, eqlCommand, eval, eventstats, extract, fieldformat, fields, fieldsummary, filldown, fillnull, foreach, formatCommand, from, fromjson, gentimes, head, highlight, inputcsv, inputlookup, iplocation, join, lookup, makecontinuous, makemv, makeresults, mapCommand, metadata, multikv, multisearch, mvcombine, mvexpand, nomv, outlier, outputlookup, rangemap, rare, regex, reltime, rename, replace, require, returnCommand, reverse, rex, savedsearch, search, set, setfields, sort, spath, stats, strcat, streamstats, table, tags, tail, timechart, top, transaction, transpose, trendline, tstats, typer, union, uniq, untable, where, xmlkv, xyseries,
	}
}

// Commands is every command that runs, by name.
func Commands() []Command { return commands }

// Lookup is the command of a name or alias, or nil.
func Lookup(name string) *Command {
	for i, c := range commands {
		if c.Name == name || slices.Contains(c.Aliases, name) {
			return &commands[i]
		}
	}
	return nil
}
