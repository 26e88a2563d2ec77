package main

import (
	"io"
	"strings"

	"spoor/engine/function"
)

const eqlPage = `EQL is Elastic's event query language. "spoor eql" runs it on all that "spoor search" reads; its flags: spoor eql --help.
Fields are those of ECS, the Elastic Common Schema: spoor models show ecs.events lists them.

QUERIES
  process where CONDITION               events of a category; "any where" takes events of all categories
  ... | head 5, ... | tail 5            the first or the last events, or sequences
  sequence by host.id with maxspan=5s   events that follow each other, for each host. The last is at most 5 s after the first
    [process where ...] by process.entity_id               by: further keys, as many in each of the events
    [network where ...] by process.parent.entity_id
  [...] with runs=3                     three such events in a row
  ![...]                                no such event may be there; needs a maxspan
  until [...]                           what is not complete when such an event comes is given up
  sample by host.id [...] [...]         an event for each of the brackets, in any order

CONDITIONS, joined by and, or, not
  == != < <= > >=  in ("a", "b")        exact: * and ? are no wildcards here, and case counts. in~ ignores case
  : "a*"  : ("a*", "b")                 * is any text, ? one character; ignores case. like is the same and minds case
  regex "[a-z]+[0-9]"                   a regular expression that fits the whole value; regex~ ignores case
  field == null, field != null          the field is missing, or not
  ?field                                a field that no event need have
`

const eqlNotes = `
DECIDED HERE, where the language leaves it open
  - A comparison with a missing field is false, so its "not" is true; a key that is missing joins nothing, unless it is written ?key.
  - A field with several values fulfils a comparison if one of them does.
  - A field that no source has is missing, not an error; spoor warns of names that nobody knows.
  - Events are ordered by their time in full, then by event.sequence, then as they stand in the input. Elasticsearch cuts times to
    milliseconds, and takes event.sequence only if told to. Events without a time are left out, but for samples.
  - All results are given; Elasticsearch stops at 10 unless told otherwise. --size 10 gives as many, the last ones as there.
  - Texts longer than 1,024 characters are compared like others; Elasticsearch does not find them in keyword fields.
  - In a sequence an event may follow the first by the maxspan exactly. Of several events that fit a step, the last one before the next
    step counts.

SYSMON FOR LINUX
  Its events are given ECS names: a process creation is event.action "exec", a connection "connection_attempted" or "connection_accepted",
  and "end", "creation" and "deletion". host.id is the Computer. process.entity_id is the ProcessGuid and the pid, as GUIDs alone collide.
  @timestamp is the time when the event was written, which puts events in order; process.start is when the process began.
  Sysmon joins the arguments of a process by blanks and keeps no quotes. process.args is therefore the command line, split at each blank; a
  condition on it holds if any run of words, joined again, fulfils it, and under "not" only if a single word does. A query that leans on
  this is told so. What Sysmon does not know is missing: leaders, environment, effective ids, capabilities.

THE PROCESS TABLE
  Network, file and end events say little of their process. What a query asks of process.command_line, args, working_directory and
  process.parent.* they get from the start event of their process: by entity id, or else by pid and time, on the same host. Files are read
  a second time for it, if need be. Of a pipe, a million processes or 256 MB of them are kept: if that is not enough the oldest are
  forgotten, and spoor says so. A process whose start is not in the input stays unknown. --no-process-table does without all this.

FUNCTIONS, whose names ignore case; with ~ behind the name most ignore case in texts. "spoor help eql length" tells what one does.
`

// helpEQL is the page on EQL, or what is said of one of its functions.
func helpEQL(w io.Writer, words []string) error {
	var b strings.Builder
	if len(words) == 0 {
		b.WriteString(eqlPage + eqlNotes + filled("  ", strings.Join(function.Names(function.EQL), " ")))
	}
	for _, f := range function.All(function.EQL) {
		if len(words) > 0 && f.Callable() && strings.EqualFold(words[0], f.Name) {
			b.WriteString(entry(f.Syntax, f.Doc, f.Example, f.Want))
		}
	}
	return page(w, &b, words, "function", "eql", function.Names(function.EQL))
}
