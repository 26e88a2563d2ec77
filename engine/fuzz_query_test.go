package engine_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// patterns is what searches compare with.
var patterns = []string{
	"*restart*", "*systemctl *", "systemctl", "*/systemctl", "SYSTEMCTL*", "*service*", "*kill*", "*\u212aill*", "*ſervice*", "*NAÏVE*", "*naïve restart", "*&gt; *restart*", "*&#114;estart*", "* > /tmp/*",
	"*tab*restart*", "*back*slash*", "5", "05", "5.0", "1000", "443", "44*", "10.0.0.0/8", "10.*", "*", "", "-", "root", "alice", "*restart", "restart*", "r*t", "*#012*", "*new*line*", "*[ok]*", "9007199254740993", "*é*", "/usr/bin/*",
	"/usr/*/service", "*a&b*", "*my app*", "tr*e", "*\"id; w\"*",
}

func (d *dice) quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// searchCond is a condition as search and the where clause of tstats take it.
func (d *dice) searchCond(fields []string, depth int) string {
	f := d.pick(fields)
	if depth > 0 {
		switch d.roll(6) {
		case 0:
			return "(" + d.searchCond(fields, depth-1) + " OR " + d.searchCond(fields, depth-1) + ")"
		case 1:
			return "(" + d.searchCond(fields, depth-1) + " AND " + d.searchCond(fields, depth-1) + ")"
		case 2:
			return d.searchCond(fields, depth-1) + " " + d.searchCond(fields, depth-1)
		case 3:
			return "NOT (" + d.searchCond(fields, depth-1) + ")"
		}
	}
	switch d.roll(10) {
	case 0, 1:
		return f + "=" + d.quoted(d.pick(patterns))
	case 2, 3:
		return f + " IN (" + d.quoted(d.pick(patterns)) + ", " + d.quoted(d.pick(patterns)) + ")"
	case 4:
		return f + "!=" + d.quoted(d.pick(patterns))
	case 5:
		return "NOT " + f + "=" + d.quoted(d.pick(patterns))
	case 6:
		return f + "=*"
	case 7:
		return f + "=CASE(" + d.quoted(d.pick(patterns)) + ")"
	case 8:
		return f + d.pick([]string{"<", ">=", "=", "!="}) + d.pick([]string{"5", "1000", "9", "443"})
	}
	return f + " IN (" + d.quoted(d.pick(patterns)) + ", CASE(" + d.quoted(d.pick(patterns)) + "))"
}

var likes = []string{"%restart%", "%systemctl %", "/usr/%", "%rest_rt%", "%&gt; %", "5", "%", "_", "%service", "%ï%", "%/%/%"}

var regexes = []string{"restart", "(?i)RESTART", "(?i)kill", "(?i)service$", "^/usr/", "re(start|load)", "(systemctl|service) +re", "&gt;", "[rR]estart", "restart|$", "(?=r)restart", `\brestart\b`, "(rest)+art", "k?restart", "ï"}

// text is an expression that gives text, or null.
func (d *dice) text(fields []string, depth int) string {
	f := "'" + d.pick(fields) + "'"
	if depth > 0 {
		x, y := d.text(fields, depth-1), d.quoted(d.pick(texts))
		switch d.roll(20) {
		case 0:
			return "lower(" + x + ")"
		case 1:
			return "upper(" + x + ")"
		case 2:
			return "coalesce(" + x + ", " + d.text(fields, depth-1) + ")"
		case 3:
			return "coalesce(" + x + ", " + y + ")"
		case 4:
			return "if(" + d.evalCond(fields, depth-1) + ", " + x + ", " + d.pick([]string{y, "null()", f}) + ")"
		case 5:
			return "case(" + d.evalCond(fields, depth-1) + ", " + x + ", " + d.evalCond(fields, depth-1) + ", " + y + ")"
		case 6:
			return "substr(" + x + ", " + d.pick([]string{"1, 7", "-7", "3", "0", "2, 30"}) + ")"
		case 7:
			return "replace(" + x + `, "r", "` + d.pick([]string{"", "r", "R"}) + `")`
		case 8:
			return "mvindex(split(" + x + `, "/"), ` + d.pick([]string{"0", "-1", "1", "0, 1"}) + ")"
		case 9:
			return "trim(" + x + `, "/- ")`
		case 10:
			return "(" + x + " . " + d.pick([]string{f, `" restart"`}) + ")"
		case 11:
			return "nullif(" + x + ", " + y + ")"
		case 12:
			return "mvappend(" + x + ", " + d.text(fields, depth-1) + ")"
		case 13:
			return "tostring(" + x + ")"
		case 14:
			return "urldecode(" + x + ")"
		case 15:
			return "mvjoin(split(" + x + `, " "), "` + d.pick([]string{" ", "", "-"}) + `")`
		case 16:
			return "mvfilter(match(" + f + `, "restart"))`
		case 17:
			return "mvmap(" + f + ", upper(" + f + "))"
		case 18:
			return "split(" + x + `, "` + d.pick([]string{"r", " ", "/"}) + `")`
		}
	}
	return f
}

// evalCond is a condition as where takes it.
func (d *dice) evalCond(fields []string, depth int) string {
	if depth > 0 {
		switch d.roll(7) {
		case 0:
			return "(" + d.evalCond(fields, depth-1) + " OR " + d.evalCond(fields, depth-1) + ")"
		case 1, 2:
			return "(" + d.evalCond(fields, depth-1) + " AND " + d.evalCond(fields, depth-1) + ")"
		case 3:
			return "NOT (" + d.evalCond(fields, depth-1) + ")"
		}
	}
	x := d.text(fields, depth)
	switch d.roll(13) {
	case 0, 1:
		return "like(" + x + ", " + d.quoted(d.pick(likes)) + ")"
	case 2, 3:
		return "match(" + x + ", " + d.quoted(d.pick(regexes)) + ")"
	case 4:
		return x + d.pick([]string{"=", "!=", "<", ">="}) + d.quoted(d.pick(texts))
	case 5:
		return x + " IN (" + d.quoted(d.pick(texts)) + ", " + d.quoted(d.pick(texts)) + ")"
	case 6:
		return x + d.pick([]string{"=", "<", ">", "!="}) + d.pick([]string{"5", "1000", "5.0", "443"})
	case 7:
		return d.pick([]string{"isnull(", "isnotnull("}) + x + ")"
	case 8:
		return "searchmatch(" + d.quoted(d.pick(fields)+"=*restart*") + ")"
	case 9:
		return d.quoted(d.pick(texts)) + "=" + x
	case 10:
		return "len(" + x + ")>" + d.pick([]string{"5", "0", "20"})
	case 11:
		return x + "=" + d.text(fields, 0)
	}
	return "mvcount(" + x + ")>" + d.pick([]string{"0", "1"})
}

// tail is a command that any rows may go through.
func (d *dice) tail(fields []string) string {
	f, g := d.pick(fields), d.pick(fields)
	n := strconv.Itoa(d.roll(5))
	switch d.roll(29) {
	case 0:
		return "head " + n
	case 1:
		return "tail " + n
	case 2:
		return "reverse"
	case 3:
		return "sort 0 " + d.pick([]string{"", "-", "+"}) + f + ", " + g
	case 4:
		return "sort " + n + " " + f
	case 5:
		return "dedup " + d.pick([]string{"", "2 "}) + f + d.pick([]string{"", " keepempty=true", " keepevents=true", " consecutive=true", " " + g, " sortby -" + g})
	case 6:
		return "eval x=" + d.text(fields, 2) + ", y=" + d.text(append(fields, "x"), 1)
	case 7, 8:
		return "where " + d.evalCond(append(fields, "x", "y"), 2)
	case 9, 10:
		return "search " + d.searchCond(append(fields, "x", "y"), 2)
	case 11:
		return "rename " + f + " as " + d.pick([]string{"x", "y", g})
	case 12:
		return `rename "*I*" as "*_*"`
	case 13:
		return "fields - " + f + " " + g
	case 14:
		return "fields " + f + ", " + g + ", x, y"
	case 15:
		return "table " + f + " x " + g + " *Id"
	case 16:
		return "fillnull value=restart " + d.pick([]string{"", f})
	case 17:
		return `rex field=` + f + ` "(?<x>re\w+)"`
	case 18:
		return "stats count, values(" + f + ") as v, dc(" + g + ") as x, first(" + g + ") as y by " + g
	case 19:
		return "stats list(" + f + ") as x, latest(" + g + ") as y, min(_time) as m, count(eval(" + d.evalCond(fields, 1) + ")) as c"
	case 20:
		return "stats count by " + f + " x"
	case 21:
		return "bin span=" + d.pick([]string{"1s", "10", "2s"}) + " " + d.pick([]string{"_time", f})
	case 22:
		return "convert num(" + f + ") as x, rmunit(*Id)"
	case 23, 24:
		return "eventstats count as c, " + d.pick([]string{"values(", "max(", "first(", "latest("}) + f + ") as " + d.pick([]string{"x", "y", f}) + d.pick([]string{"", " by " + g, " by " + g + " x"})
	case 25:
		return "streamstats window=" + n + d.pick([]string{"", " current=f", " global=f", " reset_on_change=t", " time_window=2s"}) + " count as c, list(" + f + ") as x" + d.pick([]string{"", " by " + g, " by x"})
	case 26:
		return "streamstats dc(" + f + ") as x, last(" + g + ") as y reset_after=(" + d.evalCond(append(fields, "x", "y"), 1) + ")" + d.pick([]string{"", " by " + g})
	case 27:
		return d.pick([]string{"filldown", "filldown " + f + " x", "accum " + f + " as x", "delta " + f + " as x p=2", "autoregress " + f + " p=1-2", "trendline sma2(" + f + ") as y"})
	}
	return "regex " + f + d.pick([]string{"=", "!="}) + d.quoted(d.pick(regexes))
}

var datasets = map[string][]string{
	"Endpoint.Processes":          {"Processes.process_name", "Processes.process", "Processes.process_path", "Processes.parent_process_name", "Processes.parent_process", "Processes.user", "Processes.dest", "Processes.process_id", "Processes.process_exec"},
	"Endpoint.Filesystem":         {"Filesystem.file_path", "Filesystem.file_name", "Filesystem.process_path", "Filesystem.user", "Filesystem.action", "Filesystem.process_id"},
	"Network_Traffic.All_Traffic": {"All_Traffic.dest", "All_Traffic.dest_port", "All_Traffic.app", "All_Traffic.user", "All_Traffic.process_id", "All_Traffic.dest_ip"},
	"Network_Resolution.DNS":      {"DNS.query", "DNS.src", "DNS.answer"},
}

// rawFields is what raw searches ask for.
var rawFields = append([]string{"EventID", "Computer", "host", "sourcetype", "_raw", "process.executable", "process.pid", "process.args", "missing"}, fieldNames...)

// query is a search in three parts, and another one with the same answer, if there is one.
//
// Behind a step that needs all rows nothing is known of kinds, dictionaries and raw fields, so that a condition is computed in another way.
func (d *dice) query() (early, late []string) {
	var tails []string
	fields := rawFields
	var from, cond string
	switch d.roll(5) {
	case 4:
		d.single = true // a group is of one value, an event may have several
		name := d.pick(slices.Sorted(maps.Keys(datasets)))
		fields = []string{d.pick(datasets[name]), d.pick(datasets[name])}
		from, cond = "| tstats count from datamodel="+name+" where "+fields[0]+"=* "+fields[1]+"=* ", d.searchCond(fields, 3)
		by := " by " + fields[0] + " " + fields[1]
		return []string{from + "(" + cond + ")" + by}, []string{from + by, "search " + cond}
	case 0:
		name := d.pick([]string{"Endpoint.Processes", "Endpoint.Processes", "Endpoint.Filesystem", "Network_Traffic.All_Traffic", "Network_Resolution.DNS"})
		fields = datasets[name]
		from = "| tstats count min(_time) as first max(_time) as last values(" + d.pick(fields) + ") as x from datamodel=" + name + " where " + d.searchCond(fields, 2) + " by " + d.pick(fields) + " " + d.pick(fields)
		if d.oneIn(3) {
			tails = append(tails, `rename "`+fields[0][:strings.Index(fields[0], ".")+1]+`*" as "*"`)
		}
	case 1:
		from = "search " + d.searchCond(fields, 2)
	case 2:
		from = "search " + d.pick([]string{"restart", "systemctl OR reload", `"systemctl restart"`, "res*t", "NOT restart", "CASE(RESTART)", "EventID=1 restart", "TERM(restart)"})
	default:
		from = "search *"
	}
	switch d.roll(3) {
	case 0:
		cond = "where " + d.evalCond(fields, 3)
	case 1:
		cond = "search " + d.searchCond(fields, 2)
	}
	for range d.roll(5) {
		tails = append(tails, d.tail(fields))
	}
	if cond == "" {
		return append([]string{from}, tails...), nil
	}
	return append([]string{from, cond}, tails...), append([]string{from, "reverse", "reverse", cond}, tails...)
}
