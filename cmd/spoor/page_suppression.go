package main

func helpSuppression(p *sheet) error {
	p.heading("WHAT IS NOT TOLD")
	p.paragraph("  ", "  ", "With --state, `spoor detect` tells each finding once, whatever windows hold it. Of those, what somebody silenced is not told, and not what is like a finding that was told a while ago, if its rule says so. Without --state each finding is told, whatever rules say. Silences come first: what is silenced suppresses nothing.")
	p.paragraph("  ", "  ", "Nothing vanishes without a trace. What is not told is counted, by `spoor status` and in the summary of a run, and with -v by rule and reason. A finding that is told says in history.suppressed how many like it were not, since the last one that was. It is known from then on: it is not told later when the period or the silence is over.")
	p.heading("WHAT RULES SAY")
	p.rows([]row{
		{"savedsearches.conf", "alert.suppress = 1 with alert.suppress.period, and perhaps alert.suppress.fields and alert.suppress.group_name"},
		{"security_content", "tags.throttling with fields and period"},
		{"Elastic, Kibana", "alert_suppression with group_by, duration and missing_fields_strategy; of a threshold rule duration, and the fields are those that it counts by"},
		{"our own", "suppress: {by: [user, dest], period: 1h, missing: doNotSuppress, group: ssh}"},
	})
	p.paragraph("  ", "  ", "A period is a number and s, m, h or d; a bare number is seconds. `spoor rules show` says in words what a rule says, and `spoor lint` what is wrong with it: nothing is suppressed by what makes no sense.")
	p.heading("HOW IT IS APPLIED")
	p.rows([]row{
		{"the period", "begins with the finding that is told; what is exactly a period later is told again. It counts in the time of events, and for searches of Splunk's that run with --scheduled from tick to tick, as there the run triggers the alert. When a run really starts never matters: one that is late or repeated decides the same"},
		{"no period", "of Elastic's rules: one alert each execution. Without --scheduled these are the ticks that the rule's interval would have. A search of Splunk's must have a period"},
		{"no fields", "all findings of the rule are alike. With --scheduled the rows of one run are one alert (alert.digest_mode), told or suppressed as a whole; else each finding is one"},
		{"fields", "findings are alike if all of the fields are equal, also rows of one run. Lists are equal in any order, those of a sequence in theirs; a sequence has the values that its events share"},
		{"missing fields", "Elastic: null is a value like others, unless missing_fields_strategy is doNotSuppress: then the finding is told. Splunk: the same, but a row that has none of the fields is told"},
		{"group_name", "rules that name the same group are suppressed together, for the period of the one that was told"},
		{"late events", "what comes late, from less than a period before the finding that was told, is counted with it. What is from longer ago is told"},
		{"what grows", "an update of a finding is suppressed like a new one"},
	})
	p.heading("SILENCES")
	p.paragraph("  ", "  ", "`spoor silence add RULE --state DIR` silences a rule by its name, id or pattern, until a time or for ever, and with --where only findings of which an expression of eval is true. It reads the fields of the row; host and user are also those whom the finding concerns, if the row has no such fields. Of a sequence it must be true of one event. What is null is not true: a field that is missing silences nothing.")
	p.paragraph("  ", "  ", "--until is compared with the time of the events, so that a late run does not tell what was silenced when it happened. A silence that cannot be understood silences nothing, and every run says so.")
	p.heading("IN KIBANA'S FORM")
	p.paragraph("  ", "  ", "-o bulk writes kibana.alert.suppression.terms, start, end and docs_count with each alert of a rule that suppresses. Alerts are only ever added: what is folded into one after it was written is counted with the next.")
	return nil
}
