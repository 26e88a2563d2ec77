package main

import "spoor/engine/detect"

func helpVerdicts(p *sheet) error {
	p.heading("THE VERDICTS")
	p.rows(rowsOf(detect.Verdicts(), func(v detect.Verdict) row { return row{string(v), v.Doc()} }))
	p.heading("WHERE THEY ARE")
	p.paragraph("  ", "  ", "`spoor detect` counts them on the standard error, and with -v names each rule with its verdict and the reasons. `spoor rules list RULES --data PATH` is a table of them, `spoor rules show` has the one of a rule with all else that is known of it, and --navigator writes a layer of what is covered, could have been found, and was.")
	p.heading("HOW THEY ARE REACHED")
	p.paragraph("  ", "  ", "While the rules run, a census notes which kinds of events the data have, of which sourcetypes, and which of the fields that rules ask for any of them fills. What a kind does not have is put into a rule's query as missing. If its condition is false then whatever the other fields hold, or a by-field is never there, the rule cannot fire. That is certain; that a rule could have found something is not: it may ask for values that no event has anywhere.")
	p.heading("DEGRADED")
	p.paragraph("  ", "  ", "A field that is absent from all events of the data may be one that only some sources have, so that an exclusion does not exclude or an alternative is never met. process.args is approximated for Sysmon, whose events hold the arguments of a process as one text: what is asked of an argument holds if it holds for any run of words and, under not, only for a single word. The summary says how many rules are degraded for that alone.")
	p.heading("WHAT ELSE A RULE SAYS")
	p.paragraph("  ", "  ", "The exceptions and filters of a rule of Kibana's are part of its query: events that they leave out are not seen, also not by a sequence. Exceptions that have expired, and filters that are turned off, count for nothing. Severities and risk scores that depend on a field are taken from it. A saved search is an alert if the number of its rows, hosts or sources is as it says, or if the search over them has rows.")
	p.paragraph("  ", "  ", "Not applied, and said with the rule's verdict: exceptions that need a list of values, filters of kinds that EQL cannot say, and alerts by how a number changes from run to run. Suppression is applied with --state only: `spoor help suppression`. Not applied ever: timestamp_override, as events are searched by their own time; and patterns of indices, as logs are what the paths hold.")
	return nil
}
