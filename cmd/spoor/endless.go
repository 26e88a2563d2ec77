package main

import "slices"

// endless is the end of a search that has none, in seconds since 1970.
const endless = "9223372036"

// refusal is something that cannot be had, if it is asked for.
type refusal struct {
	asked bool
	err   *misuse
}

// refuse is the first of what is asked for and cannot be had.
func refuse(list ...refusal) error {
	for _, r := range list {
		if r.asked {
			return r.err
		}
	}
	return nil
}

// endlessly says what the flags ask for that needs the end of the logs. Some formats can be written as rows come; others need all of them.
func (o *writing) endlessly(formats []string, rows string, unique bool, p *profiling) error {
	return refuse(
		refusal{o.to != "" && o.to != "-", usage("--to writes a file as a whole, and -F has no end").hint("to append to a file: -o ndjson >> FILE")},
		refusal{o.format != "" && !slices.Contains(formats, o.format), usage("-F writes a %s, not %s, which needs all %s", listOf(formats), o.format, rows)},
		refusal{unique, usage("--unique needs all events, and -F has no end")},
		refusal{p.profile != "", usage("--profile measures what ends, and -F does not")},
	)
}
