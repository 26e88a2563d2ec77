package lint

import (
	"spoor/engine"
	"spoor/grammar/source"
)

// shells is a rule in which nothing is wrong.
const shells = `title: Shells of systemd
language: eql
query: process where process.name == "sh"
`

// classes is the checks that the loader of rules and the compiler make anyway.
var classes = []*Check{
	{
		Code: "rule-file", Severity: source.Error,
		Doc:  "A file of rules cannot be read, or a rule in it has no name or no query.",
		Why:  "The rule does not run at all. The message says where the YAML, TOML or JSON goes wrong.",
		File: "shells.yml",
		Bad:  "title: Shells of systemd\nlanguage: eql\nquery: [\n",
		Good: shells,
	},
	{
		Code: "rule-value", Severity: source.Warning,
		Doc:  "A key of a rule, or of a macro beside it, has a value that it cannot have, is unknown, or stands twice.",
		Why:  "The rule runs without what the key should have said.",
		File: "shells.yml",
		Bad:  shells + "max_signals: many\n",
		Good: shells + "max_signals: 20\n",
		says: []string{"rule-value", "unknown-key", "duplicate-key", "test-value", "rule-count", "no-exceptions", "macros-conf"},
	},
	{
		Code: "duplicate-id", Severity: source.Error,
		Doc:  "Two rules have one id or, if either has no id, one name.",
		Why:  "Only the later one runs. A rule that was copied needs an id of its own.",
		File: "shells.yml",
		Bad:  "id: a\n" + shells + "---\nid: a\ntitle: Shells of cron\nlanguage: eql\nquery: process where process.name == \"dash\"\n",
		Good: "id: a\n" + shells + "---\nid: b\ntitle: Shells of cron\nlanguage: eql\nquery: process where process.name == \"dash\"\n",
		says: []string{"duplicate-rule"},
	},
	{
		Code: "not-applied", Severity: source.Warning,
		Doc:  "An exception or a filter of a rule of Kibana's cannot be said in EQL, and nothing is done of it.",
		Why:  "The rule finds here what it does not where it came from. Lists of values are not in an export: name the values in the exception.",
		File: "shells.ndjson",
		Bad: `{"rule_id":"a","name":"Shells","type":"eql","language":"eql","query":"process where process.name == \"sh\"","exceptions_list":[{"list_id":"L"}]}
{"item_id":"I","list_id":"L","name":"Ours","entries":[{"field":"host.name","operator":"included","type":"list","list":{"id":"ours","type":"keyword"}}]}
`,
		Good: `{"rule_id":"a","name":"Shells","type":"eql","language":"eql","query":"process where process.name == \"sh\"","exceptions_list":[{"list_id":"L"}]}
{"item_id":"I","list_id":"L","name":"Ours","entries":[{"field":"host.name","operator":"included","type":"match_any","value":["web1","web2"]}]}
`,
		says: []string{engine.NotApplied},
	},
	{
		Code: "query", Severity: source.Error,
		Doc:  "The query is not valid: it does not parse, or asks for what a command or function cannot do.",
		Why:  "The rule cannot run, here or where it came from. The caret is under the place, and the line below says what would be right.",
		File: "shells.yml",
		Bad:  "title: Shells of systemd\nlanguage: eql\nquery: process where process.name = \"sh\"\n",
		Good: shells,
	},
	{
		Code: "query-doubt", Severity: source.Warning,
		Doc:  "The query is valid, but hardly means what was meant.",
		Why:  "An operator in lower case is a word to look for, single quotes are part of a value, of two aggregates with one name one is lost: the message says which it is.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: search sh or bash\n",
		Good: "title: Shells\nlanguage: spl\nquery: search sh OR bash\n",
	},
	{
		Code: "never-true", Severity: source.Warning,
		Doc:  "A condition can never be true: it compares a field with what the field never holds, or looks in a text that the rows do not have.",
		Why:  "The rule is silent for the wrong reason. Words are looked for in _raw, which events of a data model do not have; name a field instead.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.dest | search sh'\n",
		Good: "title: Shells\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.dest | search Processes.dest=web*'\n",
		says: []string{"never-true", "no-raw", "string-operator", "literal-type"},
	},
	{
		Code: "macro", Severity: source.Error,
		Doc:  "A macro is not defined, calls itself, or is called with another number of arguments than it takes.",
		Why:  "The rule cannot run. Filter macros, whose names end in _filter, need not be defined: they keep every row then.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: '`linux_hots` process_name=sh'\n",
		Good: "title: Shells\nlanguage: spl\nquery: '`linux_hosts_filter` process_name=sh'\n",
		says: []string{"unknown-macro", "unexpanded-macro", "unclosed-macro", "open-macro", "no-macros"},
	},
	{
		Code: "lookup", Severity: source.Error,
		Doc:  "A lookup is not there, cannot be read, or lacks a column that the query asks for.",
		Why:  "The rule cannot run. Lookups lie beside the rules as CSV files and definitions, or in a folder that --lookups names.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: process_name=sh | lookup owners host OUTPUT owner\n",
		Good: "title: Shells\nlanguage: spl\nquery: process_name=sh\n",
		says: []string{"unknown-lookup", "no-lookups", "bad-lookup", "timed-lookup", "unknown-column"},
	},
	{
		Code: "enterprise-security", Severity: source.Note,
		Doc:  "A macro or lookup is not there that Splunk Enterprise Security brings along.",
		Why:  "Nothing is wrong with the rule, but it runs only where a stand-in is: a macro of --macros or -D, a table of --lookups.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: process_name=sh | `get_asset(dest)`\n",
		Good: "title: Shells\nlanguage: spl\nquery: process_name=sh\n",
	},
	{
		Code: "data-model", Severity: source.Error,
		Doc:  "The query reads a data model or a dataset that the Common Information Model does not have.",
		Why:  "The rule finds nothing anywhere. Datasets are written with their model, as in Endpoint.Processes.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Process'\n",
		Good: "title: Shells\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes'\n",
		says: []string{"unknown-dataset", "unknown-model"},
	},
	{
		Code: "unknown-field", Severity: source.Warning, language: "SPL",
		Doc:  "The dataset has no such field, or no row has one at this point of the search.",
		Why:  "The field is missing in every row: a condition on it is never true, and rows that are grouped by it are lost. A field of a data model keeps its prefix until drop_dm_object_name or rename takes it off.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.dest | where dest=\"web1\"'\n",
		Good: "title: Shells\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.dest | search Processes.dest=web1'\n",
		says: []string{"unknown-field"},
	},
	{
		Code: "empty-column", Severity: source.Note,
		Doc:  "The commands fields or table list a field that no row has at this point of the search.",
		Why:  "The column is empty. That harms nothing, unless a later command or the reader of the finding counts on it.",
		File: "users.yml",
		Bad:  "title: Users\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.user | table Processes.user Processes.dest'\n",
		Good: "title: Users\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.user | table Processes.user count'\n",
	},
	{
		Code: "schema-field", Severity: source.Warning, language: "EQL",
		Doc:  "The Elastic Common Schema, as far as it is known here, has no such field.",
		Why:  "Elastic refuses a query with a field that no index has. If only some events have it, write a question mark in front.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: eql\nquery: process where process.nmae == \"sh\"\n",
		Good: shells,
		says: []string{"unknown-field", "unknown-category"},
	},
	{
		Code: "unfed", Severity: source.Note,
		Doc:  "No log that is known here feeds the data model that the query reads.",
		Why:  "Nothing is wrong with the rule, but spoor cannot find anything with it.",
		File: "mails.yml",
		Bad:  "title: Mails\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Email.All_Email by All_Email.dest'\n",
		Good: shells,
		says: []string{"unmapped-model", "unfed-dataset"},
	},
	{
		Code: "unsupported", Severity: source.Note,
		Doc:  "The rule is in a language, or uses a command, that does not run here.",
		Why:  "Nothing is wrong with the rule, but spoor cannot check or run it.",
		File: "scripts.yml",
		Bad:  "title: Scripts\nlanguage: spl\nquery: process_name=sh | script perl x\n",
		Good: "title: Scripts\nlanguage: spl\nquery: process_name=sh\n",
		says: []string{"unsupported-rule", "cannot-run"},
	},
	{
		Code: "no-effect", Severity: source.Note,
		Doc:  "A part of the query has no effect here, such as index=, or is approximated.",
		Why:  "Nothing is wrong with the rule: it means something where it came from.",
		File: "shells.yml",
		Bad:  "title: Shells\nlanguage: spl\nquery: index=linux process_name=sh\n",
		Good: "title: Shells\nlanguage: spl\nquery: process_name=sh\n",
		says: []string{"no-index", "splunk-field", "no-effect", "no-places", "no-eventtype", "foreign-source", "max-matches", "approximated"},
	},
}
