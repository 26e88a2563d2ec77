package main

import (
	"spoor/engine/attack"
	"spoor/engine/finding"
	"spoor/engine/output"
)

func helpFindings(p *sheet) error {
	p.heading("FORMATS")
	p.rows(rowsOf(finding.Formats(), func(f output.Info) row { return row{f.Name, f.Doc} }))
	p.heading("THE OBJECTS OF NDJSON AND JSON")
	p.rows(rowsOf(finding.Schema(), func(f finding.Field) row { return row{f.Name, f.Doc} }))
	p.heading("MESSAGES")
	p.paragraph("  ", "  ", "A rule's message has its fields filled in: $dest$. Several values are joined by commas, a field that is empty in the row gives nothing, and a token whose field the result does not have stays as it is. A rule without a message gets the sentence that Kibana makes.")
	p.heading("WHOM IT CONCERNS")
	p.paragraph("  ", "  ", "Hosts and users are those in the fields that the rule names as risk objects, or else in fields of well-known names (dest, user; host.name, user.name), or else those of the records. \"unknown\" and \"-\" are nobody.")
	p.heading("RISK")
	p.paragraph("  ", "  ", "A rule of Splunk's adds its score to each value of each of its risk objects, if its type creates risk events: Anomaly and TTP do, Hunting does not. A rule of Elastic's adds its score to the hosts and users of its findings. Seen by risk, a process gets the score of each finding about it, too.")
	p.heading("ATT&CK")
	p.paragraph("  ", "  ", "Names and tactics are those of release "+attack.Release()+". A technique that was revoked keeps its id, and counts for the one that took its place.")
	return nil
}
