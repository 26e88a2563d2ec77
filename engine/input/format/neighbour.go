package format

import "bytes"

// noForm says what a document is that holds no event.
func (d *Decoder) noForm(s *scanner, looked bool) Outcome {
	doc := d.doc
	if outcome, mine := d.readNeighbour(s); mine {
		return outcome
	}
	if note := neighbour(doc); note != "" {
		d.to.Note = note
		return Unsupported
	}
	for _, r := range [...]role{journal, message, logText, azureText, rawText, event, eventOriginal, fullLog} {
		if v := doc.value(r); v.shape == text {
			if outcome := d.unknown(d.str(v), d.bySysmon(false)); outcome != Other {
				return outcome
			}
		}
	}
	if d.wanted.JSON && d.depth == d.outer {
		if outcome := d.readAny(s, anyKind); outcome != Other {
			if !looked {
				d.learn(s, lesson{ecs: true, use: use{outcome: outcome, envelope: anyKind, braces: d.wanted.Braces}})
			}
			return outcome
		}
	}
	if len(doc.members) == 0 && s.bad {
		d.to.Note = "broken JSON"
		return Unreadable
	}
	if d.to.Note == "" {
		d.to.Note = "json"
	}
	return Other
}

// bySysmon says whether the envelope names Sysmon as the program; otherwise is the answer if it names none.
func (d *Decoder) bySysmon(otherwise bool) bool {
	v := d.doc.value(identifier)
	if v.shape != text {
		v = d.doc.value(appName)
	}
	if v.shape != text {
		return otherwise
	}
	return bytes.EqualFold(v.raw, sysmonTag)
}

// readNeighbour reads the logs of other tools that only searches for raw events ask for.
func (d *Decoder) readNeighbour(s *scanner) (Outcome, bool) {
	switch {
	case !d.wanted.Text:
	case d.doc.object(columns):
		return d.readOsquery(s), true
	case d.doc.has(laurel):
		outcome := d.readLaurel(s)
		return outcome, outcome != Other
	}
	return Other, false
}

// neighbour names the log of another tool that a document is from.
func neighbour(doc *document) string {
	switch {
	case doc.object(columns):
		return "osquery"
	case doc.has(outputFields):
		return "falco"
	case doc.has(simpleName):
		return "crowdstrike"
	case doc.has(laurel):
		return "auditd (laurel)"
	}
	return ""
}
