package main

import (
	"slices"
	"strings"

	"spoor/engine/function"
)

// eqlWord is a piece of EQL's syntax. Its examples are in the script of its name in examples/eql.
type eqlWord struct {
	name   string
	also   []string // how else somebody may ask for it
	syntax string
	doc    string
}

var eqlQueries = []eqlWord{
	{"events", []string{"where", "any", "event"}, "<category> where <condition>", "The events of a category, such as process, network or file, for which the condition is true. any takes events of all categories."},
	{"sequence", nil, "sequence [by <field>, ...] [with maxspan=<time>] [<events>] [<events>] ...", "Events that follow each other in this order, others between them or not. Of several events that fit a step, the last one before the next step counts."},
	{"by", nil, "sequence by <field>, ... [<events>] by <field>, ...", "Only events that agree in these fields make a sequence. A by behind a bracket gives further keys, as many in each of the brackets, whose fields may differ. A missing key joins nothing, unless it is written ?field."},
	{"maxspan", []string{"with"}, "with maxspan=<number>(ms|s|m|h|d)", "The last event comes at most this long after the first, to the very moment."},
	{"until", nil, "sequence ... until [<events>]", "A sequence that is not complete when such an event comes is given up. The event needs the same keys as the others."},
	{"missing", []string{"!", "![", "missing-events"}, "![<events>]", "No such event may come at this place of the sequence, which needs a maxspan."},
	{"runs", nil, "[<events>] with runs=<count>", "So many such events in a row, as if the bracket stood there so often."},
	{"sample", nil, "sample by <field>, ... [<events>] [<events>] ...", "An event for each of the brackets that agree in the fields, in any order and at any times."},
	{"pipes", []string{"head", "tail", "|"}, "... | head <count> | tail <count>", "The first or the last events or sequences. Samples have none."},
}

var eqlConditions = []eqlWord{
	{"logic", []string{"and", "or", "not", "true", "false"}, "<condition> and <condition>, or, not (...)", "not binds tightest, then and, then or. true and false are conditions, too."},
	{"comparisons", []string{"==", "!=", "<", "<=", ">", ">=", "="}, "<value> == != < <= > >= <value>", "Exact: * and ? are no wildcards here, and case counts. There is no =."},
	{"like", []string{":", "like~"}, `<field> : "<pattern>", <field> like "<pattern>", like~`, "* is any text, ? one character. A list in parentheses is any of them. : and like~ ignore case, like minds it."},
	{"regex", []string{"regex~"}, `<field> regex "<expression>", regex~`, "A regular expression that fits the whole value. regex~ ignores case. It has . ? + * | {2,3} [a-z] (...) and \\d \\s \\w; a backslash takes any other character as it is."},
	{"in", []string{"in~", "list"}, `<field> in ("<text>", ...), not in, in~`, "The value is one of these, exactly. in~ ignores case."},
	{"null", nil, "<field> == null, <field> != null", "The field is missing, or not. Any other comparison with a missing field is false."},
	{"optional", []string{"?", "?field"}, "?<field>", "A field that no event need have; as a key of a sequence, one that may be missing."},
	{"texts", []string{"escapes", "string", `"`, "`"}, "\"text\", \"\"\"raw text\"\"\", `field`", `In a text \n, \t, \r, \", \\ and \u{221a} are escapes; in a raw text nothing is. A name with other characters than letters, digits, _ and . stands in backticks. // begins a comment.`},
	{"arithmetic", []string{"+", "-", "*", "/", "%"}, "<number> + - * / % <number>", "Whole numbers stay whole: 5 / 2 is 2."},
}

const eqlIntroduction = `EQL is Elastic's event query language. "spoor eql" runs it on all that "spoor search" reads; its flags: spoor eql --help.
Its fields are those of ECS, the Elastic Common Schema: spoor models show ecs.events lists them.`

// eqlNotes is chapters of paragraphs.
var eqlNotes = []struct {
	heading string
	list    []string
}{
	{"DECIDED HERE, where the language leaves it open", []string{
		`A comparison with a missing field is false, so its "not" is true; a key that is missing joins nothing, unless it is written ?key.`,
		"A field with several values fulfils a comparison if one of them does.",
		"A field that no source has is missing, not an error; spoor warns of names that nobody knows.",
		"Events are ordered by their time in full, then by event.sequence, then as they stand in the input. Elasticsearch cuts times to milliseconds, and takes event.sequence only if told to. Events without a time are left out, but for samples.",
		"All results are given; Elasticsearch stops at 10 unless told otherwise. --size 10 gives as many, the last ones as there.",
		"Texts longer than 1,024 characters are compared like others; Elasticsearch does not find them in keyword fields.",
		"In a sequence an event may follow the first by the maxspan exactly. Of several events that fit a step, the last one before the next step counts.",
	}},
	{"SYSMON FOR LINUX", []string{
		`Its events are given ECS names: a process creation is event.action "exec", a connection "connection_attempted" or "connection_accepted", and "end", "creation" and "deletion". host.id is the Computer. process.entity_id is the ProcessGuid and the pid, as GUIDs alone collide. @timestamp is the time when the event was written, which puts events in order; process.start is when the process began.`,
		`Sysmon joins the arguments of a process by blanks and keeps no quotes. process.args is therefore the command line, split at each blank; a condition on it holds if any run of words, joined again, fulfils it, and under "not" only if a single word does. A query that leans on this is told so. What Sysmon does not know is missing: leaders, environment, effective ids, capabilities.`,
	}},
	{"THE PROCESS TABLE", []string{
		"Network, file and end events say little of their process. What a query asks of process.command_line, args, working_directory and process.parent.* they get from the start event of their process: by entity id, or else by pid and time, on the same host. Files are read a second time for it, if need be. Of a pipe, a million processes or 256 MB of them are kept: if that is not enough the oldest are forgotten, and spoor says so. A process whose start is not in the input stays unknown. --no-process-table does without all this.",
	}},
}

// helpEQL is the page on EQL.
func helpEQL(p *sheet) error {
	p.paragraph("", "", eqlIntroduction)
	p.heading("QUERIES; `spoor help eql sequence` gives an example")
	p.eqlWords(eqlQueries)
	p.heading("CONDITIONS")
	p.eqlWords(eqlConditions)
	for _, chapter := range eqlNotes {
		p.heading(chapter.heading)
		for _, text := range chapter.list {
			p.paragraph("  - ", "    ", text)
		}
	}
	p.heading("FUNCTIONS, whose names ignore case; with ~ behind the name most ignore case in texts. `spoor help eql length` explains one")
	p.paragraph("  ", "  ", strings.Join(function.Names(function.EQL), " "))
	return nil
}

func (p *sheet) eqlWords(list []eqlWord) {
	for _, w := range list {
		p.paragraph("  "+w.name+": ", "    ", w.syntax)
		p.paragraph("    ", "    ", w.doc)
	}
}

// eqlEntry writes the page of a piece of EQL's syntax or of one of its functions, if there is one of the name.
func (p *sheet) eqlEntry(name string) bool {
	for _, w := range slices.Concat(eqlQueries, eqlConditions) {
		if goesBy(name, w.name, w.also) {
			p.heading("EQL: " + w.name)
			p.entry(w.syntax, w.doc)
			p.examples("eql/" + w.name)
			return true
		}
	}
	return p.eqlFunction(name)
}
