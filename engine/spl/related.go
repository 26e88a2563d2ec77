package spl

import "slices"

// kin is groups of commands of which one often reminds of another.
var kin = [][]string{
	{"stats", "eventstats", "streamstats", "chart", "timechart", "tstats"},
	{"top", "rare", "stats", "sort", "head"},
	{"accum", "delta", "autoregress", "streamstats", "trendline"},
	{"head", "tail", "reverse", "sort", "dedup"},
	{"search", "where", "regex"},
	{"search", "tstats", "datamodel", "from"},
	{"eql", "search", "transaction"},
	{"transaction", "stats", "streamstats"},
	{"eval", "where", "foreach", "fieldformat", "strcat"},
	{"rex", "extract", "spath", "xmlkv", "fromjson", "multikv", "regex"},
	{"fields", "table", "rename"},
	{"fillnull", "filldown"},
	{"replace", "rex", "convert", "rangemap"},
	{"makemv", "mvexpand", "mvcombine", "nomv"},
	{"append", "appendcols", "appendpipe", "union", "multisearch", "join", "set"},
	{"join", "lookup", "stats"},
	{"lookup", "inputlookup", "inputcsv", "outputlookup", "iplocation"},
	{"format", "return", "map"},
	{"addtotals", "addcoltotals", "appendpipe"},
	{"chart", "contingency", "addtotals"},
	{"metadata", "stats", "tstats", "fieldsummary"},
	{"uniq", "dedup"},
	{"concurrency", "transaction", "streamstats"},
	{"highlight", "regex", "rex"},
	{"chart", "xyseries", "untable", "transpose"},
	{"bin", "timechart", "makecontinuous", "stats"},
	{"outlier", "eventstats"},
	{"makeresults", "gentimes", "inputlookup"},
	{"addinfo", "makeresults"},
	{"savedsearch", "from", "map", "search"},
	{"tags", "typer"},
	{"reltime", "convert", "eval", "addinfo"},
	{"require", "where", "search"},
	{"setfields", "eval", "fillnull"},
	{"savedsearch", "from", "map"},
}

// Related is the commands that are looked for together with one, by name.
func Related(name string) []string {
	var out []string
	for _, group := range kin {
		if slices.Contains(group, name) {
			out = append(out, group...)
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(other string) bool { return other == name })
}
