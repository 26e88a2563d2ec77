package main

import "spoor/engine/rules"

func helpRules(p *sheet) error {
	p.heading("WHAT IS READ")
	p.rows([]row{
		{"*.yml, *.yaml", "detections of Splunk's security_content, with tags.observable or rba; and rules of our own"},
		{"*.toml", "rules of Elastic's detection-rules; those of another language than EQL are listed and do not run"},
		{"*.ndjson, *.json", "exports of Kibana, with their exceptions"},
		{"savedsearches.conf", "saved searches; in an app of Splunk's local goes before default, setting by setting"},
	})
	p.paragraph("  ", "  ", "Folders are read to the bottom, without hidden folders and links to others. What is no rule is counted. A rule that is broken is reported with its place and stops no other; the exit code is then 3. Of two rules of one id, or of one name without ids, the later one holds.")
	p.paragraph("  ", "  ", "Macros and lookups that lie among the rules are theirs: those of a checkout of security_content for all that is in it, also if only a part of it is named. Above them are those of the config folder, of --macros, --lookups and -D.")
	p.heading("WHAT A RULE DOES NOT SAY")
	p.paragraph("  ", "  ", "A detection of security_content runs as its checkout deploys its type, or else at `0 * * * *` over -70m@m to -10m@m; baselines at `10 0 * * *` over -1450m@m to -10m@m. Its severity goes by its score: to 20 informational, to 40 low, to 60 medium, to 80 high, above critical. A rule of Elastic's runs every 5m from now-6m to now, and gives at most 100 alerts.")
	p.heading("OUR OWN")
	p.rows(rowsOf(rules.OwnKeys(), keyRow))
	p.heading("SELECTING RULES")
	p.paragraph("  ", "  ", "--include and --exclude take KEY=PATTERN, in which * stands for any text and ? for any character, whatever the case; a pattern alone is one of ids and names. Of several --include with one key one must hold, and of each key one; no --exclude may hold.")
	p.rows(rowsOf(rules.Criteria(), keyRow))
	return nil
}

func keyRow(k rules.Key) row { return row{k.Name, k.Doc} }
